import { type FieldValue, parsePath, withValue } from '../scenario/field-paths.ts';
import type { Scenario } from '../scenario/schema.ts';

export interface GridCell {
  readonly parameters: Readonly<Record<string, FieldValue>>;
  /** The scenario with these values, without its sweep. */
  readonly scenario: Scenario;
}

/** Every combination of the scenario's `sweep`, the last field varying fastest; one cell without parameters if it has none. */
export function gridOf(scenario: Scenario): GridCell[] {
  const { sweep = {}, ...single } = scenario;
  let cells: GridCell[] = [{ parameters: {}, scenario: single }];
  for (const [path, values] of Object.entries(sweep)) {
    cells = cells.flatMap((cell) =>
      values.map((value) => ({
        parameters: { ...cell.parameters, [path]: value },
        scenario: withValue(cell.scenario, parsePath(path), value) as Scenario,
      })),
    );
  }
  return cells;
}

/** `topology.link.loss=0.1, topology.cities=7`; of a cell without parameters `all`. */
export function cellText(parameters: GridCell['parameters']): string {
  const parts = Object.entries(parameters).map(([path, value]) => `${path.split('.').at(-1)}=${value}`);
  return parts.length === 0 ? 'all' : parts.join(' ');
}
