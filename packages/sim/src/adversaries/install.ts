import type { AuthorityIndex } from '@hansa/protocol/genesis';
import { resolveSelector } from '../faults/selectors.ts';
import { microseconds } from '../scenario/duration.ts';
import type { NodeIndex, World } from '../world/contract.ts';
import { builtinStrategies } from './catalogue.ts';
import type { Coordinator } from './contract.ts';
import { SharedCoordinator } from './coordinator.ts';
import { findStrategy, type StrategyMap } from './registry.ts';

import { type Placed, StrategyStack } from './stack.ts';

/** One stream for all: strategies whose selectors are equal share their cities. */
const LUCK = 'adversaries';

/** Numbers of notices start here: those of faults count from 0. */
const FIRST_NOTICE = 1_000_000;

/**
 * Corrupts the cities that the scenario's `adversary` names, each with its strategies in the scenario's order. Before
 * the world starts. Undefined: the scenario has no adversary.
 *
 * Errors: SCENARIO_STRATEGY_UNKNOWN, ADVERSARY_OPTION_INVALID; those of the selectors.
 */
export function installAdversaries(world: World, strategies: StrategyMap = builtinStrategies): Coordinator | undefined {
  const choices = world.scenario.adversary ?? [];
  if (choices.length === 0) return undefined;
  const placed = new Map<AuthorityIndex, Placed[]>();
  const twins = new Set<AuthorityIndex>();
  choices.forEach((choice, index) => {
    const factory = findStrategy(strategies, choice.strategy);
    const each: Placed = {
      name: choice.strategy,
      factory,
      options: choice.options ?? {},
      choice: index,
      startUs: choice.start === undefined ? 0 : microseconds(choice.start),
      endUs: choice.end === undefined ? Number.POSITIVE_INFINITY : microseconds(choice.end),
    };
    const cities = authorities(world, resolveSelector(world, choice.cities, LUCK));
    for (const authority of cities) {
      placed.set(authority, [...(placed.get(authority) ?? []), each]);
      if (factory.needsTwin === true) twins.add(authority);
    }
    announce(world, each, cities);
  });

  for (const authority of [...twins].sort((a, b) => a - b)) world.addTwin(authority);
  const coordinator = new SharedCoordinator(world, [...placed.keys()]);
  for (const authority of coordinator.corrupted) {
    for (const node of coordinator.nodesOf([authority])) {
      const stack = new StrategyStack(world, node, coordinator, placed.get(authority) ?? []);
      world.corrupt(node, stack);
      stack.start();
    }
  }
  return coordinator;
}

/** Observers have no voice that could lie. */
function authorities(world: World, nodes: readonly NodeIndex[]): AuthorityIndex[] {
  return nodes.flatMap((node) => world.nodes[node]?.authority ?? []);
}

/** On the time axis of the report; an adversary that ends is a fault that heals. */
function announce(world: World, { name, choice, startUs, endUs }: Placed, nodes: readonly NodeIndex[]): void {
  const cities = nodes.map((node) => world.nodes[node]?.name ?? String(node)).join(', ');
  const id = FIRST_NOTICE + choice;
  const ends = Number.isFinite(endUs);
  const notice = { id, kind: 'adversary', nodes };
  world.at(startUs, () =>
    world.notice({ ...notice, phase: ends ? 'begin' : 'moment', text: `${name} begins in ${cities}` }),
  );
  if (ends) world.at(endUs, () => world.notice({ ...notice, phase: 'end', text: `${name} ends in ${cities}` }));
}
