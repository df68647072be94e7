import type { JsonSchema } from './json-schema.ts';

/**
 * JSON Schema, draft 7, of a TypeBox schema: for editors, for other languages, for a validator. Parts that stand in
 * several places are written once, under `definitions`.
 */
export function publishedSchema(schema: object, title: string, parts: Readonly<Record<string, object>>): JsonSchema {
  const plain = (value: object) => JSON.parse(JSON.stringify(value)) as unknown;
  const names = new Map(Object.entries(parts).map(([name, part]) => [JSON.stringify(plain(part)), name]));

  const shared = (value: unknown, root: boolean): unknown => {
    if (Array.isArray(value)) return value.map((each) => shared(each, false));
    if (typeof value !== 'object' || value === null) return value;
    const name = root ? undefined : names.get(JSON.stringify(value));
    if (name !== undefined) return { $ref: `#/definitions/${name}` };
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shared(each, false)]));
  };

  const definitions = Object.entries(parts).map(([name, part]) => [name, shared(plain(part), true)]);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title,
    ...(shared(plain(schema), true) as object),
    definitions: Object.fromEntries(definitions),
  } as JsonSchema;
}
