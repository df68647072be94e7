/**
 * Stands in for protobuf-es in the browser bundle, where its runtime would weigh a third of everything. It has the same
 * names (`bundle-light-client.js` swaps the modules), reads the same generated descriptors, and
 * gives the same messages for canonical bytes, which a test asserts for every message of the schema. It only reads.
 */

/** google.protobuf.FieldDescriptorProto.Type, and protobuf-es' `ScalarType`. */
export const ScalarType = { UINT64: 4, BOOL: 8, STRING: 9, BYTES: 12, UINT32: 13 } as const;
const TYPE_MESSAGE = 11;
const TYPE_ENUM = 14;
const LABEL_REPEATED = 3;
/** google.protobuf.FeatureSet.FieldPresence. */
const EXPLICIT_PRESENCE = 1;
const IMPLICIT_PRESENCE = 2;

interface SmallOneof {
  readonly localName: string;
}

interface SmallEnum {
  readonly typeName: string;
  readonly values: readonly { readonly name: string; readonly number: number }[];
}

/** What the codec reads of protobuf-es' `DescField`. */
interface SmallField {
  readonly name: string;
  readonly localName: string;
  readonly number: number;
  readonly fieldKind: 'scalar' | 'enum' | 'message' | 'list';
  readonly scalar: number | undefined;
  readonly message: SmallMessage | undefined;
  readonly enum: SmallEnum | undefined;
  readonly oneof: SmallOneof | undefined;
  readonly presence: number;
  /** proto3 packs lists of numbers; lists of anything else cannot be. */
  readonly packed: boolean;
}

/** What the codec reads of protobuf-es' `DescMessage`. */
interface SmallMessage {
  readonly typeName: string;
  readonly oneofs: SmallOneof[];
  readonly fields: SmallField[];
}

interface SmallFile {
  readonly messages: readonly SmallMessage[];
  readonly enums: readonly SmallEnum[];
  readonly types: ReadonlyMap<string, SmallMessage | SmallEnum>;
}

/** Top-level types of one file; the schema nests none. */
export function fileDesc(base64: string, imports: readonly SmallFile[] = []): SmallFile {
  const file = new RawMessage(base64Bytes(base64));
  const prefix = `.${file.text(2)}.`;
  const types = new Map(imports.flatMap((imported) => [...imported.types]));
  const enums = file.all(5).map((raw): SmallEnum => {
    const values = raw.all(2).map((value) => ({ name: value.text(1), number: value.number(2) }));
    return { typeName: (prefix + raw.text(1)).slice(1), values };
  });
  const raws = file.all(4);
  const messages = raws.map((raw): SmallMessage => {
    const oneofs = raw.all(8).map((oneof) => ({ localName: camelCase(oneof.text(1)) }));
    return { typeName: (prefix + raw.text(1)).slice(1), oneofs, fields: [] };
  });
  for (const type of [...enums, ...messages]) types.set(`.${type.typeName}`, type);
  for (const [index, message] of messages.entries()) {
    for (const raw of (raws[index] as RawMessage).all(2)) message.fields.push(fieldOf(raw, message, types));
  }
  return { messages, enums, types };
}

export function messageDesc(file: SmallFile, index: number): SmallMessage {
  return file.messages[index] as SmallMessage;
}

export function enumDesc(file: SmallFile, index: number): SmallEnum {
  return file.enums[index] as SmallEnum;
}

function fieldOf(raw: RawMessage, owner: SmallMessage, types: SmallFile['types']): SmallField {
  const type = raw.number(5);
  const repeated = raw.number(4) === LABEL_REPEATED;
  const oneof = raw.has(9) ? owner.oneofs[raw.number(9)] : undefined;
  const message = type === TYPE_MESSAGE ? (types.get(raw.text(6)) as SmallMessage) : undefined;
  const enumeration = type === TYPE_ENUM ? (types.get(raw.text(6)) as SmallEnum) : undefined;
  const kind = message !== undefined ? 'message' : enumeration !== undefined ? 'enum' : 'scalar';
  return {
    name: raw.text(1),
    localName: camelCase(raw.text(1)),
    number: raw.number(3),
    fieldKind: repeated ? 'list' : kind,
    scalar: kind === 'scalar' ? type : undefined,
    message,
    enum: enumeration,
    oneof,
    presence: message !== undefined || oneof !== undefined ? EXPLICIT_PRESENCE : IMPLICIT_PRESENCE,
    packed: repeated && message === undefined && type !== ScalarType.BYTES && type !== ScalarType.STRING,
  };
}

