import { isObject, type JsonObject, type JsonSchema, kindOf } from '../json-schema.ts';
import { suggestion } from '../nearest.ts';
import type { Finding, Path } from '../problem.ts';

/**
 * The schema without its unions: each is replaced by the branch that the value means, by its `kind`, by the field
 * that only one branch has, or by its type. A validator then names what is wrong there, where `anyOf` would only say
 * that no branch fits. Where no branch is meant, that is the finding, and anything goes below it.
 */
export function narrow(schema: JsonSchema, value: unknown, path: Path, findings: Finding[]): JsonSchema {
  if (schema.anyOf !== undefined) {
    const branch = chooseBranch(schema.anyOf, value, path, findings);
    return branch === undefined ? {} : narrow(branch, value, path, findings);
  }
  if (Array.isArray(value) && value.length > 0 && schema.items !== undefined) {
    const element = schema.items as JsonSchema;
    return { ...schema, items: Array.from(value, (each, index) => narrow(element, each, [...path, index], findings)) };
  }
  if (isObject(value) && schema.type === 'object') {
    const { patternProperties, ...rest } = schema;
    const [pattern] = Object.values(patternProperties ?? {});
    // Of fields that are absent only the names and what they are about matter.
    const properties = new Map<string, JsonSchema>(
      Object.entries(schema.properties ?? {}).map(([name, { description = '' }]) => [name, { description }]),
    );
    for (const [name, each] of Object.entries(value)) {
      const child = properties.has(name) ? schema.properties?.[name] : pattern;
      if (child !== undefined) properties.set(name, narrow(child, each, [...path, name], findings));
    }
    return { ...rest, properties: Object.fromEntries(properties) };
  }
  return schema;
}

function chooseBranch(
  branches: readonly JsonSchema[],
  value: unknown,
  path: Path,
  findings: Finding[],
): JsonSchema | undefined {
  const kind = kindOf(value);
  const candidates = branches.filter(({ type }) => (type === 'integer' ? 'number' : type) === kind);
  if (candidates.length === 0) {
    const message = `This is ${article(kind)}. Write ${alternatives(branches)}.${listHint(branches, value)}`;
    findings.push({ code: 'SCENARIO_TYPE_WRONG', path, message });
    return undefined;
  }
  if (isObject(value)) return chooseObject(candidates, value, path, findings);
  const literal = candidates.filter((branch) => branch.const !== undefined);
  const free = candidates.find((branch) => branch.const === undefined);
  const chosen = literal.find((branch) => branch.const === value) ?? free;
  if (chosen !== undefined) return chosen;
  const words = literal.map((branch) => String(branch.const));
  const hint = suggestion(String(value), words) || listHint(branches, value);
  const message = `"${value}" cannot be chosen. Write ${alternatives(branches)}.${hint}`;
  findings.push({ code: 'SCENARIO_CHOICE_UNKNOWN', path, message });
  return undefined;
}

function chooseObject(
  branches: readonly JsonSchema[],
  value: JsonObject,
  path: Path,
  findings: Finding[],
): JsonSchema | undefined {
  if (branches.length === 1) return branches[0];
  const words = branches.flatMap(({ properties }) => properties?.kind?.const ?? []).map(String);
  if (words.length === branches.length) {
    const index = words.indexOf(String(value.kind));
    if (index >= 0) return branches[index];
    const at = [...path, 'kind'];
    const choose = `Write one of ${words.join(', ')}.`;
    if (value.kind === undefined)
      findings.push({ code: 'SCENARIO_FIELD_MISSING', path: at, message: `The kind is missing. ${choose}` });
    else {
      const message = `"${String(value.kind)}" is no kind that is known here. ${choose}${suggestion(String(value.kind), words)}`;
      findings.push({ code: 'SCENARIO_CHOICE_UNKNOWN', path: at, message });
    }
    return undefined;
  }
  const telling = branches.map((branch) => ownKeys(branch, branches));
  const present = telling.flat().filter((name) => Object.hasOwn(value, name));
  const [first, second] = present;
  if (first !== undefined && second === undefined) return branches[telling.findIndex((names) => names.includes(first))];
  if (first !== undefined) {
    const message = `${present.join(' and ')} exclude each other. Keep one of them.`;
    findings.push({ code: 'SCENARIO_FIELDS_EXCLUDE', path: [...path, second as string], message });
    return undefined;
  }
  const names = telling.flat();
  const guesses = Object.keys(value).map((name) => suggestion(name, names));
  const message = `One of ${names.join(', ')} is missing. Add it.${guesses.find((guess) => guess !== '') ?? ''}`;
  findings.push({ code: 'SCENARIO_FIELD_MISSING', path, message });
  return undefined;
}

/** Required fields by which this branch is told from the others. */
function ownKeys(branch: JsonSchema, branches: readonly JsonSchema[]): string[] {
  const others = branches.filter((each) => each !== branch);
  return (branch.required ?? []).filter((name) => !others.some(({ required }) => required?.includes(name)));
}

/** A lone element, where a list could stand, most likely is meant as the list's only one. */
function listHint(branches: readonly JsonSchema[], value: unknown): string {
  const lone = typeof value === 'string' || typeof value === 'number';
  return lone && branches.some(({ type }) => type === 'array') ? ` As a list: [${value}].` : '';
}

/** What may stand here, for people: `all, leader, a list, or {random}`. */
function alternatives(branches: readonly JsonSchema[]): string {
  const words = branches.map((branch) => {
    if (branch.const !== undefined) return `"${String(branch.const)}"`;
    if (branch.type !== 'object') return article(branch.type ?? 'value');
    return `{${(branch.required ?? Object.keys(branch.properties ?? {}).slice(0, 2)).join(', ')}}`;
  });
  const last = words.pop() ?? '';
  return words.length === 0 ? last : `${words.join(', ')} or ${last}`;
}

/** `a list`, `text`: kinds of values as people call them. */
export function article(kind: string): string {
  const words: Readonly<Record<string, string>> = {
    array: 'a list',
    object: 'a group of fields',
    string: 'text',
    number: 'a number',
    integer: 'a whole number',
    boolean: 'true or false',
    null: 'nothing',
  };
  return words[kind] ?? `a ${kind}`;
}
