import { beforeEach, describe, expect, it } from 'vitest';
import { nativeCrypto as crypto } from '../../node/src/crypto/index.ts';
import { decodeProposal, encodeProposal } from '../src/consensus/index.ts';
import type { Crypto } from '../src/crypto/index.ts';
import { unwrap } from '../src/errors.ts';
import { encodeBlocksReply, encodeRefusal } from '../src/replica/messages.ts';
import { listingRecord, testFederation, withoutVote } from './cities.ts';
import { LoneCity } from './lone-city.ts';
import { FINALIZE, NOTARIZE, NULLIFY, type Voices } from './voices.ts';

const federation = testFederation(crypto, 4, undefined, 'ed25519');
const record = (number: number) => listingRecord(crypto, number);
const digest = (fill: number) => new Uint8Array(32).fill(fill);
/** The last byte of every signed message here belongs to its signature. */
const spoilt = (bytes: Uint8Array) => bytes.with(-1, (bytes.at(-1) ?? 0) ^ 1);
let city: LoneCity;

beforeEach(async () => {
  city = await new LoneCity(federation, crypto).join();
});

const blamed = (it: LoneCity = city) => it.of('misbehaved').map(({ from, why }) => `${from} ${why}`);

/** Counts what a city verifies. */
function counting(): { readonly crypto: Crypto; readonly checks: () => number } {
  let count = 0;
  const { ed25519 } = crypto;
  const verify: typeof ed25519.verify = (...parts) => {
    count += 1;
    return ed25519.verify(...parts);
  };
  return { crypto: { ...crypto, ed25519: { ...ed25519, verify } }, checks: () => count };
}

/** An entry for two different records under one header. */
const swapped = (voices: Voices) =>
  voices.withRecords(voices.entry(2, undefined, [record(1)]), voices.entry(2, undefined, [record(2)]).records);

describe('G1: nobody passes on what does not verify, so who did misbehaved', () => {
  it.each<[string, (it: LoneCity) => void, string]>([
    [
      'a frame that is no message',
      (it) => it.input({ kind: 'message', nowMs: it.nowMs, from: 3, bytes: digest(9) }),
      '3 malformed',
    ],
    ['a vote that cannot be read', (it) => it.hear('vote', digest(1), 3), '3 malformed'],
    ['a proposal that cannot be read', (it) => it.hear('proposal', digest(1), 3), '3 malformed'],
    ['a certificate that cannot be read', (it) => it.hear('certificate', digest(1), 3), '3 malformed'],
    ['an entry that cannot be read', (it) => it.hear('entry', digest(1), 3), '3 malformed'],
    ['evidence that cannot be read', (it) => it.hear('evidence', digest(1), 3), '3 malformed'],
    [
      'a proposal that its leader did not sign',
      (it) => it.hear('proposal', spoilt(it.block(1).proposal), 3),
      '3 wrong-signature',
    ],
    ['a vote of somebody else', (it) => it.hear('vote', it.voices.voteBytes(1, NULLIFY, 1), 3), '3 vote-of-another'],
    [
      'a proposal whose leader signed something else',
      (it) => {
        const [block, other] = [it.block(1), it.block(1, { timestampMs: it.nowMs + 9 })];
        const { signed } = unwrap(decodeProposal(federation.domains, 4, other.proposal));
        it.hear('proposal', encodeProposal(block.bytes, signed), 3);
      },
      '3 malformed',
    ],
    [
      'a certificate without its signers',
      (it) => it.hear('certificate', spoilt(it.voices.certificate(NULLIFY, 1)), 3),
      '3 wrong-signature',
    ],
    [
      'a certificate of too few',
      (it) => it.hear('certificate', it.voices.certificate(NULLIFY, 1, undefined, { signers: [1, 2] }), 3),
      '3 wrong-signature',
    ],
    [
      'an entry that its owner did not sign',
      (it) => it.hear('entry', it.voices.entry(2, undefined, [record(1)], { signer: 3 }).bytes, 3),
      '3 wrong-signature',
    ],
    ['records that are not those of the header', (it) => it.hear('entry', swapped(it.voices), 3), '3 wrong-records'],
  ])('G1: %s', (_, say, verdict) => {
    say(city);
    expect(blamed()).toEqual([verdict]);
    expect(city.votes()).toEqual([]);
  });

  it('G1, C10: evidence that the accused did not sign, or that is none', async () => {
    city.hearVote(2, NOTARIZE, 1, digest(1));
    city.hearVote(2, NOTARIZE, 1, digest(2));
    const [evidence] = city.said('evidence');
    const other = await new LoneCity(federation, crypto, 3).join();
    other.hear('evidence', spoilt(evidence ?? digest(0)), 1);
    expect(blamed(other)).toEqual(['1 wrong-signature']);
    expect(other.of('evidence')).toEqual([]);
    other.hear('evidence', evidence ?? digest(0), 1);
    other.hear('evidence', spoilt(evidence ?? digest(0)), 1);
    expect(blamed(other)).toHaveLength(1); // known: nothing more is looked at
    expect(blamed()).toEqual([]);
  });

  it('G1: what honest cities send, however late, often or early it comes, is no misbehaviour', () => {
    const block = city.block(1);
    const entry = city.voices.entry(2, undefined, [record(1)]);
    const beyond = city.voices.entry(2, { sequence: 5000, digest: digest(1) }, [record(1)]);
    for (let again = 0; again < 3; again++) {
      city.hearProposal(block);
      city.hear('proposal', block.proposal, 3);
      city.hearEntry(entry);
      city.hear('entry', city.voices.announcement(entry), 3);
      city.hearEntry(beyond);
      city.hearVote(1, NOTARIZE, 1, block.digest);
      city.hearVote(2, NULLIFY, 900);
      city.hear('certificate', city.voices.certificate(NOTARIZE, 1, block.digest), 3);
      city.hear('certificate', city.voices.certificate(NULLIFY, 900), 3);
      city.hearCertificate(FINALIZE, 1, block.digest);
    }
    expect(blamed()).toEqual([]);
  });
});

