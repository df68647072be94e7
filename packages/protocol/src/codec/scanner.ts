import { isUtf8 } from './utf8.ts';
import { type FieldRule, type MessageRule, WIRE_DELIMITED, WireKind } from './wire-table.ts';

/** Deepest nesting of messages: the schema's own deepest path is 5; recursion never follows the sender's wish. */
export const nestingDepthMax = 8;

/**
 * R1: walks the wire form of a message once and refuses whatever the reference encoder would not have written: fields
 * out of order, repeated by mistake or unknown, long forms of varints, explicit zeros, undefined enumeration numbers,
 * two members of a oneof, text that is not UTF-8. Nothing is allocated and nothing is re-encoded.
 */
export class WireScanner {
  readonly #bytes: Uint8Array;
  #position = 0;
  /** What was wrong, when `scan` returned false. */
  fault = '';
  /** Where: the type and field number that were being read, and the offset in the bytes. */
  faultAt = '';

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  scan(rule: MessageRule): boolean {
    return this.#message(rule, this.#bytes.length, 1);
  }

  #message(rule: MessageRule, end: number, depth: number): boolean {
    const bytes = this.#bytes;
    if (depth > nestingDepthMax) return this.#refuse(rule, 0, `is nested deeper than ${nestingDepthMax} messages`);
    let previous = 0;
    let oneofs = 0;
    while (this.#position < end) {
      let tag = bytes[this.#position++] as number;
      if (tag >= 0x80) {
        // Numbers above 15 take two bytes; the table has none that takes three.
        const high = this.#position < end ? (bytes[this.#position++] as number) : 0;
        if (high === 0 || high >= 0x80) return this.#refuse(rule, 0, 'has a malformed or unknown tag');
        tag = (tag & 0x7f) | (high << 7);
      }
      const number = tag >>> 3;
      const field = rule.fields[number];
      if (field === undefined) return this.#refuse(rule, number, 'is not a field of this message');
      if ((tag & 7) !== field.wireType) return this.#refuse(rule, number, 'has the wrong wire type');
      if (number <= previous) {
        if (number < previous) return this.#refuse(rule, number, 'is out of order');
        if (!field.repeated || field.packed) return this.#refuse(rule, number, 'stands twice');
      }
      previous = number;
      if (field.oneofBit !== 0) {
        if ((oneofs & field.oneofBit) !== 0) return this.#refuse(rule, number, 'is a second member of its oneof');
        oneofs |= field.oneofBit;
      }
      if (field.wireType === WIRE_DELIMITED) {
        if (!this.#delimited(rule, field, end, depth)) return false;
      } else if (!this.#varint(rule, field, end)) return false;
    }
    return true;
  }

  #delimited(rule: MessageRule, field: FieldRule, end: number, depth: number): boolean {
    const bytes = this.#bytes;
    let length = this.#position < end ? (bytes[this.#position++] as number) : -1;
    if (length >= 0x80) {
      this.#position--;
      length = this.#uint32(end);
    }
    if (length < 0 || length > end - this.#position)
      return this.#refuse(rule, field.number, 'is truncated or has a malformed length');
    const stop = this.#position + length;
    if (length === 0 && (field.zeroOmitted || field.packed))
      return this.#refuse(rule, field.number, 'is written although empty');
    if (field.packed) {
      while (this.#position < stop) if (!this.#varint(rule, field, stop)) return false;
    } else if (field.message !== undefined) {
      return this.#message(field.message, stop, depth + 1);
    } else if (field.kind === WireKind.string && !isUtf8(bytes, this.#position, stop)) {
      return this.#refuse(rule, field.number, 'is not UTF-8');
    }
    this.#position = stop;
    return true;
  }

  #varint(rule: MessageRule, field: FieldRule, end: number): boolean {
    const first = this.#position < end ? (this.#bytes[this.#position] as number) : 0x80;
    let small = first;
    if (first < 0x80) this.#position++;
    else if (field.kind === WireKind.uint64) {
      if (!this.#skipUint64(end))
        return this.#refuse(rule, field.number, 'is not a 64-bit number in its shortest form');
      return true;
    } else small = this.#uint32(end);
    if (small < 0) return this.#refuse(rule, field.number, 'is not a 32-bit number in its shortest form');
    if (small === 0 && field.zeroOmitted) return this.#refuse(rule, field.number, 'is written although zero');
    if (field.kind === WireKind.bool && small > 1) return this.#refuse(rule, field.number, 'is neither true nor false');
    if (field.kind === WireKind.enumeration && field.defined[small] !== true) {
      return this.#refuse(rule, field.number, 'has an undefined enumeration number');
    }
    return true;
  }

  /** The value of a shortest-form varint of at most 32 bits, or -1. */
  #uint32(end: number): number {
    const bytes = this.#bytes;
    let value = 0;
    for (let k = 0; k < 5; k++) {
      if (this.#position >= end) return -1;
      const byte = bytes[this.#position++] as number;
      if (k === 4 && byte > 0x0f) return -1;
      value += (byte & 0x7f) * 2 ** (7 * k);
      if (byte < 0x80) return byte === 0 && k > 0 ? -1 : value;
    }
    return -1;
  }

  /** Steps over a varint of at least two bytes; false when it is not the shortest form of a 64-bit number. */
  #skipUint64(end: number): boolean {
    const bytes = this.#bytes;
    for (let k = 0; k < 10; k++) {
      if (this.#position >= end) return false;
      const byte = bytes[this.#position++] as number;
      if (k === 9 && byte > 1) return false;
      if (byte < 0x80) return byte !== 0;
    }
    return false;
  }

  #refuse(rule: MessageRule, number: number, fault: string): false {
    this.fault = fault;
    this.faultAt =
      number === 0
        ? `${rule.typeName} at byte ${this.#position}`
        : `${rule.typeName} field ${number} at byte ${this.#position}`;
    return false;
  }
}
