import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { nativeCrypto as crypto } from '../../node/src/crypto/index.ts';
import { decodeStrict, encodeMessage } from '../src/codec/index.ts';
import { decodeBlock } from '../src/consensus/block.ts';
import { VoteKind } from '../src/consensus/votes.ts';
import { unwrap } from '../src/errors.ts';
import { memberFactKey } from '../src/families/index.ts';
import { QuorumCertificateSchema } from '../src/gen/hansa/v1/consensus_pb.ts';
import {
  AuthorityMemberSchema,
  AuthoritySetSchema,
  AuthorityStanding,
  MembershipChangeSchema,
} from '../src/gen/hansa/v1/families_pb.ts';
import { type SealProof, SealProofSchema } from '../src/gen/hansa/v1/receipt_pb.ts';
import { authoritySetDigest, epochOf, nextEpoch, votersOf } from '../src/genesis/authority-set.ts';
import { encodeReceipt, verifyReceipt } from '../src/receipt/index.ts';
import { verifySeals } from '../src/receipt/seals.ts';
import { keys, readSeals } from '../src/replica/index.ts';
import { listingRecord, testFederation } from './cities.ts';
import { areIn, decideIn, outcomeIn, sealedIn, storedIn } from './epoch-fixture.ts';
import { change, MembershipChangeKind, MembershipMaker, newKeys } from './membership-fixture.ts';
import { ScriptedNetwork } from './scripted-network.ts';
import { Voices } from './voices.ts';

const [HAIKOU, SANYA, DANZHOU, QIONGHAI] = [0, 1, 2, 3];
const federation = testFederation(crypto, 4, undefined, 'ed25519');
const fresh = newKeys(crypto, 'qionghai', 'after the loss');
const recover = change(MembershipChangeKind.RECOVER, QIONGHAI, fresh.member);

