import { beforeEach, describe, expect, it } from 'vitest';
import { nativeCrypto as crypto } from '../../node/src/crypto/index.ts';
import { listingRecord, testFederation, withoutVote } from './cities.ts';
import { advanceTo, LoneCity } from './lone-city.ts';
import { NOTARIZE } from './voices.ts';

const QIONGHAI = 3;
const federation = withoutVote(testFederation(crypto, 4, undefined, 'ed25519'), QIONGHAI);
let city: LoneCity;

beforeEach(async () => {
  city = await new LoneCity(federation, crypto).join();
});

describe('C12: a city that does not vote', () => {
  it('C12: is counted in no certificate: its vote is not the third of three', () => {
    const block = city.block(1);
    city.hearProposal(block);
    expect(city.votesIn(1)).toEqual(['notarize 1']);
    city.hearVote(1, NOTARIZE, 1, block.digest);
    city.hearVote(QIONGHAI, NOTARIZE, 1, block.digest);
    expect(city.view).toBe(1);
    city.hearVote(2, NOTARIZE, 1, block.digest);
    expect(city.view).toBe(2);
  });

  it('C12: has no lane: what it signs is neither held nor passed on', () => {
    const entry = city.voices.entry(QIONGHAI, undefined, [listingRecord(crypto, 1)]);
    city.hearEntry(entry);
    expect(city.replica.status().lanes[QIONGHAI]?.held).toBe(0);
    expect(city.replica.verifyGossip('lanes', city.voices.frame('entry', entry.bytes))).toBe('ignore');
    const another = city.voices.entry(2, undefined, [listingRecord(crypto, 2)]);
    expect(city.replica.verifyGossip('lanes', city.voices.frame('entry', another.bytes))).toBe('accept');
    city.hearEntry(another);
    expect(city.replica.status().lanes[2]?.held).toBe(1);
  });

  it('C12: has no lane that a block could advance', () => {
    const entry = city.voices.entry(QIONGHAI, undefined, [listingRecord(crypto, 1)]);
    city.hearProposal(city.block(1, { advances: [advanceTo(entry)] }));
    expect(city.votesIn(1)).toEqual(['nullify 1']);
    expect(city.requests('entries')).toEqual([]);
  });
});
