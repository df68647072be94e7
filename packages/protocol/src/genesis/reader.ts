import { fromHex } from '../bytes.ts';
import { type ErrorCode, errorCodes } from '../error-codes.ts';
import { HansaError } from '../errors.ts';

type GenesisCode = ErrorCode extends infer Code ? (Code extends `GENESIS_${infer Name}` ? Name : never) : never;

/** Thrown inside the parser only; `parseGenesis` turns it into a rejection. */
export function fault(code: GenesisCode, path: string, detail = ''): never {
  throw new HansaError(`GENESIS_${code}`, `Genesis file, ${path}: ${detail}${errorCodes[`GENESIS_${code}`]}`);
}

/**
 * One JSON object of the genesis file. Every read names the field's path when it fails, and `end` refuses the fields
 * that nothing read, so that a misspelt field is never a silent default.
 */
export class ObjectReader {
  readonly path: string;
  readonly #fields: Record<string, unknown>;
  readonly #unread: Set<string>;

  constructor(value: unknown, path: string) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      fault('WRONG_TYPE', path, 'not an object. ');
    }
    this.path = path;
    this.#fields = value as Record<string, unknown>;
    this.#unread = new Set(Object.keys(value));
  }

  at(name: string): string {
    return this.path === '$' ? name : `${this.path}.${name}`;
  }

  /** The raw value; the caller checks it. */
  /** Whether an optional field stands in the file. */
  has(name: string): boolean {
    return Object.hasOwn(this.#fields, name);
  }

  take(name: string): unknown {
    if (!this.#unread.delete(name)) fault('MISSING_FIELD', this.at(name));
    return this.#fields[name];
  }

  string(name: string): string {
    const value = this.take(name);
    if (typeof value !== 'string') fault('WRONG_TYPE', this.at(name), 'not a string. ');
    return value;
  }

  boolean(name: string): boolean {
    const value = this.take(name);
    if (typeof value !== 'boolean') fault('WRONG_TYPE', this.at(name), 'not true or false. ');
    return value;
  }

  number(name: string, min: number, max: number): number {
    return numberWithin(this.take(name), this.at(name), min, max);
  }

  integer(name: string, min: number, max: number): number {
    return integerWithin(this.take(name), this.at(name), min, max);
  }

  /** Lower-case hexadecimal of exactly `length` bytes. */
  hex(name: string, length: number): Uint8Array {
    const text = this.string(name);
    const bytes = /[A-F]/.test(text) ? undefined : fromHex(text);
    if (bytes?.length !== length) {
      fault('BAD_HEX', this.at(name), `${2 * length} digits are expected. `);
    }
    return bytes;
  }

  list(name: string): readonly unknown[] {
    const value = this.take(name);
    if (!Array.isArray(value)) fault('WRONG_TYPE', this.at(name), 'not a list. ');
    return value;
  }

  object(name: string): ObjectReader {
    return new ObjectReader(this.take(name), this.at(name));
  }

  end(): void {
    for (const name of this.#unread) {
      fault('UNKNOWN_FIELD', this.at(name));
    }
  }
}

export function integerWithin(value: unknown, path: string, min: number, max: number): number {
  const number = numberWithin(value, path, min, max);
  if (!Number.isSafeInteger(number)) fault('WRONG_TYPE', path, 'not a whole number. ');
  return number;
}

function numberWithin(value: unknown, path: string, min: number, max: number): number {
  if (typeof value !== 'number') fault('WRONG_TYPE', path, 'not a number. ');
  if (!(value >= min && value <= max)) fault('OUT_OF_RANGE', path, `from ${min} to ${max}. `);
  return value;
}

/**
 * JSON text of UTF-8 bytes in which no object names a field twice: other languages' parsers would keep the first one
 * where JavaScript keeps the last.
 */
export function parseJson(bytes: Uint8Array): unknown {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch {
    fault('NOT_JSON', 'whole file');
  }
  // Outside of strings, JSON has exactly one colon a field.
  const colons = text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"/g, '').split(':').length - 1;
  if (colons !== countFields(value)) {
    fault('DUPLICATE_FIELD', 'whole file');
  }
  return value;
}

function countFields(root: unknown): number {
  let fields = 0;
  const open = [root];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    const members: unknown[] = Object.values(value);
    if (!Array.isArray(value)) fields += members.length;
    for (const member of members) open.push(member);
  }
  return fields;
}
