import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { fromBase64Url, toBase64Url } from '../../src/credential/base64url.ts';
import {
  holderAlgorithm,
  readHolderJwk,
  readHolderProof,
  signHolderProof,
  verifyHolderJwt,
  verifyPresentation,
  writeHolderJwk,
} from '../../src/credential/index.ts';
import type { JsonObject } from '../../src/credential/strict-json.ts';
import { context, crypto, expectation, holderOf, issue, nowMs, phoneOf, present, unwrap } from './fixture.ts';

describe('P4: keys of holders', () => {
  test.each([
    ['EdDSA', holderOf('wu'), 32],
    ['ES256', phoneOf('wu'), 33],
  ] as const)('%s: a key is the same after a JWK, which Node reads, too', (algorithm, { publicKey }, bytes) => {
    expect(publicKey).toHaveLength(bytes);
    expect(holderAlgorithm(publicKey)).toBe(algorithm);
    const jwk = writeHolderJwk(publicKey);
    expect(readHolderJwk(jwk)).toEqual(publicKey);
    expect(createPublicKey({ key: jwk as Record<string, string>, format: 'jwk' }).export({ format: 'jwk' })).toEqual(
      jwk,
    );
  });

  test('a phone presents a copy on its P-256 key, and no other phone can', async () => {
    const credential = await issue(phoneOf('wu'));
    const presentation = await present(credential, phoneOf('wu'));
    expect(unwrap(verifyPresentation(context, presentation, expectation, nowMs)).holderKey).toEqual(
      phoneOf('wu').publicKey,
    );
    for (const thief of [phoneOf('thief'), holderOf('wu')]) {
      const stolen = await present(credential, thief);
      expect(verifyPresentation(context, stolen, expectation, nowMs)).toMatchObject({
        ok: false,
        error: { code: 'KEY_BINDING_INVALID' },
      });
    }
  });

  test('RFC 7518: both signatures that a phone may make are taken in a JWT, whichever s it has', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const key = readHolderJwk(publicKey.export({ format: 'jwk' }) as JsonObject);
    if (key === undefined) throw new Error('the key of Node was not read');
    const message = Buffer.from('head.body');
    // Half of them have the upper s: forty without one are as rare as a failing disk.
    for (let i = 0; i < 40; i++) {
      const signature = new Uint8Array(sign('sha256', message, { key: privateKey, dsaEncoding: 'ieee-p1363' }));
      expect(verifyHolderJwt(crypto, signature, message, key)).toBe(true);
      signature[40] = (signature[40] ?? 0) ^ 1;
      expect(verifyHolderJwt(crypto, signature, message, key)).toBe(false);
    }
  });

  test('a JWK that is not exactly a public key is none', () => {
    const okp = writeHolderJwk(holderOf('wu').publicKey);
    const ec = writeHolderJwk(phoneOf('wu').publicKey);
    const y = fromBase64Url(String(ec.y)) ?? new Uint8Array(0);
    const offCurve = toBase64Url(Uint8Array.of((y[0] ?? 0) ^ 1, ...y.slice(1)));
    for (const wrong of [
      null,
      'text',
      [],
      {},
      { ...okp, d: okp.x },
      { ...okp, kid: 'x' },
      { ...okp, crv: 'X25519' },
      { ...okp, x: 'AA' },
      { ...ec, y: offCurve },
      { ...ec, y: undefined },
      { ...ec, x: toBase64Url(new Uint8Array(32).fill(255)) },
      { ...ec, crv: 'P-384' },
      { ...ec, d: ec.x },
      { kty: 'RSA', n: 'AA', e: 'AQAB' },
      { kty: 'oct', k: 'AAAA' },
    ]) {
      expect(readHolderJwk(wrong as JsonObject), JSON.stringify(wrong)).toBeUndefined();
    }
  });
});

describe('P4: proofs of requests', () => {
  const request = { audience: 'urn:hansa:x:haikou', method: 'POST', path: '/v1/applications' };
  const signed = { ...request, nonce: 'challenge', body: Buffer.from('{}'), signedAtMs: nowMs };
  const codeOf = (text: string, over = {}) => {
    const proof = readHolderProof(crypto, text, { ...request, ...over }, nowMs);
    return proof.ok ? 'accepted' : proof.error.code;
  };

  test.each([
    ['EdDSA', holderOf('wu')],
    ['ES256', phoneOf('wu')],
  ])('%s: say who makes which request', (_, holder) => {
    const proof = signHolderProof(crypto, holder, signed);
    expect(unwrap(readHolderProof(crypto, proof, request, nowMs))).toEqual({
      publicKey: holder.publicKey,
      nonce: 'challenge',
      bodyDigest: crypto.sha256(Buffer.from('{}')),
    });
    for (const over of [{ audience: 'urn:hansa:x:sanya' }, { method: 'GET' }, { path: '/v1/applications?x' }]) {
      expect(codeOf(proof, over)).toBe('HOLDER_PROOF_INVALID');
    }
  });

  test('are no presentations, and presentations are no proofs', async () => {
    const presentation = await present(await issue(holderOf('wu')), holderOf('wu'));
    expect(codeOf(presentation.split('~').at(-1) ?? '')).toBe('HOLDER_PROOF_INVALID');
  });

  test('with one bit changed are refused', () => {
    const proof = signHolderProof(crypto, phoneOf('wu'), signed);
    for (let at = 0; at < proof.length; at += 9) {
      const changed = `${proof.slice(0, at)}${proof[at] === 'A' ? 'B' : 'A'}${proof.slice(at + 1)}`;
      expect(codeOf(changed), `character ${at}`).toBe('HOLDER_PROOF_INVALID');
    }
  });
});
