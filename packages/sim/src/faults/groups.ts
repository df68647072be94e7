import type { Selector } from '../scenario/schema.ts';
import type { NodeIndex, World } from '../world/contract.ts';
import { resolveSelector } from './selectors.ts';

/**
 * The groups of a partition; no node is in two. Cities that are named come first, then those drawn by luck from the
 * rest. Whoever is left makes one more group, which comes last. A twin stands where its city stands.
 */
export function resolveGroups(world: World, selectors: readonly Selector[], purpose: string): NodeIndex[][] {
  const taken = new Set<NodeIndex>();
  const groups: NodeIndex[][] = selectors.map(() => []);
  const order = [...selectors.keys()].sort((a, b) => rank(selectors[a]) - rank(selectors[b]) || a - b);
  for (const place of order) {
    const selector = selectors[place] as Selector;
    const group = resolveSelector(world, selector, `${purpose} group ${place}`, taken);
    for (const node of group) taken.add(node);
    groups[place] = group;
  }
  const rest = world.nodes.map(({ index }) => index).filter((node) => !taken.has(node));
  const cities = world.federation.genesis.authorities.length + world.federation.genesis.observers.length;
  const twins = rest.filter((node) => node >= cities);
  const home = (twin: NodeIndex) => groups.find((group) => group.includes(world.nodes[twin]?.authority ?? -1));
  const others = rest.filter((node) => !twins.includes(node) || home(node) === undefined);
  for (const twin of twins) home(twin)?.push(twin);
  return [...groups, others].filter((group) => group.length > 0);
}

/** Names, then luck, then everybody else. */
function rank(selector: Selector | undefined): number {
  if (selector === 'all') return 2;
  return Array.isArray(selector) || selector === 'leader' ? 0 : 1;
}
