import { readdirSync, readFileSync, statSync } from 'node:fs';
import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { CeremonyMaker } from '../../test/ceremony-fixture.ts';
import { ConsentMaker } from '../../test/consent-fixture.ts';
import { EvidenceMaker } from '../../test/evidence-fixture.ts';
import { fixtureGenesis, LedgerDriver, noonOf, RecordMaker, TODAY } from '../../test/ledger-fixture.ts';
import { change, MembershipChangeKind, MembershipMaker, newKeys } from '../../test/membership-fixture.ts';
import { utf8 } from '../bytes.ts';
import { portableCrypto as crypto, Domains } from '../crypto/index.ts';
import { errorCodes } from '../error-codes.ts';
import { unwrap } from '../errors.ts';
import {
  encodeAccessBatch,
  encodeAccessErased,
  encodeMembershipEvidence,
  OprfCeremonyKind,
} from '../families/index.ts';
import { type Evidence, VoteKind } from '../gen/hansa/v1/consensus_pb.ts';
import {
  ConsentMode,
  ConsentPurpose,
  DisputeEffect,
  DisputeState,
  ErasureReason,
} from '../gen/hansa/v1/families_pb.ts';
import { RecordRefSchema } from '../gen/hansa/v1/record_pb.ts';
import type { Genesis } from '../genesis/types.ts';
import { limits } from '../limits.ts';
import { decodeRecord, encodeRecord, signAsActor, toRecordRef } from '../records/index.ts';
import { Ledger } from './index.ts';

const genesis = fixtureGenesis(crypto, 4);
const domains = new Domains(crypto, genesis.federationId);
const maker = new RecordMaker(crypto);
const ceremonies = new CeremonyMaker(crypto, maker);
const signed = new EvidenceMaker(crypto, domains);
const elsewhere = new EvidenceMaker(crypto, new Domains(crypto, crypto.sha256(utf8('elsewhere'))));

const place = { lane: 0, sequence: 1, position: 0 };
const evidence = (proof: Evidence) => maker.record(5, 1, encodeMembershipEvidence(proof));
const fork = (of: EvidenceMaker, parts = {}) => of.fork(of.header(2, 5, 'a', parts), of.header(2, 5, 'b', parts));
const actors = (...secrets: number[]) => {
  const { family, type, requestId, body } = unwrap(decodeRecord(maker.issue('signed')));
  const draft = { family, type, requestId, body };
  const made = secrets.map((secret) => signAsActor(crypto, domains, draft, new Uint8Array(32).fill(secret)));
  return { draft, made };
};
const accesses = (fromMs: number, toMs: number) => {
  const times = { fromMs: BigInt(fromMs), toMs: BigInt(toMs) };
  return maker.record(4, 1, encodeAccessBatch({ ...times, root: maker.tag('root'), count: 1 }));
};
const erasure = () => {
  const record = create(RecordRefSchema, toRecordRef(place));
  return maker.record(4, 2, encodeAccessErased({ record, commitment: maker.tag('c'), reason: ErasureReason.EXPIRED }));
};
const request = maker.list('request');
const consents = new ConsentMaker(maker, domains);
/** A certificate of city 0 whose holder has a key. */
const held = () => maker.issue('c', { holderKey: consents.holderKey('c') });
const timed = (from: number, to: number) => ({
  mode: ConsentMode.TIME_COUNT,
  fromMs: BigInt(noonOf(TODAY + from)),
  toMs: BigInt(noonOf(TODAY + to)),
});

