import { HansaError } from '@hansa/protocol';
import type { Selector } from '../scenario/schema.ts';
import type { NodeIndex, World } from '../world/contract.ts';

/**
 * The nodes that a selector means at this moment, ascending, each once. Luck comes from the world's stream of this
 * purpose: the same purpose draws the same cities, whatever else the scenario has. Twins are never meant: what is done
 * to a city is done to its first copy. Nobody of `except` is meant.
 *
 * Errors: SCENARIO_CITY_UNKNOWN, in a scenario that was not checked.
 */
export function resolveSelector(
  world: World,
  selector: Selector,
  purpose: string,
  except: ReadonlySet<NodeIndex> = new Set(),
): NodeIndex[] {
  const { authorities, observers } = world.federation.genesis;
  const members = world.nodes.slice(0, authorities.length + observers.length);
  const cities = members.slice(0, authorities.length).filter(({ index }) => !except.has(index));
  const indices = cities.map(({ index }) => index);
  if (selector === 'all') return indices;
  if (selector === 'leader') return indices.filter((index) => index === leader(world));
  if ('share' in selector) {
    const count = Math.round(selector.share * authorities.length);
    return world.random(purpose).sample(indices, Math.min(count, indices.length));
  }
  if ('random' in selector) {
    const honest = cities.filter(({ role }) => role === 'honest').map(({ index }) => index);
    return world.random(purpose).sample(honest, Math.min(selector.random, honest.length));
  }
  const found = selector.map((named) => {
    const node = members.find(({ index, name }) => index === named || name === named);
    if (node !== undefined) return node.index;
    throw new HansaError(
      'SCENARIO_CITY_UNKNOWN',
      `There is no city ${named}. Name one of the topology; checkScenario() says which there are.`,
    );
  });
  return [...new Set(found)].filter((index) => !except.has(index)).sort((a, b) => a - b);
}

/** C2: who leads the newest view that an honest city is in. */
function leader(world: World): NodeIndex {
  let [newest] = world.nodes.flatMap(({ replica }) => replica ?? []);
  for (const { replica, role } of world.nodes) {
    if (replica !== undefined && role === 'honest' && replica.view >= (newest?.view ?? 0)) newest = replica;
  }
  // Nobody is up: whoever leads when all begin anew.
  return newest === undefined ? 1 % world.federation.genesis.authorities.length : newest.leaderOf(newest.view);
}
