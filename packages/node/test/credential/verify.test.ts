import { toHex, utf8 } from '@hansa/protocol';
import { describe, expect, test } from 'vitest';
import { toBase64Url } from '../../src/credential/base64url.ts';
import { verifyCredential, verifyPresentation } from '../../src/credential/index.ts';
import { signJwt } from '../../src/credential/jwt.ts';
import {
  certificateId,
  context,
  credentialFieldNames,
  crypto,
  document,
  expectation,
  genesis,
  holderOf,
  issue,
  nowMs,
  partsOf,
  present,
  resigned,
  secretOf,
  unwrap,
  validUntil,
} from './fixture.ts';

const holder = holderOf('wu');
const credential = await issue(holder);
const codeOf = (text: string, atMs = nowMs) => {
  const result = verifyCredential(context, text, atMs);
  return result.ok ? 'accepted' : result.error.code;
};
const presentedCode = (text: string, over: object = {}, atMs = nowMs) => {
  const result = verifyPresentation(context, text, { ...expectation, ...over }, atMs);
  return result.ok ? 'accepted' : result.error.code;
};

describe('P4: the copy of a certificate', () => {
  test('says who issued it, for whose key, until when, and every printed field', () => {
    const verified = unwrap(verifyCredential(context, credential, nowMs));
    expect(verified).toMatchObject({ certificateId, validUntil, issuedAtMs: nowMs, holderKey: holder.publicKey });
    expect(verified.issuer.name).toBe('haikou');
    const { format: _, code: __, validUntil: ___, ...printed } = document;
    expect(verified.disclosed).toEqual(printed);
    expect(verified.keyBinding).toBeUndefined();
  });

  test('has as many digests whichever fields the document has, in an order that says nothing', async () => {
    const more = await issue(holder, { document: { ...document, phone: '0898-1' } as typeof document });
    for (const text of [credential, more]) {
      const payload = JSON.parse(Buffer.from(text.split('.')[1] ?? '', 'base64url').toString());
      expect(payload._sd).toHaveLength(credentialFieldNames.length);
      expect(payload._sd).toEqual([...payload._sd].sort());
    }
  });

  test('shows the fields that its holder chose and no other value', async () => {
    const presentation = await present(credential, holder, { disclose: ['balanceFen'] });
    const verified = unwrap(verifyPresentation(context, presentation, expectation, nowMs));
    expect(verified.disclosed).toEqual({ balanceFen: document.balanceFen });
    expect(verified.hidden).toBe(credentialFieldNames.length - 1);
    const readable = presentation.split(/[~.]/).map((part) => Buffer.from(part, 'base64url').toString());
    expect(readable.join('\n')).not.toContain(document.holderName);
  });

  test('is over when the legal day of the place is, whatever the signatures say', () => {
    const endMs = (validUntil + 1) * 86_400_000 - genesis.utcOffsetMinutes * 60_000;
    expect(codeOf(credential, endMs - 1)).toBe('accepted');
    expect(codeOf(credential, endMs)).toBe('CREDENTIAL_EXPIRED');
    expect(codeOf(credential, nowMs - 10 * 60_000)).toBe('CREDENTIAL_NOT_YET_VALID');
  });
});