describe('G1: votes are verified late, and a wrong one is nobody’s obstacle', () => {
  it('C6: who signed a vote wrongly is named when it would have counted', () => {
    const block = city.block(1);
    city.hearProposal(block);
    city.hear('vote', spoilt(city.voices.voteBytes(2, NOTARIZE, 1, block.digest)), 2);
    expect(blamed()).toEqual([]);
    city.hearVote(1, NOTARIZE, 1, block.digest);
    expect(blamed()).toEqual(['2 wrong-signature']);
    city.hearVote(2, NOTARIZE, 1, block.digest);
    expect(city.view).toBe(2);
  });

  it('C10: a wrong signature in the first place hides no second and third vote', () => {
    city.hear('vote', spoilt(city.voices.voteBytes(2, NOTARIZE, 1, digest(1))), 2);
    city.hearVote(2, NOTARIZE, 1, digest(2));
    expect(blamed()).toEqual(['2 wrong-signature']);
    expect(city.of('evidence')).toEqual([]);
    city.hearVote(2, NOTARIZE, 1, digest(3));
    expect(city.of('evidence')).toMatchObject([{ accused: 2, type: 'conflicting-votes' }]);
  });

  it('C10: nor a Nullify beside a Finalize', () => {
    city.hear('vote', spoilt(city.voices.voteBytes(2, NULLIFY, 1)), 2);
    city.hearVote(2, FINALIZE, 1, digest(2));
    expect(city.of('evidence')).toEqual([]);
    city.hearVote(2, NULLIFY, 1);
    expect(city.of('evidence')).toMatchObject([{ accused: 2, type: 'conflicting-votes' }]);
  });

  it('C10: a vote that its voter did not sign takes nobody’s place, and is no evidence', () => {
    city.hearVote(2, NOTARIZE, 1, digest(1));
    city.hear('vote', spoilt(city.voices.voteBytes(2, NOTARIZE, 1, digest(2))), 2);
    expect(blamed()).toEqual(['2 wrong-signature']);
    expect(city.of('evidence')).toEqual([]);
    city.hearVote(2, NOTARIZE, 1, digest(2));
    expect(city.of('evidence')).toHaveLength(1);
  });

  it('C5: a leader’s Nullify with a wrong signature skips nothing and is looked at once; the right one does', async () => {
    const { crypto: counted, checks } = counting();
    const it = await new LoneCity(federation, counted).join();
    const before = checks();
    it.hear('vote', spoilt(it.voices.voteBytes(1, NULLIFY, 1)), 1);
    for (let again = 0; again < 20; again++) it.hearVote(2, NOTARIZE, 1, digest(1));
    expect(it.votes()).toEqual([]);
    expect(blamed(it)).toEqual(['1 wrong-signature']);
    expect(checks() - before).toBe(1);
    it.hearVote(1, NULLIFY, 1);
    expect(it.votes()).toEqual(['nullify 1']);
  });

  it('R6: a city is told of the votes that it signed, whatever was said in its name besides', () => {
    city.hearVote(2, NOTARIZE, 1, digest(1));
    city.hear('vote', spoilt(city.voices.voteBytes(2, NOTARIZE, 3, digest(3))), 2);
    const bytes = city.requests('status')[0]?.bytes ?? digest(0);
    const [reply] = city.of('reply', city.input({ kind: 'request', nowMs: city.nowMs, id: 1, from: 2, bytes }));
    const { yourNewestVotes } = city.voices.readStatus(reply?.bytes ?? digest(0));
    const known = city.voices.vote(2, NOTARIZE, 1, digest(1));
    expect(yourNewestVotes.map(({ statement }) => statement)).toEqual([known.statement.bytes]);
  });

  it('G1: what is known already is not verified again, however often a liar says it', async () => {
    const { crypto: counted, checks } = counting();
    const it = await new LoneCity(federation, counted).join();
    for (const fill of [1, 2]) it.hearVote(2, NOTARIZE, 1, digest(fill));
    for (const later of [1, 2]) it.hearProposal(it.block(1, { timestampMs: it.nowMs + later }));
    const before = checks();
    for (let again = 3; again < 50; again++) {
      it.hearVote(2, NOTARIZE, 1, digest(again));
      it.hearProposal(it.block(1, { timestampMs: it.nowMs + again }));
    }
    expect(checks()).toBe(before);
  });
});

