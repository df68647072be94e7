import { HansaError } from '@hansa/protocol';
import type { Selector } from '../scenario/schema.ts';
import type { NodeIndex, World } from '../world/contract.ts';

/** Which nodes a selector means, ascending. Luck is drawn from a stream of this purpose. */
export function resolveSelector(world: World, selector: Selector, purpose: string): NodeIndex[] {
  const cities = world.nodes.filter(({ authority }) => authority !== undefined).map(({ index }) => index);
  if (selector === 'all') return cities;
  if (selector === 'leader') {
    const view = Math.max(1, ...world.nodes.map(({ replica }) => replica?.view ?? 0));
    return [view % cities.length];
  }
  if ('random' in selector) return world.random(purpose).sample(cities, Math.min(selector.random, cities.length));
  if ('share' in selector) return world.random(purpose).sample(cities, Math.round(selector.share * cities.length));
  return selector.map((name) => {
    const node = world.nodes.find((each) => each.index === name || each.name === name);
    if (node === undefined) throw new HansaError('CITY_UNKNOWN', `There is no city ${name}; name one of the topology.`);
    return node.index;
  });
}