const members = new MembershipMaker(crypto);
const lost = newKeys(crypto, 'qionghai', 'lost').member;
const changed = (parts: Partial<typeof lost>) => change(MembershipChangeKind.RECOVER, 3, { ...lost, ...parts });
const recovery = changed({});
/** The first city as a genesis file may have it, with a peer id that is one. */
const sameAsBefore = newKeys(crypto, 'haikou', 'same').member;
const withSame: Genesis = { ...genesis, authorities: [{ index: 0, ...sameAsBefore }, ...genesis.authorities.slice(1)] };
const threeMonths = [3, 3, 3] as const;
const withShortest: Genesis = {
  ...genesis,
  policy: {
    ...genesis.policy,
    listing: {
      ...genesis.policy.listing,
      ...{ publishMonthsMin: threeMonths, shareMonthsMin: threeMonths, restrictMonthsMin: threeMonths },
    },
  },
};
/** Federations of another size or policy, for rules that these four cities cannot break. */
const otherGenesis: Record<string, Genesis> = {
  MEMBERSHIP_CHANGE_EMPTY: withSame,
  MEMBERSHIP_SET_SIZE: fixtureGenesis(crypto, 1),
  PUBLISH_TOO_SHORT: withShortest,
  RESTRICT_TOO_SHORT: withShortest,
  SHARE_TOO_SHORT: withShortest,
};

/** Steps of one lane each, on a new ledger; the last one is rejected with the code. */
type Step = readonly [lane: number, records: Uint8Array | readonly Uint8Array[], today?: number];

/** Two cities have dealt; three hold their shares; it is settled. */
const dealt: readonly Step[] = [
  [0, ceremonies.open('a')],
  [0, ceremonies.deal('a', 0)],
  [1, ceremonies.deal('a', 1)],
];
const settled: readonly Step[] = [
  ...dealt,
  ...[0, 1, 2].map((city): Step => [city, ceremonies.hold('a', 0, 1)]),
  [0, ceremonies.settle('a', 0, 1)],
];
const reshare = { generation: 2, kind: OprfCeremonyKind.RESHARE };

const propose = (what: ReturnType<typeof change>) => members.propose(genesis, what, noonOf(TODAY + 1));
/** A proposal of the first city; and one that three of four approved. */
const proposed: Step = [0, propose(recovery)];
const decided: readonly Step[] = [proposed, [1, members.approve(place)], [2, members.approve(place)]];

