import { fromBase64Url } from './base64url.ts';

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: JsonValue | undefined;
}

/**
 * JSON in UTF-8 in which no object has a name twice (RFC 8259 leaves open which one counts, and two readers that choose
 * differently would read two credentials). Undefined for everything else.
 */
export function readJson(bytes: Uint8Array | undefined): JsonValue | undefined {
  if (bytes === undefined) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const value = JSON.parse(text) as JsonValue;
    return repeatsName(text) ? undefined : value; // guard: P4 a claim that stands twice is no claim
  } catch {
    return undefined;
  }
}

/** The same of an object in base64url, as a part of a JWT is. */
export function readJsonPart(part: string): JsonObject | undefined {
  const value = readJson(fromBase64Url(part));
  return isObject(value) ? value : undefined;
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Exactly these names, in any order. */
export function hasNames(object: JsonObject, names: readonly string[]): boolean {
  return Object.keys(object).length === names.length && names.every((name) => Object.hasOwn(object, name));
}

const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],]/g;

/** Of text that is valid JSON. */
function repeatsName(text: string): boolean {
  /** One for each open bracket: the names so far, or undefined in an array. */
  const open: (Set<string> | undefined)[] = [];
  let atName = false;
  for (const [token] of text.matchAll(tokens)) {
    const names = open.at(-1);
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(undefined);
    else if (token === '}' || token === ']') open.pop();
    else if (token !== ',' && names !== undefined && atName) {
      const name = JSON.parse(token) as string;
      if (names.has(name)) return true;
      names.add(name);
    }
    atName = token === '{' || (token === ',' && names !== undefined);
  }
  return false;
}