describe('P4: a forged copy', () => {
  test('signed by another city in the name of this one', () => {
    expect(codeOf(resigned(credential, () => undefined, secretOf(1)))).toBe('CREDENTIAL_SIGNATURE_INVALID');
  });

  test.each([
    ['none', 'CREDENTIAL_ALGORITHM_REFUSED'],
    ['HS256', 'CREDENTIAL_ALGORITHM_REFUSED'],
    ['ES256', 'CREDENTIAL_ALGORITHM_REFUSED'],
    ['eddsa', 'CREDENTIAL_ALGORITHM_REFUSED'],
  ])('that names the algorithm %s', (alg, code) => {
    expect(codeOf(resigned(credential, (header) => Object.assign(header, { alg })))).toBe(code);
  });

  test('without a signature, as the algorithm "none" has it', () => {
    const { jwt, disclosures } = partsOf(credential);
    const [, payload] = jwt.split('.');
    const header = toBase64Url(utf8(JSON.stringify({ alg: 'none', kid: `x`, typ: 'dc+sd-jwt' })));
    expect(codeOf([`${header}.${payload}.`, ...disclosures, ''].join('~'))).toBe('CREDENTIAL_MALFORMED');
  });

  test('that brings its own key, or asks for an extension', () => {
    for (const extra of [{ jwk: { kty: 'OKP' } }, { x5c: [] }, { crit: ['exp'] }]) {
      expect(codeOf(resigned(credential, (header) => Object.assign(header, extra)))).toBe('CREDENTIAL_MALFORMED');
    }
  });

  test('of another federation, of no city, or of a city that is not the issuer it names', () => {
    const kid = (value: string) => codeOf(resigned(credential, (header) => Object.assign(header, { kid: value })));
    expect(kid(`${'0'.repeat(64)}/haikou`)).toBe('CREDENTIAL_WRONG_FEDERATION');
    const id = toHex(genesis.federationId);
    expect(kid(`${id}/nowhere`)).toBe('CREDENTIAL_ISSUER_UNKNOWN');
    const borrowed = resigned(credential, (header) => Object.assign(header, { kid: `${id}/sanya` }), secretOf(1));
    expect(codeOf(borrowed)).toBe('CREDENTIAL_ISSUER_UNKNOWN');
  });

  test('of another type', () => {
    expect(codeOf(resigned(credential, (header) => Object.assign(header, { typ: 'JWT' })))).toBe(
      'CREDENTIAL_MALFORMED',
    );
    const vct = 'urn:hansa:vct:deposit-certificate:2';
    expect(codeOf(resigned(credential, (_, payload) => Object.assign(payload, { vct })))).toBe(
      'CREDENTIAL_TYPE_UNKNOWN',
    );
  });

  test.each([
    ['a claim more', { admin: true }],
    ['an end that is not that of its last day', { exp: 4_000_000_000 }],
    ['another hash', { _sd_alg: 'sha-512' }],
    ['a day that no calendar has', { valid_until: '2027-02-30' }],
    ['a short code', { certificate_id: 'abcd' }],
    ['a time with a fraction', { iat: 1_795_500_000.5 }],
    ['the key of nobody', { cnf: { jwk: { kty: 'OKP', crv: 'Ed25519', x: 'AA' } } }],
    ['a secret key for all to see', { cnf: { jwk: { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43), d: 'A' } } }],
    ['digests in an order that could say something', { _sd: credentialFieldNames.map(() => 'A'.repeat(43)) }],
    ['too few digests', { _sd: ['A'.repeat(43)] }],
  ])('with %s', (_, claims) => {
    expect(codeOf(resigned(credential, (__, payload) => Object.assign(payload, claims)))).toBe('CREDENTIAL_MALFORMED');
  });

  test('in which a claim stands twice, also where a lenient reader takes the last', () => {
    const { jwt, disclosures } = partsOf(credential);
    const [header, payload] = jwt.split('.').map((part) => Buffer.from(part, 'base64url').toString());
    const twice = `${payload?.slice(0, -1)},"vct":"urn:hansa:vct:deposit-certificate:1"}`;
    const signed = [header, twice].map((part) => toBase64Url(utf8(part ?? ''))).join('.');
    const forged = `${signed}.${toBase64Url(crypto.ed25519.sign(utf8(signed), secretOf(0)))}`;
    expect(codeOf([forged, ...disclosures, ''].join('~'))).toBe('CREDENTIAL_MALFORMED');
  });

  test('with one bit changed anywhere', () => {
    const { jwt } = partsOf(credential);
    for (let at = 0; at < jwt.length; at += 7) {
      const changed = `${jwt.slice(0, at)}${jwt[at] === 'A' ? 'B' : 'A'}${jwt.slice(at + 1)}~`;
      expect(codeOf(changed), `character ${at}`).not.toBe('accepted');
    }
  });
});

describe('P4: disclosures', () => {
  const { jwt, disclosures } = partsOf(credential);
  const withDisclosures = (...texts: readonly string[]) => codeOf([jwt, ...texts, ''].join('~'));
  const disclosure = (...triple: readonly unknown[]) => toBase64Url(utf8(JSON.stringify(triple)));

  test('that the city never signed are refused, however they look', () => {
    expect(withDisclosures(disclosure('A'.repeat(22), 'balanceFen', 999_999_999))).toBe(
      'CREDENTIAL_DISCLOSURE_INVALID',
    );
  });

  test('may stand once', () => {
    expect(withDisclosures(disclosures[0] ?? '', disclosures[0] ?? '')).toBe('CREDENTIAL_DISCLOSURE_INVALID');
  });

  /** The city itself signs these digests, as no honest one does: the form of what is behind a digest counts too. */
  function signedFor(...texts: readonly string[]): string {
    const digests = texts.map((text) => toBase64Url(crypto.sha256(utf8(text))));
    const fill = Array.from({ length: credentialFieldNames.length - texts.length }, (_, i) =>
      toBase64Url(crypto.sha256(utf8(`decoy ${i}`))),
    );
    const _sd = [...digests, ...fill].sort();
    const [forged] = resigned(credential, (_, payload) => Object.assign(payload, { _sd })).split('~');
    return [forged, ...texts, ''].join('~');
  }
  const salt = 'A'.repeat(22);

  test('are of known fields, in their form, under a long salt, once a field', () => {
    expect(codeOf(signedFor(disclosure(salt, 'balanceFen', 1)))).toBe('accepted');
    for (const texts of [
      [disclosure(salt, 'admin', true)],
      [disclosure(salt, '_sd', [])],
      [disclosure(salt, 'iss', 'urn:hansa:x')],
      [disclosure(salt, '__proto__', 1)],
      [disclosure(salt, 'balanceFen', '1')],
      [disclosure(salt, 'balanceFen', -1)],
      [disclosure(salt, 'balanceFen', 0.5)],
      [disclosure(salt, 'everBorrowed', 'no')],
      [disclosure(salt, 'holderName', { _sd: [] })],
      [disclosure(salt, 'holderName', 'x'.repeat(257))],
      [disclosure('AAAA', 'balanceFen', 1)],
      [disclosure(salt, 'balanceFen')],
      [disclosure(salt, 'balanceFen', 1), disclosure('B'.repeat(22), 'balanceFen', 2)],
      ['bm90IGpzb24'],
    ]) {
      expect(codeOf(signedFor(...texts)), texts[0]).toBe('CREDENTIAL_DISCLOSURE_INVALID');
    }
  });
});

