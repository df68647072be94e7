import { beforeEach, describe, expect, it } from 'vitest';
import { nativeCrypto as crypto } from '../../node/src/crypto/index.ts';
import { unwrap } from '../src/errors.ts';
import { decodeEntry } from '../src/lanes/index.ts';
import { limits } from '../src/limits.ts';
import { splitEnvelope } from '../src/replica/index.ts';
import { bulkRecord, listingRecord, testFederation } from './cities.ts';
import { advanceTo, LoneCity } from './lone-city.ts';
import { FINALIZE, NOTARIZE, NULLIFY } from './voices.ts';

const federation = testFederation(crypto, 4, undefined, 'ed25519');
/** Proofs of possession are not what is tested here, and hundreds of them take long. */
const bls = { ...crypto.bls, provePossession: () => new Uint8Array(96), verifyPossession: () => true };
const withoutProofs = { ...crypto, bls };
const record = (number: number) => listingRecord(crypto, number);
let city: LoneCity;

beforeEach(async () => {
  city = await new LoneCity(federation, crypto).join();
});

const kinds = (it: LoneCity) => it.of('evidence').map(({ accused, type }) => `${accused} ${type}`);

describe('C10: evidence', () => {
  it('C10: two Notarize of one voter in one view', () => {
    city.hearVote(2, NOTARIZE, 1, new Uint8Array(32).fill(1));
    city.hearVote(2, NOTARIZE, 1, new Uint8Array(32).fill(1));
    city.hearVote(2, NOTARIZE, 2, new Uint8Array(32).fill(2));
    expect(kinds(city)).toEqual([]);
    city.hearVote(2, NOTARIZE, 1, new Uint8Array(32).fill(2));
    expect(kinds(city)).toEqual(['2 conflicting-votes']);
  });

  it('C10: two Finalize of one voter in one view', () => {
    city.hearVote(3, FINALIZE, 5, new Uint8Array(32).fill(1));
    city.hearVote(3, FINALIZE, 5, new Uint8Array(32).fill(2));
    expect(kinds(city)).toEqual(['3 conflicting-votes']);
  });

  it.each([
    ['Finalize, then Nullify', FINALIZE, NULLIFY],
    ['Nullify, then Finalize', NULLIFY, FINALIZE],
  ])('C10: %s of one view', (_, first, second) => {
    const block = (kind: number) => (kind === NULLIFY ? undefined : new Uint8Array(32).fill(1));
    city.hearVote(1, first, 3, block(first));
    city.hearVote(1, second, 3, block(second));
    expect(kinds(city)).toEqual(['1 conflicting-votes']);
  });

  it('C10: Notarize and then Nullify is what an honest city does when time is up', () => {
    city.hearVote(1, NOTARIZE, 3, new Uint8Array(32).fill(1));
    city.hearVote(1, NULLIFY, 3);
    expect(kinds(city)).toEqual([]);
  });

  it('C10: two proposals of one view', () => {
    city.hearProposal(city.block(1));
    city.hearProposal(city.block(1));
    expect(kinds(city)).toEqual([]);
    city.hearProposal(city.block(1, { timestampMs: city.nowMs + 8 }));
    expect(kinds(city)).toEqual(['1 conflicting-proposals']);
  });

  it('C10: two proposals that move the lanes of many cities fit into a record all the same, and quarantine their leader', async () => {
    const many = testFederation(withoutProofs, 341);
    const big = await new LoneCity(many, crypto).join();
    const advances = Array.from({ length: 341 }, (_, lane) => ({
      lane,
      sequence: 1,
      digest: new Uint8Array(32).fill(7),
    }));
    for (const later of [1, 2]) big.hearProposal(big.block(1, { advances, timestampMs: big.nowMs + later }));
    expect(big.block(1, { advances }).bytes.length).toBeGreaterThan(limits.recordBytesMax);
    expect(kinds(big)).toEqual(['1 conflicting-proposals']);
    expect(big.said('evidence')[0]?.length).toBeLessThan(500);
    const [published] = big.of('publish');
    const entry = unwrap(
      decodeEntry(many.domains, many.genesis, unwrap(splitEnvelope(published?.bytes ?? new Uint8Array(0))).payload),
    );
    big.finalized(2, { advances: [{ lane: 0, sequence: 1, digest: entry.header.digest }] });
    expect(big.replica.status().lanes[1]?.quarantined).toBe(true);
  });

  it('C10: whoever votes for another block of the leader is shown the one seen here, once', () => {
    const seen = city.block(1);
    city.hearProposal(seen);
    for (let again = 0; again < 3; again++) city.hearVote(2, NOTARIZE, 1, new Uint8Array(32).fill(1));
    city.hearVote(3, NOTARIZE, 1, seen.digest);
    expect(city.of('send')).toMatchObject([{ to: 2, bytes: city.voices.frame('proposal', seen.proposal) }]);
  });

  it('C10: whoever voted for another block before the leader’s came is shown it when it comes', () => {
    city.hearVote(2, NOTARIZE, 1, new Uint8Array(32).fill(1));
    expect(city.of('send')).toEqual([]);
    const seen = city.block(1);
    city.hearProposal(seen);
    expect(city.of('send')).toMatchObject([{ to: 2, bytes: city.voices.frame('proposal', seen.proposal) }]);
  });

  it('C10: what was not signed by the accused proves nothing', () => {
    const first = city.voices.voteBytes(2, NOTARIZE, 1, new Uint8Array(32).fill(1));
    const second = city.voices.voteBytes(2, NOTARIZE, 1, new Uint8Array(32).fill(2));
    city.hear('vote', first, 2);
    city.hear(
      'vote',
      second.map((byte, index) => (index === second.length - 1 ? byte ^ 1 : byte)),
      2,
    );
    expect(kinds(city)).toEqual([]);
  });

  it('C10: is kept, flushed, shown and told to the others once, also when it comes from another city', async () => {
    city.hearVote(2, NOTARIZE, 1, new Uint8Array(32).fill(1));
    city.hearVote(2, NOTARIZE, 1, new Uint8Array(32).fill(2));
    const [evidence] = city.said('evidence');
    expect(evidence).toBeDefined();
    const other = await new LoneCity(federation, crypto, 3).join();
    for (let again = 0; again < 3; again++) other.hear('evidence', evidence ?? new Uint8Array(0), 0);
    expect(kinds(other)).toEqual(['2 conflicting-votes']);
    expect(other.said('evidence')).toEqual([evidence]);
    expect(other.replica.evidence()).toHaveLength(1);
    const before = other.effects.findIndex(({ kind }) => kind === 'evidence');
    expect(other.effects.slice(0, before).some((effect) => effect.kind === 'persist' && effect.flush)).toBe(true);
  });

  it('C10: is put on the ledger, has its effect once, and quarantines its author', async () => {
    city.hearVote(2, NOTARIZE, 9, new Uint8Array(32).fill(1));
    city.hearVote(2, NOTARIZE, 9, new Uint8Array(32).fill(2));
    const [published] = city.of('publish');
    const entry = decodeEntry(
      federation.domains,
      federation.genesis,
      published?.bytes.subarray(3) ?? new Uint8Array(0),
    );
    expect(entry.ok).toBe(true);
    const report = city.replica.status().lanes[0]?.held;
    expect(report).toBe(1);
    const late = city.voices.entry(2, undefined, [record(7)]);
    city.hearEntry(late);
    if (!entry.ok) return;
    const { lane, sequence, digest } = entry.value.header;
    city.finalized(1, { advances: [{ lane, sequence, digest }, advanceTo(late)] });
    const outcomes = city.of('executed').flatMap((effect) => effect.outcomes.map(({ rejected }) => rejected));
    expect(outcomes).toEqual([undefined, 'AUTHORITY_QUARANTINED']);
    expect(city.replica.status().lanes[2]?.quarantined).toBe(true);
    // C2: a leader leaves the lane of a quarantined authority alone.
    city.hearEntry(city.voices.entry(2, late.header, [record(8)]));
    city.hearCertificate(NULLIFY, 2);
    city.hearCertificate(NULLIFY, 3);
    city.wait(2000);
    expect(city.proposals().flatMap(({ advances }) => advances)).toEqual([]);
    // Known already: not reported again, not even after a restart.
    const again = new LoneCity(federation, crypto);
    again.store = city.store;
    await again.join();
    expect(again.replica.status().lanes[0]?.held).toBe(1);
    expect(again.replica.evidence()).toHaveLength(1);
  });

  it('C10: a city that is quarantined itself is told so, and seals nothing more', () => {
    city.hear(
      'evidence',
      city.voices.votesEvidence(city.voices.vote(0, FINALIZE, 9, new Uint8Array(32)), city.voices.vote(0, NULLIFY, 9)),
    );
    const [report] = city.of('publish').slice(-1);
    const entry = unwrap(
      decodeEntry(
        federation.domains,
        federation.genesis,
        unwrap(splitEnvelope(report?.bytes ?? new Uint8Array(0))).payload,
      ),
    );
    const { lane, sequence, digest } = entry.header;
    expect(city.of('sealed', city.submit(record(1)))).toHaveLength(1);
    city.finalized(1, { advances: [{ lane, sequence, digest }] });
    expect(city.replica.status().lanes[0]?.quarantined).toBe(true);
    const held = city.replica.status().lanes[0]?.held;
    expect(city.of('refused', city.submit(record(2)))[0]?.error).toMatchObject({ code: 'AUTHORITY_QUARANTINED' });
    city.hearVote(2, NOTARIZE, 9, new Uint8Array(32).fill(1));
    city.hearVote(2, NOTARIZE, 9, new Uint8Array(32).fill(2));
    expect(kinds(city)).toContain('2 conflicting-votes');
    expect(city.replica.status().lanes[0]?.held).toBe(held);
  });

  it('C10: waits for room in the own lane, and is reported then', () => {
    const half = Array.from({ length: 128 }, (_, index) => bulkRecord(crypto, index, limits.recordBytesMax));
    const full = limits.laneWindowBytes / limits.entryBytesMax;
    const sealed = Array.from({ length: full }, () => city.submit(...half)).flatMap((effects) =>
      city.of('sealed', effects),
    );
    expect(sealed).toHaveLength(full);
    expect(city.of('refused', city.submit(record(1)))[0]?.error.code).toBe('LANE_WINDOW_FULL');
    city.hearVote(2, NOTARIZE, 9, new Uint8Array(32).fill(1));
    city.hearVote(2, NOTARIZE, 9, new Uint8Array(32).fill(2));
    expect(kinds(city)).toHaveLength(1);
    expect(city.replica.status().lanes[0]?.held).toBe(full);
    const last = sealed[3];
    if (last === undefined) throw new Error('a full window');
    city.finalized(1, { advances: [{ lane: 0, sequence: last.first.sequence, digest: last.entryDigest }] });
    expect(city.replica.status().lanes[0]?.held).toBe(full + 1);
  });
});

