/** The part of JSON Schema that the formats of the simulator use. TypeBox's schemas are of this shape. */
export interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly items?: JsonSchema | readonly JsonSchema[];
  readonly pattern?: string;
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Kind of a value in words that a schema's `type` uses; whole numbers are numbers here. */
export function kindOf(value: unknown): 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null' {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  const kind = typeof value;
  return kind === 'string' || kind === 'number' || kind === 'boolean' ? kind : 'object';
}

/** The schema of a record's every value, of an element, of a field; undefined: there is none. */
export function childSchema(schema: JsonSchema, part: string | number): JsonSchema | undefined {
  if (typeof part === 'number') return Array.isArray(schema.items) ? schema.items[part] : (schema.items as JsonSchema);
  const { properties } = schema;
  if (properties !== undefined && Object.hasOwn(properties, part)) return properties[part];
  return Object.values(schema.patternProperties ?? {})[0];
}
