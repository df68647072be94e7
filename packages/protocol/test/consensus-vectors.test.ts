import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fromHex as bytesOf, toHex } from '../src/bytes.ts';
import { decodeStrict } from '../src/codec/index.ts';
import { decodeBlock, encodeBlock } from '../src/consensus/block.ts';
import { decodeProposal, verifyQuorumCertificate } from '../src/consensus/index.ts';
import { decodeStatement, decodeVote } from '../src/consensus/votes.ts';
import { portableCrypto as crypto } from '../src/crypto/index.ts';
import { unwrap } from '../src/errors.ts';
import { ProposalSchema } from '../src/gen/hansa/v1/consensus_pb.ts';
import type { VoteSchemeName } from '../src/genesis/types.ts';
import { decodeEntry, decodeHeader, encodeHeader, verifyHeaderSignature, verifyRecords } from '../src/lanes/index.ts';
import { recordId } from '../src/records/index.ts';
import { TEST_TIME_MS, TIMING, testFederation } from './cities.ts';
import { FINALIZE, NOTARIZE, NULLIFY, Voices } from './voices.ts';

const FILE = fileURLToPath(new URL('../../../test/vectors/consensus.vectors.json', import.meta.url));
const schemes = ['bls12381', 'ed25519'] as const;

/**
 * What another implementation must write, byte for byte, from the same fields and keys. To make the file anew after a
 * deliberate change of the protocol: `npx vitest run packages/protocol/test/consensus-vectors.test.ts -u`.
 */
function vectors() {
  return {
    about:
      'Bytes are hexadecimal. Secrets are 32 bytes: an Ed25519 seed and a BLS scalar. Digests and signatures as in docs/spec.',
    federations: Object.fromEntries(schemes.map((scheme) => [scheme, federationVectors(scheme)])),
  };
}

function federationVectors(scheme: VoteSchemeName) {
  const federation = testFederation(crypto, 4, TIMING, scheme);
  const { domains, genesis } = federation;
  const voices = new Voices(federation, crypto);
  const records = [new Uint8Array([1]), new Uint8Array([2, 3]), new Uint8Array([4, 5, 6])];
  const first = voices.entry(2, undefined, records.slice(0, 1), { createdAtMs: TEST_TIME_MS });
  const second = voices.entry(2, first.header, records, { createdAtMs: TEST_TIME_MS + 1 });
  const { lane, sequence, digest } = second.header;
  const block = voices.block({
    epoch: 0,
    view: 6,
    height: 3,
    parent: crypto.sha256(new Uint8Array([7])),
    parentView: 4,
    timestampMs: TEST_TIME_MS + 2,
    advances: [{ lane, sequence, digest }],
    checkpoint: {
      height: 2,
      historySize: 5,
      historyRoot: crypto.sha256(new Uint8Array([8])),
      stateRoot: crypto.sha256(new Uint8Array([9])),
      nextAuthoritySet: new Uint8Array(0),
    },
  });
  const kinds = { notarize: NOTARIZE, nullify: NULLIFY, finalize: FINALIZE };
  const about = (kind: number) => (kind === NULLIFY ? undefined : block.digest);
  return {
    federationId: toHex(genesis.federationId),
    authorities: genesis.authorities.map(({ laneKey, voteKey }, index) => ({
      laneSecret: toHex(voices.secrets(index).laneSecret),
      voteSecret: toHex(voices.secrets(index).voteSecret),
      laneKey: toHex(laneKey),
      voteKey: toHex(voteKey),
    })),
    prefixes: Object.fromEntries(
      (['record', 'entry', 'entry-signature', 'block', 'proposal', 'vote'] as const).map((tag) => [
        tag,
        toHex(domains.prefix(tag)),
      ]),
    ),
    entries: [first, second].map(({ header, bytes, records }) => ({
      fields: {
        epoch: header.epoch,
        authority: header.lane,
        sequence: header.sequence,
        previousDigest: toHex(header.previous),
        recordsRoot: toHex(header.recordsRoot),
        recordCount: header.recordCount,
        byteLength: header.byteLength,
        createdAtMs: header.createdAtMs,
      },
      records: records.map(toHex),
      recordIds: records.map((record) => toHex(recordId(domains, record))),
      header: toHex(header.bytes),
      signature: toHex(header.signature),
      entryDigest: toHex(header.digest),
      entry: toHex(bytes),
    })),
    block: {
      fields: {
        ...block.fields,
        parent: toHex(block.fields.parent),
        advances: block.fields.advances.map((advance) => ({ ...advance, digest: toHex(advance.digest) })),
        checkpoint: {
          height: block.fields.checkpoint.height,
          historySize: block.fields.checkpoint.historySize,
          historyRoot: toHex(block.fields.checkpoint.historyRoot),
          stateRoot: toHex(block.fields.checkpoint.stateRoot),
        },
      },
      bytes: toHex(block.bytes),
      blockDigest: toHex(block.digest),
      leader: block.fields.view % 4,
      proposal: toHex(block.proposal),
    },
    votes: Object.entries(kinds).map(([name, kind]) => {
      const vote = voices.vote(1, kind, 6, about(kind));
      return {
        kind: name,
        voter: 1,
        view: 6,
        statement: toHex(vote.statement.bytes),
        signature: toHex(vote.signature),
        vote: toHex(voices.encode(vote)),
      };
    }),
    certificates: Object.entries(kinds).map(([name, kind]) => ({
      kind: name,
      view: 6,
      signers: [0, 1, 3],
      certificate: toHex(voices.certificate(kind, 6, about(kind), { signers: [0, 1, 3] })),
    })),
  };
}

