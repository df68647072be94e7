import { create } from '@bufbuild/protobuf';
import { concatBytes } from '../src/bytes.ts';
import { encodeMessage } from '../src/codec/index.ts';
import { type BlockFields, encodeBlock } from '../src/consensus/block.ts';
import { encodeSigners } from '../src/consensus/signers.ts';
import { encodeStatement, type Statement } from '../src/consensus/votes.ts';
import { type Digest, ZERO_DIGEST } from '../src/crypto/index.ts';
import { encodeBlacklistList } from '../src/families/blacklist/body.ts';
import {
  blacklistFactKey,
  DisputeEffect,
  encodeBlacklistFact,
  LiftReason,
  Severity,
} from '../src/families/blacklist/fact.ts';
import { dayNumber } from '../src/families/calendar.ts';
import { encodeCertificateIssue } from '../src/families/certificate/body.ts';
import {
  CertificateState,
  certificateFactKey,
  encodeCertificateFact,
  RevokeReason,
} from '../src/families/certificate/fact.ts';
import { encodeConsentGrant, encodeConsentUse } from '../src/families/consent/body.ts';
import { ConsentMode, ConsentPurpose, consentFactKey, encodeConsentFact } from '../src/families/consent/fact.ts';
import { QuorumCertificateSchema, VoteKind } from '../src/gen/hansa/v1/consensus_pb.ts';
import { quorum } from '../src/genesis/index.ts';
import { sealEntry, type VerifiedEntry } from '../src/lanes/header.ts';
import { HistoryTree, inclusionPath, type MapProof, SparseMerkleMap } from '../src/merkle/index.ts';
import type { ReceiptParts, RecordProofParts } from '../src/receipt/index.ts';
import { encodeRecord, recordId } from '../src/records/index.ts';
import type { TestFederation } from './federation.ts';

const day = (year: number, month: number, dayOfMonth: number): number => dayNumber({ year, month, day: dayOfMonth });

/** Days of the sample listing and the sample certificate. */
export const sampleDays = {
  listed: day(2026, 9, 2),
  restrictUntil: day(2028, 9, 2),
  certified: day(2026, 11, 2),
  certificateUntil: day(2027, 1, 2),
} as const;

export const sampleTimestampMs = Date.UTC(2026, 10, 23, 4);

/**
 * A final block of a federation and the ledger state that its checkpoint names: one listing by the first city in its
 * second entry, one certificate with a consent, and a few facts of others. Made without the ledger, from its published rules.
 */
export class SampleLedger {
  readonly federation: TestFederation;
  readonly listedTag: Uint8Array;
  readonly absentTag: Uint8Array;
  readonly certificateId: Uint8Array;
  readonly consentId: Uint8Array;
  readonly entries: readonly VerifiedEntry[];
  readonly history: HistoryTree;
  readonly facts: SparseMerkleMap;
  readonly requestsDigest: Digest;
  readonly block: BlockFields;
  readonly blockBytes: Uint8Array;

  constructor(federation: TestFederation, change: Partial<BlockFields> = {}) {
    const { crypto, domains } = federation;
    this.federation = federation;
    this.listedTag = crypto.sha256(new Uint8Array([1]));
    this.absentTag = crypto.sha256(new Uint8Array([2]));
    this.certificateId = new Uint8Array(16).fill(7);
    this.consentId = new Uint8Array(16).fill(8);
    this.entries = this.#sealEntries();
    this.history = new HistoryTree(crypto);
    for (const entry of this.entries) this.history.append(entry.header.digest);
    this.facts = this.#putFacts();
    this.requestsDigest = crypto.sha256(new Uint8Array([3]));
    this.block = {
      epoch: 0,
      view: 9,
      height: 6,
      parent: crypto.sha256(new Uint8Array([4])),
      parentView: 8,
      timestampMs: sampleTimestampMs,
      advances: [],
      checkpoint: {
        height: 5,
        historySize: this.history.size,
        historyRoot: this.history.root(),
        stateRoot: domains.digest('state', concatBytes(this.facts.root(), this.requestsDigest)),
        nextAuthoritySet: new Uint8Array(),
      },
      ...change,
    };
    this.blockBytes = encodeBlock(domains.federationId, this.block);
  }

