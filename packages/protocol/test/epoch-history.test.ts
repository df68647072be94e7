import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { nativeCrypto as crypto } from '../../node/src/crypto/index.ts';
import { concatBytes } from '../src/bytes.ts';
import { decodeStrict, encodeMessage } from '../src/codec/index.ts';
import { VoteKind } from '../src/consensus/votes.ts';
import { unwrap } from '../src/errors.ts';
import { QuorumCertificateSchema } from '../src/gen/hansa/v1/consensus_pb.ts';
import { MembershipChangeSchema } from '../src/gen/hansa/v1/families_pb.ts';
import { SealProofSchema } from '../src/gen/hansa/v1/receipt_pb.ts';
import { authoritySetDigest, epochOf, epochsUntil, nextEpoch } from '../src/genesis/authority-set.ts';
import type { Genesis } from '../src/genesis/types.ts';
import { limits } from '../src/limits.ts';
import { SparseMerkleMap } from '../src/merkle/index.ts';
import { encodeFederation, encodeReceipt, federationOf, readFederation, verifyReceipt } from '../src/receipt/index.ts';
import { testFederation } from './federation.ts';
import { change, MembershipChangeKind } from './membership-fixture.ts';
import { Voices } from './voices.ts';

const EPOCHS = limits.receiptSealsMax + 2;
const {
  domains,
  genesis,
  bytes: genesisFile,
  laneSecrets,
  voteSecrets,
} = testFederation(crypto, 4, 'history', 'ed25519');
const authorities = laneSecrets.map((laneSecret, index) => ({
  laneSecret,
  voteSecret: voteSecrets[index] ?? laneSecret,
}));
const voices = new Voices({ domains, genesis, authorities }, crypto);
const fill = (value: number) => new Uint8Array(32).fill(value);

/** A city moves to another address, again and again: each epoch has other authorities, under the same keys. */
const moved = (epoch: number) => {
  const { index: _, standing: __, ...seat } = genesis.authorities[3] as Genesis['authorities'][number];
  const member = { ...seat, addresses: [`/ip4/192.0.2.${epoch % 250}/tcp/7400`] };
  return change(MembershipChangeKind.ROTATE, 3, { $typeName: 'hansa.v1.AuthorityMember', ...member });
};

const { seals, newest } = history(EPOCHS);

describe('C12: a federation that changed more often than one receipt can prove', () => {
  it('proves its receipts to whoever has its federation file, and says so to who has not', () => {
    const receipt = receiptOf(EPOCHS, 2);
    expect(codeOf(genesis, receipt)).toBe('RECEIPT_HISTORY_NEEDED');
    const file = encodeFederation(genesisFile, seals);
    const known = unwrap(readFederation(crypto, file));
    const digests = (last: Genesis) => epochsUntil(last).map((each) => authoritySetDigest(domains, each));
    expect(digests(known)).toEqual(digests(newest));
    expect(known.sinceMs).toBe(newest.sinceMs);
    expect(codeOf(known, receipt)).toBe(EPOCHS);
  });

  it('proves them from a file of before, if the seals of the receipt go on from there', () => {
    const older = (epochs: number) =>
      unwrap(readFederation(crypto, encodeFederation(genesisFile, seals.slice(0, epochs))));
    expect(codeOf(older(2), receiptOf(EPOCHS, 2))).toBe(EPOCHS);
    expect(codeOf(older(9), receiptOf(EPOCHS, 2))).toBe(EPOCHS);
    expect(codeOf(older(1), receiptOf(EPOCHS, 2))).toBe('RECEIPT_HISTORY_NEEDED');
    expect(codeOf(older(EPOCHS), receiptOf(EPOCHS, EPOCHS))).toBe(EPOCHS);
    expect(codeOf(older(EPOCHS - 1), receiptOf(EPOCHS, EPOCHS))).toBe('RECEIPT_HISTORY_NEEDED');
  });

  it('reads receipts of an earlier epoch by its authorities, and knows the later ones all the same', () => {
    for (const epoch of [0, 1, 7]) expect(codeOf(newest, receiptOf(epoch, 0))).toBe(epoch);
    expect(codeOf(newest, receiptOf(7, 0, 8))).toBe('RECEIPT_WRONG_EPOCH');
    const from = federationOf({ genesis: newest, crypto }, receiptOf(7, 0));
    expect(epochOf(unwrap(from))).toBe(EPOCHS);
  });

  it('takes no receipt with more seals than one may have', () => {
    expect(codeOf(genesis, receiptOf(limits.receiptSealsMax, 0))).toBe(limits.receiptSealsMax);
    expect(codeOf(genesis, receiptOf(limits.receiptSealsMax + 1, 0))).toBe('RECEIPT_BAD_SEAL');
    expect(codeOf(newest, receiptOf(EPOCHS, 0))).toBe('RECEIPT_BAD_SEAL');
    expect(federationOf({ genesis, crypto }, receiptOf(EPOCHS, 0)).ok).toBe(false);
  });

  it('has a file that anybody may give: each seal is proven', () => {
    const codeOfFile = (bytes: Uint8Array) => {
      const read = readFederation(crypto, bytes);
      return read.ok ? epochOf(read.value) : read.error.code;
    };
    const [first = fill(0), second = fill(0), third = fill(0)] = seals;
    const file = encodeFederation(genesisFile, [first, second]);
    expect(codeOfFile(genesisFile)).toBe(0);
    expect(codeOfFile(encodeFederation(genesisFile, []))).toBe(0);
    expect(codeOfFile(file)).toBe(2);
    expect(codeOfFile(encodeFederation(genesisFile, [second, first]))).toBe('RECEIPT_BAD_SEAL');
    expect(codeOfFile(encodeFederation(genesisFile, [first, third]))).toBe('RECEIPT_BAD_SEAL');
    expect(codeOfFile(encodeFederation(genesisFile, [sealOf(0, genesis, [0, 1]).proof]))).toBe('RECEIPT_BAD_SEAL');
    expect(codeOfFile(file.subarray(0, file.length - 1))).toBe('FEDERATION_FILE_MALFORMED');
    expect(codeOfFile(concatBytes(file, fill(1)))).toBe('FEDERATION_FILE_MALFORMED');
    expect(codeOfFile(encodeFederation(genesisFile.subarray(1), [first]))).toMatch(/^GENESIS_/);
    expect(codeOfFile(fill(0))).toMatch(/^GENESIS_/);
  });
});

