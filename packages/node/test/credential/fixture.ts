import { unwrap, utf8 } from '@hansa/protocol';
import { portableCrypto as crypto } from '@hansa/protocol/crypto';
import { parseDay } from '@hansa/protocol/families';
import { testFederation } from '../../../protocol/test/federation.ts';
import { toBase64Url } from '../../src/credential/base64url.ts';
import {
  type CredentialContext,
  type CredentialFieldName,
  cityUrn,
  credentialFieldNames,
  type HolderKeyPair,
  issueCredential,
  presentCredential,
} from '../../src/credential/index.ts';
import { signJwt } from '../../src/credential/jwt.ts';

export { crypto };
export const federation = testFederation(crypto, 4, 'credential test federation');
export const { genesis } = federation;
export const context: CredentialContext = { genesis, crypto };
export const nowMs = Date.UTC(2026, 10, 24, 8);
export const secretOf = (city: number) => federation.credentialSecrets[city] as Uint8Array;
const [haikou] = genesis.authorities;
if (haikou === undefined) throw new Error('the test federation has no city');
export const self = haikou;

export function holderOf(name: string): HolderKeyPair {
  const secretKey = crypto.sha256(utf8(`holder ${name}`));
  return { secretKey, publicKey: crypto.ed25519.publicKey(secretKey) };
}

/** With a key of the kind that phones keep. */
export function phoneOf(name: string): HolderKeyPair {
  const secretKey = crypto.sha256(utf8(`phone ${name}`));
  return { secretKey, publicKey: crypto.p256.publicKey(secretKey) };
}

export const certificateId = crypto.sha256(utf8('certificate')).slice(0, 16);
export const validUntil = parseDay('2027-01-24') ?? 0;

/** A synthetic person of a test federation. */
export const document = {
  format: 'hansa-deposit-certificate/1',
  number: 'HAIKOU-2026-000017',
  code: 'printed elsewhere',
  issuedBy: '海口市住房公积金管理局',
  holderName: '测试一',
  holderIdentityNumber: '990101199001010019',
  accountNumber: '01100000014',
  openedOn: '2012-03-01',
  employerName: '海口测试有限公司',
  employerCode: '91990100MA5T00000X',
  baseFen: 850_000,
  employerRate: '12%',
  personalRate: '12%',
  monthlyDepositFen: 204_000,
  balanceFen: 12_345_678,
  accountStatus: 'normal',
  continuousSince: '2019-01',
  continuousThrough: '2026-10',
  continuousMonths: 94,
  everBorrowed: false,
  loanCount: 0,
  loanOutstandingFen: 0,
  handler: 'op08',
  issuedOn: '2026-11-24',
  validUntil: '2027-01-24',
};

/** Salts that follow from their number, so that a vector stays the same. */
export function countedSalts(): (bytes: number) => string {
  let count = 0;
  return (bytes) => toBase64Url(crypto.sha256(utf8(`salt ${++count}`)).slice(0, bytes));
}

export const content = { certificateId, validUntil, issuedAtMs: nowMs, document };

export async function issue(holder: HolderKeyPair, over: Partial<typeof content> = {}): Promise<string> {
  const issuer = { genesis, self, crypto, secretKey: secretOf(0), saltOf: countedSalts() };
  return issueCredential(issuer, { ...content, ...over, holderKey: holder.publicKey });
}

export const expectation = { city: 'sanya', nonce: 'LOAN-2026-0117' };

export async function present(
  credential: string,
  holder: HolderKeyPair,
  over: { readonly disclose?: readonly CredentialFieldName[]; readonly nonce?: string; readonly city?: string } = {},
): Promise<string> {
  return presentCredential(crypto, holder, {
    credential,
    disclose: over.disclose ?? ['holderName', 'balanceFen'],
    audience: cityUrn(genesis, over.city ?? expectation.city),
    nonce: over.nonce ?? expectation.nonce,
    signedAtMs: nowMs,
  });
}

/** The parts of a copy: what the city signed, and one text for each field, in the order of `credentialFieldNames`. */
export function partsOf(credential: string): { readonly jwt: string; readonly disclosures: readonly string[] } {
  const [jwt = '', ...disclosures] = credential.split('~').slice(0, -1);
  return { jwt, disclosures };
}

type Json = Record<string, unknown>;

/** The issuer's JWT with something changed, signed again by the key given: what a thief of a key, or a wrong city, could make. */
export function resigned(
  credential: string,
  change: (header: Json, payload: Json) => void,
  secretKey: Uint8Array = secretOf(0),
): string {
  const { jwt, disclosures } = partsOf(credential);
  const [header, payload] = jwt.split('.').map((part) => Buffer.from(part, 'base64url').toString());
  const [head, body] = [JSON.parse(header ?? ''), JSON.parse(payload ?? '')] as [Json, Json];
  change(head, body);
  const forged = signJwt(head, body, (message) => crypto.ed25519.sign(message, secretKey));
  return [forged, ...disclosures, ''].join('~');
}

export { credentialFieldNames, unwrap };