  /** A certificate of `signers` (default: a quorum) over the block, or over a changed statement. */
  certificate(change: Partial<Statement> = {}, signers?: readonly number[]): Uint8Array {
    const { crypto, domains, genesis, voteSecrets } = this.federation;
    const n = genesis.authorities.length;
    const statement = encodeStatement(domains.federationId, {
      kind: VoteKind.FINALIZE,
      epoch: 0,
      view: this.block.view,
      block: domains.digest('block', this.blockBytes),
      ...change,
    });
    const voters = signers ?? Array.from({ length: quorum(n) }, (_, index) => index);
    const message = domains.message('vote', statement);
    const signature = crypto.bls.aggregate(voters.map((v) => crypto.bls.sign(message, voteSecrets[v] as Uint8Array)));
    return encodeMessage(
      QuorumCertificateSchema,
      create(QuorumCertificateSchema, {
        statement,
        signers: encodeSigners(voters, n),
        signature: signature ?? new Uint8Array(),
      }),
    );
  }

  /** Ids of the records of the entry that is `index`th in the history. */
  recordIds(index: number): Uint8Array[] {
    const entry = this.entries[index] as VerifiedEntry;
    return entry.records.map((record) => recordId(this.federation.domains, record));
  }

  /** Proof of the record at `position` of the entry that is `index`th in the history. */
  recordProof(index: number, position: number): RecordProofParts {
    const entry = this.entries[index] as VerifiedEntry;
    return {
      location: { lane: entry.header.lane, sequence: entry.header.sequence, position },
      record: entry.records[position] as Uint8Array,
      header: entry.header.bytes,
      headerSignature: entry.header.signature,
      recordPath: inclusionPath(this.federation.crypto, this.recordIds(index), position),
      historyIndex: index,
      historyPath: this.history.inclusionPath(index, this.history.size),
    };
  }

  blacklistProof(tag: Uint8Array): MapProof {
    return this.facts.prove(blacklistFactKey(this.federation.domains, tag));
  }

  certificateProof(certificateId: Uint8Array = this.certificateId): MapProof {
    return this.facts.prove(certificateFactKey(this.federation.domains, certificateId));
  }

  consentProof(consentId: Uint8Array = this.consentId): MapProof {
    return this.facts.prove(consentFactKey(this.federation.domains, consentId));
  }

  /** Parts of a receipt about the listing: its record and its subject's fact. */
  listingReceipt(): ReceiptParts {
    return { ...this.emptyReceipt(), record: this.recordProof(1, 1), facts: [this.blacklistProof(this.listedTag)] };
  }

  emptyReceipt(): ReceiptParts {
    return {
      finalization: this.certificate(),
      block: this.blockBytes,
      factsRoot: this.facts.root(),
      requestsDigest: this.requestsDigest,
      facts: [],
    };
  }

