import { create } from '@bufbuild/protobuf';
import { encodeMessage } from '../src/codec/index.ts';
import type { Crypto } from '../src/crypto/index.ts';
import { BlacklistListSchema } from '../src/gen/hansa/v1/families_pb.ts';
import { defaultParameters, defaultPolicy, encodeGenesis, parseGenesis } from '../src/genesis/index.ts';
import type { Genesis, Parameters } from '../src/genesis/types.ts';
import { encodeRecord } from '../src/records/index.ts';

export interface TestAuthority {
  readonly laneSecret: Uint8Array;
  readonly voteSecret: Uint8Array;
}

export interface TestFederation {
  readonly genesis: Genesis;
  readonly genesisBytes: Uint8Array;
  readonly authorities: readonly TestAuthority[];
}

/** Noon of 2026-06-01 UTC. */
export const TEST_TIME_MS = Date.UTC(2026, 5, 1, 12);
const DAY_MS = 86_400_000;
export const TEST_DAY = Math.floor((TEST_TIME_MS + 480 * 60_000) / DAY_MS);

const NAMES = ['haikou', 'sanya', 'danzhou', 'qionghai', 'wenchang', 'wanning', 'dongfang'];

/** Names and a genesis of `n` authorities with keys that depend on their number only. */
export function testFederation(crypto: Crypto, n: number, parameters: Partial<Parameters> = {}): TestFederation {
  const authorities = Array.from({ length: n }, (_, index) => ({
    laneSecret: seed(crypto, `lane ${index}`),
    // A BLS secret must be below the group order: a leading zero byte makes it so.
    voteSecret: seed(crypto, `vote ${index}`).fill(0, 0, 1),
  }));
  const genesisBytes = encodeGenesis({
    name: 'test federation',
    testFederation: true,
    createdAtMs: TEST_TIME_MS - DAY_MS,
    authorities: authorities.map(({ laneSecret, voteSecret }, index) => ({
      name: NAMES[index] ?? `city${index}`,
      displayName: `City ${index}`,
      laneKey: crypto.ed25519.publicKey(laneSecret),
      voteKey: crypto.bls.publicKey(voteSecret),
      voteKeyProof: crypto.bls.provePossession(voteSecret),
      peerId: `12D3KooW${'A'.repeat(40)}${'ABCDEFGHJK'[index]}`,
      addresses: [],
    })),
    observers: [],
    utcOffsetMinutes: 480,
    policy: defaultPolicy,
    parameters: { ...defaultParameters, ...parameters },
    interimSubjectKeyCheck: new Uint8Array(32),
  });
  const genesis = parseGenesis(crypto, genesisBytes);
  if (!genesis.ok) throw new Error(genesis.error.message);
  return { genesis: genesis.value, genesisBytes, authorities };
}

function seed(crypto: Crypto, label: string): Uint8Array {
  return crypto.sha256(new TextEncoder().encode(`hansa test seed: ${label}`)).slice();
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
