/**
 * Surgery on messages: a protobuf message as its fields, without a schema, so that a liar can change, drop, double or
 * swap any of them. Hansa's messages have varints and length-delimited fields only.
 */
export interface Field {
  readonly number: number;
  readonly value: bigint | Uint8Array;
}

/** The fields of a message in their order; undefined when the bytes are none. */
export function readFields(bytes: Uint8Array): Field[] | undefined {
  const fields: Field[] = [];
  for (let offset = 0; offset < bytes.length; ) {
    const tag = readVarint(bytes, offset);
    if (tag === undefined) return undefined;
    const number = Number(tag.value >> 3n);
    const kind = tag.value & 7n;
    const head = readVarint(bytes, tag.end);
    if (head === undefined || (kind !== 0n && kind !== 2n)) return undefined;
    if (kind === 0n) {
      fields.push({ number, value: head.value });
      offset = head.end;
      continue;
    }
    const end = head.end + Number(head.value);
    if (end > bytes.length) return undefined;
    fields.push({ number, value: bytes.subarray(head.end, end) });
    offset = end;
  }
  return fields;
}

export function writeFields(fields: readonly Field[]): Uint8Array {
  const out: number[] = [];
  const parts: Uint8Array[] = [];
  let length = 0;
  const push = (part: Uint8Array) => {
    parts.push(part);
    length += part.length;
  };
  for (const { number, value } of fields) {
    out.length = 0;
    const isBytes = value instanceof Uint8Array;
    writeVarint(out, (BigInt(number) << 3n) | (isBytes ? 2n : 0n));
    writeVarint(out, isBytes ? BigInt(value.length) : value);
    push(new Uint8Array(out));
    if (isBytes) push(value);
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

/** First field of a number, when it is a byte string. */
export function bytesField(fields: readonly Field[], number: number): Uint8Array | undefined {
  const value = fields.find((field) => field.number === number)?.value;
  return value instanceof Uint8Array ? value : undefined;
}

/** The message with another value in a field. What is zero or empty is left out, as the canonical encoding does. */
export function withField(bytes: Uint8Array, number: number, value: bigint | Uint8Array): Uint8Array {
  const fields = (readFields(bytes) ?? []).filter((field) => field.number !== number);
  const isEmpty = value instanceof Uint8Array ? value.length === 0 : value === 0n;
  const place = fields.findIndex((field) => field.number > number);
  if (!isEmpty) fields.splice(place < 0 ? fields.length : place, 0, { number, value });
  return writeFields(fields);
}

function readVarint(bytes: Uint8Array, start: number): { value: bigint; end: number } | undefined {
  let value = 0n;
  for (let index = 0; index < 10; index++) {
    const byte = bytes[start + index];
    if (byte === undefined) return undefined;
    value |= BigInt(byte & 127) << BigInt(7 * index);
    if (byte < 128) return { value, end: start + index + 1 };
  }
  return undefined;
}

function writeVarint(out: number[], value: bigint): void {
  let rest = value;
  while (rest > 127n) {
    out.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  out.push(Number(rest));
}
