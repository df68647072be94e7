import { decodeVote, encodeBlock, VoteKind, verifyQuorumCertificate } from '@hansa/protocol/consensus';
import { voteScheme } from '@hansa/protocol/genesis';
import { verifyHeaderSignature } from '@hansa/protocol/lanes';
import { splitEnvelope } from '@hansa/protocol/replica';
import { describe, expect, it } from 'vitest';
import { createFederation } from '../crypto/federation.ts';
import { runCrypto } from '../crypto/run-crypto.ts';
import { settle } from '../scenario/defaults.ts';
import type { Federation } from '../world/contract.ts';
import { forgedVote } from './forgery.ts';
import { understand } from './speech.ts';
import { createVoice } from './voice.ts';

const CORRUPTED = [1, 2];
const BLOCK = new Uint8Array(32).fill(7);

function federationOf(mode: 'cost' | 'real', scheme: 'ed25519' | 'bls12381'): Federation {
  const scenario = { format: 'hansa-scenario/1', name: 'x', shows: 'x', topology: { cities: 4 } } as const;
  const cities = [0, 1, 2, 3].map((index) => ({ name: `city-${index}`, displayName: `City ${index}` }));
  return createFederation({
    crypto: runCrypto(mode, 1),
    seed: 1,
    cities,
    observers: [],
    parameters: settle(scenario).parameters,
    voteScheme: scheme,
    createdAtMs: 1_000_000,
  });
}

const federations = (['cost', 'real'] as const).flatMap((mode) =>
  (['ed25519', 'bls12381'] as const).map((scheme) => [mode, scheme, federationOf(mode, scheme)] as const),
);

function payloadOf(frame: Uint8Array | undefined): Uint8Array {
  const envelope = splitEnvelope(frame ?? new Uint8Array(0));
  if (!envelope.ok) throw new Error('not a frame');
  return envelope.value.payload;
}

describe.each(federations)('the voice of the corrupted with %s cryptography, votes by %s', (_, __, federation) => {
  const { genesis, domains, crypto } = federation;
  const voice = createVoice({ federation }, CORRUPTED);
  const block = encodeBlock(domains.federationId, {
    epoch: 0,
    view: 5,
    height: 1,
    parent: BLOCK,
    parentView: 0,
    timestampMs: 1000,
    advances: [
      { lane: 0, sequence: 1, digest: BLOCK },
      { lane: 3, sequence: 2, digest: BLOCK },
    ],
    checkpoint: {
      height: 0,
      historySize: 0,
      historyRoot: BLOCK,
      stateRoot: BLOCK,
      nextAuthoritySet: new Uint8Array(0),
    },
  });

  it.each([0, 3])('says nothing in the name of the honest city %i', (honest) => {
    const missing = expect.objectContaining({ code: 'ADVERSARY_KEY_MISSING' });
    expect(() => voice.vote(honest, VoteKind.NOTARIZE, 1, BLOCK)).toThrow(missing);
    expect(() => voice.entry({ lane: honest, previous: undefined, createdAtMs: 1 }, [BLOCK])).toThrow(missing);
    expect(() => voice.signature(honest, 'proposal', BLOCK)).toThrow(missing);
    expect(() => voice.proposal(block, { view: 4 + honest })).toThrow(missing);
  });

  it('votes as the voter itself would', () => {
    const vote = decodeVote(domains, 4, payloadOf(voice.vote(2, VoteKind.FINALIZE, 9, BLOCK)));
    expect(vote).toMatchObject({
      ok: true,
      value: { voter: 2, statement: { kind: VoteKind.FINALIZE, view: 9, block: BLOCK } },
    });
    if (!vote.ok) return;
    const scheme = voteScheme(crypto, genesis.voteScheme);
    const message = domains.message('vote', vote.value.statement.bytes);
    expect(genesis.authorities.map((authority) => scheme.verify(vote.value.signature, message, authority))).toEqual([
      false,
      false,
      true,
      false,
    ]);
  });

  it('proposes a changed block under the signature of its leader', () => {
    const frame = voice.proposal(block, { timestampMs: 2000, withoutLanes: [3], checkpoint: { height: 7 } });
    const speech = understand(federation, 'consensus', frame ?? new Uint8Array(0));
    expect(speech).toMatchObject({
      kind: 'proposal',
      block: { view: 5, timestampMs: 2000, checkpoint: { height: 7 } },
    });
    if (speech.kind !== 'proposal') return;
    expect(speech.block.advances.map(({ lane }) => lane)).toEqual([0]);
    const signed = domains.message('proposal', speech.signed.statement);
    const leader = genesis.authorities[1]?.laneKey ?? BLOCK;
    expect(crypto.ed25519.verify(speech.signed.signature, signed, leader)).toBe(true);
    expect(voice.proposal(block.subarray(1), {})).toBeUndefined();
  });

  it('seals entries that continue each other', () => {
    const first = voice.entry({ lane: 1, previous: undefined, createdAtMs: 1 }, [BLOCK]);
    const second = voice.entry({ lane: 1, previous: { sequence: 1, digest: first.digest }, createdAtMs: 2 }, [BLOCK]);
    const [one, two] = [first, second].map(({ frame }) => understand(federation, 'lanes', frame));
    if (one?.kind !== 'entry' || two?.kind !== 'entry') throw new Error('not entries');
    expect([one.entry.header.sequence, two.entry.header.sequence]).toEqual([1, 2]);
    expect(two.entry.header.previous).toEqual(one.entry.header.digest);
    for (const { entry } of [one, two])
      expect(verifyHeaderSignature(crypto, domains, genesis, entry.header)).toBe(true);
  });

  it('makes certificates of true votes of a quorum, and of nothing less', () => {
    const all = createVoice({ federation }, [0, 1, 2, 3]);
    const votes = [3, 0, 2].map((voter) => all.vote(voter, VoteKind.NULLIFY, 4, undefined));
    const certificate = voice.certificate(votes);
    const verified = verifyQuorumCertificate(federation, payloadOf(certificate));
    expect(verified).toMatchObject({ ok: true, value: { kind: VoteKind.NULLIFY, view: 4, signers: [0, 2, 3] } });

    const epochs = { present: federation.genesis };
    const coordinator = { world: { federation, epochs }, voice } as unknown as Parameters<
      typeof forgedVote
    >[0]['coordinator'];
    const forged = forgedVote({ coordinator, authority: 1 }, 0, VoteKind.NULLIFY, 4, BLOCK);
    const other = all.vote(0, VoteKind.NULLIFY, 5, undefined);
    const two = votes.filter((_vote, index) => index !== 1);
    expect(voice.certificate(two)).toBeUndefined();
    expect(voice.certificate([...two, two[0] as Uint8Array])).toBeUndefined();
    expect(voice.certificate([...two, forged])).toBeUndefined();
    expect(voice.certificate([...two, other])).toBeUndefined();
    expect(voice.certificate([])).toBeUndefined();
  });
});
