import type { Rejection } from '@hansa/protocol';
import { portableCrypto as crypto } from '@hansa/protocol/crypto';
import type { Genesis } from '@hansa/protocol/genesis';
import { countParts, decodeCounterCode } from '../../credential/code.ts';
import { verifyPresentation } from '../../credential/presentation.ts';
import { type CredentialStanding, credentialStanding, withReceipt } from '../../credential/standing.ts';
import { type VerifiedCredential, verifyCredential } from '../../credential/verify.ts';
import type { Word } from './words.ts';

export interface Given {
  readonly genesis: Genesis | undefined;
  /** Name of the city that verifies; empty: not said. */
  readonly city: string;
  readonly case: string;
  readonly codes: readonly string[];
  readonly presentation: string | undefined;
  readonly receipt: Uint8Array | undefined;
}

export interface Verdict {
  readonly tone: 'idle' | 'good' | 'warn' | 'bad';
  readonly headline: Word;
  readonly hint: Word | Rejection;
  readonly counted?: { readonly scanned: number; readonly needed: number };
  readonly credential?: VerifiedCredential;
  readonly standing?: CredentialStanding;
}

/** What the counter may think of what it was given. */
export async function judge(given: Given, atMs: number): Promise<Verdict> {
  const { genesis, codes } = given;
  if (genesis === undefined) return { tone: 'idle', headline: 'needGenesis', hint: 'needGenesisHint' };
  let { presentation, receipt } = given;
  if (codes.length > 0) {
    const decoded = await decodeCounterCode(crypto, codes);
    if (!decoded.ok && decoded.error.code === 'CODE_PART_MISSING') {
      return { tone: 'idle', headline: 'partial', hint: 'partialHint', counted: countParts(codes) };
    }
    if (!decoded.ok) return { tone: 'bad', headline: 'bad', hint: decoded.error };
    presentation = decoded.value.presentation;
    receipt = decoded.value.receipt ?? receipt;
  }
  if (presentation === undefined) return { tone: 'idle', headline: 'waiting', hint: 'waitingHint' };
  const context = withReceipt({ genesis, crypto }, receipt);
  const expected = given.city !== '' && given.case !== '' ? { city: given.city, nonce: given.case } : undefined;
  const verified =
    expected === undefined
      ? verifyCredential(context, presentation, atMs)
      : verifyPresentation(context, presentation, expected, atMs);
  if (!verified.ok) return { tone: 'bad', headline: 'bad', hint: verified.error };
  const credential = verified.value;
  const standing = receipt === undefined ? undefined : credentialStanding(context, credential, receipt, atMs);
  if (standing?.ok === false) return { tone: 'bad', headline: 'bad', hint: standing.error };
  const known = standing === undefined ? { credential } : { credential, standing: standing.value };
  if (standing !== undefined && standing.value.status !== 'active') {
    const { status } = standing.value;
    return { tone: 'bad', headline: status, hint: status === 'conflict' ? 'conflictHint' : 'ended', ...known };
  }
  if (expected === undefined) return { tone: 'warn', headline: 'unbound', hint: 'unboundHint', ...known };
  if (standing === undefined) return { tone: 'warn', headline: 'unknown', hint: 'unknownHint', ...known };
  const { addressedTo } = standing.value;
  if (addressedTo !== undefined && addressedTo.name !== expected.city) {
    return { tone: 'warn', headline: 'elsewhere', hint: 'elsewhereHint', ...known };
  }
  if (standing.value.stale) return { tone: 'warn', headline: 'stale', hint: 'staleHint', ...known };
  return { tone: 'good', headline: 'valid', hint: 'validHint', ...known };
}