/** How each code of the ledger comes about. */
const scenarios: Readonly<Record<string, () => readonly Step[]>> = {
  ACCESS_PERIOD_INVALID: () => [[0, accesses(2, 1)]],
  ACCESS_PERIOD_NOT_NEXT: () => [
    [0, accesses(1, 2)],
    [0, accesses(1, 2)],
  ],
  ACCESS_PERIOD_NOT_OVER: () => [[0, accesses(1, 2 ** 50)]],
  ACTOR_REPEATED: () => {
    const { draft, made } = actors(1, 1);
    return [[0, encodeRecord({ ...draft, actors: made })]];
  },
  ACTOR_SIGNATURE_INVALID: () => {
    const { draft, made } = actors(1);
    return [[0, encodeRecord({ ...draft, requestId: new Uint8Array(16).fill(1), actors: made })]];
  },
  ADDRESSEE_UNKNOWN: () => [[0, maker.issue('c', { addressedTo: 5 })]],
  AMEND_EMPTY: () => [[0, maker.amend('a', place, {})]],
  AMEND_HARSHER: () => [
    [0, maker.list('a')],
    [0, maker.amend('a', place, { restrictUntil: TODAY + 301 })],
  ],
  APPROVERS_NOT_DISTINCT: () => [[0, maker.list('a', { approver: maker.officer('handler') })]],
  AUTHORITY_QUARANTINED: () => [
    [0, evidence(fork(signed))],
    [2, maker.list('a')],
  ],
  CATALOGUE_REF_INVALID: () => [[0, maker.list('a', { catalogueRef: 'a b' })]],
  CERTIFICATES_TOO_MANY: () =>
    Array.from({ length: limits.certificatesPerSubjectMax + 1 }, (_, number): Step => {
      return [0, maker.issue(`c${number}`, { subjectTag: maker.tag('c') })];
    }),
  CERTIFICATE_EXISTS: () => [
    [0, maker.issue('c')],
    [1, maker.issue('c')],
  ],
  CERTIFICATE_EXPIRED: () => [
    [0, maker.issue('c')],
    [1, maker.use('c'), TODAY + 61],
  ],
  CERTIFICATE_NOT_ADDRESSED: () => [
    [0, maker.issue('c', { addressedTo: 2 })],
    [2, maker.use('c')],
  ],
  CERTIFICATE_REVOKED: () => [
    [0, maker.issue('c')],
    [0, maker.revoke('c')],
    [1, maker.use('c')],
  ],
  CERTIFICATE_SUPERSEDED: () => [
    [0, maker.issue('c')],
    [0, maker.supersede('c', 'd')],
    [1, maker.use('c')],
  ],
  CERTIFICATE_UNKNOWN: () => [[1, maker.use('c')]],
  CERTIFICATE_USED: () => [
    [0, maker.issue('c')],
    [1, maker.use('c')],
    [2, maker.use('c')],
  ],
  CERTIFICATE_WITHOUT_HOLDER: () => [
    [0, maker.issue('c')],
    [0, consents.grant('c')],
  ],
  CONSENT_BOUNDS_INVALID: () => [[0, consents.grant('c', { maxUses: 101 })]],
  CONSENT_EXHAUSTED: () => [
    [0, held()],
    [0, consents.grant('c', { maxUses: 1 })],
    [1, consents.use('c')],
    [1, consents.use('c')],
  ],
  CONSENT_EXISTS: () => [
    [0, held()],
    [0, consents.grant('c')],
    [2, consents.grant('c')],
  ],
  CONSENT_EXPIRED: () => [
    [0, held()],
    [0, consents.grant('c', timed(0, 1))],
    [1, consents.use('c'), TODAY + 1],
  ],
  CONSENT_GRANTEE_UNKNOWN: () => [[0, consents.grant('c', { grantee: 5 })]],
  CONSENT_NOT_BY_HOLDER: () => [
    [0, held()],
    [0, consents.grant('c', {}, { name: 'forger' })],
  ],
  CONSENT_NOT_GRANTEE: () => [
    [0, held()],
    [0, consents.grant('c')],
    [2, consents.use('c')],
  ],
  CONSENT_NOT_YET: () => [
    [0, held()],
    [0, consents.grant('c', timed(1, 2))],
    [1, consents.use('c')],
  ],
  CONSENT_UNKNOWN: () => [[1, consents.use('c')]],
  CONSENT_WITHDRAWN: () => [
    [0, held()],
    [0, consents.grant('c')],
    [3, consents.withdraw('c')],
    [1, consents.use('c')],
  ],
  CONSENT_WRONG_PURPOSE: () => [
    [0, held()],
    [0, consents.grant('c')],
    [1, consents.use('c', { purpose: ConsentPurpose.TRANSFER })],
  ],
  DATES_OUT_OF_ORDER: () => [[0, maker.list('a', { effectiveFrom: TODAY - 31 })]],
  DATE_MISSING: () => [[0, maker.list('a', { noticeDate: 0 })]],
  DATE_OUT_OF_RANGE: () => [[0, maker.list('a', { shareUntil: 4_000_000_000 })]],
  DECISION_IN_FUTURE: () => [[0, maker.list('a', { decidedOn: TODAY + 1, effectiveFrom: TODAY + 1 })]],
  DISPUTE_ALREADY_OPEN: () => [
    [0, maker.list('a')],
    [1, maker.dispute('a', place)],
    [2, maker.dispute('a', place)],
  ],
  DISPUTE_ONLY_FLAGS: () => [
    [0, maker.list('a')],
    [1, maker.dispute('a', place, DisputeState.OPEN, { effect: DisputeEffect.SUSPEND })],
  ],
  DISPUTE_NOT_OPEN: () => [
    [0, maker.list('a')],
    [0, maker.dispute('a', place, DisputeState.CLOSED)],
  ],
  ERASURE_KNOWN: () => [
    [0, erasure()],
    [0, erasure()],
  ],
  EVIDENCE_KNOWN: () => [
    [0, evidence(fork(signed))],
    [1, evidence(fork(signed))],
  ],
  EVIDENCE_NOT_CHECKED: () => [[0, [evidence(fork(signed, { signer: 1 })), evidence(fork(signed))]]],
  EVIDENCE_NOT_CONFLICTING: () => {
    const vote = signed.vote(1, VoteKind.NOTARIZE, 4, 'a');
    return [[0, evidence(signed.votes(vote, vote))]];
  },
  EVIDENCE_SIGNATURE_INVALID: () => [[0, evidence(fork(signed, { signer: 1 }))]],
  FAMILY_UNKNOWN: () => [[0, maker.record(99, 1, utf8('x'))]],
  ISSUED_IN_FUTURE: () => [[0, maker.issue('c', { issuedOn: TODAY + 1 })]],
  LISTINGS_TOO_MANY: () => Array.from({ length: limits.listingsPerCityMax + 1 }, (): Step => [0, maker.list('a')]),
  LISTING_EXPIRED: () => [[0, maker.list('a', { publishUntil: 0, shareUntil: 0, restrictUntil: TODAY - 1 })]],
  LISTING_LIFTED: () => [
    [0, maker.list('a')],
    [1, maker.list('a')],
    [0, maker.lift('a', place)],
    [0, maker.lift('a', place)],
  ],
  LISTING_UNKNOWN: () => [[0, maker.lift('a', place)]],
  MALFORMED: () => [[0, utf8('?')]],
  NOT_CERTIFICATE_ISSUER: () => [
    [0, maker.issue('c')],
    [1, maker.revoke('c')],
  ],
  NOT_LISTING_CITY: () => [
    [0, maker.list('a')],
    [1, maker.lift('a', place)],
  ],
  MEMBERSHIP_APPROVED_ALREADY: () => [proposed, [0, members.approve(place)]],
  MEMBERSHIP_CHANGE_EMPTY: () => [[0, propose(change(MembershipChangeKind.ROTATE, 0, sameAsBefore))]],
  MEMBERSHIP_CHANGE_WRONG: () => [[3, propose(recovery)]],
  MEMBERSHIP_DECIDED: () => [...decided, [2, members.approve(place)]],
  MEMBERSHIP_EPOCH_WRONG: () => [[0, members.propose({ epoch: 1 }, recovery, noonOf(TODAY + 1))]],
  MEMBERSHIP_EXPIRY_WRONG: () => [[0, members.propose(genesis, recovery, noonOf(TODAY - 1))]],
  MEMBERSHIP_KEY_TAKEN: () => [[0, propose(changed({ laneKey: genesis.authorities[1]?.laneKey ?? lost.laneKey }))]],
  MEMBERSHIP_NAME_TAKEN: () => [[0, propose(change(MembershipChangeKind.ADD, 4, lost))]],
  MEMBERSHIP_NOT_PROPOSER: () => [proposed, [1, members.withdraw(place)]],
  MEMBERSHIP_POSSESSION_UNPROVEN: () => [[0, propose(changed({ voteKeyProof: new Uint8Array(96) }))]],
  MEMBERSHIP_PROPOSAL_ENDED: () => [proposed, [0, members.withdraw(place)], [1, members.approve(place)]],
  MEMBERSHIP_PROPOSAL_OPEN: () => [proposed, [0, propose(recovery)]],
  MEMBERSHIP_PROPOSAL_UNKNOWN: () => [[0, members.approve(place)]],
  MEMBERSHIP_SET_SIZE: () => [[0, propose(change(MembershipChangeKind.SUSPEND, 0))]],
  OBJECTION_WINDOW_OPEN: () => [[0, maker.list('a', { objectionUntil: TODAY - 30 })]],
  OBJECTION_WINDOW_SHORT: () => [[0, maker.list('a', { objectionUntil: TODAY - 59 })]],
  OPRF_CEREMONY_ID_TAKEN: () => [...settled, [1, ceremonies.open('a', reshare)]],
  OPRF_CEREMONY_OPEN: () => [
    [0, ceremonies.open('a')],
    [1, ceremonies.open('b')],
  ],
  OPRF_CEREMONY_UNKNOWN: () => [[0, ceremonies.deal('a', 0)]],
  OPRF_DEALERS_TOO_FEW: () => [...dealt, [0, ceremonies.settle('a', 0)]],
  OPRF_DEALT_ALREADY: () => [...dealt, [0, ceremonies.deal('a', 0)]],
  OPRF_DEAL_MISSING: () => [...dealt, [0, ceremonies.hold('a', 3)]],
  OPRF_DEAL_WRONG_DEGREE: () => [...dealt, [3, ceremonies.deal('a', 3, 1)]],
  OPRF_GENERATION_WRONG: () => [[0, ceremonies.open('a', { generation: 2 })]],
  OPRF_HOLDS_TOO_FEW: () => [...dealt, [0, ceremonies.settle('a', 0, 1)]],
  OPRF_KEY_EXISTS: () => [...settled, [0, ceremonies.open('b', { generation: 2 })]],
  OPRF_KEY_MISSING: () => [[0, ceremonies.open('a', { kind: OprfCeremonyKind.RESHARE })]],
  OPRF_NOTHING_NEW: () => [...dealt, [2, ceremonies.hold('a', 0, 1)], [2, ceremonies.hold('a', 0)]],
  OPRF_NOT_EVALUATOR: () => [...settled, [1, ceremonies.open('b', reshare)], [3, ceremonies.deal('b', 3)]],
  OPRF_THRESHOLD_OUT_OF_RANGE: () => [[0, ceremonies.open('a', { threshold: 1 })]],
  PUBLISH_TOO_LONG: () => [[0, maker.list('a', { publishUntil: TODAY + 400 })]],
  PUBLISH_TOO_SHORT: () => [[0, maker.list('a', { publishUntil: TODAY + 59 })]],
  REQUEST_ALREADY_APPLIED: () => [
    [0, request],
    [0, request],
  ],
  RESTRICT_TOO_LONG: () => [[0, maker.list('a', { restrictUntil: TODAY + 4000 })]],
  RESTRICT_TOO_SHORT: () => [[0, maker.list('a', { restrictUntil: TODAY + 59 })]],
  SHARE_TOO_LONG: () => [[0, maker.list('a', { shareUntil: TODAY + 4000 })]],
  SHARE_TOO_SHORT: () => [[0, maker.list('a', { shareUntil: TODAY + 59 })]],
  TYPE_UNKNOWN: () => [[0, maker.record(1, 5, utf8('x'))]],
  VALIDITY_TOO_LONG: () => [[0, maker.issue('c', { validUntil: TODAY + 90 })]],
  WRONG_EPOCH: () => [[0, evidence(fork(signed, { epoch: 1 }))]],
  WRONG_FEDERATION: () => [[0, evidence(fork(elsewhere))]],
};

