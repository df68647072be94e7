import { fileURLToPath } from 'node:url';
import { toHex } from '@hansa/protocol';
import { SDJwtInstance } from '@sd-jwt/core';
import { expect, test } from 'vitest';
import { toBase64Url } from '../../src/credential/base64url.ts';
import { cityUrn, type HolderKeyPair, verifyPresentation } from '../../src/credential/index.ts';
import { sdHasher } from '../../src/credential/sd-hasher.ts';
import {
  certificateId,
  context,
  crypto,
  document,
  expectation,
  federation,
  genesis,
  holderOf,
  issue,
  nowMs,
  phoneOf,
  present,
  secretOf,
  self,
  unwrap,
} from './fixture.ts';

const FILE = fileURLToPath(new URL('../../../../test/vectors/credential.vectors.json', import.meta.url));

/** What another implementation must write and accept. To make the file anew: `npx vitest run packages/node/test/credential -u`. */
test('P4: copies and presentations are the known ones', async () => {
  const vectors = {
    about:
      'SD-JWT VC of a deposit certificate. Salt number i (from 1) is the first 16 bytes of SHA-256("salt i") in base64url; ' +
      'fields take theirs in the order of the list, decoys after them. Secrets are 32 bytes in hexadecimal: Ed25519 seeds, and a P-256 scalar for ES256.',
    genesis: new TextDecoder().decode(federation.bytes),
    issuerSecretKey: toHex(secretOf(0)),
    certificateId: toHex(certificateId),
    document,
    issuedAtMs: nowMs,
    expected: { ...expectation, atMs: nowMs },
    EdDSA: await vectorsOf(holderOf('wu')),
    ES256: await vectorsOf(phoneOf('wu')),
  };
  await expect(`${JSON.stringify(vectors, undefined, 2)}\n`).toMatchFileSnapshot(FILE);
});

async function vectorsOf(holder: HolderKeyPair) {
  const credential = await issue(holder);
  const presentation = await present(credential, holder);
  const { disclosed } = unwrap(verifyPresentation(context, presentation, expectation, nowMs));
  return { holderSecretKey: toHex(holder.secretKey), credential, presentation, disclosed };
}

test('RFC 9901: a verifier of the library reads them, too', async () => {
  const holder = holderOf('wu');
  const presentation = await present(await issue(holder), holder);
  const check = (key: Uint8Array) => (data: string, signature: string) =>
    crypto.ed25519.verify(Buffer.from(signature, 'base64url'), Buffer.from(data), key);
  const library = new SDJwtInstance<Record<string, unknown>>({
    hasher: sdHasher(crypto),
    verifier: check(self.credentialKey),
    kbVerifier: check(holder.publicKey),
  });
  const { payload, kb } = await library.verify(presentation, {
    currentDate: nowMs / 1000,
    keyBindingNonce: expectation.nonce,
  });
  expect(payload).toMatchObject({
    iss: cityUrn(genesis, 'haikou'),
    cnf: { jwk: { kty: 'OKP', crv: 'Ed25519', x: toBase64Url(holder.publicKey) } },
    balanceFen: document.balanceFen,
  });
  expect(kb?.payload.aud).toBe(cityUrn(genesis, 'sanya'));
});
