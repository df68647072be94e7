import { childSchema, type JsonSchema } from './json-schema.ts';
import { suggestion } from './nearest.ts';
import type { Path } from './problem.ts';
import { type Scenario, ScenarioSchema } from './schema.ts';

/** A scalar that stands in a scenario. */
export type FieldValue = number | string | boolean;

/** `faults[0].action.for` (also written `faults.0.action.for`) -> `['faults', 0, 'action', 'for']`. */
export function parsePath(text: string): Path {
  return text
    .replaceAll(/\[(\d+)\]/g, '.$1')
    .split('.')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** Why a path leads to no field of the format; undefined: it leads to one. */
export function unknownPath(path: Path): string | undefined {
  let schemas: readonly JsonSchema[] = [ScenarioSchema as unknown as JsonSchema];
  for (const part of path) {
    const branches = schemas.flatMap(flatten);
    schemas = branches.flatMap((branch) => childSchema(branch, part) ?? []);
    if (schemas.length > 0) continue;
    const known = [...new Set(branches.flatMap(({ properties }) => Object.keys(properties ?? {})))];
    const list = known.length === 0 ? ' Nothing lies below it.' : ` Known here: ${known.join(', ')}.`;
    return `There is no ${part}.${list}${suggestion(String(part), known)}`;
  }
  return undefined;
}

function flatten(schema: JsonSchema): readonly JsonSchema[] {
  return schema.anyOf === undefined ? [schema] : schema.anyOf.flatMap(flatten);
}

/** A copy of the scenario with one field set; groups above it are made where they lack. The result is not checked. */
export function withValue(scenario: Scenario, path: Path, value: FieldValue): unknown {
  return replaced(scenario, path, value);
}

function replaced(node: unknown, path: Path, value: FieldValue): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return value;
  if (Array.isArray(node)) return node.map((each, index) => (index === part ? replaced(each, rest, value) : each));
  const fields = typeof node === 'object' && node !== null ? (node as Record<string, unknown>) : {};
  return { ...fields, [part]: replaced(fields[part], rest, value) };
}