type Vectors = ReturnType<typeof vectors>;

function fromHex(hex: string): Uint8Array {
  const bytes = bytesOf(hex);
  if (bytes === undefined) throw new Error('not hexadecimal');
  return bytes;
}

describe('encodings of agreement and lanes (R1, R3)', () => {
  const made = vectors();

  it('R1: headers, entries, blocks, proposals, votes and certificates are those of the golden vectors', async () => {
    await expect(`${JSON.stringify(made, undefined, 2)}\n`).toMatchFileSnapshot(FILE);
  });

  it.each(schemes)('R1: what the vectors say can be read back and verified: %s', (scheme) => {
    const { federations } = JSON.parse(readFileSync(FILE, 'utf8')) as Vectors;
    const vector = federations[scheme];
    if (vector === undefined) throw new Error(`no vectors of ${scheme}`);
    const { domains, genesis } = testFederation(crypto, 4, TIMING, scheme);
    expect(toHex(genesis.federationId)).toBe(vector.federationId);
    for (const each of vector.entries) {
      const signed = { header: fromHex(each.header), signature: fromHex(each.signature) };
      const entry = unwrap(decodeEntry(domains, genesis, fromHex(each.entry)));
      const header = unwrap(decodeHeader(domains, genesis, { $typeName: 'hansa.v1.SignedHeader', ...signed }));
      expect(toHex(header.digest)).toBe(each.entryDigest);
      expect(toHex(encodeHeader(domains.federationId, header))).toBe(each.header);
      expect(verifyHeaderSignature(crypto, domains, genesis, entry.header)).toBe(true);
      const { records } = unwrap(verifyRecords(crypto, domains, entry));
      expect(records.map((record) => toHex(recordId(domains, record)))).toEqual(each.recordIds);
    }
    const proposal = unwrap(decodeStrict(ProposalSchema, fromHex(vector.block.proposal)));
    const block = unwrap(decodeBlock(domains, 4, proposal.block));
    expect([toHex(proposal.block), toHex(block.digest)]).toEqual([vector.block.bytes, vector.block.blockDigest]);
    expect(toHex(encodeBlock(domains.federationId, block))).toBe(vector.block.bytes);
    const { statement, signature } = unwrap(decodeProposal(domains, 4, fromHex(vector.block.proposal))).signed;
    const leader = genesis.authorities[block.view % 4];
    expect(leader && crypto.ed25519.verify(signature, domains.message('proposal', statement), leader.laneKey)).toBe(
      true,
    );
    for (const each of vector.votes) {
      const vote = unwrap(decodeVote(domains, 4, fromHex(each.vote)));
      expect(toHex(vote.statement.bytes)).toBe(each.statement);
      expect(unwrap(decodeStatement(domains, fromHex(each.statement))).view).toBe(each.view);
    }
    for (const each of vector.certificates) {
      const certified = unwrap(verifyQuorumCertificate({ genesis, crypto, domains }, fromHex(each.certificate)));
      expect(certified).toMatchObject({ view: each.view, signers: each.signers });
    }
  });
});
