import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { files, parse, read, visit } from './support/tree.ts';

const page = 'docs/operating/acceptance.md';
const rows = read(page)
  .split('\n## Not there yet')[0]
  ?.split('\n')
  .filter((line) => /^\| (?!.*\| tests? \|$)/.test(line));
const cited = [...read(page).matchAll(/\[((?:[^[\]]|\[[^\]]*\])+)\]\(\.\.\/\.\.\/([^)]+\.test\.ts)\)/g)].map(
  ([, name = '', path = '']) => ({ name, path }),
);

/** The names of a file's tests, as they stand in it: those that are run for each of many cases with their %s. */
function namesIn(path: string): Set<string> {
  const names = new Set<string>();
  visit(parse(path), (node) => {
    if (!ts.isCallExpression(node)) return;
    const [name] = node.arguments;
    const runner = node.expression.getText().match(/^(it|test)(\.each\b|$)/);
    if (runner !== null && name !== undefined && ts.isStringLiteralLike(name)) names.add(name.text);
  });
  return names;
}

describe('the page of cases', () => {
  test('names a test for every case', () => {
    expect(rows?.length).toBeGreaterThan(40);
    expect(rows?.filter((row) => !row.includes('.test.ts)'))).toEqual([]);
  });

  test('names no test that is not there', () => {
    expect(cited).toHaveLength(read(page).match(/\.test\.ts\)/g)?.length ?? 0);
    const names = new Map(
      [...new Set(cited.map(({ path }) => path))].map((path) => [
        path,
        files.includes(path) ? namesIn(path) : new Set(),
      ]),
    );
    const typed = (name: string) => name.replaceAll("'", '\u2019');
    expect(
      cited.filter(
        ({ name, path }) => ![...(names.get(path) ?? [])].some((each) => typed(String(each)) === typed(name)),
      ),
    ).toEqual([]);
  });
});
