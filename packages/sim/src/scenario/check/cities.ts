import { cityNames } from '../city-names.ts';
import { suggestion } from '../nearest.ts';
import type { Finding, Path } from '../problem.ts';
import type { Scenario, Selector } from '../schema.ts';
import { actionsOf, selectorsOf } from '../walk.ts';

/** Whether every city that is named exists, once, and can do what is asked of it. */
export function checkCities(scenario: Scenario): Finding[] {
  const names = cityNames(scenario);
  const { cities } = scenario.topology;
  const findings: Finding[] = [];
  for (const { path, value, authorities } of selectorsOf(scenario)) {
    if (Array.isArray(value)) findings.push(...checkList(value, path, { names, cities, authorities }));
    else findings.push(...checkLuck(value, path, cities, authorities));
  }
  for (const { path, value } of actionsOf(scenario)) {
    if (value.kind === 'partition') findings.push(...checkGroups(value.groups, [...path, 'groups'], names));
  }
  const uses = scenario.workload?.doubleUses;
  if (uses !== undefined && (uses.cities ?? 2) >= cities) {
    const message = `One city issues and ${uses.cities ?? 2} others use the certificate; there are ${cities} in all. Ask for fewer, or raise topology.cities.`;
    findings.push({ code: 'SCENARIO_CITIES_TOO_FEW', path: ['workload', 'doubleUses'], message });
  }
  return findings;
}

interface Known {
  readonly names: readonly string[];
  /** Authorities; observers follow in `names`. */
  readonly cities: number;
  readonly authorities: boolean;
}

function checkList(list: readonly (string | number)[], path: Path, known: Known): Finding[] {
  const findings: Finding[] = [];
  const seen = new Set<number>();
  list.forEach((city, position) => {
    const at = [...path, position];
    const index = indexOf(city, known.names);
    if (index === undefined) findings.push(unknownCity(city, at, known));
    else if (known.authorities && index >= known.cities) {
      const message = `${city} is an observer, who signs nothing. Name an authority: 0 to ${known.cities - 1}.`;
      findings.push({ code: 'SCENARIO_CITY_UNFIT', path: at, message });
    } else if (seen.has(index)) {
      findings.push({ code: 'SCENARIO_CITY_REPEATED', path: at, message: `${city} is named twice. Name it once.` });
    }
    if (index !== undefined) seen.add(index);
  });
  return findings;
}

function indexOf(city: string | number, names: readonly string[]): number | undefined {
  const index = typeof city === 'number' ? city : names.indexOf(city);
  return index >= 0 && index < names.length ? index : undefined;
}

function unknownCity(city: string | number, path: Path, { names, cities }: Known): Finding {
  if (typeof city === 'number') {
    const observers = names.length - cities;
    const more = observers === 0 ? '' : `, then ${observers === 1 ? 'one observer' : `${observers} observers`}`;
    const message = `There is no city ${city}. There are ${cities}, 0 to ${cities - 1}${more}.`;
    return { code: 'SCENARIO_CITY_UNKNOWN', path, message };
  }
  const some = names.slice(0, 5).join(', ');
  const all = names.length > 5 ? `${some}, ...` : some;
  const message = `There is no city ${city}. Names here: ${all}.${suggestion(city, names)}`;
  return { code: 'SCENARIO_CITY_UNKNOWN', path, message };
}

function checkLuck(selector: Selector, path: Path, cities: number, authorities: boolean): Finding[] {
  if (selector === 'leader' && authorities) {
    const message = 'Who leads changes; this must be settled before the run. Name cities, or give {random: 1}.';
    return [{ code: 'SCENARIO_CITY_UNFIT', path, message }];
  }
  if (typeof selector !== 'object' || !('random' in selector) || selector.random <= cities) return [];
  const message = `${selector.random} cities are to be drawn; there are ${cities}. Ask for fewer, or raise topology.cities.`;
  return [{ code: 'SCENARIO_CITIES_TOO_FEW', path, message }];
}

function checkGroups(groups: readonly Selector[], path: Path, names: readonly string[]): Finding[] {
  const groupOf = new Map<number, number>();
  const findings: Finding[] = [];
  groups.forEach((group, position) => {
    if (!Array.isArray(group)) return;
    group.forEach((city, place) => {
      const index = indexOf(city, names);
      if (index === undefined) return;
      const earlier = groupOf.get(index);
      if (earlier !== undefined && earlier !== position) {
        const message = `${city} stands in group ${earlier} too. Leave it in one.`;
        findings.push({ code: 'SCENARIO_GROUPS_OVERLAP', path: [...path, position, place], message });
      }
      groupOf.set(index, position);
    });
  });
  return findings;
}
