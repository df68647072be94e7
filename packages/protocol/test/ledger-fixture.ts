import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { u32be, utf8 } from '../src/bytes.ts';
import type { Crypto } from '../src/crypto/index.ts';
import {
  dayNumber,
  encodeBlacklistAmend,
  encodeBlacklistDispute,
  encodeBlacklistLift,
  encodeBlacklistList,
  encodeCertificateIssue,
  encodeCertificateRevoke,
  encodeCertificateSupersede,
  encodeCertificateUse,
} from '../src/families/index.ts';
import {
  type BlacklistAmendSchema,
  type BlacklistDisputeSchema,
  type BlacklistLiftSchema,
  type BlacklistListSchema,
  type CertificateIssueSchema,
  type CertificateRevokeSchema,
  type CertificateSupersedeSchema,
  type CertificateUseSchema,
  DisputeState,
  LiftReason,
  RevokeReason,
  Severity,
} from '../src/gen/hansa/v1/families_pb.ts';
import { RecordRefSchema } from '../src/gen/hansa/v1/record_pb.ts';
import type { Genesis } from '../src/genesis/types.ts';
import type { ExecutedBlock, Ledger, LedgerEntry } from '../src/ledger/index.ts';
import { encodeRecord, type RecordDraft, type RecordLocation, toRecordRef } from '../src/records/index.ts';

/** The legal day on which the fixtures' blocks are: 2026-06-01. */
export const TODAY = dayNumber({ year: 2026, month: 6, day: 1 });
const DAY_MS = 86_400_000;
const UTC_OFFSET_MINUTES = 480;

/** Noon of a legal day, in milliseconds since 1970-01-01 UTC. */
export function noonOf(day: number): number {
  return day * DAY_MS + DAY_MS / 2 - UTC_OFFSET_MINUTES * 60_000;
}

/** Bytes that depend on the label only. */
export function seeded(crypto: Crypto, label: string, length: number): Uint8Array {
  return crypto.sha256(utf8(`hansa ledger fixture: ${label}`)).slice(0, length);
}

export function laneSecret(crypto: Crypto, lane: number): Uint8Array {
  return seeded(crypto, `lane ${lane}`, 32);
}

/** Below the group order, because its first byte is zero. */
export function voteSecret(crypto: Crypto, lane: number): Uint8Array {
  return seeded(crypto, `vote ${lane}`, 32).fill(0, 0, 1);
}

/** A genesis of `n` authorities as the parser would give it, with keys that depend on the numbers only. */
export function fixtureGenesis(crypto: Crypto, n: number, federation = 'ledger'): Genesis {
  return {
    format: 'hansa-genesis/1',
    voteScheme: 'bls12381',
    federationId: seeded(crypto, `federation ${federation}`, 32),
    name: federation,
    testFederation: true,
    createdAtMs: noonOf(TODAY) - DAY_MS,
    utcOffsetMinutes: UTC_OFFSET_MINUTES,
    authorities: Array.from({ length: n }, (_, index) => ({
      index,
      name: ['haikou', 'sanya', 'danzhou', 'qionghai'][index] ?? `city${index}`,
      displayName: `City ${index}`,
      laneKey: crypto.ed25519.publicKey(laneSecret(crypto, index)),
      voteKey: crypto.bls.publicKey(voteSecret(crypto, index)),
      voteKeyProof: new Uint8Array(96),
      exchangeKey: crypto.x25519.publicKey(seeded(crypto, `exchange ${index}`, 32)),
      credentialKey: crypto.ed25519.publicKey(seeded(crypto, `credential ${index}`, 32)),
      peerId: `peer${index}`,
      addresses: [],
    })),
    observers: [],
    parameters: {
      deltaMs: 500,
      idleIntervalMs: 5000,
      resendMs: 1000,
      resyncMs: 2000,
      timeoutGrowth: 1.5,
      timeoutCapMs: 30_000,
    },
    policy: {
      listing: {
        publishMonthsMax: [3, 12, 36],
        shareMonthsMax: [24, 36, 60],
        restrictMonthsMax: [24, 36, 60],
        objectionDaysMin: 7,
      },
      certificate: { validityMonthsMax: 2 },
      dispute: 'flag',
      lookup: { evaluationsPerHour: 50, staleAfterMs: 600_000, staleAnswers: 'refuse' },
      access: { batchMs: 3_600_000, legalBases: ['LISTING_REVIEW'] },
    },
  };
}

