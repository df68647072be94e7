import type { Link } from '../scenario/schema.ts';
import type { NodeIndex, World } from '../world/contract.ts';
import type { FaultFacts, FaultLog, LastingFault } from './fault-log.ts';

/** A directed link. */
export type Direction = readonly [from: NodeIndex, to: NodeIndex];

/** Cuts and bad links. Cuts count: a link that two faults cut is whole when both have ended. */
export class NetworkFaults {
  readonly #world: World;
  readonly #log: FaultLog;

  constructor(world: World, log: FaultLog) {
    this.#world = world;
    this.#log = log;
  }

  cut(facts: FaultFacts, directions: readonly Direction[]): LastingFault {
    const { links } = this.#world;
    const fault = this.#log.begin(facts, () => {
      for (const [from, to] of directions) links.mend(from, to);
    });
    for (const [from, to] of directions) links.cut(from, to);
    return fault;
  }

  degrade(facts: FaultFacts, directions: readonly Direction[], link: Link): LastingFault {
    const lifts: (() => void)[] = [];
    const fault = this.#log.begin(facts, () => {
      for (const lift of lifts) lift();
    });
    for (const [from, to] of directions) lifts.push(this.#world.links.overlay(from, to, link));
    return fault;
  }
}

/** All links from and to these nodes, each once. */
export function linksOf(world: World, nodes: readonly NodeIndex[]): Direction[] {
  const chosen = new Set(nodes);
  return world.nodes.flatMap(({ index: from }) =>
    world.nodes.flatMap(({ index: to }): Direction[] =>
      from !== to && (chosen.has(from) || chosen.has(to)) ? [[from, to]] : [],
    ),
  );
}

/** Links between different groups; one way: only those from the first group. */
export function linksBetween(groups: readonly (readonly NodeIndex[])[], oneWay: boolean): Direction[] {
  const senders = oneWay ? groups.slice(0, 1) : groups;
  return senders.flatMap((group) =>
    groups
      .filter((other) => other !== group)
      .flatMap((other) => group.flatMap((from) => other.map((to): Direction => [from, to]))),
  );
}