describe('P4: the holder', () => {
  test('presents for one city and one matter, just now', async () => {
    const presentation = await present(credential, holder);
    expect(presentedCode(presentation)).toBe('accepted');
    expect(presentedCode(presentation, { city: 'danzhou' })).toBe('KEY_BINDING_WRONG_AUDIENCE');
    // A presentation that was overheard is of no use in the next matter.
    expect(presentedCode(presentation, { nonce: 'LOAN-2026-0118' })).toBe('KEY_BINDING_WRONG_NONCE');
    expect(presentedCode(presentation, {}, nowMs + 16 * 60_000)).toBe('KEY_BINDING_STALE');
    expect(presentedCode(presentation, { ageMsMax: 20 * 60_000 }, nowMs + 16 * 60_000)).toBe('accepted');
  });

  test('is needed: a copy alone is nothing', () => {
    expect(presentedCode(credential)).toBe('CREDENTIAL_NOT_BOUND');
  });

  test('is the one whom the city named: another key binds nothing', async () => {
    expect(presentedCode(await present(credential, holderOf('thief')))).toBe('KEY_BINDING_INVALID');
  });

  test('signed what is shown: a field taken away or put back is noticed', async () => {
    const presentation = await present(credential, holder, { disclose: ['holderName', 'loanOutstandingFen'] });
    const parts = presentation.split('~');
    expect(presentedCode([...parts.slice(0, 2), ...parts.slice(3)].join('~'))).toBe('KEY_BINDING_WRONG_COPY');
    const hidden = partsOf(credential).disclosures.find((each) => !parts.includes(each)) ?? '';
    expect(presentedCode([...parts.slice(0, -1), hidden, parts.at(-1)].join('~'))).toBe('KEY_BINDING_WRONG_COPY');
    const borrowed = (await present(credential, holder)).split('~').at(-1) ?? '';
    expect(presentedCode([...parts.slice(0, -1), borrowed].join('~'))).toBe('KEY_BINDING_WRONG_COPY');
  });

  test.each([
    ['another algorithm', { alg: 'none', typ: 'kb+jwt' }, {}],
    ['another type, as of a request to a city', { alg: 'EdDSA', typ: 'hansa-holder+jwt' }, {}],
    ['a key of its own', { alg: 'EdDSA', typ: 'kb+jwt', jwk: {} }, {}],
    ['a claim more', { alg: 'EdDSA', typ: 'kb+jwt' }, { admin: true }],
    ['no matter', { alg: 'EdDSA', typ: 'kb+jwt' }, { nonce: '' }],
  ])('does not sign with %s', (_, header, claims) => {
    const presented = `${partsOf(credential).jwt}~`;
    const payload = {
      ...{ iat: nowMs / 1000, aud: 'urn:hansa:x:sanya', nonce: 'n' },
      sd_hash: toBase64Url(crypto.sha256(utf8(presented))),
      ...claims,
    };
    const binding = signJwt(header, payload, (message) => crypto.ed25519.sign(message, holder.secretKey));
    expect(codeOf(`${presented}${binding}`)).toBe('KEY_BINDING_INVALID');
  });
});

describe('P4: what is no copy', () => {
  test.each([
    ['nothing', '', 'CREDENTIAL_MALFORMED'],
    ['some text', 'hello', 'CREDENTIAL_MALFORMED'],
    ['tildes', '~'.repeat(100), 'CREDENTIAL_MALFORMED'],
    ['a JWT without a tilde', partsOf(credential).jwt, 'CREDENTIAL_MALFORMED'],
    ['base64 with padding', `${partsOf(credential).jwt}==~`, 'CREDENTIAL_MALFORMED'],
    ['a megabyte', 'A'.repeat(1 << 20), 'CREDENTIAL_TOO_LARGE'],
  ])('%s', (_, text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  test('a copy cut off anywhere', async () => {
    const presentation = await present(credential, holder);
    for (let end = 0; end < presentation.length; end += 11) {
      expect(presentedCode(presentation.slice(0, end)), `after ${end} characters`).not.toBe('accepted');
    }
  });
});
