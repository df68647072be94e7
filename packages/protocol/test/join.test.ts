import { beforeEach, describe, expect, it } from 'vitest';
import { nativeCrypto as crypto } from '../../node/src/crypto/index.ts';
import { listingRecord, TIMING, testFederation } from './cities.ts';
import { LoneCity } from './lone-city.ts';
import { FINALIZE, NOTARIZE, NULLIFY } from './voices.ts';

const federation = testFederation(crypto, 4, undefined, 'ed25519');
const { resendMs } = TIMING as Required<typeof TIMING>;
const record = (number: number) => listingRecord(crypto, number);
let city: LoneCity;

beforeEach(async () => {
  city = new LoneCity(federation, crypto);
  await city.start();
});

const [FROM_1, FROM_2, FROM_3] = [0, 1, 2];
const answer = (place: number, fields: Parameters<LoneCity['answerStatus']>[1] = {}) =>
  city.answerStatus(city.requests('status')[place]?.id ?? 0, fields);

describe('R6: before it signs anything, a city asks a quorum what they hold of its signatures', () => {
  it('R6: nothing is sealed, voted or proposed before q authorities were heard, itself among them', () => {
    const refused = () => city.of('refused', city.submit(record(1))).map(({ error }) => error.code);
    expect(refused()).toEqual(['NOT_JOINED']);
    city.hearProposal(city.block(1));
    answer(FROM_1);
    expect(refused()).toEqual(['NOT_JOINED']);
    expect(city.votes()).toEqual([]);
    answer(FROM_3);
    expect(city.of('joined')).toHaveLength(1);
    expect(city.votes()).toEqual(['notarize 1']);
    expect(refused()).toEqual([]);
    expect(city.alarms()).toEqual([]);
  });

  it('R6: whoever has not answered is asked again', () => {
    answer(FROM_1);
    for (const place of [FROM_2, FROM_3]) city.respond(city.requests('status')[place]?.id ?? 0, undefined);
    city.effects.length = 0;
    city.wait(resendMs);
    expect(city.requests('status').map(({ to }) => to)).toEqual([2, 3]);
  });

  it('R6: cities that are connected and mute keep nothing from being fetched, and are asked once at a time', async () => {
    const bls = { ...crypto.bls, provePossession: () => new Uint8Array(96), verifyPossession: () => true };
    const many = testFederation({ ...crypto, bls }, 31, undefined, 'ed25519');
    const restored = new LoneCity(many, crypto);
    await restored.start();
    const lane = restored.voices.lane(0, [record(1)]);
    restored.wait(3 * resendMs);
    const asked = restored.requests('status');
    expect(asked).toHaveLength(30);
    restored.answerStatus(asked[0]?.id ?? 0, { yourNewestHeader: lane[0]?.header });
    expect(restored.requests('entries')).toHaveLength(1);
  });

  it('R6: an answer from another federation is not heard', () => {
    answer(FROM_1);
    city.respond(
      city.requests('status')[FROM_2]?.id ?? 0,
      new Uint8Array([0x0a, 0x22, 0x0a, 0x20, ...new Uint8Array(32).fill(1)]),
    );
    expect(city.of('joined')).toEqual([]);
  });

  it('R6: an old backup: the own lane is fetched first, sealing goes on behind it, and an alarm says so', () => {
    const lane = city.voices.lane(0, [record(1), record(2), record(3)]);
    const newest = lane.at(-1);
    if (newest === undefined) throw new Error('three entries');
    answer(FROM_1, { yourNewestHeader: lane[0]?.header });
    answer(FROM_2, { yourNewestHeader: newest.header });
    expect(city.of('joined')).toEqual([]);
    const fetched = () => {
      const request = city.requests('entries').at(-1);
      const { from, to } = city.voices.readEntriesRequest(request?.bytes ?? new Uint8Array(0));
      city.respond(request?.id ?? 0, city.voices.entriesReply(lane.slice(from - 1, to)));
      return request?.to;
    };
    expect(fetched()).toBe(1);
    expect(city.of('joined')).toEqual([]);
    expect(fetched()).toBe(2);
    expect(city.of('joined')).toHaveLength(1);
    expect(city.alarms()).toEqual(['RESTORED_FROM_BACKUP']);
    expect(city.of('sealed', city.submit(record(4)))).toMatchObject([{ first: { sequence: 4 } }]);
    expect(city.of('evidence')).toEqual([]);
  });

  it('R6: an old backup: an alarm says so, though agreement brought the own entries before anybody was asked', () => {
    const lane = city.voices.lane(0, [record(1), record(2)]);
    for (const entry of lane) city.hear('entry', entry.bytes, 2);
    for (const from of [FROM_1, FROM_2]) answer(from, { yourNewestHeader: lane.at(-1)?.header });
    expect(city.of('joined')).toHaveLength(1);
    expect(city.alarms()).toEqual(['RESTORED_FROM_BACKUP']);
    expect(city.of('sealed', city.submit(record(3)))).toMatchObject([{ first: { sequence: 3 } }]);
  });

  it('R6: an own entry that is in the store is no reason for an alarm', async () => {
    answer(FROM_1);
    answer(FROM_2);
    city.submit(record(1));
    const again = new LoneCity(federation, crypto);
    again.store = city.store;
    await again.start();
    const header = again.voices.lane(0, [record(1)], city.nowMs)[0]?.header;
    for (const { id } of again.requests('status')) again.answerStatus(id, { yourNewestHeader: header });
    expect(again.of('joined')).toHaveLength(1);
    expect(again.alarms()).toEqual([]);
  });

  it('R6: an own entry that is announced and nowhere: an operator hears of it once, and the city joins when it comes', () => {
    const lane = city.voices.lane(0, [record(1), record(2), record(3)]);
    const request = () => city.requests('entries').at(-1);
    const refuse = () => city.respond(request()?.id ?? 0, undefined);
    answer(FROM_1);
    answer(FROM_2, { yourNewestHeader: lane.at(-1)?.header });
    for (let round = 0; round < 9; round++) {
      refuse();
      city.wait(resendMs);
    }
    expect(city.alarms()).toEqual([]);
    for (let round = 0; round < 20; round++) {
      refuse();
      city.wait(resendMs);
    }
    expect(city.alarms()).toEqual(['OWN_LANE_MISSING']);
    expect(city.of('alarm')[0]?.error.message).toContain('entries 1 to 3');
    expect(city.of('joined')).toEqual([]);
    expect(city.of('refused', city.submit(record(4))).map(({ error }) => error.code)).toEqual(['NOT_JOINED']);
    city.respond(request()?.id ?? 0, city.voices.entriesReply(lane));
    expect(city.of('joined')).toHaveLength(1);
    expect(city.alarms()).toEqual(['OWN_LANE_MISSING', 'RESTORED_FROM_BACKUP']);
  });

  it('R6: an old backup: no vote up to the newest view in which others hold an unknown vote', () => {
    const known = city.voices.vote(0, NOTARIZE, 3, new Uint8Array(32).fill(1));
    answer(FROM_1, { yourNewestVotes: [city.voices.vote(0, NULLIFY, 2)] });
    answer(FROM_2, { yourNewestVotes: [known] });
    expect(city.alarms()).toEqual(['RESTORED_FROM_BACKUP']);
    for (const view of [1, 2, 3, 4]) {
      city.hearProposal(city.block(view, { timestampMs: city.nowMs }));
      city.wait(10_000);
      city.hearCertificate(NULLIFY, view);
    }
    expect(city.votes().filter((vote) => Number(vote.split(' ')[1]) <= 3)).toEqual([]);
    city.hearProposal(city.block(5, { timestampMs: city.nowMs }));
    expect(city.votesIn(5)).toEqual(['notarize 5']);
  });

  it('R6: claims that this city did not sign count for nothing', () => {
    const vote = city.voices.vote(1, NOTARIZE, 9, new Uint8Array(32).fill(1));
    const forged = { ...vote, voter: 0 };
    const header = city.voices.entry(0, undefined, [record(1)], { signer: 1 }).header;
    answer(FROM_1, { yourNewestVotes: [forged], yourNewestHeader: header });
    answer(FROM_2, { yourNewestVotes: [vote], yourNewestHeader: city.voices.entry(1, undefined, [record(1)]).header });
    expect(city.of('joined')).toHaveLength(1);
    expect(city.alarms()).toEqual([]);
    city.hearProposal(city.block(1));
    expect(city.votesIn(1)).toEqual(['notarize 1']);
  });

  it('R6: votes that the own journal knows are no reason for an alarm', async () => {
    answer(FROM_1);
    answer(FROM_2);
    const block = city.block(1);
    city.hearProposal(block);
    const again = new LoneCity(federation, crypto);
    again.store = city.store;
    await again.start();
    for (const request of again.requests('status')) {
      again.answerStatus(request.id, { yourNewestVotes: [city.voices.vote(0, NOTARIZE, 1, block.digest)] });
    }
    expect(again.alarms()).toEqual([]);
    again.hearCertificate(NOTARIZE, 1, block.digest);
    expect(again.votesIn(1)).toEqual(['finalize 1']);
    expect(again.view).toBe(2);
  });

  it('R6: a city that votes tells each city which votes and which header of it it holds', () => {
    answer(FROM_1);
    answer(FROM_2);
    city.hearVote(2, NOTARIZE, 1, new Uint8Array(32).fill(1));
    city.hearVote(2, FINALIZE, 3, new Uint8Array(32).fill(2));
    const entry = city.voices.entry(2, undefined, [record(1)]);
    city.hear('entry', city.voices.announcement(entry), 2);
    const bytes = city.requests('status')[0]?.bytes ?? new Uint8Array(0);
    const status = (from: number | undefined) => {
      const [reply] = city.of('reply', city.input({ kind: 'request', nowMs: city.nowMs, id: 1, from, bytes }));
      return city.voices.readStatus(reply?.bytes ?? new Uint8Array(0));
    };
    expect(status(2).yourNewestVotes).toHaveLength(2);
    expect(status(2).yourNewestHeader?.header).toEqual(entry.header.bytes);
    expect(status(3).yourNewestVotes).toEqual([]);
    expect(status(undefined).yourNewestHeader).toBeUndefined();
  });
});
