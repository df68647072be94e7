import { VoteKind } from '@hansa/protocol/consensus';
import type { Crypto } from '@hansa/protocol/crypto';
import { type Effect, MemoryStore, type Replica, recoverReplica } from '@hansa/protocol/replica';
import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type SimWorld } from '../world/sim-world.ts';
import { SharedCoordinator } from './coordinator.ts';
import { listenElsewhere } from './elsewhere.ts';
import { type Forger, forgedCertificate, forgedEntry, forgedProposal, forgedVote } from './forgery.ts';
import { renamed } from './replayer.ts';
import { evidenceFrame } from './speech.ts';

/**
 * A forgery that is refused for its form alone proves nothing. Here every forged message meets a city that believes
 * every signature, and is believed: so it is the signature that refuses it elsewhere.
 */
const BLOCK = new Uint8Array(32).fill(9);
const LIAR = 1;
const VICTIM = 2;

/** An authority's replica that hears these frames; `believing`: its cryptography says yes to everything. */
async function hearing(
  world: SimWorld,
  believing: boolean,
  ...heard: readonly (readonly [from: number, frame: Uint8Array])[]
) {
  const { genesis, crypto, secrets } = world.federation;
  const yes = () => true;
  const gullible: Crypto = {
    ...crypto,
    ed25519: { ...crypto.ed25519, verify: yes },
    bls: { ...crypto.bls, verify: yes, verifyAggregate: yes },
  };
  const self = { index: 0, ...(secrets[0] as (typeof secrets)[number]) };
  const options = { genesis, crypto: believing ? gullible : crypto, self };
  const replica: Replica = await recoverReplica(options, new MemoryStore());
  const effects: Effect[] = replica.handle({ kind: 'start', nowMs: world.startMs });
  for (const [from, bytes] of heard) {
    effects.push(...replica.handle({ kind: 'message', nowMs: world.startMs, from, bytes }));
  }
  return { replica, effects };
}

describe.each(['ed25519', 'bls12381'] as const)('what stops a forger is the signature (votes by %s)', (voteScheme) => {
  let world: SimWorld;
  let forger: Forger;

  beforeAll(async () => {
    const topology = { cities: 4 };
    const scenario = { format: 'hansa-scenario/1', name: 'x', shows: 'x', topology, protocol: { voteScheme } } as const;
    world = await createWorld({ scenario, seed: 1 });
    forger = { coordinator: new SharedCoordinator(world, [LIAR]), authority: LIAR };
  });

  const view = async (believing: boolean, ...heard: readonly (readonly [number, Uint8Array])[]) =>
    (await hearing(world, believing, ...heard)).replica.view;
  const accused = async (believing: boolean, frame: Uint8Array | undefined) => {
    const { effects } = await hearing(world, believing, [LIAR, frame ?? BLOCK]);
    return effects.flatMap((effect) => (effect.kind === 'evidence' ? [`${effect.accused} ${effect.type}`] : []));
  };

  it('C6: certificates', async () => {
    const certificate = forgedCertificate(forger, VoteKind.NULLIFY, 1, BLOCK);
    expect(await view(false, [LIAR, certificate])).toBe(1);
    expect(await view(true, [LIAR, certificate])).toBe(2);
  });

  it('C3, G1: votes; and even then a vote must come from its voter', async () => {
    const votes = [1, 2, 3].map((voter) => forgedVote(forger, voter, VoteKind.NULLIFY, 1, BLOCK));
    const own = votes.map((frame, index): [number, Uint8Array] => [index + 1, frame]);
    expect(await view(false, ...own)).toBe(1);
    expect(await view(true, ...own)).toBe(2);
    expect(await view(true, ...votes.map((frame): [number, Uint8Array] => [LIAR, frame]))).toBe(1);
  });

  it('C3: proposals', async () => {
    const like = {
      epoch: 0,
      view: 1,
      height: 1,
      parent: BLOCK,
      parentView: 0,
      timestampMs: world.startMs,
      advances: [],
      checkpoint: {
        height: 0,
        historySize: 0,
        historyRoot: BLOCK,
        stateRoot: BLOCK,
        nextAuthoritySet: new Uint8Array(0),
      },
      bytes: BLOCK,
      digest: BLOCK,
    };
    const heardOf = async (believing: boolean) => {
      const { replica } = await hearing(world, believing, [LIAR, forgedProposal(forger, like, VICTIM)]);
      return replica.status().lanes[VICTIM]?.heardInView;
    };
    expect([await heardOf(false), await heardOf(true)]).toEqual([0, VICTIM]);
  });

  it('R3: entries', async () => {
    const entry = forgedEntry(forger, VICTIM, { previous: undefined, createdAtMs: 1 }, [BLOCK]);
    const held = async (believing: boolean) =>
      (await hearing(world, believing, [LIAR, entry])).replica.status().lanes[VICTIM]?.held;
    expect([await held(false), await held(true)]).toEqual([0, 1]);
  });

  it('C10, R4: evidence of all three kinds', async () => {
    const vote = (block: Uint8Array) => forgedVote(forger, VICTIM, VoteKind.NOTARIZE, 1, block);
    const votes = evidenceFrame(vote(BLOCK), vote(new Uint8Array(32)));
    const entry = (createdAtMs: number) => forgedEntry(forger, VICTIM, { previous: undefined, createdAtMs }, [BLOCK]);
    const entries = evidenceFrame(entry(1), entry(2));
    expect([await accused(false, votes), await accused(false, entries)]).toEqual([[], []]);
    expect([await accused(true, votes), await accused(true, entries)]).toEqual([
      [`${VICTIM} conflicting-votes`],
      [`${VICTIM} lane-fork`],
    ]);
  });

  it('C10: what does not contradict itself is no evidence, signed or not', async () => {
    const notarize = forgedVote(forger, VICTIM, VoteKind.NOTARIZE, 1, BLOCK);
    const others = [
      notarize,
      forgedVote(forger, VICTIM, VoteKind.NULLIFY, 1, BLOCK),
      forgedVote(forger, VICTIM, VoteKind.FINALIZE, 1, BLOCK),
      forgedVote(forger, VICTIM, VoteKind.NOTARIZE, 2, new Uint8Array(32)),
      forgedVote(forger, 3, VoteKind.NOTARIZE, 1, new Uint8Array(32)),
    ];
    for (const other of others) expect(await accused(true, evidenceFrame(notarize, other))).toEqual([]);
  });

  it('R1: words of another federation are refused by name, and under a false name by their signature', async () => {
    const { domains } = world.federation;
    const there = listenElsewhere(world.federation);
    const certificate = there.certificate(VoteKind.NULLIFY, 1, BLOCK);
    expect(await view(true, [LIAR, certificate])).toBe(1);
    const disguised = renamed(certificate, domains.federationId);
    expect([await view(false, [LIAR, disguised]), await view(true, [LIAR, disguised])]).toEqual([1, 2]);
  });
});
