/**
 * Which part may know which. The picture of it is in ARCHITECTURE.md, and `test/dependencies.test.ts` holds the two
 * equal and tries each rule on an import that breaks it.
 */

/**
 * Layers of the protocol, from the ground up: a layer imports only from layers that stand before it. A layer is a
 * folder, except `contract`: the files of `replica/` that only name what passes between the core and its host.
 */
const contract = 'replica/(effects|envelope|keys|store)\\.ts$';
const protocolLayers = [
  { name: 'crypto', path: 'crypto/' },
  { name: 'codec', path: 'codec/' },
  { name: 'merkle', path: 'merkle/' },
  { name: 'oprf', path: 'oprf/' },
  { name: 'genesis', path: 'genesis/' },
  { name: 'contract', path: contract },
  { name: 'subjects', path: 'subjects/' },
  { name: 'records', path: 'records/' },
  { name: 'consensus', path: 'consensus/' },
  { name: 'lanes', path: 'lanes/' },
  { name: 'evidence', path: 'evidence/' },
  { name: 'families', path: 'families/' },
  { name: 'ledger', path: 'ledger/' },
  { name: 'access', path: 'access/' },
  { name: 'receipt', path: 'receipt/' },
  { name: 'light-client', path: 'light-client/' },
  { name: 'replica', path: `(?!${contract})replica/` },
];

const test = '\\.test\\.tsx?$|(^|/)packages/[^/]+/test/|^test/';
const protocol = '^packages/protocol/src/';

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one idea: join them, or move what both need below them.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolved',
      comment: 'An import that nothing answers.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^packages/node/dist/' },
    },
    {
      name: 'no-test-in-sources',
      comment: 'What ships must not need what tests.',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/', pathNot: test },
      to: { path: test },
    },
    {
      name: 'no-undeclared-packages',
      comment:
        'Name the dependency in the package.json of the package that imports it. The page of a report and the console are bundled by the build: what they need is needed to build, not to run.',
      severity: 'error',
      from: {
        path: '^packages/[^/]+/(src|bin)/',
        pathNot: [test, '^packages/sim/src/report/client/', '^packages/console/src/'],
      },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'protocol-knows-no-host',
      comment: 'The core runs in browsers and in virtual time: no Node modules.',
      severity: 'error',
      from: { path: protocol, pathNot: test },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'protocol-knows-no-package-above',
      comment: 'node and sim carry out what the protocol decides, never the other way round.',
      severity: 'error',
      from: { path: protocol },
      to: { path: '^packages/(node|sim|console)/' },
    },
    {
      name: 'protocol-has-two-dependencies',
      comment:
        'protobuf-es for the wire, noble for portable cryptography; anything else must earn its place in the browser.',
      severity: 'error',
      from: { path: protocol, pathNot: test },
      to: { path: 'node_modules/', pathNot: 'node_modules/(@bufbuild/protobuf|@noble/(curves|hashes))/' },
    },
    {
      name: 'console-knows-protocol-and-client',
      comment:
        'The console runs in a browser and speaks to the daemon over HTTP, like any other client: by the client of the API, and with the parts that verify what a citizen shows.',
      severity: 'error',
      from: { path: '^packages/console/src/', pathNot: test },
      to: {
        path: '^packages/(node|sim)/',
        pathNot: '^packages/node/src/((client|gen)/|verify-page/client/(scan|verdict|answer|words)\\.ts$)',
      },
    },
    {
      name: 'console-knows-no-host',
      comment: 'It runs in browsers: no Node modules.',
      severity: 'error',
      from: { path: '^packages/console/src/', pathNot: test },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'nobody-knows-the-console',
      comment: 'The daemon serves built files; what they are built from is no concern of anybody.',
      severity: 'error',
      from: { path: '^packages/(node|sim)/src/', pathNot: test },
      to: { path: '^packages/console/' },
    },
    {
      name: 'node-knows-no-simulator',
      comment: 'The daemon ships without the simulator.',
      severity: 'error',
      from: { path: '^packages/node/' },
      to: { path: '^packages/sim/' },
    },
    {
      name: 'client-knows-no-host',
      comment:
        'The client of the HTTP API runs in browsers: no Node modules, and nothing of the daemon but its description.',
      severity: 'error',
      from: { path: '^packages/node/src/(client|gen)/' },
      to: { path: '^packages/', pathNot: '^packages/node/src/(client|gen)/' },
    },
    {
      name: 'client-knows-no-node',
      comment: 'As above: what a browser does not have.',
      severity: 'error',
      from: { path: '^packages/node/src/(client|gen)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'sim-knows-the-daemon-only-in-real',
      comment: 'Scenarios in virtual time run the pure core; only src/real/ starts daemons.',
      severity: 'error',
      from: { path: '^packages/sim/', pathNot: '^packages/sim/src/real/' },
      to: { path: '^packages/node/' },
    },
    {
      name: 'protocol-ground-knows-no-folder',
      comment:
        'The files beside the folders (bytes, errors, limits) and the generated code are the ground of everything.',
      severity: 'error',
      from: { path: [`${protocol}[^/]+\\.ts$`, `${protocol}gen/`], pathNot: [test, `${protocol}index\\.ts$`] },
      to: { path: protocolLayers.map((layer) => `${protocol}${layer.path}`) },
    },
    ...protocolLayers.slice(0, -1).map((layer, index) => ({
      name: `protocol-layer-${layer.name}`,
      comment: `A layer imports only from the layers below it: ${protocolLayers.map((each) => each.name).join(' < ')}.`,
      severity: 'error',
      from: { path: `${protocol}${layer.path}`, pathNot: test },
      to: { path: protocolLayers.slice(index + 1).map((above) => `${protocol}${above.path}`) },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules|packages/[^/]+/dist/' },
    exclude: { path: '(^|/)(dist|\\.cache|coverage)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['hansa-source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};
