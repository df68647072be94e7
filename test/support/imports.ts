import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import { files, parse, read, root, sources, visit } from './tree.ts';

interface Manifest {
  readonly name?: string;
  readonly exports?: Readonly<Record<string, Readonly<Record<string, string>> | string>>;
}

const manifests = files
  .filter((path) => /^packages\/[^/]+\/package\.json$/.test(path))
  .map((path) => ({ folder: dirname(path), manifest: JSON.parse(read(path)) as Manifest }));

/** `@hansa/protocol/ledger` -> `packages/protocol/src/ledger/index.ts`. */
const exported = new Map<string, string>();
for (const { folder, manifest } of manifests) {
  for (const [subpath, target] of Object.entries(manifest.exports ?? {})) {
    const source = typeof target === 'string' ? target : target['hansa-source'];
    if (source !== undefined) exported.set(join(manifest.name ?? '', subpath), join(folder, source));
  }
}

/**
 * Sources that something outside the sources starts with: what the packages export, and what scripts and programs
 * name (`dist/cli/main.js` stands for `src/cli/main.ts`).
 */
export const entrances: readonly string[] = [
  ...exported.values(),
  ...files.filter((path) => /(^|\/)(bin|scripts)\/[^/]+\.m?js$|package\.json$/.test(path)).flatMap(namedIn),
];

/** Sources that a script or a manifest names, in `src/` or by their compiled form. */
function namedIn(path: string): string[] {
  const folders = ['', dirname(path), ...manifests.map(({ folder }) => folder)];
  const names = [...read(path).matchAll(/[\w./-]*(?:dist|src)\/[\w./-]+\.[jt]sx?/g)].map(([name]) => name);
  return names
    .flatMap((name) => folders.map((folder) => asSource(join(folder, name))))
    .filter((source) => source !== undefined);
}

function asSource(path: string): string | undefined {
  const source = normalize(path)
    .replace(/(^packages\/[^/]+)\/dist\//, '$1/src/')
    .replace(/\.js$/, '.ts');
  return sources.includes(source) ? source : undefined;
}

/** Files of this repository that a source names: imports, exports, `import()`, and programs started by their file. */
export function named(path: string): string[] {
  const found = new Set<string>();
  visit(parse(path), (node) => {
    if (!ts.isStringLiteralLike(node)) return;
    const { text } = node;
    const target =
      exported.get(text) ??
      (text.startsWith('.') || text.endsWith('.js') ? asSource(join(dirname(path), text)) : undefined);
    if (target !== undefined) found.add(target);
  });
  return [...found];
}

/** All sources that can be reached from the entrances. */
export function reachable(): ReadonlySet<string> {
  const found = new Set<string>();
  const queue = entrances.filter((path) => existsSync(join(root, path)));
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    queue.push(...named(path));
  }
  return found;
}
