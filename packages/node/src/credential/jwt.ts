import { utf8 } from '@hansa/protocol';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { type JsonObject, readJsonPart } from './strict-json.ts';

/** A JWS in compact form (RFC 7515), taken apart; nothing of it is verified. */
export interface Jwt {
  readonly header: JsonObject;
  readonly payload: JsonObject;
  /** What the signature is over: the first two parts as they were carried (R1). */
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
}

/** Undefined for what is not three parts of strict base64url with two strict JSON objects and 64 bytes. */
export function readJwt(text: string): Jwt | undefined {
  const parts = text.split('.');
  const [first, second, third] = parts;
  if (parts.length !== 3 || first === undefined || second === undefined || third === undefined) return undefined;
  const header = readJsonPart(first);
  const payload = readJsonPart(second);
  const signature = fromBase64Url(third);
  // Both algorithms there are sign with 64 bytes; "none" has none.
  if (header === undefined || payload === undefined || signature?.length !== 64) return undefined;
  return { header, payload, signed: utf8(`${first}.${second}`), signature };
}

export function signJwt(header: object, payload: object, sign: (message: Uint8Array) => Uint8Array): string {
  const signed = `${jsonPart(header)}.${jsonPart(payload)}`;
  return `${signed}.${toBase64Url(sign(utf8(signed)))}`;
}

function jsonPart(value: object): string {
  return toBase64Url(utf8(JSON.stringify(value)));
}
