import type { NodeIndex } from './contract.ts';

/**
 * A random graph in which every speaker has about `degree` neighbours among the speakers: each chooses half of them by a
 * hash of both names, and is chosen as often, so one node more changes few links of the others. Where this leaves parts
 * without a link between them, one is added. Listeners hang on so many speakers, and carry nothing.
 */
export function meshGraph(
  nodeIds: readonly number[],
  speaks: readonly boolean[],
  degree: number,
  seed: number,
): NodeIndex[][] {
  const neighbours = nodeIds.map(() => new Set<NodeIndex>());
  const link = (a: NodeIndex, b: NodeIndex) => {
    neighbours[a]?.add(b);
    neighbours[b]?.add(a);
  };
  const speakers = nodeIds.map((_, node) => node).filter((node) => speaks[node] === true);
  const choose = (node: NodeIndex, count: number) =>
    speakers
      .map((other) => ({ other, rank: rank(seed, nodeIds[node] as number, nodeIds[other] as number) }))
      .filter(({ other }) => other !== node)
      .sort((a, b) => a.rank - b.rank)
      .slice(0, count);
  for (const node of speakers)
    for (const { other } of choose(node, Math.max(1, Math.round(degree / 2)))) link(node, other);
  const [first = 0] = speakers;
  for (const node of speakers) if (!reachable(neighbours, first).has(node)) link(first, node);
  nodeIds.forEach((_, node) => {
    if (speaks[node] !== true) for (const { other } of choose(node, degree)) link(node, other);
  });
  return neighbours.map((each) => [...each].sort((a, b) => a - b));
}

function reachable(neighbours: readonly ReadonlySet<NodeIndex>[], start: NodeIndex): Set<NodeIndex> {
  const seen = new Set([start]);
  // A set gives what is added while it is walked.
  for (const node of seen) for (const next of neighbours[node] ?? []) seen.add(next);
  return seen;
}

function rank(seed: number, from: number, to: number): number {
  let hash = Math.imul(seed ^ 0x9e3779b1, 0x85ebca77) ^ Math.imul(from + 1, 0xc2b2ae3d);
  hash = Math.imul(hash ^ (hash >>> 15), 0x27d4eb2f) ^ Math.imul(to + 1, 0x165667b1);
  hash = Math.imul(hash ^ (hash >>> 13), 0x85ebca77);
  hash = Math.imul(hash ^ (hash >>> 16), 0xc2b2ae3d);
  return (hash ^ (hash >>> 14)) >>> 0;
}
