import { create } from '@bufbuild/protobuf';
import { utf8 } from '../bytes.ts';
import { decodeStrict, encodeMessage } from '../codec/index.ts';
import type { Crypto, Domains } from '../crypto/index.ts';
import { checkEvidence, type EvidenceType } from '../evidence/index.ts';
import { type Evidence, EvidenceSchema } from '../gen/hansa/v1/consensus_pb.ts';
import { MembershipEvidenceSchema } from '../gen/hansa/v1/families_pb.ts';
import type { AuthorityIndex, Genesis } from '../genesis/types.ts';
import { limits } from '../limits.ts';
import { encodeRecord } from '../records/index.ts';
import { keys } from './keys.ts';
import type { Outbox } from './outbox.ts';

export interface KeptEvidence {
  readonly accused: AuthorityIndex;
  readonly type: EvidenceType;
  readonly bytes: Uint8Array;
}

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

  /** Looks at a suspicion or at evidence from another member; keeps and relays it when it is proof. */
  consider(evidence: Evidence): void {
    const checked = checkEvidence({ genesis: this.#genesis, crypto: this.#crypto, domains: this.#domains }, evidence);
    if (!checked.ok) return;
    const { accused, type } = checked.value;
    const key = `${accused}:${type}`;
    if (this.#kept.has(key)) return;
    const bytes = encodeMessage(EvidenceSchema, evidence);
    if (bytes.length + 64 > limits.recordBytesMax) return;
    const kept: KeptEvidence = { accused, type, bytes };
    this.#kept.set(key, kept);
    this.#toReport.push(kept);
    this.#outbox.persist([{ key: keys.evidence(accused, TYPE_NUMBERS[type]), value: bytes }], true);
    this.#outbox.emit({ kind: 'evidence', accused, type, bytes });
    this.#outbox.broadcast('evidence', bytes);
  }

  considerBytes(bytes: Uint8Array): void {
    const decoded = decodeStrict(EvidenceSchema, bytes, limits.recordBytesMax);
    if (decoded.ok) this.consider(decoded.value);
  }

  /** Puts back what the store holds; it is reported again unless the ledger knows it. */
  restore(bytes: Uint8Array): void {
    const decoded = decodeStrict(EvidenceSchema, bytes, limits.recordBytesMax);
    if (!decoded.ok) return;
    const context = { genesis: this.#genesis, crypto: this.#crypto, domains: this.#domains };
    const checked = checkEvidence(context, decoded.value);
    if (!checked.ok) return;
    const kept: KeptEvidence = { ...checked.value, bytes };
    this.#kept.set(`${kept.accused}:${kept.type}`, kept);
    this.#toReport.push(kept);
  }

  /** Records that put evidence on the ledger, for the accused that the ledger does not quarantine yet. */
  takeReports(isQuarantined: (accused: AuthorityIndex) => boolean): Uint8Array[] {
    const reports = this.#toReport.filter(({ accused }) => !isQuarantined(accused));
    this.#toReport = [];
    return reports.map((kept) => this.#report(kept));
  }

  /** The lane was full: report later. */
  putBack(reports: readonly KeptEvidence[]): void {
    this.#toReport.push(...reports);
  }

  get pending(): readonly KeptEvidence[] {
    return this.#toReport;
  }

  #report({ accused, type, bytes }: KeptEvidence): Uint8Array {
    const decoded = decodeStrict(EvidenceSchema, bytes, limits.recordBytesMax);
    const evidence = decoded.ok ? decoded.value : undefined;
    const body = encodeMessage(
      MembershipEvidenceSchema,
      create(MembershipEvidenceSchema, evidence === undefined ? {} : { evidence }),
    );
    // One request per accused and kind: reporting twice has one effect.
    const requestId = this.#crypto.sha256(utf8(`hansa/1/evidence:${accused}:${type}`)).slice(0, limits.requestIdBytes);
    return encodeRecord({ family: 5, type: 1, requestId, body });
  }
}
