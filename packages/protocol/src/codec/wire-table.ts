import { type DescField, type DescMessage, ScalarType } from '@bufbuild/protobuf';
import { invariant } from '../errors.ts';

/** How the bytes of one field are checked. Numbers, because the scanner switches on them for every field. */
export const WireKind = { bool: 0, uint32: 1, uint64: 2, enumeration: 3, bytes: 4, string: 5, message: 6 } as const;
export type WireKind = (typeof WireKind)[keyof typeof WireKind];

export const WIRE_VARINT = 0;
export const WIRE_DELIMITED = 2;

export interface FieldRule {
  readonly number: number;
  readonly kind: WireKind;
  /** The wire type that the reference encoder writes. */
  readonly wireType: typeof WIRE_VARINT | typeof WIRE_DELIMITED;
  readonly repeated: boolean;
  /** A repeated number: one run of varints (proto3's packed form). */
  readonly packed: boolean;
  /** A field whose zero value the encoder leaves out. */
  readonly zeroOmitted: boolean;
  /** Bit of the field's oneof, of which one member at most may stand; 0 outside of a oneof. */
  readonly oneofBit: number;
  /** The defined numbers of an enumeration, as a lookup. */
  readonly defined: readonly boolean[];
  /** The rules of a nested message. */
  readonly message: MessageRule | undefined;
}

export interface MessageRule {
  readonly typeName: string;
  /** By field number; undefined where the schema has no field. */
  readonly fields: readonly (FieldRule | undefined)[];
}

const compiled = new WeakMap<DescMessage, MessageRule>();

/** The rules of a message type, compiled on first use. Throws for a schema that has no canonical form here. */
export function messageRule(schema: DescMessage): MessageRule {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  const fields: (FieldRule | undefined)[] = [undefined];
  const rule: MessageRule = { typeName: schema.typeName, fields };
  // Registered before its fields, so that a type may contain itself.
  compiled.set(schema, rule);
  for (const field of schema.fields) {
    while (fields.length <= field.number) fields.push(undefined);
    fields[field.number] = fieldRule(schema, field);
  }
  return rule;
}

function fieldRule(schema: DescMessage, field: DescField): FieldRule {
  const name = `${schema.typeName}.${field.name}`;
  // Maps have no order and floats no single zero; both stay out of signed bytes.
  invariant(field.fieldKind !== 'map', `${name} is a map, which has no canonical form`);
  invariant(field.number < 2048, `${name} has a number that needs a tag of more than two bytes`);
  const repeated = field.fieldKind === 'list';
  const kind = wireKind(name, field);
  const delimited = kind === WireKind.bytes || kind === WireKind.string || kind === WireKind.message;
  if (field.fieldKind === 'list') invariant(delimited || field.packed, `${name} is an unpacked list of numbers`);
  const oneof = field.oneof === undefined ? -1 : schema.oneofs.indexOf(field.oneof);
  invariant(oneof < 31, `${name} is in the 32nd oneof of its message`);
  return {
    number: field.number,
    kind,
    wireType: delimited || repeated ? WIRE_DELIMITED : WIRE_VARINT,
    repeated,
    packed: repeated && !delimited,
    zeroOmitted: !repeated && kind !== WireKind.message && oneof < 0 && field.presence === IMPLICIT_PRESENCE,
    oneofBit: oneof < 0 ? 0 : 1 << oneof,
    defined: definedNumbers(field),
    message: field.message === undefined ? undefined : messageRule(field.message),
  };
}

/** google.protobuf.FeatureSet.FieldPresence.IMPLICIT: a proto3 field without `optional`. */
const IMPLICIT_PRESENCE = 2;

function wireKind(name: string, field: DescField): WireKind {
  if (field.message !== undefined) return WireKind.message;
  if (field.enum !== undefined) return WireKind.enumeration;
  switch (field.scalar) {
    case ScalarType.BOOL:
      return WireKind.bool;
    case ScalarType.UINT32:
      return WireKind.uint32;
    case ScalarType.UINT64:
      return WireKind.uint64;
    case ScalarType.BYTES:
      return WireKind.bytes;
    case ScalarType.STRING:
      return WireKind.string;
    default:
      throw new Error(`invariant broken: ${name} has a scalar type without a canonical form here`);
  }
}

function definedNumbers(field: DescField): readonly boolean[] {
  const defined: boolean[] = [];
  for (const value of field.enum?.values ?? []) {
    invariant(value.number >= 0 && value.number < 1024, `${value.name} is outside of 0..1023`);
    while (defined.length <= value.number) defined.push(false);
    defined[value.number] = true;
  }
  return defined;
}
