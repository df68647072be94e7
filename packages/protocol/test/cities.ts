import { create } from '@bufbuild/protobuf';
import { encodeMessage } from '../src/codec/index.ts';
import { type Crypto, Domains } from '../src/crypto/index.ts';
import { unwrap } from '../src/errors.ts';
import { BlacklistListSchema } from '../src/gen/hansa/v1/families_pb.ts';
import { encodeGenesis, parseGenesis } from '../src/genesis/index.ts';
import type { Genesis, Parameters, VoteSchemeName } from '../src/genesis/types.ts';
import { encodeRecord } from '../src/records/index.ts';
import { testFederation as namedFederation } from './federation.ts';

export interface TestAuthority {
  readonly laneSecret: Uint8Array;
  readonly voteSecret: Uint8Array;
}

/** A federation as the cities of a scripted network know it. */
export interface TestFederation {
  readonly genesis: Genesis;
  readonly domains: Domains;
  readonly authorities: readonly TestAuthority[];
}

/** Noon of 2026-06-01 UTC. */
export const TEST_TIME_MS = Date.UTC(2026, 5, 1, 12);
const DAY_MS = 86_400_000;
export const TEST_DAY = Math.floor((TEST_TIME_MS + 480 * 60_000) / DAY_MS);

/** δ of the scripted networks unless a script says otherwise, and Δ = 10 δ. */
export const DELAY_MS = 10;
export const TIMING: Partial<Parameters> = {
  deltaMs: 100,
  idleIntervalMs: 1000,
  resendMs: 200,
  resyncMs: 400,
  timeoutGrowth: 1.5,
  timeoutCapMs: 2000,
};

/** `n` authorities whose keys depend on their number only. */
export function testFederation(
  crypto: Crypto,
  n: number,
  parameters: Partial<Parameters> = TIMING,
  voteScheme: VoteSchemeName = 'bls12381',
): TestFederation {
  const { draft, laneSecrets, voteSecrets } = namedFederation(crypto, n);
  const bytes = encodeGenesis({
    ...draft,
    createdAtMs: TEST_TIME_MS - DAY_MS,
    voteScheme,
    parameters: { ...draft.parameters, ...parameters },
  });
  const genesis = unwrap(parseGenesis(crypto, bytes));
  const authorities = laneSecrets.map((laneSecret, index) => ({
    laneSecret,
    voteSecret: voteSecrets[index] as Uint8Array,
  }));
  return { genesis, domains: new Domains(crypto, genesis.federationId), authorities };
}

/** The federation after a decision that one of its cities does not vote for now; its keys are as good as ever. */
export function withoutVote(federation: TestFederation, seat: number): TestFederation {
  const { genesis } = federation;
  const authorities = genesis.authorities.map((authority) =>
    authority.index === seat ? { ...authority, standing: 'suspended' as const } : authority,
  );
  return { ...federation, genesis: { ...genesis, authorities } };
}

/** A valid listing; `number` makes subject and request unique. */
export function listingRecord(crypto: Crypto, number: number): Uint8Array {
  const digest = (label: string) => crypto.sha256(new TextEncoder().encode(`${label} ${number}`));
  const body = encodeMessage(
    BlacklistListSchema,
    create(BlacklistListSchema, {
      subjectTag: digest('subject'),
      severity: 2,
      noticeDate: TEST_DAY - 60,
      objectionUntil: TEST_DAY - 45,
      decidedOn: TEST_DAY - 30,
      effectiveFrom: TEST_DAY,
      publishUntil: TEST_DAY + 100,
      shareUntil: TEST_DAY + 200,
      restrictUntil: TEST_DAY + 300,
      handler: digest('handler').slice(0, 16),
      approver: digest('approver').slice(0, 16),
      commitment: digest('payload'),
      catalogueRef: 'fund-2025-07',
    }),
  );
  return encodeRecord({ family: 1, type: 1, requestId: digest('request').slice(0, 16), body });
}

/** Bytes that are no record of any family: executed as rejected, good enough to fill lanes. */
export function bulkRecord(crypto: Crypto, number: number, bytes: number): Uint8Array {
  const record = new Uint8Array(bytes);
  record.set(crypto.sha256(new TextEncoder().encode(`bulk ${number}`)).subarray(0, Math.min(32, bytes)));
  return record;
}