/** Valid bodies and records, each with the parts that a test wants different. */
export class RecordMaker {
  readonly crypto: Crypto;
  #requests = 0;

  constructor(crypto: Crypto) {
    this.crypto = crypto;
  }

  tag(subject: string): Uint8Array {
    return seeded(this.crypto, `tag ${subject}`, 32);
  }

  id(name: string): Uint8Array {
    return seeded(this.crypto, `certificate ${name}`, 16);
  }

  officer(name: string): Uint8Array {
    return seeded(this.crypto, `officer ${name}`, 16);
  }

  commitment(name: string): Uint8Array {
    return seeded(this.crypto, `commitment ${name}`, 32);
  }

  /** A record with a request of its own. */
  record(family: number, type: number, body: Uint8Array, parts: Partial<RecordDraft> = {}): Uint8Array {
    const requestId = seeded(this.crypto, `request ${this.#requests++}`, 16);
    return encodeRecord({ family, type, requestId, body, ...parts });
  }

  list(subject: string, parts: MessageInitShape<typeof BlacklistListSchema> = {}): Uint8Array {
    return this.record(1, 1, encodeBlacklistList({ ...this.listing(subject), ...parts }));
  }

  listing(subject: string): MessageInitShape<typeof BlacklistListSchema> {
    return {
      subjectTag: this.tag(subject),
      severity: Severity.GENERAL,
      noticeDate: TODAY - 60,
      objectionUntil: TODAY - 45,
      decidedOn: TODAY - 30,
      effectiveFrom: TODAY - 30,
      publishUntil: TODAY + 100,
      shareUntil: TODAY + 200,
      restrictUntil: TODAY + 300,
      handler: this.officer('handler'),
      approver: this.officer('approver'),
      commitment: this.commitment(subject),
      catalogueRef: 'fund-2025-07',
    };
  }

  amend(
    subject: string,
    listing: RecordLocation,
    parts: MessageInitShape<typeof BlacklistAmendSchema> = { restrictUntil: TODAY + 250 },
  ): Uint8Array {
    const [handler, approver] = [this.officer('handler'), this.officer('approver')];
    const body = { subjectTag: this.tag(subject), listing: reference(listing), handler, approver, ...parts };
    return this.record(1, 2, encodeBlacklistAmend(body));
  }

  dispute(
    subject: string,
    listing: RecordLocation,
    state: DisputeState = DisputeState.OPEN,
    parts: MessageInitShape<typeof BlacklistDisputeSchema> = {},
  ): Uint8Array {
    const common = { subjectTag: this.tag(subject), listing: reference(listing), state };
    const body = { ...common, handler: this.officer('handler'), commitment: this.commitment('dispute'), ...parts };
    return this.record(1, 3, encodeBlacklistDispute(body));
  }

  lift(subject: string, listing: RecordLocation, parts: MessageInitShape<typeof BlacklistLiftSchema> = {}): Uint8Array {
    const common = { subjectTag: this.tag(subject), listing: reference(listing), reason: LiftReason.REPAIRED };
    const body = { ...common, handler: this.officer('handler'), approver: this.officer('approver'), ...parts };
    return this.record(1, 4, encodeBlacklistLift(body));
  }

  issue(name: string, parts: MessageInitShape<typeof CertificateIssueSchema> = {}): Uint8Array {
    return this.record(2, 1, encodeCertificateIssue({ ...this.certificate(name), ...parts }));
  }