describe('R4: lane forks', () => {
  it('R4: two signed headers of one sequence are evidence, whether or not the records come with them', () => {
    const [left, right] = [1, 2].map((number) => city.voices.entry(2, undefined, [record(number)]));
    if (left === undefined || right === undefined) throw new Error('two entries');
    city.hearEntry(left);
    city.hearEntry(left);
    expect(kinds(city)).toEqual([]);
    city.hear('entry', city.voices.announcement(right), 3);
    expect(kinds(city)).toEqual(['2 lane-fork']);
  });

  it('R4: once a fork is proven, further branches cost nobody a look at their signatures', () => {
    for (const number of [1, 2]) city.hearEntry(city.voices.entry(2, undefined, [record(number)]));
    expect(kinds(city)).toEqual(['2 lane-fork']);
    city.hear('entry', city.voices.entry(2, undefined, [record(3)], { signer: 1 }).bytes, 3);
    expect(city.of('misbehaved')).toEqual([]);
  });

  it('R4: a second branch is not held until a block names it, then the cut decides and the loser is dropped', () => {
    const [left, right] = [1, 2].map((number) => city.voices.entry(2, undefined, [record(number)]));
    if (left === undefined || right === undefined) throw new Error('two entries');
    city.hearEntry(left);
    city.hearEntry(right);
    const entryWrites = () =>
      city.of('persist').flatMap(({ writes }) => writes.filter(({ key }) => key[0] === 1 && key[6] === 2));
    expect(entryWrites()).toHaveLength(1);
    const block = city.block(1, { advances: [advanceTo(right)] });
    city.hearProposal(block);
    expect(city.votesIn(1)).toEqual([]);
    const [request] = city.requests('entries', city.wait(20));
    if (request === undefined) throw new Error('the branch is fetched');
    city.respond(request.id, city.voices.entriesReply([left, right]));
    expect(city.votesIn(1)).toEqual(['notarize 1']);
    city.hearCertificate(NOTARIZE, 1, block.digest);
    city.hearCertificate(FINALIZE, 1, block.digest);
    const outcomes = city.of('executed').flatMap((effect) => effect.outcomes);
    expect(outcomes).toMatchObject([{ location: { lane: 2, sequence: 1, position: 0 }, rejected: undefined }]);
    expect(entryWrites().map(({ value }) => value?.length)).toEqual([left.bytes.length, right.bytes.length, undefined]);
  });

  it('R4: an answer with branches that nobody named fills no memory', () => {
    const chain = city.voices.lane(2, [1, 2, 3, 4].map(record));
    const other = city.voices.lane(2, [5, 6, 7, 8].map(record), 2);
    const newest = chain.at(-1);
    if (newest === undefined) throw new Error('four entries');
    city.hear('entry', city.voices.announcement(newest), 2);
    const [request] = city.requests('entries', city.wait(20));
    if (request === undefined) throw new Error('the announced entries are fetched');
    city.respond(request.id, city.voices.entriesReply([...chain, ...other]));
    const held = city.of('persist').flatMap(({ writes }) => writes.filter(({ key }) => key[0] === 1 && key[6] === 2));
    expect(held).toHaveLength(4);
    expect(city.replica.status().lanes[2]?.held).toBe(4);
  });

  it('R4: a city that was told of another branch at every place still fetches the branch of the cut', () => {
    const final = city.voices.lane(
      2,
      Array.from({ length: 60 }, (_, number) => record(number)),
    );
    const other = city.voices.lane(
      2,
      Array.from({ length: 60 }, (_, number) => record(100 + number)),
      2,
    );
    for (const entry of other) city.hear('entry', city.voices.announcement(entry), 2);
    const tip = final.at(-1);
    if (tip === undefined) throw new Error('sixty entries');
    city.finalized(1, { advances: [advanceTo(tip)] });
    const answered = new Set<number>();
    for (let round = 0; round < 200 && city.replica.status().executedHeight === 0; round++) {
      for (const request of city.requests('entries').filter(({ id }) => !answered.has(id))) {
        answered.add(request.id);
        const { from, to } = city.voices.readEntriesRequest(request.bytes);
        city.respond(request.id, city.voices.entriesReply(final.slice(from - 1, to)));
      }
      city.wait(20);
    }
    expect(city.replica.status().executedHeight).toBe(1);
  });

  it('R4: a fork below what is executed is still noticed', () => {
    const [left, right] = [1, 2].map((number) => city.voices.entry(2, undefined, [record(number)]));
    if (left === undefined || right === undefined) throw new Error('two entries');
    city.hearEntry(left);
    city.finalized(1, { advances: [advanceTo(left)] });
    expect(city.replica.status().executedHeight).toBe(1);
    city.hearEntry(right);
    expect(kinds(city)).toEqual(['2 lane-fork']);
  });
});
