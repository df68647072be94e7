import { utf8 } from '../bytes.ts';
import { decodeStrict, encodeMessage } from '../codec/index.ts';
import { unwrap } from '../errors.ts';
import { checkEvidence, type EvidenceType, readEvidence } from '../evidence/index.ts';
import { encodeMembershipEvidence, MEMBERSHIP_FAMILY, membershipTypes } from '../families/index.ts';
import { type Evidence, EvidenceSchema } from '../gen/hansa/v1/consensus_pb.ts';
import { epochOf } from '../genesis/authority-set.ts';
import type { AuthorityIndex, Genesis } from '../genesis/types.ts';
import { limits } from '../limits.ts';
import { encodeRecord } from '../records/index.ts';
import type { Misbehaviour } from './effects.ts';
import { keys } from './keys.ts';
import type { Outbox } from './outbox.ts';
import type { ProtocolContext } from './verifier.ts';

export interface KeptEvidence {
  readonly accused: AuthorityIndex;
  readonly type: EvidenceType;
  readonly bytes: Uint8Array;
}

/** Two statements of at most 512 bytes with their signatures and framing: far less than a record may have. */
const EVIDENCE_BYTES_MAX = 2048;

const TYPE_NUMBERS: Readonly<Record<EvidenceType, number>> = {
  'lane-fork': 1,
  'conflicting-votes': 2,
  'conflicting-proposals': 3,
};

/** C10, R4: proof of misbehaviour is kept, gossiped, shown, and put on the ledger; one proof per authority and kind. */
export class EvidenceDesk {
  /** C12: its genesis changes with the epoch. */
  readonly #context: ProtocolContext;
  readonly #outbox: Outbox;
  readonly #kept = new Map<string, KeptEvidence>();
  #toReport: KeptEvidence[] = [];

  constructor(context: ProtocolContext, outbox: Outbox) {
    this.#context = context;
    this.#outbox = outbox;
  }

  /** C12: evidence of an epoch that is over is shown and no longer reported: its keys are gone. */
  beginEpoch(): void {
    this.#toReport = [];
  }

  get #epoch(): number {
    return epochOf(this.#context.genesis);
  }

  all(): KeptEvidence[] {
    return [...this.#kept.values()];
  }

  /** Whether a proof of this kind against this authority is kept: more of it tells nothing new. */
  has(accused: AuthorityIndex, type: EvidenceType): boolean {
    return this.#kept.has(keptKey(accused, type, this.#epoch));
  }

  /**
   * Looks at a suspicion or at evidence from another member; keeps and relays it when it is proof. Tells why whoever
   * sent it misbehaved, if so.
   */
  consider(evidence: Evidence): Misbehaviour | undefined {
    const claim = readEvidence(this.#context, evidence);
    if (!claim.ok) return claim.error.code === 'WRONG_EPOCH' ? undefined : 'malformed';
    const { accused, type } = claim.value;
    if (this.has(accused, type)) return undefined; // guard: C10 one proof of a kind is enough
    if (!claim.value.isSigned()) return 'wrong-signature'; // guard: C10 only what the accused signed is proof
    const key = keptKey(accused, type, this.#epoch);
    const bytes = encodeMessage(EvidenceSchema, evidence);
    const kept: KeptEvidence = { accused, type, bytes };
    this.#kept.set(key, kept);
    this.#toReport.push(kept);
    this.#outbox.persist([{ key: keys.evidence(accused, TYPE_NUMBERS[type], this.#epoch), value: bytes }], true);
    this.#outbox.emit({ kind: 'evidence', accused, type, bytes });
    this.#outbox.broadcast('evidence', bytes);
    return undefined;
  }

  considerBytes(bytes: Uint8Array): Misbehaviour | undefined {
    const decoded = decodeStrict(EvidenceSchema, bytes, EVIDENCE_BYTES_MAX);
    return decoded.ok ? this.consider(decoded.value) : 'malformed';
  }

  /** Puts back what the store holds, of this epoch or one before; that of this one is reported again unless the ledger knows it. */
  restore(bytes: Uint8Array, genesisOf: (epoch: number) => Genesis | undefined): void {
    const decoded = decodeStrict(EvidenceSchema, bytes, EVIDENCE_BYTES_MAX);
    if (!decoded.ok) return;
    for (let epoch = this.#epoch; epoch >= 0; epoch--) {
      const genesis = genesisOf(epoch);
      const checked = genesis && checkEvidence({ ...this.#context, genesis }, decoded.value);
      if (checked?.ok !== true) continue;
      const kept: KeptEvidence = { ...checked.value, bytes };
      this.#kept.set(keptKey(kept.accused, kept.type, epoch), kept);
      if (epoch === this.#epoch) this.#toReport.push(kept);
      return;
    }
  }

  /**
   * Puts evidence on the ledger through `seal`, against the accused that the ledger does not quarantine yet. What
   * cannot be sealed now (a full lane) is tried again at the next call.
   */
  report(isQuarantined: (accused: AuthorityIndex) => boolean, seal: (record: Uint8Array) => boolean): void {
    if (this.#toReport.length === 0) return;
    this.#toReport = this.#toReport.filter((kept) => !isQuarantined(kept.accused) && !seal(this.#record(kept)));
  }

  #record({ accused, type, bytes }: KeptEvidence): Uint8Array {
    const evidence = unwrap(decodeStrict(EvidenceSchema, bytes, EVIDENCE_BYTES_MAX));
    const body = encodeMembershipEvidence(evidence);
    // One request per accused and kind: reporting twice has one effect.
    const requestId = this.#context.crypto
      .sha256(utf8(`hansa/1/evidence:${keptKey(accused, type, this.#epoch)}`))
      .slice(0, limits.requestIdBytes);
    return encodeRecord({ family: MEMBERSHIP_FAMILY, type: membershipTypes.evidence, requestId, body });
  }
}

/** One proof per authority, kind and epoch. */
function keptKey(accused: AuthorityIndex, type: EvidenceType, epoch: number): string {
  return epoch === 0 ? `${accused}:${type}` : `${accused}:${type}:${epoch}`;
}
