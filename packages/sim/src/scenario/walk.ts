import type { Path } from './problem.ts';
import type { Action, Fault, Link, Predicate, Scenario, Selector } from './schema.ts';

/** What lies deep in a scenario, with its place: for checks, the shrinker and reports. */

export interface Placed<T> {
  readonly path: Path;
  readonly value: T;
}

export function faultsOf(scenario: Scenario): Placed<Fault>[] {
  return (scenario.faults ?? []).map((value, index) => ({ path: ['faults', index], value }));
}

export function actionsOf(scenario: Scenario): (Placed<Action> & { readonly fault: Fault })[] {
  return faultsOf(scenario).map(({ path, value }) => ({
    path: [...path, 'action'],
    value: value.action,
    fault: value,
  }));
}

/** C12: whether the authority set changes in the run. */
export function changesSet(scenario: Scenario): boolean {
  return (scenario.faults ?? []).some(({ action }) => action.kind === 'membership');
}

/** `authorities`: what is asked of these cities only authorities known at the start can do. */
export interface PlacedSelector extends Placed<Selector> {
  readonly authorities: boolean;
}

export function selectorsOf(scenario: Scenario): PlacedSelector[] {
  const { workload, adversary = [] } = scenario;
  const found: PlacedSelector[] = [];
  const add = (path: Path, value: Selector | undefined, authorities: boolean) => {
    if (value !== undefined) found.push({ path, value, authorities });
  };
  add(['workload', 'from'], workload?.from, true);
  workload?.bursts?.forEach(({ cities }, index) => {
    add(['workload', 'bursts', index, 'cities'], cities, true);
  });
  adversary.forEach(({ cities }, index) => {
    add(['adversary', index, 'cities'], cities, true);
  });
  for (const { path, value } of actionsOf(scenario)) {
    if ('cities' in value) add([...path, 'cities'], value.cities, value.kind === 'membership');
    if (value.kind === 'partition') {
      value.groups.forEach((group, index) => {
        add([...path, 'groups', index], group, false);
      });
    }
  }
  return found;
}

export function linksOf(scenario: Scenario): Placed<Link>[] {
  const { link } = scenario.topology;
  const own = link === undefined ? [] : [{ path: ['topology', 'link'], value: link }];
  const laid = actionsOf(scenario).flatMap(({ path, value }) =>
    value.kind === 'degrade' ? [{ path: [...path, 'link'], value: value.link }] : [],
  );
  return [...own, ...laid];
}

export function predicatesOf(scenario: Scenario): Placed<Predicate>[] {
  const found: Placed<Predicate>[] = faultsOf(scenario).flatMap(({ path, value }) =>
    'when' in value ? [{ path: [...path, 'when'], value: value.when }] : [],
  );
  const stop = scenario.stop?.when;
  if (stop !== undefined) found.push({ path: ['stop', 'when'], value: stop });
  return found;
}
