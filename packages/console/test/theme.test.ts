import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync(new URL('../src/styles/theme.css', import.meta.url), 'utf8');

/** Colours of a scheme by name. */
function colours(scheme: 0 | 1): Map<string, string> {
  const pairs = [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)];
  return new Map(pairs.map(([, name = '', light = '', dark = '']) => [name, [light, dark][scheme] as string]));
}

/** Relative luminance (WCAG 2.2). */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [bright, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (bright + 0.05) / (dark + 0.05);
}

/** What stands on what. */
const text = [
  ['ink', ['page', 'surface', 'raised', 'accent-soft', 'red-soft', 'amber-soft', 'green-soft']],
  ['muted', ['page', 'surface', 'raised', 'red-soft', 'amber-soft', 'green-soft', 'accent-soft']],
  ['accent', ['page', 'surface', 'raised', 'accent-soft']],
  ['accent-ink', ['accent']],
  ['red', ['surface', 'page', 'red-soft']],
  ['amber', ['surface', 'page', 'amber-soft']],
  ['green', ['surface', 'page', 'green-soft', 'raised']],
] as const;
/** Edges of fields, signs and the ring around what has the focus. */
const graphics = [
  ['edge', ['surface', 'page']],
  ['focus', ['surface', 'page', 'raised']],
  ['red', ['surface', 'red-soft']],
  ['amber', ['surface', 'amber-soft']],
  ['green', ['surface', 'green-soft']],
  ['green-strong', ['surface']],
  ['red-strong', ['surface']],
] as const;

test('the contrast is computed as WCAG 2.2 defines it', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

for (const [index, scheme] of (['light', 'dark'] as const).entries()) {
  test(`text has a contrast of 4.5 and signs of 3 in the ${scheme} scheme (WCAG 1.4.3, 1.4.11)`, () => {
    const all = colours(index as 0 | 1);
    const low: string[] = [];
    const check = (pairs: readonly (readonly [string, readonly string[]])[], least: number) => {
      for (const [front, backs] of pairs) {
        for (const back of backs) {
          const value = contrast(all.get(front) as string, all.get(back) as string);
          if (value < least) low.push(`${front} on ${back}: ${value.toFixed(2)} of ${least}`);
        }
      }
    };
    check(text, 4.5);
    check(graphics, 3);
    expect(low).toEqual([]);
  });
}