function codeOf(known: Genesis, receipt: Uint8Array): number | string {
  const verified = verifyReceipt({ genesis: known, crypto }, receipt);
  return verified.ok ? epochOf(verified.value.federation) : verified.error.code;
}

/** Of a final block of this epoch; it has the seals from `from` on. `epoch`: what its votes say. */
function receiptOf(seal: number, from: number, epoch = seal): Uint8Array {
  const facts = new SparseMerkleMap(crypto);
  const [factsRoot, requestsDigest] = [facts.root(), fill(5)];
  const checkpoint = {
    ...{ height: 4, historySize: 1, historyRoot: fill(1) },
    stateRoot: domains.digest('state', concatBytes(factsRoot, requestsDigest)),
    nextAuthoritySet: new Uint8Array(0),
  };
  const at = { view: 1000, height: 1000, parent: fill(3), parentView: 999 };
  const block = voices.block({ epoch, timestampMs: 1000, advances: [], checkpoint, ...at });
  return encodeReceipt(crypto, {
    finalization: voices.certificate(VoteKind.FINALIZE, at.view, block.digest, { epoch }),
    ...{ block: block.bytes, factsRoot, requestsDigest, facts: [facts.prove(fill(9))] },
    ...{ seals: seals.slice(from, seal), sealsFrom: from },
  });
}

function history(epochs: number) {
  const made: Uint8Array[] = [];
  let present: Genesis = genesis;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const { proof, next } = sealOf(epoch, present);
    made.push(proof);
    present = next;
  }
  return { seals: made, newest: present };
}

function sealOf(epoch: number, present: Genesis, signers?: readonly number[]) {
  const decided = moved(epoch);
  const next = nextEpoch(present, decided, epoch + 1);
  const nextAuthoritySet = authoritySetDigest(domains, next);
  const checkpoint = { height: 4, historySize: 1, historyRoot: fill(1), stateRoot: fill(2), nextAuthoritySet };
  const at = { view: epoch, height: epoch + 5, parent: fill(3), parentView: epoch };
  const block = voices.block({ epoch, timestampMs: epoch + 1, advances: [], checkpoint, ...at });
  const options = { epoch, ...(signers === undefined ? {} : { signers }) };
  const finalization = voices.certificate(VoteKind.FINALIZE, at.view, block.digest, options);
  const proof = create(SealProofSchema, {
    finalization: unwrap(decodeStrict(QuorumCertificateSchema, finalization)),
    ...{ blocks: [block.bytes], change: encodeMessage(MembershipChangeSchema, decided) },
  });
  return { proof: encodeMessage(SealProofSchema, proof), next };
}
