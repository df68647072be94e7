import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { findGuards } from '../scripts/guard-points.mjs';
import { reachable } from './support/imports.ts';
import { files, isGenerated, isTest, parse, place, read, sources, typescript, visit } from './support/tree.ts';

/** Places where `wrong` holds of a node, in these files. */
function places(paths: readonly string[], wrong: (node: ts.Node, file: ts.SourceFile) => boolean): string[] {
  const found: string[] = [];
  for (const path of paths) {
    const file = parse(path);
    visit(file, (node) => {
      if (wrong(node, file)) found.push(`${place(file, node)}: ${node.getText(file).split('\n')[0]}`);
    });
  }
  return found;
}

const hostGlobals = new Set(
  `Date performance setTimeout setInterval setImmediate clearTimeout clearInterval queueMicrotask process Buffer
  console fetch XMLHttpRequest WebSocket navigator window document globalThis global require eval Function Intl
  WeakRef FinalizationRegistry Atomics SharedArrayBuffer Worker`.split(/\s+/),
);
// Answers of these depend on the machine, its locale or its luck.
const unstableMembers = /^(random|getRandomValues|randomUUID|localeCompare|toLocale\w+)$/;

describe('the protocol is pure', () => {
  const core = sources.filter((path) => path.startsWith('packages/protocol/src/'));

  test('it reads no clock, no randomness, no locale and no host', () => {
    const wrong = places(core, (node, file) => {
      return isHostGlobal(node, file) || (ts.isPropertyAccessExpression(node) && unstableMembers.test(node.name.text));
    });
    expect(wrong).toEqual([]);
  });

  test('it keeps no state beside its objects: no `let` at the top of a file', () => {
    expect(places(core, isGlobalLet)).toEqual([]);
  });
});

describe('virtual time is all the time there is', () => {
  // Outside of it: real daemons, commands and their workers, what a browser runs, measurements.
  const virtual = sources.filter((path) =>
    /^packages\/sim\/src\/(?!real\/|commands\/|report\/client\/|bench\/)/.test(path),
  );

  test('the simulator reads no clock, no native randomness and no host', () => {
    expect(virtual.length).toBeGreaterThan(50);
    const wrong = places(virtual, (node, file) => {
      if (isHostGlobal(node, file)) return true;
      // A world and a node have seeded randomness under this name; numbers for people are formatted in `report/`.
      if (!ts.isPropertyAccessExpression(node) || !unstableMembers.test(node.name.text)) return false;
      return node.name.text !== 'random' || node.expression.getText(file) === 'Math';
    });
    expect(wrong).toEqual([]);
  });

  test('it opens no file, no socket and no thread', () => {
    const wrong = places(virtual, (node) => {
      if (!ts.isImportDeclaration(node) && !ts.isExportDeclaration(node)) return false;
      const from = node.moduleSpecifier;
      return from !== undefined && ts.isStringLiteral(from) && from.text.startsWith('node:');
    });
    expect(wrong).toEqual([]);
  });

  test('a run leaves nothing behind for the next: no `let` at the top of a file', () => {
    const run = virtual.filter((path) =>
      /\/src\/(kernel|world|crypto|workload|faults|adversaries|checks)\//.test(path),
    );
    expect(places(run, isGlobalLet)).toEqual([]);
  });
});

function isHostGlobal(node: ts.Node, file: ts.SourceFile): boolean {
  return ts.isIdentifier(node) && hostGlobals.has(node.text) && isReference(node) && !declares(file, node.text);
}

function isGlobalLet(node: ts.Node): boolean {
  return (
    ts.isVariableStatement(node) &&
    ts.isSourceFile(node.parent) &&
    (node.declarationList.flags & ts.NodeFlags.Let) !== 0
  );
}

