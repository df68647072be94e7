import { beforeEach, describe, expect, it } from 'vitest';
import { nativeCrypto as crypto } from '../../node/src/crypto/index.ts';
import { listingRecord, testFederation } from './cities.ts';
import { advanceTo, hexOf } from './lone-city.ts';
import { change, MembershipChangeKind } from './membership-fixture.ts';
import { SealingCity } from './sealing-city.ts';
import { FINALIZE, NULLIFY } from './voices.ts';

const QIONGHAI = 3;
const federation = testFederation(crypto, 4, undefined, 'ed25519');
const suspend = change(MembershipChangeKind.SUSPEND, QIONGHAI);
let city: SealingCity;

beforeEach(async () => {
  city = await new SealingCity(federation, crypto).decide(suspend);
});

const epoch = () => city.replica.status().epoch;

describe('C12: the block that seals an epoch', () => {
  it('C12: names the set that was decided, and the next epoch begins on it', () => {
    const seal = city.finalized(3, city.sealing);
    expect(city.votesIn(3)).toEqual(['notarize 3', 'finalize 3']);
    expect(city.of('epoch')).toMatchObject([{ epoch: 1, sealHeight: seal.fields.height }]);
    expect(epoch()).toBe(1);
    expect(city.alarms()).toEqual([]);
  });

  it.each([
    ['another set than the one decided', new Uint8Array(32).fill(1)],
    ['no set, once one is decided', new Uint8Array(0)],
  ])('C12: is not voted for when it names %s', (_, named) => {
    city.hearProposal(city.block(3, { parent: city.decision, checkpoint: city.checkpoint(named) }));
    expect(city.votesIn(3)).toEqual(['nullify 3']);
  });

  it('C12: final all the same with another set, it begins no epoch: the city stops and says so', () => {
    const wrong = city.checkpoint(new Uint8Array(32).fill(1));
    city.finalized(3, { parent: city.decision, checkpoint: wrong });
    expect(city.alarms()).toEqual(['STATE_DIVERGED']);
    expect(city.of('epoch')).toEqual([]);
    expect(city.replica.status()).toMatchObject({ epoch: 0, halted: true });
  });

  it('C12: what follows it in its epoch carries nothing', () => {
    const seal = city.notarized(3, city.sealing);
    city.hearCertificate(NULLIFY, 4);
    const advances = [advanceTo(city.hearNext(2, listingRecord(crypto, 1)))];
    city.hearProposal(city.block(5, { parent: seal, advances, checkpoint: city.checkpoint() }));
    expect(city.votesIn(5)).toEqual(['nullify 5']);
  });

  it('C12: is told to all by who is at the turn, and again to who speaks as if it were not', () => {
    const seal = city.finalized(3, city.sealing);
    const proof = hexOf(city.voices.certificate(FINALIZE, 3, seal.digest));
    expect(city.said('certificate').map(hexOf)).toContain(proof);
    expect(city.of('publish').some(({ topic, bytes }) => topic === 'final' && hexOf(bytes).endsWith(proof))).toBe(true);
    const shown = city.of('send', city.hearVote(2, NULLIFY, 4));
    expect(shown.map(({ to, bytes }) => [to, hexOf(bytes).endsWith(proof)])).toEqual([[2, true]]);
    // Not each time that it speaks.
    expect(city.of('send', city.hearVote(2, NULLIFY, 5))).toEqual([]);
    expect(city.of('misbehaved')).toEqual([]);
  });

  it('C12: is asked for from who speaks in an epoch that has not begun here', () => {
    const effects = city.hearVote(2, NULLIFY, 4, undefined, 1);
    expect(city.requests('blocks', effects).map(({ to }) => to)).toEqual([2]);
  });
});
