import { beforeEach, describe, expect, it } from 'vitest';
import { nativeCrypto as crypto } from '../../node/src/crypto/index.ts';
import { limits } from '../src/limits.ts';
import { encodeBlocksReply, encodeRefusal } from '../src/replica/messages.ts';
import { listingRecord, testFederation } from './cities.ts';
import { advanceTo, LoneCity } from './lone-city.ts';
import { FINALIZE, NOTARIZE, NULLIFY, type SaidBlock } from './voices.ts';

const federation = testFederation(crypto, 4, undefined, 'ed25519');
const record = (number: number) => listingRecord(crypto, number);
const REQUEST = { kind: 'request', id: 1, from: 1 } as const;
let city: LoneCity;

beforeEach(async () => {
  city = await new LoneCity(federation, crypto).join();
});

/** Blocks of views 1 to `count`, each on the one before. */
function chain(count: number, draft: (view: number) => Parameters<LoneCity['block']>[1] = () => ({})): SaidBlock[] {
  const blocks: SaidBlock[] = [];
  for (let view = 1; view <= count; view++) blocks.push(city.block(view, { parent: blocks.at(-1), ...draft(view) }));
  return blocks;
}

const newest = (blocks: readonly SaidBlock[]): SaidBlock => {
  const last = blocks.at(-1);
  if (last === undefined) throw new Error('no blocks');
  return last;
};

function finalization(block: SaidBlock): Uint8Array {
  return city.voices.certificate(FINALIZE, block.fields.view, block.digest);
}

function reply(blocks: readonly SaidBlock[], proof: Uint8Array | undefined = finalization(newest(blocks))): Uint8Array {
  return encodeBlocksReply(
    blocks.map(({ bytes }) => bytes),
    proof,
  );
}