  certificate(name: string): MessageInitShape<typeof CertificateIssueSchema> {
    return {
      certificateId: this.id(name),
      subjectTag: this.tag(name),
      addressedTo: 0,
      issuedOn: TODAY,
      validUntil: TODAY + 60,
      commitment: this.commitment(name),
      handler: this.officer('issuer'),
    };
  }

  supersede(
    name: string,
    replacement: string,
    parts: MessageInitShape<typeof CertificateIssueSchema> = {},
  ): Uint8Array {
    const body: MessageInitShape<typeof CertificateSupersedeSchema> = {
      certificateId: this.id(name),
      replacement: { ...this.certificate(replacement), ...parts } as never,
    };
    return this.record(2, 2, encodeCertificateSupersede(body));
  }

  revoke(name: string, parts: MessageInitShape<typeof CertificateRevokeSchema> = {}): Uint8Array {
    const common = { certificateId: this.id(name), reason: RevokeReason.ERROR, handler: this.officer('issuer') };
    return this.record(2, 3, encodeCertificateRevoke({ ...common, ...parts }));
  }

  use(name: string, parts: MessageInitShape<typeof CertificateUseSchema> = {}): Uint8Array {
    const common = { certificateId: this.id(name), commitment: this.commitment(`loan ${name}`) };
    return this.record(2, 4, encodeCertificateUse({ ...common, handler: this.officer('loans'), ...parts }));
  }
}

function reference(location: RecordLocation) {
  return create(RecordRefSchema, toRecordRef(location));
}

/** Gives a ledger blocks of entries and remembers where each lane stands. */
export class LedgerDriver {
  readonly ledger: Ledger;
  readonly blocks: ExecutedBlock[] = [];
  /** Of the blocks to come; that of the last one unless said otherwise (C12). */
  epoch: number | undefined;
  /** Legal day of the blocks to come, unless one is named. */
  day = TODAY;
  readonly #crypto: Crypto;
  readonly #sequences: number[] = [];
  readonly #entries = new Map<number, LedgerEntry[]>();

  constructor(ledger: Ledger, crypto: Crypto) {
    this.ledger = ledger;
    this.#crypto = crypto;
  }

  /** One block at noon of `day`: one entry for each lane that is given records, ascending by lane. */
  block(records: Readonly<Record<number, readonly Uint8Array[]>>, day = this.day): ExecutedBlock {
    const entries = Object.keys(records).map((lane) => this.#entry(Number(lane), records[Number(lane)] ?? []));
    const height = this.ledger.height + 1;
    this.#entries.set(height, entries);
    const epoch = this.epoch === undefined ? {} : { epoch: this.epoch };
    const executed = this.ledger.execute({ height, timestampMs: noonOf(day) + height, entries, ...epoch });
    this.blocks.push(executed);
    return executed;
  }

  /** Executes one record and gives its location and code. */
  one(lane: number, record: Uint8Array, day = this.day): { location: RecordLocation; code: string | undefined } {
    const outcome = this.block({ [lane]: [record] }, day).outcomes[0];
    if (outcome === undefined) throw new Error('no outcome');
    return { location: outcome.location, code: outcome.rejected };
  }

  /** Legal time of the next block. */
  get timestampMs(): number {
    return noonOf(this.day) + this.ledger.height + 1;
  }

  /** The entries that a block was made of. */
  entriesOf(height: number): readonly LedgerEntry[] {
    return this.#entries.get(height) ?? [];
  }

  #entry(lane: number, records: readonly Uint8Array[]): LedgerEntry {
    const sequence = (this.#sequences[lane] ?? 0) + 1;
    this.#sequences[lane] = sequence;
    const digest = this.#crypto.sha256(
      new Uint8Array([...u32be(lane), ...u32be(sequence), ...records.flatMap((record) => [...record])]),
    );
    return { lane, sequence, digest, records };
  }
}