/** The message of canonical bytes, in the shape of protobuf-es. Throws on bytes that are no such message. */
export function fromBinary(schema: SmallMessage, bytes: Uint8Array): Record<string, unknown> {
  const raw = new RawMessage(bytes);
  const message: Record<string, unknown> = { $typeName: schema.typeName };
  for (const oneof of schema.oneofs) message[oneof.localName] = { case: undefined };
  for (const field of schema.fields) {
    const values = field.packed ? raw.unpacked(field.number) : raw.values(field.number);
    if (field.fieldKind === 'list') {
      message[field.localName] = values.map((value) => readValue(field, value));
    } else if (field.oneof !== undefined) {
      const [value] = values;
      if (value === undefined) continue;
      message[field.oneof.localName] = { case: field.localName, value: readValue(field, value) };
    } else {
      const value = readValue(field, values[0]);
      if (value !== undefined) message[field.localName] = value;
    }
  }
  return message;
}

function readValue(field: SmallField, value: bigint | Uint8Array | undefined): unknown {
  if (field.message !== undefined) return value === undefined ? undefined : fromBinary(field.message, asBytes(value));
  if (field.scalar === ScalarType.BYTES) return value === undefined ? new Uint8Array() : asBytes(value);
  if (field.scalar === ScalarType.STRING) return value === undefined ? '' : new TextDecoder().decode(asBytes(value));
  const number = value === undefined ? 0n : asInteger(value);
  if (field.scalar === ScalarType.UINT64) return number;
  return field.scalar === ScalarType.BOOL ? number !== 0n : Number(number);
}

export const WRITING_REFUSED = 'the light client only reads';

/** Encoders of the shared modules name these; the bundler drops both, which a test asserts. */
export function create(): never {
  throw new Error(WRITING_REFUSED);
}

export function toBinary(): never {
  throw new Error(WRITING_REFUSED);
}

/** The fields of one message on the wire, by number. */
class RawMessage {
  readonly #fields = new Map<number, (bigint | Uint8Array)[]>();

  constructor(bytes: Uint8Array) {
    const reader = new RawReader(bytes);
    while (reader.more()) {
      const tag = Number(reader.varint());
      const wireType = tag & 7;
      if (wireType !== 0 && wireType !== 2) throw new Error('not a message of this schema');
      const value = wireType === 0 ? reader.varint() : reader.delimited();
      this.#fields.set(tag >>> 3, [...this.values(tag >>> 3), value]);
    }
  }

  values(number: number): readonly (bigint | Uint8Array)[] {
    return this.#fields.get(number) ?? [];
  }

  unpacked(number: number): readonly bigint[] {
    return this.values(number).flatMap((run) => {
      const numbers: bigint[] = [];
      const reader = new RawReader(asBytes(run));
      while (reader.more()) numbers.push(reader.varint());
      return numbers;
    });
  }

  has(number: number): boolean {
    return this.#fields.has(number);
  }

  number(number: number): number {
    return Number(this.values(number)[0] ?? 0n);
  }

  text(number: number): string {
    return new TextDecoder().decode(asBytes(this.values(number)[0] ?? new Uint8Array()));
  }

  all(number: number): RawMessage[] {
    return this.values(number).map((value) => new RawMessage(asBytes(value)));
  }
}

class RawReader {
  readonly #bytes: Uint8Array;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  more(): boolean {
    return this.#position < this.#bytes.length;
  }

  varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#bytes[this.#position++];
      if (byte === undefined) break;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw new Error('truncated');
  }

  delimited(): Uint8Array {
    const length = Number(this.varint());
    const start = this.#position;
    if (length > this.#bytes.length - start) throw new Error('truncated');
    this.#position += length;
    return this.#bytes.subarray(start, this.#position);
  }
}

function asBytes(value: bigint | Uint8Array): Uint8Array {
  if (typeof value === 'bigint') throw new Error('not a message of this schema');
  return value;
}

function asInteger(value: bigint | Uint8Array): bigint {
  if (typeof value !== 'bigint') throw new Error('not a message of this schema');
  return value;
}

/** `history_index` is `historyIndex`. */
function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Without padding, as the generator writes it. */
function base64Bytes(text: string): Uint8Array {
  const bytes: number[] = [];
  let buffer = 0;
  let bits = 0;
  for (const character of text) {
    if (character === '=') break;
    buffer = (buffer << 6) | BASE64.indexOf(character);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((buffer >>> bits) & 0xff);
    buffer &= (1 << bits) - 1;
  }
  return new Uint8Array(bytes);
}