describe('G2: every reply is verified against what was asked', () => {
  it('G2: blocks below a finalization are fetched by height and believed for its sake', () => {
    const blocks = chain(5);
    city.hear('certificate', finalization(newest(blocks)));
    const [request] = city.requests('blocks');
    if (request === undefined) throw new Error('blocks are asked for');
    expect(city.replica.status()).toMatchObject({ finalizedHeight: 0, behind: true });
    city.respond(request.id, reply(blocks));
    expect(city.replica.status()).toMatchObject({ finalizedHeight: 5, executedHeight: 5, behind: false });
    expect(city.view).toBe(6);
  });

  it.each([
    ['a chain with a hole', (blocks: SaidBlock[]) => reply([...blocks.slice(0, 2), ...blocks.slice(3)])],
    ['a chain that does not start at the own final block', (blocks: SaidBlock[]) => reply(blocks.slice(1))],
    ['no finalization', (blocks: SaidBlock[]) => encodeBlocksReply(blocks.map(({ bytes }) => bytes))],
    [
      'a finalization of another block',
      (blocks: SaidBlock[]) => reply(blocks.slice(0, 3), finalization(newest(blocks))),
    ],
    [
      'a notarization in its place',
      (blocks: SaidBlock[]) =>
        reply(blocks, city.voices.certificate(NOTARIZE, newest(blocks).fields.view, newest(blocks).digest)),
    ],
    [
      'a finalization by too few',
      (blocks: SaidBlock[]) =>
        reply(blocks, city.voices.certificate(FINALIZE, 5, newest(blocks).digest, { signers: [1, 2] })),
    ],
    ['bytes that are no reply', () => new Uint8Array([9, 9, 9])],
    ['nothing', () => undefined],
  ])('G2: %s is not believed, and the next city is asked', (_, answer) => {
    const blocks = chain(5);
    city.hear('certificate', finalization(newest(blocks)));
    const [request] = city.requests('blocks');
    if (request === undefined) throw new Error('blocks are asked for');
    const effects = city.respond(request.id, answer(blocks));
    expect(city.finalizedHeight).toBe(0);
    const [next] = city.requests('blocks', effects);
    expect(next?.to).not.toBe(request.to);
    city.respond(next?.id ?? 0, reply(blocks));
    expect(city.finalizedHeight).toBe(5);
  });

  it('G2: a block that was asked for by digest must have that digest', () => {
    const [first, second] = chain(2);
    if (first === undefined || second === undefined) throw new Error('two blocks');
    city.hearCertificate(NOTARIZE, 1, first.digest);
    city.hearProposal(second);
    const [request] = city.requests('block');
    if (request === undefined) throw new Error('the parent is asked for');
    const effects = city.respond(request.id, encodeBlocksReply([second.bytes]));
    expect(city.votesIn(2)).toEqual([]);
    const [next] = city.requests('block', effects);
    city.respond(next?.id ?? 0, encodeBlocksReply([first.bytes]));
    expect(city.votesIn(2)).toEqual(['notarize 2']);
  });

  it('G2: blocks of certificates beyond those that may be asked for at a time are asked for later', () => {
    const blocks = chain(limits.futureViewsMax + 6);
    for (const { fields, digest } of blocks) city.hearCertificate(NOTARIZE, fields.view, digest);
    const answered = new Set<number>();
    for (let round = 0; round < 200; round++) {
      const open = city.requests('block').filter(({ id }) => !answered.has(id));
      for (const { id, bytes } of open) {
        answered.add(id);
        const block = blocks.find(({ digest }) => bytes.join().includes(digest.join()));
        city.respond(id, block && encodeBlocksReply([block.bytes]));
      }
      if (open.length === 0) city.wait(50);
    }
    city.hearCertificate(FINALIZE, newest(blocks).fields.view, newest(blocks).digest);
    expect(city.finalizedHeight).toBe(blocks.length);
    expect(city.requests('blocks')).toEqual([]);
  });

  it('G2: ancestors that a leader made up, with views that do not fall, are neither kept nor followed', () => {
    city.hearCertificate(NULLIFY, 1);
    const junk = new Uint8Array(32).fill(7);
    const unsigned = city.block(1_000_000, { parentDigest: junk });
    city.hearProposal(city.block(2, { parentDigest: unsigned.digest }));
    const [request] = city.requests('block');
    if (request === undefined) throw new Error('the parent is asked for');
    const effects = [...city.respond(request.id, encodeBlocksReply([unsigned.bytes])), ...city.wait(50)];
    const asked = city.requests('block', effects).map(({ bytes }) => bytes);
    expect(asked.length).toBeGreaterThan(0);
    for (const bytes of asked) expect(bytes).toEqual(request.bytes); // another city for the same, and nobody for its parent
    const [answer] = city.of('reply', city.input({ ...REQUEST, nowMs: city.nowMs, bytes: request.bytes }));
    expect(answer?.bytes).toEqual(encodeRefusal('NOT_HELD'));
  });

  it('G2: nor with views that stay the same from block to block', () => {
    city.hearCertificate(NULLIFY, 9);
    const junk = new Uint8Array(32).fill(7);
    const second = city.block(5, { parentDigest: junk });
    const first = city.block(5, { parentDigest: second.digest });
    city.hearProposal(city.block(10, { parentDigest: first.digest, parentView: 5 }));
    city.respond(city.requests('block')[0]?.id ?? 0, encodeBlocksReply([first.bytes]));
    const named = city.requests('block').at(-1);
    city.respond(named?.id ?? 0, encodeBlocksReply([second.bytes]));
    city.wait(50);
    const asked = new Set(city.requests('block').map(({ bytes }) => bytes.join()));
    expect(asked.size).toBe(2);
  });

  it('G2: entries of another lane or beyond what was asked are not taken', () => {
    const lane = city.voices.lane(2, [record(1), record(2), record(3)]);
    const second = lane[1];
    if (second === undefined) throw new Error('three entries');
    city.hear('entry', city.voices.announcement(second), 2);
    const [request] = city.requests('entries', city.wait(13));
    if (request === undefined) throw new Error('entries are asked for');
    city.respond(request.id, city.voices.entriesReply([...lane, ...city.voices.lane(3, [record(4)])]));
    expect(city.replica.status().lanes.map(({ held }) => held)).toEqual([0, 0, 2, 0]);
  });

  it('G2: a liar who answers with what is held already is not asked for ever', () => {
    const [left, right] = [1, 2].map((number) => city.voices.entry(2, undefined, [record(number)]));
    if (left === undefined || right === undefined) throw new Error('two entries');
    city.hearEntry(left);
    const block = city.block(1, { advances: [advanceTo(right)] });
    city.hearProposal(block);
    city.hearCertificate(FINALIZE, 1, block.digest);
    const asked = new Set<number>();
    for (let round = 0; round < 8 && city.replica.status().executedHeight === 0; round++) {
      for (const request of city.requests('entries')) {
        asked.add(request.to);
        city.respond(request.id, city.voices.entriesReply(request.to === 3 ? [right] : [left]));
      }
      city.wait(30);
    }
    expect(asked.has(3)).toBe(true);
    expect(city.replica.status().executedHeight).toBe(1);
  });

  it('G2: an answer that nobody waits for changes nothing', () => {
    const blocks = chain(2);
    expect(city.respond(9999, reply(blocks))).toEqual([]);
    expect(city.finalizedHeight).toBe(0);
  });
});

