// Deletes each marked guard of the sources in turn and sees whether a test fails. A guard whose deletion no test
// notices has survived: the rule that it holds up is not tested. See `guard-points.mjs` for how a guard is marked.
//
//   pnpm guards                                        all guards under packages/*/src
//   pnpm guards packages/protocol/src/consensus        the guards of a folder or a file
//   pnpm guards --rule C3 --rule C11                   the guards of some rules
//   pnpm guards --tests packages/protocol              tests to run; without it, those that import the file
//   pnpm guards --list                                 only show the guards
//
// Works on a copy of the tree under .cache/guards: the working tree is never touched. Ends with 1 when one survived.
import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findGuards, withoutGuard } from './guard-points.mjs';

const { values: options, positionals: named } = parseArgs({
  allowPositionals: true,
  options: {
    root: { type: 'string', default: join(dirname(fileURLToPath(import.meta.url)), '..') },
    rule: { type: 'string', multiple: true, default: [] },
    tests: { type: 'string', multiple: true, default: [] },
    list: { type: 'boolean', default: false },
    'timeout-seconds': { type: 'string', default: '300' },
    help: { type: 'boolean', default: false },
  },
});
const root = options.root;
const timeoutMs = Number(options['timeout-seconds']) * 1000;

if (options.help) {
  const [intro] = readFileSync(fileURLToPath(import.meta.url), 'utf8').split('\nimport ');
  console.log(intro.replaceAll(/^\/\/ ?/gm, ''));
  process.exit(0);
}

const guards = [];
const problems = [];
for (const path of sources(named.length > 0 ? named : packageSources())) {
  const found = findGuards(path, readFileSync(join(root, path), 'utf8'));
  problems.push(...found.problems);
  for (const guard of found.guards) {
    if (options.rule.length === 0 || options.rule.includes(guard.rule)) guards.push({ path, ...guard });
  }
}
for (const problem of problems) console.error(problem);
if (guards.length === 0) {
  console.error('No guard is marked there. Mark one with a comment such as "// guard: C3 time moves forward".');
  process.exit(1);
}
if (options.list) {
  for (const guard of guards) console.log(`${guard.rule.padEnd(4)} ${guard.path}:${guard.line}  ${guard.text}`);
  process.exit(problems.length === 0 ? 0 : 1);
}

const copy = join(root, '.cache', 'guards', 'tree');
makeCopy();
console.log(`${guards.length} guards. First the tests as they are:`);
const paths = [...new Set(guards.map((guard) => guard.path))];
const before = await runTests(paths);
if (before.outcome === 'timed out') {
  console.error(before.output);
  console.error(
    `The tests that import these files take longer than ${timeoutMs / 1000} s, with every guard in its place.`,
  );
  console.error(
    'Give them more time (--timeout-seconds), name fewer files, or name the tests that are to notice (--tests).',
  );
  process.exit(1);
}
if (before.outcome !== 'passed') {
  console.error(before.output);
  console.error('The tests fail with every guard in its place. Mend that first.');
  process.exit(1);
}
console.log('they pass\n');

const results = [];
for (const guard of guards) {
  const path = join(copy, guard.path);
  const source = readFileSync(path, 'utf8');
  writeFileSync(path, withoutGuard(source, guard));
  const { outcome, failure } = await runTests([guard.path]);
  writeFileSync(path, source);
  const verdict = outcome === 'passed' ? 'SURVIVED' : outcome === 'failed' ? 'killed' : 'timed out';
  results.push({ rule: guard.rule, place: `${guard.path}:${guard.line}`, text: guard.text, verdict, by: failure });
  console.log(`${verdict.padEnd(9)} ${guard.rule.padEnd(4)} ${guard.path}:${guard.line}  ${guard.text}`);
  if (failure !== undefined) console.log(`               by: ${failure}`);
}
printTable();
writeFileSync(join(root, '.cache', 'guards', 'report.json'), `${JSON.stringify(results, null, 2)}\n`);

process.exitCode = survivors().length === 0 && problems.length === 0 ? 0 : 1;

function packageSources() {
  return readdirSync(join(root, 'packages'))
    .map((name) => `packages/${name}/src`)
    .filter((path) => existsSync(join(root, path)));
}

/** TypeScript sources under these files and folders, tests and generated code left out; relative to the root. */
function sources(places) {
  const found = [];
  const walk = (path) => {
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort())
        if (name !== 'gen' && name !== 'node_modules') walk(join(path, name));
    } else if (path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.endsWith('.d.ts')) {
      found.push(relative(root, path));
    }
  };
  for (const place of places) walk(join(root, place));
  return found;
}

/** Sources are copied; installed packages are linked, but workspace packages link to each other inside the copy. */
function makeCopy() {
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  const left = new Set(['.git', '.cache', 'node_modules', 'coverage', 'bench-results']);
  for (const name of readdirSync(root)) {
    if (!left.has(name)) cpSync(join(root, name), join(copy, name), { recursive: true, verbatimSymlinks: true });
  }
  if (existsSync(join(root, 'node_modules'))) symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
}

/**
 * Runs the named tests, or those that import one of `changed`, until the first failure.
 * @returns {Promise<{ outcome: 'passed' | 'failed' | 'timed out', failure: string | undefined, output: string }>}
 */
async function runTests(changed) {
  const command =
    options.tests.length > 0
      ? ['run', ...options.tests]
      : // Real processes run the build, in which nothing is deleted.
        ['related', '--run', '--project=parts', ...changed.map((path) => join(copy, path))];
  const report = join(copy, '.cache-report.json');
  rmSync(report, { force: true });
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const parameters = [
    vitest,
    ...command,
    '--bail=1',
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${report}`,
  ];
  const child = spawn(process.execPath, parameters, { cwd: copy, detached: true });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    process.kill(-child.pid, 'SIGKILL'); // the test runner and the workers that it started
  }, timeoutMs);
  const status = await new Promise((resolve) => {
    child.on('close', resolve);
  });
  clearTimeout(timer);
  if (timedOut) return { outcome: 'timed out', failure: undefined, output };
  return { outcome: status === 0 ? 'passed' : 'failed', failure: firstFailure(report), output };
}

function firstFailure(report) {
  if (!existsSync(report)) return undefined;
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  for (const file of testResults) {
    const test = file.assertionResults.find((each) => each.status === 'failed');
    if (test !== undefined) return test.fullName;
    if (file.status === 'failed') return relative(copy, file.name);
  }
  return undefined;
}

function printTable() {
  const rules = [...new Set(results.map((result) => result.rule))].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  );
  console.log('\nrule  guards  killed  survived');
  for (const rule of [...rules, 'all']) {
    const rows = results.filter((result) => rule === 'all' || result.rule === rule);
    const lost = rows.filter((row) => row.verdict === 'SURVIVED').length;
    console.log(
      `${rule.padEnd(4)}  ${`${rows.length}`.padStart(6)}  ${`${rows.length - lost}`.padStart(6)}  ${`${lost}`.padStart(8)}`,
    );
  }
  for (const { place, rule, text } of survivors()) console.log(`survived: ${rule} ${place} ${text}`);
}

function survivors() {
  return results.filter((result) => result.verdict === 'SURVIVED');
}