describe('C12: receipts of a later epoch', () => {
  it('C12: prove their set from the genesis file alone, and the records of the epoch before', async () => {
    const network = new ScriptedNetwork(federation, crypto);
    await network.startJoined();
    await decideIn(network, new MembershipMaker(crypto), HAIKOU, recover, [SANYA, DANZHOU]);
    await network.until(() => areIn(network, [HAIKOU, SANYA, DANZHOU], 1), 20_000);
    const under = sealedIn(network, HAIKOU, network.submit(HAIKOU, [listingRecord(crypto, 0)]));
    const { ledger } = network.replica(HAIKOU);
    const isProven = () => (network.replica(HAIKOU).proofBase()?.epoch ?? 0) === 1;
    await network.until(() => outcomeIn(network, HAIKOU, under) === 'applied' && isProven(), 20_000);
    const base = network.replica(HAIKOU).proofBase();
    const store = network.cities[HAIKOU]?.store;
    if (base === undefined || store === undefined) throw new Error('the city can prove something');
    const { factsRoot, requestsDigest } = ledger.checkpoint(base.checkpointHeight) ?? {};
    if (factsRoot === undefined || requestsDigest === undefined) throw new Error('the proven state is kept');
    const seals = await readSeals(store, 1, (epoch) => ledger.changeOf(epoch));
    const key = memberFactKey(federation.domains, QIONGHAI);
    const parts = { ...base, factsRoot, requestsDigest, facts: [ledger.proveFact(key, base.checkpointHeight)] };
    const codeOf = (given: readonly Uint8Array[]) => {
      const verified = verifyReceipt(
        { genesis: federation.genesis, crypto },
        encodeReceipt(crypto, { ...parts, seals: given }),
      );
      return verified.ok ? verified.value.federation : verified.error.code;
    };
    const proven = codeOf(seals);
    expect(typeof proven === 'string' ? proven : epochOf(proven)).toBe(1);
    expect(typeof proven === 'string' ? proven : proven.sinceMs).toBe(network.replica(HAIKOU).genesis.sinceMs);
    expect(typeof proven === 'string' ? undefined : proven.authorities[QIONGHAI]?.laneKey).toEqual(
      fresh.member.laneKey,
    );
    // A city that is in the later epoch begins at the genesis file as well.
    const later = { genesis: network.replica(HAIKOU).genesis, crypto };
    expect(verifyReceipt(later, encodeReceipt(crypto, { ...parts, seals })).ok).toBe(true);
    expect(codeOf([])).toBe('RECEIPT_WRONG_EPOCH');
    const altered = (change: (seal: SealProof) => void) => {
      const seal = unwrap(decodeStrict(SealProofSchema, seals[0] ?? new Uint8Array(0)));
      change(seal);
      return codeOf([encodeMessage(SealProofSchema, seal)]);
    };
    expect(altered(() => undefined)).toEqual(proven);
    const other = encodeMessage(MembershipChangeSchema, change(MembershipChangeKind.REMOVE, QIONGHAI));
    expect(altered((seal) => (seal.change = other))).toBe('RECEIPT_BAD_SEAL');
    expect(altered((seal) => (seal.blocks = []))).toBe('RECEIPT_BAD_SEAL');
    expect(altered((seal) => (seal.blocks = [base.block, ...seal.blocks]))).toBe('RECEIPT_BAD_SEAL');
    const { block, finalization } = base;
    const voted = unwrap(decodeStrict(QuorumCertificateSchema, finalization));
    expect(altered((seal) => Object.assign(seal, { finalization: voted, blocks: [block] }))).toBe('RECEIPT_BAD_SEAL');
    const first = network.effects(HAIKOU, 'finalized')[0];
    const blockOf = await storedIn(network, HAIKOU, keys.block(first?.height ?? 1));
    expect(altered((seal) => (seal.blocks = [...seal.blocks, blockOf]))).toBe('RECEIPT_BAD_SEAL');
    const voices = new Voices(federation, crypto);
    const sealBlock = unwrap(
      decodeBlock(
        federation.domains,
        4,
        unwrap(decodeStrict(SealProofSchema, seals[0] ?? new Uint8Array(0))).blocks[0] ?? block,
      ),
    );
    const notarized = voices.certificate(VoteKind.NOTARIZE, sealBlock.view, sealBlock.digest);
    expect(
      altered((seal) => {
        seal.finalization = unwrap(decodeStrict(QuorumCertificateSchema, notarized));
        seal.blocks = [sealBlock.bytes];
      }),
    ).toBe('RECEIPT_BAD_SEAL');
  });

  it('C12: a made-up seal is not proven by a final block that does not stand on it', () => {
    const { genesis, domains } = federation;
    const voices = new Voices(federation, crypto);
    const digest = (fill: number) => new Uint8Array(32).fill(fill);
    const nextAuthoritySet = authoritySetDigest(domains, nextEpoch(genesis, recover, 1));
    const checkpoint = { height: 4, historySize: 1, historyRoot: digest(1), stateRoot: digest(2), nextAuthoritySet };
    const fields = { epoch: 0, timestampMs: 1, advances: [], checkpoint };
    const seal = voices.block({ ...fields, view: 7, height: 5, parent: digest(3), parentView: 6 });
    const epochsWith = (parent: Uint8Array) => {
      const last = voices.block({ ...fields, view: 8, height: 6, parent, parentView: 7 });
      const finalization = voices.certificate(VoteKind.FINALIZE, 8, last.digest);
      const proof = create(SealProofSchema, {
        finalization: unwrap(decodeStrict(QuorumCertificateSchema, finalization)),
        ...{ blocks: [seal.bytes, last.bytes], change: encodeMessage(MembershipChangeSchema, recover) },
      });
      const epochs = verifySeals({ genesis, crypto }, domains, [proof]);
      return epochs.ok ? epochs.value.map(epochOf) : epochs.error.code;
    };
    expect(epochsWith(seal.digest)).toEqual([0, 1]);
    expect(epochsWith(digest(4))).toBe('RECEIPT_BAD_SEAL');
  });

  it('C12: the digest of a set is over the canonical bytes of AuthoritySet', () => {
    const next = nextEpoch(nextEpoch(federation.genesis, recover, 0), change(MembershipChangeKind.SUSPEND, SANYA), 0);
    const seats = next.authorities.map(({ index: _, standing, ...member }) => ({
      member: create(AuthorityMemberSchema, { ...member, addresses: [...member.addresses] }),
      standing: standing === undefined ? AuthorityStanding.UNSPECIFIED : AuthorityStanding.SUSPENDED,
    }));
    const bytes = encodeMessage(AuthoritySetSchema, create(AuthoritySetSchema, { epoch: 2n, seats }));
    expect(authoritySetDigest(federation.domains, next)).toEqual(federation.domains.digest('authority-set', bytes));
    expect(votersOf(next).map(({ index }) => index)).toEqual([HAIKOU, DANZHOU, QIONGHAI]);
  });
});
