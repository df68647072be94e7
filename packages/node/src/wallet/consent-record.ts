import { randomBytes } from 'node:crypto';
import { Domains } from '@hansa/protocol/crypto';
import { CONSENT_FAMILY } from '@hansa/protocol/families';
import type { Genesis } from '@hansa/protocol/genesis';
import { encodeRecord, signAsActor } from '@hansa/protocol/records';
import type { HolderKeyPair } from '../credential/holder-key.ts';
import { nativeCrypto } from '../crypto/index.ts';

/**
 * A grant or withdrawal with its holder's signature over it, in base64 as `POST /v1/consents` takes it: no city can change
 * a bit of it.
 */
export function consentRecord(
  genesis: Genesis,
  { secretKey, scheme }: Pick<HolderKeyPair, 'secretKey'> & { readonly scheme: 'ed25519' | 'p256' },
  type: number,
  body: Uint8Array,
): string {
  const draft = { family: CONSENT_FAMILY, type, requestId: new Uint8Array(randomBytes(16)), body };
  const domains = new Domains(nativeCrypto, genesis.federationId);
  const actor = signAsActor(nativeCrypto, domains, draft, secretKey, scheme);
  return Buffer.from(encodeRecord({ ...draft, actors: [actor] })).toString('base64');
}
