/**
 * Just enough reading of the protobuf wire format to name a message in a table. Adversaries send anything, so nothing
 * here throws, and nothing that it says is trusted.
 */

/** A field of a message: bytes, or a whole number. Undefined: it is not there, or the bytes are no message. */
export function wireField(bytes: Uint8Array, number: number): Uint8Array | number | undefined {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; at < bytes.length; scale *= 128) {
      const byte = bytes[at++] as number;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
    return Number.NaN;
  };
  while (at < bytes.length) {
    const tag = varint();
    const wireType = tag & 7;
    const value = varint();
    if (!(value <= Number.MAX_SAFE_INTEGER)) return undefined;
    if (wireType === 2) {
      const start = at;
      at += value;
      if (at > bytes.length) return undefined;
      if (tag >>> 3 === number) return bytes.subarray(start, at);
    } else if (wireType !== 0) {
      return undefined;
    } else if (tag >>> 3 === number) {
      return value;
    }
  }
  return undefined;
}

/** The number of the first field: which member of a oneof a message is. */
export function firstField(bytes: Uint8Array): number {
  return (bytes[0] ?? 0) >>> 3;
}

/** A field of a message within the message, and so on: `path` are field numbers from the outside. */
export function wireFieldAt(bytes: Uint8Array, ...path: readonly number[]): Uint8Array | number | undefined {
  let found: Uint8Array | number | undefined = bytes;
  for (const number of path) {
    if (!(found instanceof Uint8Array)) return undefined;
    found = wireField(found, number);
  }
  return found;
}
