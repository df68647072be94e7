import { utf8 } from '@hansa/protocol';
import type { LightMyRequestResponse } from 'fastify';
import { cityUrn, type HolderKeyPair, signHolderProof } from '../../src/credential/index.ts';
import { nativeCrypto as crypto } from '../../src/crypto/index.ts';
import { testNowMs } from './cities.ts';
import type { Door } from './fixture.ts';

export function holderOf(name: string): HolderKeyPair {
  const secretKey = crypto.sha256(utf8(`holder ${name}`));
  return { secretKey, publicKey: crypto.ed25519.publicKey(secretKey) };
}

export function phoneOf(name: string): HolderKeyPair {
  const secretKey = crypto.sha256(utf8(`phone ${name}`));
  return { secretKey, publicKey: crypto.p256.publicKey(secretKey) };
}

/** What a request is changed into after it was signed. */
export interface Tampering {
  readonly challenge?: string;
  readonly audience?: string;
  readonly signedPath?: string;
  readonly signedMethod?: string;
  readonly signedBody?: string;
  readonly signedAtMs?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export async function challengeOf(door: Door): Promise<string> {
  return (await door.call(undefined, 'POST', '/v1/holder/challenges')).json().challenge;
}

/** A request as a citizen's app sends it. */
export async function asHolder(
  door: Door,
  holder: HolderKeyPair,
  method: 'GET' | 'POST',
  url: string,
  body?: object,
  tampering: Tampering = {},
): Promise<LightMyRequestResponse> {
  const text = body === undefined ? '' : JSON.stringify(body);
  const proof = signHolderProof(crypto, holder, {
    audience: tampering.audience ?? cityUrn(door.city.genesis, door.city.self.name),
    method: tampering.signedMethod ?? method,
    path: tampering.signedPath ?? url,
    nonce: tampering.challenge ?? (await challengeOf(door)),
    body: utf8(tampering.signedBody ?? text),
    signedAtMs: tampering.signedAtMs ?? testNowMs(),
  });
  return door.call(undefined, method, url, {
    headers: {
      'hansa-holder': proof,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...tampering.headers,
    },
    ...(body === undefined ? {} : { payload: text }),
  });
}
