import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { HansaError } from '@hansa/protocol';
import { builtinStrategies, type StrategyMap } from '../adversaries/index.ts';
import type { PlugIn } from '../run/plug-in.ts';
import { ScenarioError } from '../scenario/builder.ts';
import { checkScenario } from '../scenario/check/check.ts';
import { parsePath, unknownPath, withValue } from '../scenario/field-paths.ts';
import { suggestion } from '../scenario/nearest.ts';
import { parseScenario } from '../scenario/parse.ts';
import { pathText } from '../scenario/problem.ts';
import type { Scenario } from '../scenario/schema.ts';
import { assignment } from './options.ts';

/** Scenarios that ship with the simulator. */
const shipped = fileURLToPath(new URL('../../scenarios/', import.meta.url));

export interface Listed {
  readonly name: string;
  readonly shows: string;
  readonly cities: number;
  readonly file: string;
}

/** By name. */
export function listShipped(): Listed[] {
  return shippedNames().map((name) => {
    const file = `${shipped}${name}.yaml`;
    const { shows, topology } = parseFile(file, `${name}.yaml`, []);
    return { name, shows, cities: topology.cities, file };
  });
}

/** A shipped file is named like its scenario. */
function shippedNames(): string[] {
  const files = readdirSync(shipped).filter((file) => file.endsWith('.yaml'));
  return files.map((file) => file.slice(0, -'.yaml'.length)).sort();
}

export interface ScenarioOptions {
  readonly plugIns?: readonly PlugIn[];
  /** `path=value`, applied in this order. */
  readonly set?: readonly string[];
}

/**
 * A scenario by the name of a shipped one, or by its file.
 *
 * Errors: FILE_UNREADABLE; SCENARIO_INVALID, with every problem; of --set the code of what is wrong.
 */
export function loadScenario(nameOrFile: string, { plugIns = [], set = [] }: ScenarioOptions = {}): Scenario {
  const own = `${shipped}${nameOrFile}.yaml`;
  const isShipped = /^[a-z0-9-]+$/.test(nameOrFile) && existsSync(own);
  const scenario = parseFile(isShipped ? own : nameOrFile, isShipped ? `${nameOrFile}.yaml` : nameOrFile, plugIns);
  return set.reduce((changed, text) => changedBy(changed, text, plugIns), scenario);
}

function parseFile(file: string, shown: string, plugIns: readonly PlugIn[]): Scenario {
  const parsed = parseScenario(readText(file, shown), { strategies: strategiesWith(plugIns) });
  if (parsed.ok) return parsed.scenario;
  throw new ScenarioError(parsed.problems, shown);
}

function readText(file: string, shown: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new HansaError(
      'FILE_UNREADABLE',
      `There is no scenario ${shown}: neither a shipped one (hansa-sim list) nor a file that can be read.${suggestion(shown, shippedNames())}`,
    );
  }
}

/** `--set topology.cities=7`. */
function changedBy(scenario: Scenario, text: string, plugIns: readonly PlugIn[]): Scenario {
  const { path: name, value } = assignment(text);
  const path = parsePath(name);
  const unknown = unknownPath(path);
  if (unknown !== undefined) throw new HansaError('SCENARIO_SWEEP_PATH_UNKNOWN', `--set ${name}: ${unknown}`);
  const changed = withValue(scenario, path, value);
  const [finding] = checkScenario(changed, { strategies: strategiesWith(plugIns) });
  if (finding !== undefined) {
    throw new HansaError(finding.code, `--set ${text}: ${pathText(finding.path)}: ${finding.message}`);
  }
  return changed as Scenario;
}

/**
 * `--vary topology.link.loss=0,0.05`: the sweep of the command line, in place of the scenario's own.
 *
 * Errors: SCENARIO_SWEEP_PATH_UNKNOWN, SCENARIO_SWEEP_VALUE.
 */
export function variedBy(scenario: Scenario, vary: readonly string[], plugIns: readonly PlugIn[]): Scenario {
  if (vary.length === 0) return scenario;
  const sweep = Object.fromEntries(
    vary.map((text) => {
      const { path, value } = assignment(text);
      return [
        path,
        String(value)
          .split(',')
          .map((each) => assignment(`value=${each}`).value),
      ];
    }),
  );
  const varied = { ...scenario, sweep };
  const [finding] = checkScenario(varied, { strategies: strategiesWith(plugIns) });
  if (finding === undefined) return varied;
  throw new HansaError(finding.code, `--vary: ${pathText(finding.path)}: ${finding.message}`);
}

export function strategiesWith(plugIns: readonly PlugIn[]): StrategyMap {
  return new Map([...builtinStrategies, ...plugIns.flatMap(({ strategies = {} }) => Object.entries(strategies))]);
}
