import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** The repository's directory, with a slash at its end. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

const left = new Set(['.git', 'node_modules', 'dist', '.cache', 'coverage', 'bench-results']);

/** Every file that people wrote or that is committed, relative to the root, sorted. */
export const files: readonly string[] = walk('');

function walk(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return left.has(entry.name) ? [] : walk(path);
      return entry.isFile() && !entry.name.endsWith('.tsbuildinfo') ? [path] : [];
    })
    .sort();
}

export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

export const isTest = (path: string): boolean =>
  path.endsWith('.test.ts') || /^(test|packages\/[^/]+\/test)\//.test(path);
export const isGenerated = (path: string): boolean => path.includes('/src/gen/');

/** TypeScript files that people write. */
export const typescript = files.filter((path) => /\.tsx?$/.test(path) && !isGenerated(path));
/** The TypeScript that ships. */
export const sources = typescript.filter((path) => /^packages\/[^/]+\/src\//.test(path) && !isTest(path));

const parsed = new Map<string, ts.SourceFile>();

export function parse(path: string): ts.SourceFile {
  let file = parsed.get(path);
  if (file === undefined) {
    file = ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest, true);
    parsed.set(path, file);
  }
  return file;
}

export function visit(node: ts.Node, each: (node: ts.Node) => void): void {
  each(node);
  ts.forEachChild(node, (child) => visit(child, each));
}

/** `path:line`, as editors understand it. */
export function place(file: ts.SourceFile, node: ts.Node): string {
  return `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1}`;
}
