import { utf8 } from '../bytes.ts';
import { decodeStrict, encodeMessage } from '../codec/index.ts';
import type { Crypto, Domains } from '../crypto/index.ts';
import { unwrap } from '../errors.ts';
import { checkEvidence, type EvidenceType, readEvidence } from '../evidence/index.ts';
import { encodeMembershipEvidence, MEMBERSHIP_FAMILY, membershipTypes } from '../families/index.ts';
import { type Evidence, EvidenceSchema } from '../gen/hansa/v1/consensus_pb.ts';
import type { AuthorityIndex, Genesis } from '../genesis/types.ts';
import { limits } from '../limits.ts';
import { encodeRecord } from '../records/index.ts';
import type { Misbehaviour } from './effects.ts';
import { keys } from './keys.ts';
import type { Outbox } from './outbox.ts';

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
  readonly #genesis: Genesis;
  readonly #crypto: Crypto;
  readonly #domains: Domains;
  readonly #outbox: Outbox;
  readonly #kept = new Map<string, KeptEvidence>();
  #toReport: KeptEvidence[] = [];

  constructor(context: { genesis: Genesis; crypto: Crypto; domains: Domains; outbox: Outbox }) {
    this.#genesis = context.genesis;
    this.#crypto = context.crypto;
    this.#domains = context.domains;
    this.#outbox = context.outbox;
  }

  all(): KeptEvidence[] {
    return [...this.#kept.values()];
  }

  /** Whether a proof of this kind against this authority is kept: more of it tells nothing new. */
  has(accused: AuthorityIndex, type: EvidenceType): boolean {
    return this.#kept.has(`${accused}:${type}`);
  }

  /**
   * Looks at a suspicion or at evidence from another member; keeps and relays it when it is proof. Tells why whoever
   * sent it misbehaved, if so.
   */
  consider(evidence: Evidence): Misbehaviour | undefined {
    const claim = readEvidence({ genesis: this.#genesis, crypto: this.#crypto, domains: this.#domains }, evidence);
    if (!claim.ok) return claim.error.code === 'WRONG_EPOCH' ? undefined : 'malformed';
    const { accused, type } = claim.value;
    if (this.has(accused, type)) return undefined; // guard: C10 one proof of a kind is enough
    if (!claim.value.isSigned()) return 'wrong-signature'; // guard: C10 only what the accused signed is proof
    const key = `${accused}:${type}`;
    const bytes = encodeMessage(EvidenceSchema, evidence);
    const kept: KeptEvidence = { accused, type, bytes };
    this.#kept.set(key, kept);
    this.#toReport.push(kept);
    this.#outbox.persist([{ key: keys.evidence(accused, TYPE_NUMBERS[type]), value: bytes }], true);
    this.#outbox.emit({ kind: 'evidence', accused, type, bytes });
    this.#outbox.broadcast('evidence', bytes);
    return undefined;
  }

  considerBytes(bytes: Uint8Array): Misbehaviour | undefined {
    const decoded = decodeStrict(EvidenceSchema, bytes, EVIDENCE_BYTES_MAX);
    return decoded.ok ? this.consider(decoded.value) : 'malformed';
  }

  /** Puts back what the store holds; it is reported again unless the ledger knows it. */
  restore(bytes: Uint8Array): void {
    const decoded = decodeStrict(EvidenceSchema, bytes, EVIDENCE_BYTES_MAX);
    if (!decoded.ok) return;
    const context = { genesis: this.#genesis, crypto: this.#crypto, domains: this.#domains };
    const checked = checkEvidence(context, decoded.value);
    if (!checked.ok) return;
    const kept: KeptEvidence = { ...checked.value, bytes };
    this.#kept.set(`${kept.accused}:${kept.type}`, kept);
    this.#toReport.push(kept);
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
    const requestId = this.#crypto.sha256(utf8(`hansa/1/evidence:${accused}:${type}`)).slice(0, limits.requestIdBytes);
    return encodeRecord({ family: MEMBERSHIP_FAMILY, type: membershipTypes.evidence, requestId, body });
  }
}