  #sealEntries(): VerifiedEntry[] {
    const { crypto, domains, laneSecrets } = this.federation;
    const listing = (tag: Uint8Array, requestByte: number) =>
      encodeRecord({
        family: 1,
        type: 1,
        requestId: new Uint8Array(16).fill(requestByte),
        body: encodeBlacklistList({
          subjectTag: tag,
          severity: Severity.GENERAL,
          noticeDate: sampleDays.listed - 28,
          objectionUntil: sampleDays.listed - 13,
          decidedOn: sampleDays.listed,
          effectiveFrom: sampleDays.listed,
          publishUntil: sampleDays.listed + 300,
          shareUntil: sampleDays.restrictUntil,
          restrictUntil: sampleDays.restrictUntil,
          handler: new Uint8Array(16).fill(1),
          approver: new Uint8Array(16).fill(2),
          commitment: crypto.sha256(new Uint8Array([5])),
          catalogueRef: 'fund-2025-07',
        }),
      });
    const certificate = encodeRecord({
      family: 2,
      type: 1,
      requestId: new Uint8Array(16).fill(50),
      body: encodeCertificateIssue({
        certificateId: this.certificateId,
        subjectTag: crypto.sha256(new Uint8Array([6])),
        addressedTo: 0,
        issuedOn: sampleDays.certified,
        validUntil: sampleDays.certificateUntil,
        commitment: crypto.sha256(new Uint8Array([7])),
        handler: new Uint8Array(16).fill(1),
      }),
    });
    const consent = (type: number, requestByte: number, body: Uint8Array) =>
      encodeRecord({ family: 3, type, requestId: new Uint8Array(16).fill(requestByte), body });
    const { consentId, certificateId } = this;
    const [purpose, mode] = [ConsentPurpose.LOAN_APPROVAL, ConsentMode.COUNT];
    const grant = encodeConsentGrant({ consentId, certificateId, grantee: 2, purpose, mode, maxUses: 3 });
    const officer = new Uint8Array(16).fill(1);
    const caseCommitment = crypto.sha256(new Uint8Array([14]));
    const use = encodeConsentUse({ consentId, purpose, caseCommitment, handler: officer });
    const batches = [
      [certificate, consent(1, 51, grant), consent(1, 52, grant), consent(3, 53, use)],
      [listing(crypto.sha256(new Uint8Array([8])), 1), listing(this.listedTag, 2), listing(this.absentTag, 3)],
      [listing(crypto.sha256(new Uint8Array([9])), 4)],
    ];
    let previous: Digest = ZERO_DIGEST;
    return batches.map((records, index) => {
      const position = { lane: 0, sequence: index + 1, previous, createdAtMs: sampleTimestampMs - 1000 };
      const entry = sealEntry(crypto, domains, laneSecrets[0] as Uint8Array, position, records);
      previous = entry.header.digest;
      return entry;
    });
  }

  #putFacts(): SparseMerkleMap {
    const { crypto, domains } = this.federation;
    const facts = new SparseMerkleMap(crypto);
    const listing = encodeBlacklistFact({
      listings: [
        {
          location: { lane: 0, sequence: 2, position: 1 },
          severity: Severity.GENERAL,
          decidedOn: sampleDays.listed,
          effectiveFrom: sampleDays.listed,
          publishUntil: sampleDays.listed + 300,
          shareUntil: sampleDays.restrictUntil,
          restrictUntil: sampleDays.restrictUntil,
          disputed: true,
          disputeEffect: DisputeEffect.FLAG,
          lifted: LiftReason.UNSPECIFIED,
          listedAtMs: sampleTimestampMs - 5000,
        },
      ],
    });
    const certificate = encodeCertificateFact({
      location: { lane: 0, sequence: 1, position: 0 },
      state: CertificateState.ACTIVE,
      addressedTo: undefined,
      issuedOn: sampleDays.certified,
      validUntil: sampleDays.certificateUntil,
      commitment: crypto.sha256(new Uint8Array([7])),
      holderKey: new Uint8Array(),
      issuedAtMs: sampleTimestampMs - 5000,
      endedBy: undefined,
      endedAtMs: 0,
      revokeReason: RevokeReason.UNSPECIFIED,
      supersededBy: new Uint8Array(),
      conflictsWith: [],
      subjectTag: crypto.sha256(new Uint8Array([6])),
    });
    const consent = encodeConsentFact({
      location: { lane: 0, sequence: 1, position: 1 },
      certificateId: this.certificateId,
      grantee: 1,
      purpose: ConsentPurpose.LOAN_APPROVAL,
      mode: ConsentMode.COUNT,
      fromMs: 0,
      toMs: 0,
      maxUses: 3,
      uses: 1,
      withdrawnBy: undefined,
      withdrawnAtMs: 0,
      grantedAtMs: sampleTimestampMs - 5000,
      holderKey: crypto.sha256(new Uint8Array([15])),
    });
    facts.apply(5, [
      { key: consentFactKey(domains, this.consentId), value: consent },
      { key: blacklistFactKey(domains, this.listedTag), value: listing },
      { key: certificateFactKey(domains, this.certificateId), value: certificate },
      ...[10, 11, 12, 13].map((byte) => ({ key: crypto.sha256(new Uint8Array([byte])), value: listing })),
    ]);
    return facts;
  }
}