describe('G3: catching up', () => {
  it('G3: newest finalization, then blocks, then lanes by hash; verified reads meanwhile', () => {
    const lane = city.voices.lane(2, [record(1), record(2), record(3)]);
    const blocks = chain(3, (view) => {
      const entry = lane[view - 1];
      return { advances: entry === undefined ? [] : [advanceTo(entry)] };
    });
    city.answerStatus(city.requests('status')[0]?.id ?? 0);
    city.hear('certificate', finalization(newest(blocks)));
    city.respond(city.requests('blocks')[0]?.id ?? 0, reply(blocks));
    expect(city.replica.status()).toMatchObject({ finalizedHeight: 3, executedHeight: 0, behind: true });
    expect(city.replica.ledger.checkpoint()?.height).toBe(0);
    const request = city.requests('entries').at(-1);
    expect(city.requests('entries')).toHaveLength(1);
    city.respond(request?.id ?? 0, city.voices.entriesReply(lane.slice(0, 2)));
    expect(city.replica.status().executedHeight).toBe(2);
    city.respond(city.requests('entries').at(-1)?.id ?? 0, city.voices.entriesReply(lane.slice(2)));
    expect(city.replica.status()).toMatchObject({ executedHeight: 3, behind: false });
  });

  it('G3: who is behind does not vote for what it cannot check, and takes part again when it can', () => {
    const blocks = chain(3);
    city.hear('certificate', finalization(newest(blocks)));
    city.hearProposal(city.block(4, { parent: newest(blocks) }));
    expect(city.votes()).toEqual([]);
    city.respond(city.requests('blocks')[0]?.id ?? 0, reply(blocks));
    city.hearProposal(city.block(5, { parent: newest(blocks) }));
    city.hearCertificate(NULLIFY, 4);
    expect(city.votesIn(5)).toEqual(['notarize 5']);
  });

  it('G3: what is known of the future is bounded: votes and proposals far ahead are not kept', () => {
    for (let view = 2; view < 400; view++) {
      city.hearVote(1, NULLIFY, view);
      city.hearProposal(city.block(view));
    }
    for (const voter of [2, 3]) city.hearVote(voter, NULLIFY, 300);
    expect(city.view).toBe(1);
    for (const voter of [2, 3]) city.hearVote(voter, NULLIFY, 60);
    expect(city.view).toBe(61);
  });

  it('G3: an observer follows finality, signs nothing and refuses records', async () => {
    const observer = new LoneCity(federation, crypto, 'observer');
    await observer.join();
    const entry = city.voices.entry(2, undefined, [record(1)]);
    observer.hearEntry(entry);
    observer.finalized(1, { advances: [advanceTo(entry)] });
    expect(observer.replica.status()).toMatchObject({ finalizedHeight: 1, executedHeight: 1 });
    observer.wait(20_000);
    expect(observer.said('vote')).toEqual([]);
    expect(observer.said('proposal')).toEqual([]);
    expect(observer.of('refused', observer.submit(record(2)))[0]?.error.code).toBe('OBSERVER_READ_ONLY');
  });
});
