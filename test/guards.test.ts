import { describe, expect, test } from 'vitest';
import { findGuards, withoutGuard } from '../scripts/guard-points.mjs';

type Guard = Parameters<typeof withoutGuard>[1];

/** The one line that changes when the one guard of a source is deleted. */
function deleted(source: string): string[] {
  const { guards, problems } = findGuards('example.ts', source);
  expect(problems).toEqual([]);
  return guards.map((guard: Guard) => {
    const after = withoutGuard(source, guard).split('\n');
    return after
      .filter((line: string, index: number) => line !== source.split('\n')[index])
      .join('\n')
      .replace(/\s*\/\/ guard.*/, '')
      .trim();
  });
}

describe('to delete a guard', () => {
  test.each([
    ['makes its condition false', 'if (late) return 1; // guard: C3 time', 'if (false) return 1;'],
    ['works from the line above', '// guard: C3 time\nif (late) {\n  stop();\n}', 'if (false) {'],
    ['works behind a condition of several lines', 'if (\n  a > b\n) return 1; // guard: C3 time', 'false'],
    ['makes an operand of && true', 'const x =\n  a === b && // guard: L3 root\n  c;', 'true &&'],
    ['makes an operand of || false', 'if (\n  a ||\n  b // guard: L3 root\n) {\n  stop();\n}', 'false'],
    [
      'makes a conditional answer yes',
      "return equal ? 'valid' : 'invalid'; // guard: C11 own",
      "return true ? 'valid' : 'invalid';",
    ],
    ['makes a returned verdict true', 'return equalBytes(a, b); // guard: R1 bytes', 'return true;'],
    ['drops an assertion', "invariant(a === b, 'no'); // guard: R3 next", ';'],
  ])('%s', (_, source, expected) => {
    expect(deleted(source)).toEqual([expected]);
  });

  test('a mark in a string or in a template is none', () => {
    expect(findGuards('example.ts', "const a = '// guard: C3 x'; const b = `// guard: C3 y`;").guards).toEqual([]);
  });

  test('a mark at nothing, or without a rule, is a problem that says where', () => {
    expect(findGuards('example.ts', '\n// guard: C3 x\n\nexport {};').problems).toEqual([
      'example.ts:2: no guard can be deleted here: // guard: C3 x',
    ]);
    expect(findGuards('example.ts', 'if (a) return; // guard: soon').problems).toHaveLength(1);
  });
});
