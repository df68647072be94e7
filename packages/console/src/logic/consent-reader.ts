import { toHex } from '@hansa/protocol';
import { portableCrypto as crypto, Domains } from '@hansa/protocol/crypto';
import { CONSENT_FAMILY, type ConsentBody, ConsentPurpose, checkRecord, families } from '@hansa/protocol/families';
import { parseGenesis } from '@hansa/protocol/genesis';
import { checkActors, decodeRecord } from '@hansa/protocol/records';
import { fromBase64 } from './base64.ts';
import type { SignedConsent } from './consent-read.ts';

const purposes: Readonly<Record<number, string>> = {
  [ConsentPurpose.LOAN_APPROVAL]: 'loan-approval',
  [ConsentPurpose.LOAN_REVIEW]: 'loan-review',
  [ConsentPurpose.WITHDRAWAL]: 'withdrawal',
  [ConsentPurpose.TRANSFER]: 'transfer',
};

/** `Record` bytes in base64, by the ledger's own rules: shape, bounds, and the holder's signature. */
export function readConsent(genesisFile: Uint8Array, record: string): SignedConsent {
  const parsed = parseGenesis(crypto, genesisFile);
  if (!parsed.ok) return { kind: 'broken', code: parsed.error.code };
  const genesis = parsed.value;
  const bytes = bytesOf(record);
  const decoded = bytes === undefined ? undefined : decodeRecord(bytes);
  if (bytes === undefined || decoded?.ok !== true || decoded.value.family !== CONSENT_FAMILY) {
    return { kind: 'unreadable' };
  }
  const domains = new Domains(crypto, genesis.federationId);
  const checked = checkRecord(bytes, { genesis, domains, crypto, families });
  if (!checked.ok) return { kind: 'broken', code: checked.error.code };
  const unsigned = checkActors(crypto, domains, decoded.value);
  if (unsigned !== undefined) return { kind: 'broken', code: unsigned.code };
  const body = checked.value.body as ConsentBody;
  if (body.$typeName === 'hansa.v1.ConsentUse') return { kind: 'unreadable' };
  const id = toHex(body.consentId);
  if (body.$typeName === 'hansa.v1.ConsentWithdraw') return { kind: 'withdraw', id };
  return {
    ...{ kind: 'grant', id, certificate: toHex(body.certificateId) },
    grantee: genesis.authorities[body.grantee - 1]?.name ?? '',
    purpose: purposes[body.purpose] ?? '',
    fromMs: body.toMs === 0n ? undefined : Number(body.fromMs),
    toMs: body.toMs === 0n ? undefined : Number(body.toMs),
    maxUses: body.maxUses === 0 ? undefined : body.maxUses,
  };
}

function bytesOf(base64: string): Uint8Array | undefined {
  try {
    return fromBase64(base64);
  } catch {
    return undefined;
  }
}