describe('rejections (L1)', () => {
  it.each(Object.keys(scenarios))(
    '%s is reached, is the last of its steps, and leaves the facts as they were',
    (code) => {
      const federation = otherGenesis[code] ?? genesis;
      const driver = new LedgerDriver(new Ledger({ genesis: federation, crypto, domains }), crypto);
      const steps = scenarios[code]?.() ?? [];
      steps.forEach(([lane, given, today], index) => {
        const before = driver.ledger.checkpoint()?.stateRoot;
        const last = index === steps.length - 1;
        const records = given instanceof Uint8Array ? [given] : given;
        const { outcomes } = driver.block({ [lane]: records }, today ?? TODAY);
        expect(outcomes.at(-1)?.rejected).toBe(last ? code : undefined);
        if (last) expect(driver.ledger.checkpoint()?.stateRoot).toEqual(before);
      });
    },
  );

  it('are all in this table: no rule names a code that no example reaches', () => {
    const roots = ['../families', '../evidence', '../records/actors.ts', './block-execution.ts'];
    const source = roots.map((root) => readSources(new URL(root, import.meta.url).pathname)).join('\n');
    const named = new Set([...source.matchAll(/'([A-Z][A-Z_]+)'/g)].map(([, code]) => code as string));
    const codes = [...named].filter((code) => code in errorCodes && code !== 'FACT_MALFORMED');
    expect(Object.keys(scenarios).sort()).toEqual(codes.sort());
  });
});

function readSources(path: string): string {
  if (!statSync(path).isDirectory()) return readFileSync(path, 'utf8');
  return readdirSync(path)
    .filter((name) => !name.endsWith('.test.ts'))
    .map((name) => readSources(`${path}/${name}`))
    .join('\n');
}
