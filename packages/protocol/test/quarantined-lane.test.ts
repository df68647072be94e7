import { beforeEach, describe, expect, it } from 'vitest';
import { nativeCrypto as crypto } from '../../node/src/crypto/index.ts';
import { unwrap } from '../src/errors.ts';
import { decodeEntry } from '../src/lanes/index.ts';
import { entryRange, splitEnvelope } from '../src/replica/index.ts';
import { listingRecord, testFederation } from './cities.ts';
import { advanceTo, LoneCity } from './lone-city.ts';
import { NOTARIZE, NULLIFY } from './voices.ts';

const federation = testFederation(crypto, 4, undefined, 'ed25519');
const record = (number: number) => listingRecord(crypto, number);
const LIAR = 2;
let city: LoneCity;

beforeEach(async () => {
  city = await new LoneCity(federation, crypto).join();
});

/** Entries of a lane that stand in the store. */
async function stored(lane: number): Promise<number> {
  let count = 0;
  for await (const _ of city.store.range(entryRange(lane, 0, 1000))) count++;
  return count;
}

/** The advance that puts evidence against a voter on the ledger. */
function evidenceAgainst(voter: number) {
  const [first, second] = [1, 2].map((fill) => city.voices.vote(voter, NOTARIZE, 9, new Uint8Array(32).fill(fill)));
  if (first === undefined || second === undefined) throw new Error('two votes');
  city.hear('evidence', city.voices.votesEvidence(first, second));
  const sealed = city.of('publish').at(-1)?.bytes ?? new Uint8Array(0);
  const report = unwrap(decodeEntry(federation.domains, federation.genesis, unwrap(splitEnvelope(sealed)).payload));
  const { lane, sequence, digest } = report.header;
  return { lane, sequence, digest };
}

describe('R4, C10: what is held of a quarantined lane ahead of the final cut', () => {
  it('R4: is forgotten on every branch, in memory and in the store, and not taken again unasked', async () => {
    const [one, two] = city.voices.lane(LIAR, [record(1), record(2)]);
    if (one === undefined || two === undefined) throw new Error('two entries');
    for (const entry of [one, two]) city.hearEntry(entry);
    expect([await stored(LIAR), city.replica.status().lanes[LIAR]?.held]).toEqual([2, 2]);
    city.finalized(1, { advances: [evidenceAgainst(LIAR)] });
    expect(city.replica.status().lanes[LIAR]).toMatchObject({ quarantined: true, held: 0 });
    expect(await stored(LIAR)).toBe(0);
    city.hearEntry(one);
    expect(await stored(LIAR)).toBe(0);
  });

  it('R4: is fetched when a leader’s block names it, and forgotten when that block comes to nothing', async () => {
    const parent = city.finalized(1, { advances: [evidenceAgainst(LIAR)] });
    const branch = city.voices.entry(LIAR, undefined, [record(3)]);
    city.hearProposal(city.block(2, { parent, advances: [advanceTo(branch)] }));
    city.wait(1000);
    const request = city.requests('entries').at(-1);
    city.respond(request?.id ?? 0, city.voices.entriesReply([branch]));
    expect(await stored(LIAR)).toBe(1);
    city.hearCertificate(NULLIFY, 2);
    expect(await stored(LIAR)).toBe(1);
    city.finalized(3, { parent });
    expect(await stored(LIAR)).toBe(0);
  });

  it('C3: stays while a block names it that may become final, and is executed with it', async () => {
    const [one, two] = city.voices.lane(LIAR, [record(1), record(2)]);
    if (one === undefined || two === undefined) throw new Error('two entries');
    for (const entry of [one, two]) city.hearEntry(entry);
    const first = city.notarized(1, { advances: [evidenceAgainst(LIAR)] });
    const second = city.notarized(2, { parent: first, advances: [advanceTo(one)] });
    city.hearCertificate(3, 1, first.digest);
    expect(city.replica.status()).toMatchObject({ executedHeight: 1 });
    expect(await stored(LIAR)).toBe(1);
    city.hearCertificate(3, 2, second.digest);
    expect(city.replica.status()).toMatchObject({ executedHeight: 2 });
    expect(
      city
        .of('executed')
        .at(-1)
        ?.outcomes.map(({ rejected }) => rejected),
    ).toEqual(['AUTHORITY_QUARANTINED']);
  });

  it('R6: but the own lane is kept whole: nobody else may have it', async () => {
    const advance = evidenceAgainst(0);
    city.submit(record(1));
    expect(await stored(0)).toBe(2);
    city.finalized(1, { advances: [advance] });
    expect(city.replica.status().lanes[0]).toMatchObject({ quarantined: true, held: 2 });
    expect(await stored(0)).toBe(2);
  });
});