/** False where an identifier only names a member: `x.Date`, `{ Date: 1 }`, `interface { Date: ... }`. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isQualifiedName(parent)) return parent.left === node;
  const names = parent as { name?: ts.Node; propertyName?: ts.Node };
  return (names.name !== node && names.propertyName !== node) || ts.isShorthandPropertyAssignment(parent);
}

function declares(file: ts.SourceFile, name: string): boolean {
  let found = false;
  visit(file, (node) => {
    const declaration =
      ts.isVariableDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isImportSpecifier(node);
    if (declaration && node.name?.getText(file) === name) found = true;
  });
  return found;
}

describe('the sources keep house', () => {
  test('nothing is typed `any`, and no error of the compiler is silenced', () => {
    expect(places(typescript, (node) => node.kind === ts.SyntaxKind.AnyKeyword)).toEqual([]);
    const silenced = new RegExp(['@ts', '(ignore|nocheck|expect-error)'].join('-'));
    expect(typescript.filter((path) => silenced.test(read(path)))).toEqual([]);
  });

  test('nothing is exported as default, but where a tool asks for it', () => {
    const wrong = places(
      typescript.filter((path) => !path.endsWith('.config.ts')),
      (node) => {
        if (ts.isExportAssignment(node)) return true;
        return (
          ts.canHaveModifiers(node) &&
          (ts.getModifiers(node) ?? []).some((each) => each.kind === ts.SyntaxKind.DefaultKeyword)
        );
      },
    );
    expect(wrong).toEqual([]);
  });

  test('no file is longer than 450 lines', () => {
    const written = files.filter(
      (path) => /^(packages|test|scripts)\/.*\.([cm]?[jt]sx?)$/.test(path) && !isGenerated(path),
    );
    const long = written
      .map((path) => ({ path, lines: read(path).split('\n').length - 1 }))
      .filter(({ lines }) => lines > 450);
    expect(long).toEqual([]);
  });

  test('nothing is left for later', () => {
    const marks = new RegExp(`\\b(${['TO', 'DO'].join('')}|${['FIX', 'ME'].join('')}|${['XX', 'X'].join('')})\\b`);
    const text = files.filter((path) => /\.([cm]?[jt]s|md|json|ya?ml|proto)$/.test(path) && path !== 'pnpm-lock.yaml');
    expect(text.filter((path) => marks.test(read(path)))).toEqual([]);
  });

  test('every limit is used', () => {
    const path = 'packages/protocol/src/limits.ts';
    const declared: string[] = [];
    visit(parse(path), (node) => {
      if (ts.isPropertyAssignment(node)) declared.push(node.name.getText());
    });
    const used = new Set<string>();
    for (const source of sources.filter((each) => each !== path)) {
      visit(parse(source), (node) => {
        if (ts.isPropertyAccessExpression(node) && /(^|\.)limits$/.test(node.expression.getText()))
          used.add(node.name.text);
      });
    }
    expect(declared.length).toBeGreaterThan(10);
    expect(declared.filter((name) => !used.has(name))).toEqual([]);
  });

  test('every source file is reached from an export or a command', () => {
    const alive = reachable();
    expect(alive.size).toBeGreaterThan(50);
    expect(sources.filter((path) => !alive.has(path) && !path.endsWith('.d.ts'))).toEqual([]);
  });

  test('every mark of a guard names a rule and stands at something that can be deleted', () => {
    expect(sources.flatMap((path) => [...findGuards(path, read(path)).problems])).toEqual([]);
  });
});

describe('the tree carries nothing of the place where it was written', () => {
  const text = files.filter((path) =>
    /\.([cm]?[jt]s|md|json|jsonl|ya?ml|proto|csv|tsv|sh|html|css)$|\/run$/.test(path),
  );

  test('no absolute paths', () => {
    const absolute = /(?<![\w.~:/-])\/(work|home|root|Users|mnt)\/[\w.-]+/;
    expect(text.filter((path) => path !== 'pnpm-lock.yaml' && absolute.test(read(path)))).toEqual([]);
  });

  test('the lock file names no host', () => {
    expect(read('pnpm-lock.yaml').match(/\w+:\/\/\S+/g) ?? []).toEqual([]);
  });

  test('no registry is named', () => {
    const registry = new RegExp(
      ['npm', 'js\\.(org|com)|https?://[\\w.-]*(registry|artifactory|nexus|verdaccio)'].join(''),
    );
    expect(text.filter((path) => registry.test(read(path)))).toEqual([]);
  });
});

describe('the tests keep house', () => {
  const tests = typescript.filter((path) => path.endsWith('.test.ts'));

  test('no test is skipped, run alone or put off', () => {
    const off = new Set(['skip', 'only', 'todo', 'skipIf', 'runIf', 'fails']);
    const wrong = places(typescript.filter(isTest), (node) => {
      if (!ts.isPropertyAccessExpression(node) || !off.has(node.name.text)) return false;
      return ['test', 'it', 'describe', 'suite', 'bench'].includes(rootName(node.expression));
    });
    expect(wrong).toEqual([]);
  });

  test('every rule is cited by the name of a test', () => {
    const rules = [...numbers('R', 6), ...numbers('C', 11), ...numbers('L', 4), ...numbers('G', 3)];
    const cited = new Set(tests.flatMap(titles).flatMap((title) => title.match(/\b[RCLGP]\d+\b/g) ?? []));
    expect(rules.filter((rule) => !cited.has(rule))).toEqual([]);
  });

  function numbers(letter: string, count: number): string[] {
    return Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
  }

  /** First word of `test.each(rows)` and the like. */
  function rootName(node: ts.Expression): string {
    if (ts.isCallExpression(node) || ts.isPropertyAccessExpression(node)) return rootName(node.expression);
    if (ts.isTaggedTemplateExpression(node)) return rootName(node.tag);
    return ts.isIdentifier(node) ? node.text : '';
  }

  /** Names of all tests and groups of a file. */
  function titles(path: string): string[] {
    const found: string[] = [];
    visit(parse(path), (node) => {
      if (!ts.isCallExpression(node) || !['test', 'it', 'describe'].includes(rootName(node.expression))) return;
      const [title] = node.arguments;
      if (title !== undefined && (ts.isStringLiteralLike(title) || ts.isTemplateExpression(title)))
        found.push(title.getText());
    });
    return found;
  }
});
