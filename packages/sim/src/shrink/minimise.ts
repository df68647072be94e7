/**
 * Delta debugging of a list: Zeller and Hildebrandt, Simplifying and Isolating Failure-Inducing Input (IEEE TSE 28,
 * 2002), without its second half: complements only, which is what makes lists small. The answer is a sublist that still
 * fails, and from which no single element can be taken; or what was reached when `fails` said no more.
 */
export async function minimalSublist<T>(
  items: readonly T[],
  fails: (sublist: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  if (items.length > 0 && (await fails([]))) return [];
  let kept = items;
  let pieces = 2;
  while (kept.length > 1) {
    const size = Math.ceil(kept.length / pieces);
    let smaller: readonly T[] | undefined;
    for (let start = 0; start < kept.length && smaller === undefined; start += size) {
      const without = [...kept.slice(0, start), ...kept.slice(start + size)];
      if (without.length > 0 && (await fails(without))) smaller = without;
    }
    if (smaller !== undefined) {
      kept = smaller;
      pieces = Math.max(2, pieces - 1);
    } else if (size === 1) {
      break;
    } else {
      pieces = Math.min(kept.length, 2 * pieces);
    }
  }
  return kept;
}
