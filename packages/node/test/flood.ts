/** What the tests of floods send: ten thousand messages, none of which a good city or citizen would have sent. */
export const floodCount = 10_000;

/** Where a good message is cut or bent: everywhere, over a flood, since the step has no divisor in common with a length. */
function placeIn(length: number, i: number): number {
  return (i * 7919) % Math.max(1, length);
}

/** What is left of a good text: its beginning, all of it with one letter changed, or `large`, one in a hundred. */
export function spoilt(good: string, i: number, large: string): string {
  if (i % 100 === 0) return large;
  const at = placeIn(good.length, i);
  if (i % 2 === 0) return good.slice(0, at);
  return `${good.slice(0, at)}${good[at] === 'A' ? 'B' : 'A'}${good.slice(at + 1)}`;
}

/** The same of bytes. */
export function spoiltBytes(good: Uint8Array, i: number, large: Uint8Array): Uint8Array {
  if (i % 100 === 0) return large;
  const at = placeIn(good.length, i);
  if (i % 2 === 0) return good.slice(0, at);
  const bent = good.slice();
  bent[at] = (bent[at] as number) ^ (1 << (i % 8));
  return bent;
}

/**
 * A body of JSON that no door takes: the beginning of a good one, one of those that break a rule of it, or, one in a
 * hundred, something larger than its door reads.
 */
export function spoiltJson(good: object, bent: readonly object[], i: number, large: string): string {
  if (i % 100 === 0) return large;
  const text = JSON.stringify(good);
  return i % 2 === 0 ? text.slice(0, placeIn(text.length, i)) : JSON.stringify(bent[(i >> 1) % bent.length]);
}