describe('G2: who answers what was not asked misbehaved', () => {
  const askedForBlocks = () => {
    const block = city.block(1);
    city.hear('certificate', city.voices.certificate(FINALIZE, 1, block.digest), 1);
    const [request] = city.requests('blocks');
    if (request === undefined) throw new Error('blocks are asked for');
    return { block, request };
  };

  it('G2: bytes that cannot be read, another kind of reply, a chain without its proof', () => {
    const { block, request } = askedForBlocks();
    const next = (effects: ReturnType<LoneCity['respond']>) => city.requests('blocks', effects)[0];
    const second = next(city.respond(request.id, digest(9)));
    const third = next(city.respond(second?.id ?? 0, city.voices.entriesReply([])));
    const proof = city.voices.certificate(FINALIZE, 1, block.digest, { signers: [1, 2] });
    city.respond(third?.id ?? 0, encodeBlocksReply([block.bytes], proof));
    expect(blamed()).toEqual([`${request.to} malformed`, `${second?.to} wrong-reply`, `${third?.to} wrong-signature`]);
  });

  it('G2: a refusal, silence, or an answer to what was asked before is none', () => {
    const { block, request } = askedForBlocks();
    city.respond(request.id, encodeRefusal('NOT_HELD'));
    city.hearProposal(block); // connects it before the next answer comes
    for (const { id } of city.requests('blocks')) {
      city.respond(id, encodeBlocksReply([block.bytes], city.voices.certificate(FINALIZE, 1, block.digest)));
    }
    expect(blamed()).toEqual([]);
  });

  it('G2: entries of another lane, or with another’s signature', () => {
    const entry = city.voices.entry(2, undefined, [record(1)]);
    city.hear('entry', city.voices.announcement(entry), 3);
    const [request] = city.requests('entries', city.wait(20));
    const effects = city.respond(
      request?.id ?? 0,
      city.voices.entriesReply([city.voices.entry(1, undefined, [record(1)])]),
    );
    const [next] = city.requests('entries', effects);
    const forged = city.voices.entry(2, undefined, [record(1)], { signer: 1 });
    city.respond(next?.id ?? 0, city.voices.entriesReply([forged]));
    expect(blamed()).toEqual([`${request?.to} wrong-reply`, `${next?.to} wrong-signature`]);
    expect(city.replica.status().lanes[2]?.held).toBe(0);
  });

  it('R6: a status with a finalization that nobody signed', async () => {
    const starting = new LoneCity(federation, crypto);
    await starting.start();
    const [request] = starting.requests('status');
    const finalization = starting.voices.certificate(FINALIZE, 9, digest(9), { signers: [1, 2] });
    starting.answerStatus(request?.id ?? 0, { finalization });
    expect(blamed(starting)).toEqual([`${request?.to} wrong-signature`]);
  });
});

describe('C12: who answers from another epoch does not misbehave', () => {
  it('C12: blocks of another epoch, and what proves them, are of no use and no fault', () => {
    const block = city.block(1);
    city.hear('certificate', city.voices.certificate(FINALIZE, 1, block.digest), 1);
    const [request] = city.requests('blocks');
    const later = city.block(1, { epoch: 1 });
    const proof = city.voices.certificate(FINALIZE, 1, later.digest, { epoch: 1 });
    city.respond(request?.id ?? 0, encodeBlocksReply([later.bytes], proof));
    expect(blamed()).toEqual([]);
    expect(city.finalizedHeight).toBe(0);
  });

  it('C12: a block of another epoch, asked for by its digest, is not put into the tree', () => {
    const later = city.block(1, { epoch: 1 });
    city.hearCertificate(NOTARIZE, 1, later.digest);
    const [request] = city.requests('block');
    const effects = city.respond(request?.id ?? 0, encodeBlocksReply([later.bytes]));
    expect(blamed()).toEqual([]);
    // Not held, so the next city is asked.
    expect(city.requests('block', effects)).toHaveLength(1);
  });

  it('C12: an entry that an epoch ended without, among those that were asked for', () => {
    const [first, second] = city.voices.lane(2, [record(1), record(2)]);
    if (first === undefined || second === undefined) throw new Error('two entries');
    city.hear('entry', city.voices.announcement(second), 3);
    const [request] = city.requests('entries', city.wait(20));
    const dropped = city.voices.entry(2, first.header, [record(3)], { epoch: 1 });
    city.respond(request?.id ?? 0, city.voices.entriesReply([first, dropped]));
    expect(blamed()).toEqual([]);
    expect(city.replica.status().lanes[2]?.held).toBe(1);
  });

  it('C12: an entry of a city that does not vote, whoever passes it on', async () => {
    const other = await new LoneCity(withoutVote(federation, 3), crypto).join();
    other.hear('entry', other.voices.entry(3, undefined, [record(1)]).bytes, 2);
    expect(blamed(other)).toEqual([]);
  });
});
