import { parsePath, unknownPath, withValue } from '../field-paths.ts';
import { type Finding, type Path, pathText } from '../problem.ts';
import type { Scenario } from '../schema.ts';

/** Whether every path of a sweep leads to a field, and every value alone makes a valid scenario. */
export function checkSweep(scenario: Scenario, check: (value: unknown) => readonly Finding[]): Finding[] {
  const { sweep = {}, ...single } = scenario;
  return Object.entries(sweep).flatMap(([text, values]): Finding[] => {
    const path = parsePath(text);
    const at: Path = ['sweep', text];
    const wrong = path[0] === 'sweep' || path[0] === 'seeds' ? `${path[0]} cannot be swept.` : unknownPath(path);
    if (wrong !== undefined) return [{ code: 'SCENARIO_SWEEP_PATH_UNKNOWN', path: at, message: wrong }];
    if (!reaches(scenario, path)) {
      const message = 'The scenario has no list element there. Correct the number: lists begin at 0.';
      return [{ code: 'SCENARIO_SWEEP_PATH_UNKNOWN', path: at, message }];
    }
    return values.flatMap((value, index): Finding[] => {
      const [first] = check(withValue(single, path, value));
      if (first === undefined) return [];
      const message = `With ${String(value)}, ${pathText(first.path)} is not valid: ${first.message}`;
      return [{ code: 'SCENARIO_SWEEP_VALUE', path: [...at, index], message }];
    });
  });
}

/** Every number of the path is the place of an element that is there. */
function reaches(scenario: Scenario, path: Path): boolean {
  let node: unknown = scenario;
  for (const part of path) {
    if (typeof part === 'number' && !(Array.isArray(node) && part < node.length)) return false;
    node = typeof node === 'object' && node !== null ? (node as Record<string | number, unknown>)[part] : undefined;
  }
  return true;
}
