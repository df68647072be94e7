import type { Json } from './smaller-values.ts';

export type FieldPath = readonly (string | number)[];

/** Every value within a value, outermost first, with the way to it. */
export function* fieldsOf(value: Json, path: FieldPath = []): Generator<readonly [FieldPath, Json]> {
  yield [path, value];
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* fieldsOf(item as Json, [...path, index]);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) yield* fieldsOf(item as Json, [...path, key]);
  }
}

export function fieldAt(value: Json, path: FieldPath): Json | undefined {
  let found: Json | undefined = value;
  for (const part of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Record<string | number, Json>)[part];
  }
  return found;
}

/** A copy in which one field has another value, or (with undefined) is gone. */
export function withField(value: Json, path: FieldPath, changed: Json | undefined): Json {
  const [first, ...rest] = path;
  if (first === undefined) return changed ?? null;
  if (Array.isArray(value)) {
    if (rest.length === 0 && changed === undefined) return value.filter((_, index) => index !== first);
    return value.map((item, index) => (index === first ? withField(item as Json, rest, changed) : (item as Json)));
  }
  const fields = { ...(value as Record<string, Json>) };
  if (rest.length === 0 && changed === undefined) delete fields[first];
  else fields[first] = withField(fields[first] ?? {}, rest, changed);
  return fields;
}
