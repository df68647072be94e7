import type { ErrorObject } from 'ajv';
import { childSchema, type JsonSchema, kindOf } from '../json-schema.ts';
import { suggestion } from '../nearest.ts';
import { type Finding, type Path, pathText } from '../problem.ts';
import { ScenarioSchema } from '../schema.ts';
import { article } from './narrow.ts';

/** What one error of the validator means to whoever wrote the scenario. `root` is the value that was validated. */
export function explain(error: ErrorObject, root: unknown): Finding {
  const path = pointerPath(error.instancePath, root);
  const expected = (error.parentSchema ?? {}) as JsonSchema;
  const params = error.params as Readonly<Record<string, unknown>>;
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownField(path, String(params.additionalProperty), Object.keys(expected.properties ?? {}));
    case 'required':
      return missingField(path, String(params.missingProperty), expected);
    case 'type':
      return wrongType(path, expected, error.data);
    case 'pattern':
    case 'minLength':
      return malformed(path, expected, String(error.data));
    case 'minItems':
    case 'maxItems': {
      const bound = `${error.keyword === 'minItems' ? 'at least' : 'at most'} ${String(params.limit)}`;
      const message = `The list has ${(error.data as unknown[]).length}. Give ${bound}.`;
      return { code: 'SCENARIO_LIST_LENGTH', path, message };
    }
    default: {
      const bound = `${String(params.comparison)} ${String(params.limit)}`;
      const message = `${String(error.data)} is out of range. Give a number ${bound}.`;
      return { code: 'SCENARIO_NUMBER_OUT_OF_RANGE', path, message };
    }
  }
}

function missingField(path: Path, name: string, schema: JsonSchema): Finding {
  const about = childSchema(schema, name)?.description ?? '';
  const message = `${name} is missing. Add it. ${about}`.trimEnd();
  return { code: 'SCENARIO_FIELD_MISSING', path: [...path, name], message };
}

function unknownField(path: Path, name: string, known: readonly string[]): Finding {
  const near = suggestion(name, known);
  const elsewhere = near === '' ? placesOf(name) : [];
  const place = elsewhere.length === 0 ? '' : ` It belongs to ${elsewhere.slice(0, 3).join(' or ')}.`;
  const where = path.length === 0 ? 'A scenario' : pathText(path);
  const message = `${where} has no field ${name}.${near}${place} Known: ${known.join(', ')}.`;
  return { code: 'SCENARIO_FIELD_UNKNOWN', path: [...path, name], message };
}

const isDuration = (schema: JsonSchema) => schema.pattern?.includes('us|ms|s|m|h|d') === true;

function wrongType(path: Path, schema: JsonSchema, value: unknown): Finding {
  if (isDuration(schema)) return malformed(path, schema, String(value));
  const given = schema.type === 'integer' && kindOf(value) === 'number' ? 'no whole number' : article(kindOf(value));
  const about = schema.description === undefined ? '' : ` ${schema.description}`;
  const message = `This is ${given}. Write ${article(schema.type ?? 'value')}.${about}`;
  return { code: 'SCENARIO_TYPE_WRONG', path, message };
}

function malformed(path: Path, schema: JsonSchema, value: string): Finding {
  if (!isDuration(schema)) {
    const rule =
      schema.pattern === undefined ? 'It must not be empty.' : 'Use a-z, 0-9 and "-", at most 64, no "-" at the start.';
    return { code: 'SCENARIO_NAME_MALFORMED', path, message: `"${value}" cannot stand here. ${rule}` };
  }
  const unit = /^[+-]?\d+(\.\d+)?$/.test(value)
    ? ` Write "${value}ms" or "${value}s".`
    : ' Write 250us, 10ms, 2.5s, 5m, 1h or 7d.';
  return { code: 'SCENARIO_DURATION_MALFORMED', path, message: `"${value}" is not a time with its unit.${unit}` };
}

/** A JSON pointer as a path: parts that index lists are numbers. */
function pointerPath(pointer: string, root: unknown): Path {
  let value: unknown = root;
  return pointer
    .split('/')
    .slice(1)
    .map((part) => {
      const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
      const key = Array.isArray(value) ? Number(name) : name;
      value = (value as Record<string | number, unknown>)[key];
      return key;
    });
}

/** Where else the format has a field of this name: `topology.link`. */
function placesOf(name: string): string[] {
  const found = new Set<string>();
  const visit = (schema: JsonSchema, path: string): void => {
    for (const branch of schema.anyOf ?? []) visit(branch, path);
    if (schema.items !== undefined) visit(schema.items as JsonSchema, `${path}[]`);
    for (const [field, child] of Object.entries(schema.properties ?? {})) {
      if (field === name && path !== '') found.add(path);
      visit(child, path === '' ? field : `${path}.${field}`);
    }
  };
  visit(ScenarioSchema as unknown as JsonSchema, '');
  return [...found];
}
