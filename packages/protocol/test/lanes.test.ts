import { beforeEach, describe, expect, it, vi } from 'vitest';
import { nativeCrypto as crypto } from '../../node/src/crypto/index.ts';
import { unwrap } from '../src/errors.ts';
import { decodeEntry, EMPTY_TIP, LaneBook, type VerifiedEntry } from '../src/lanes/index.ts';
import { limits } from '../src/limits.ts';
import { splitEnvelope } from '../src/replica/index.ts';
import { bulkRecord, listingRecord, testFederation } from './cities.ts';
import { advanceTo, LoneCity } from './lone-city.ts';
import { Voices } from './voices.ts';

const federation = testFederation(crypto, 4, undefined, 'ed25519');
const elsewhere = new Voices(testFederation(crypto, 4, { deltaMs: 99 }, 'ed25519'), crypto);
const record = (number: number) => listingRecord(crypto, number);
let city: LoneCity;

beforeEach(async () => {
  city = await new LoneCity(federation, crypto).join();
});

const held = (lane: number) => city.replica.status().lanes[lane]?.held;

describe('R1: carried bytes', () => {
  it('R1: every digest and signature has the federation in it: another federation’s messages are nothing here', () => {
    city.hearEntry(elsewhere.entry(2, undefined, [record(1)]));
    expect(held(2)).toBe(0);
    city.hear('vote', elsewhere.voteBytes(1, 2, 1), 1);
    city.hear('certificate', elsewhere.certificate(2, 1), 1);
    expect(city.votes()).toEqual([]);
    expect(city.view).toBe(1);
  });

  it('R1: an entry is kept and passed on as it was carried', () => {
    const entry = city.voices.entry(2, undefined, [record(1)]);
    city.hearEntry(entry);
    const [write] = city.of('persist').flatMap(({ writes }) => writes);
    expect(write?.value).toEqual(entry.bytes);
  });
});

describe('R2, R3: entries', () => {
  it('R2: the same requestId has one effect', () => {
    const entry = city.voices.entry(2, undefined, [record(1), record(1)]);
    city.hearEntry(entry);
    city.finalized(1, { advances: [advanceTo(entry)] });
    const outcomes = city.of('executed').flatMap(({ outcomes }) => outcomes.map(({ rejected }) => rejected));
    expect(outcomes).toEqual([undefined, 'REQUEST_ALREADY_APPLIED']);
  });

  it('R3: only the owner signs a lane', () => {
    city.hearEntry(city.voices.entry(2, undefined, [record(1)], { signer: 3 }));
    expect(held(2)).toBe(0);
    city.hearEntry(city.voices.entry(2, undefined, [record(1)]));
    expect(held(2)).toBe(1);
  });

  it.each([
    ['another root', { recordsRoot: new Uint8Array(32) }],
    ['another count', { recordCount: 2 }],
    ['another length', { byteLength: 1 }],
  ])('R3: records that do not fit the header are refused: %s', (_, change) => {
    city.hear('entry', city.voices.forgedEntry(city.voices.entry(2, undefined, [record(1)]), change), 2);
    expect(held(2)).toBe(0);
  });

  it('R3: one signature covers a whole batch, in order', () => {
    const effects = city.submit(...Array.from({ length: 500 }, (_, index) => record(index)));
    expect(city.of('sealed', effects)).toMatchObject([{ first: { lane: 0, sequence: 1, position: 0 }, count: 500 }]);
    expect(held(0)).toBe(1);
    city.submit(record(1000));
    expect(held(0)).toBe(2);
  });

  it('R3: sequences have no gaps: what came early waits for what is before it', () => {
    const [first, second] = city.voices.lane(2, [record(1), record(2)]);
    if (first === undefined || second === undefined) throw new Error('two entries');
    city.hearEntry(second);
    expect(held(2)).toBe(0);
    city.hearEntry(first);
    expect(held(2)).toBe(2);
  });

  it.each([
    ['no record', []],
    ['an empty record', [new Uint8Array(0)]],
    ['too many records', Array.from({ length: limits.entryRecordsMax + 1 }, () => new Uint8Array(1))],
    ['a record that is too long', [new Uint8Array(limits.recordBytesMax + 1)]],
    ['too many bytes', Array.from({ length: 129 }, () => new Uint8Array(limits.recordBytesMax))],
  ])('R3: a batch with %s is refused, and nothing of it is signed', (_, records) => {
    expect(city.of('refused', city.submit(...records))[0]?.error.code).toBe('BATCH_SIZE');
    expect(held(0)).toBe(0);
  });
});

describe('C3, G2: what waits for lane bytes', () => {
  /** How many steps of lanes are looked at while something runs. */
  function countingChecks(run: () => void): number {
    const checks = vi.spyOn(LaneBook.prototype, 'checkAdvance');
    run();
    const { length } = checks.mock.calls;
    checks.mockRestore();
    return length;
  }
  const hearVotes = () => {
    for (let view = 1; view < 40; view++) for (const voter of [1, 2, 3]) city.hearVote(voter, 2, view);
  };

  it('C3: a proposal of lanes that do not come is looked at again when a lane grows, and else never', () => {
    const entries = [1, 2, 3].map((lane) => city.voices.lane(lane, [record(lane), record(10 + lane)]));
    city.hearProposal(city.block(1, { advances: entries.map((lane) => advanceTo(lane[1] as VerifiedEntry)) }));
    expect(city.requests('entries')).toEqual([]);
    expect(countingChecks(() => city.hearProposal(city.block(2)))).toBe(0);
    expect(countingChecks(() => city.hearEntry(entries[0]?.[0] as VerifiedEntry))).toBe(3);
    expect(city.votesIn(1)).toEqual([]);
    for (const lane of entries) for (const entry of lane) city.hearEntry(entry);
    expect(city.votesIn(1)).toEqual(['notarize 1']);
  });

  it('L1: nor are final blocks whose lanes do not come', () => {
    const entry = city.voices.entry(2, undefined, [record(1)]);
    city.finalized(1, { advances: [advanceTo(entry)] });
    expect(city.replica.status()).toMatchObject({ finalizedHeight: 1, executedHeight: 0 });
    expect(countingChecks(hearVotes)).toBe(0);
    city.hearEntry(entry);
    expect(city.replica.status().executedHeight).toBe(1);
  });

  it('C3: a step of a lane is walked again only when that lane has changed', () => {
    const book = new LaneBook(4);
    const [first, second] = city.voices.lane(2, [record(1), record(2)]) as [VerifiedEntry, VerifiedEntry];
    const step = advanceTo(second);
    const missing = book.checkAdvance(EMPTY_TIP, step);
    expect(missing).toMatchObject({ kind: 'missing', from: 1, to: 2 });
    book.hold(city.voices.entry(1, undefined, [record(3)]));
    expect(book.checkAdvance(EMPTY_TIP, step)).toBe(missing);
    book.hold(second);
    expect(book.checkAdvance(EMPTY_TIP, step)).toMatchObject({ kind: 'missing', from: 1, to: 1 });
    book.hold(first);
    expect(book.checkAdvance(EMPTY_TIP, step)).toMatchObject({ kind: 'held' });
    // Another step to the same tip is another question.
    expect(book.checkAdvance(first.header, step)).toEqual({
      kind: 'held',
      share: { bytes: second.header.byteLength, records: 1, signatures: 0 },
    });
    expect(book.checkAdvance(second.header, step)).toEqual({ kind: 'invalid' });
    expect(book.checkAdvance(EMPTY_TIP, { ...step, sequence: 3 })).toEqual({ kind: 'invalid' });
    expect(book.checkAdvance(EMPTY_TIP, { ...step, lane: 1 })).toMatchObject({ kind: 'missing' });
    book.release(2, [first, second]);
    expect(book.checkAdvance(EMPTY_TIP, step)).toMatchObject({ kind: 'missing', to: 2 });
  });
});

describe('C2: what a leader proposes when more is held than a cut may add', () => {
  it('C2: is its own lane first, then the quiet ones, so that busy lanes keep nobody out', () => {
    const voices = new Voices(federation, crypto);
    const book = new LaneBook(4);
    // Two of the busy lanes alone fill a cut.
    const held = (lane: number, bytes: number, signatures: number) => {
      const entry = voices.entry(lane, undefined, [bulkRecord(crypto, lane, bytes)]);
      book.hold({ ...entry, records: entry.records, signatures });
    };
    for (const lane of [0, 1, 2]) held(lane, 1000, limits.cutSignaturesMax / 2);
    held(3, 100, 1);
    const nothing = [0, 1, 2, 3].map(() => EMPTY_TIP);
    const proposedBy = (leader: number) => book.collectAdvances(nothing, () => false, leader).map(({ lane }) => lane);
    expect([0, 1, 2, 3].map(proposedBy)).toEqual([
      [0, 3],
      [1, 3],
      [2, 3],
      [0, 3],
    ]);
  });
});

describe('R5: back-pressure', () => {
  it('R5: a lane may run a window ahead of its finalized tip; then the owner says when to try again', () => {
    for (let number = 0; number < limits.laneWindowEntries; number++) city.submit(record(number));
    expect(held(0)).toBe(limits.laneWindowEntries);
    const [refused] = city.of('refused', city.submit(record(9999)));
    expect(refused?.error).toMatchObject({ code: 'LANE_WINDOW_FULL', retryAfterMs: 100 });
    expect(held(0)).toBe(limits.laneWindowEntries);
    const third = city.of('sealed')[2];
    if (third === undefined) throw new Error('sealed');
    city.finalized(1, { advances: [{ lane: 0, sequence: 3, digest: third.entryDigest }] });
    for (let number = 0; number < 3; number++) expect(city.of('sealed', city.submit(record(number)))).toHaveLength(1);
    expect(city.of('refused', city.submit(record(9999)))).toHaveLength(1);
  });

  it('R5: the window is one of bytes too', () => {
    const megabyte = Array.from({ length: 128 }, (_, index) => bulkRecord(crypto, index, limits.recordBytesMax));
    for (let number = 0; number < limits.laneWindowBytes / limits.entryBytesMax; number++) city.submit(...megabyte);
    expect(city.of('refused')).toEqual([]);
    expect(city.of('refused', city.submit(record(1)))[0]?.error.code).toBe('LANE_WINDOW_FULL');
  });

  it('R5: entries of others beyond the window are not taken unasked', () => {
    const beyond = { sequence: limits.laneWindowEntries, digest: new Uint8Array(32).fill(1) };
    city.hearEntry(city.voices.entry(2, beyond, [record(1)]));
    const within = { sequence: limits.laneWindowEntries - 1, digest: new Uint8Array(32).fill(2) };
    const entry = city.voices.entry(2, within, [record(2)]);
    city.hearEntry(entry);
    const written = city.of('persist').flatMap(({ writes }) => writes.map(({ value }) => value));
    expect(written).toEqual([entry.bytes]);
  });

  describe('in bytes', () => {
    /** Entries of a mebibyte that are held unasked. */
    const ROOM = (limits.laneWindowBytes + limits.cutBytesMax) / limits.entryBytesMax;
    const megabyte = (seed: number) =>
      Array.from({ length: 128 }, (_, index) => bulkRecord(crypto, 1000 * seed + index, 8192));
    const held = () => city.of('persist').flatMap(({ writes }) => writes.filter(({ key }) => key[0] === 1)).length;
    /** A lane of entries of 1 MiB each. */
    const bulkLane = (length: number, createdAtMs = 1) => {
      const lane: VerifiedEntry[] = [];
      for (let seed = 1; seed <= length; seed++) {
        lane.push(city.voices.entry(2, lane.at(-1)?.header, megabyte(seed % 3), { createdAtMs }));
      }
      return lane;
    };
    /** Answers what is asked of the lane as an honest city does, until nothing more is asked. */
    const serve = (lane: readonly VerifiedEntry[]) => {
      const answered = new Set<number>();
      for (let rounds = 0; rounds < 100; rounds++) {
        const [request] = city.requests('entries').filter(({ id }) => !answered.has(id));
        if (request === undefined) return;
        answered.add(request.id);
        const { from, to } = city.voices.readEntriesRequest(request.bytes);
        city.respond(request.id, city.voices.entriesReply(lane.slice(from - 1, Math.min(to, from + 1))));
      }
    };

    it('R5: a liar’s lane far ahead fills no memory, and is fetched when finality has made room', () => {
      const lane = bulkLane(ROOM + 4);
      for (const entry of lane) city.hearEntry(entry);
      expect(held()).toBe(ROOM);
      serve(lane);
      expect(held()).toBe(ROOM);
      const fourth = lane[3];
      if (fourth === undefined) throw new Error('a lane');
      city.finalized(1, { advances: [advanceTo(fourth)] });
      city.wait(50);
      serve(lane);
      expect(held()).toBe(ROOM + 4);
      expect(city.replica.status().lanes[2]?.held).toBe(ROOM + 4);
      expect(city.of('misbehaved')).toEqual([]);
    });

    it('R5: what a block names is taken all the same, one by one from its tip', () => {
      for (const entry of bulkLane(ROOM)) city.hearEntry(entry);
      const other = bulkLane(2, 2);
      const tip = other.at(-1);
      if (tip === undefined) throw new Error('two entries');
      city.hearProposal(city.block(1, { advances: [advanceTo(tip)] }));
      city.wait(20);
      serve(other);
      expect(city.votesIn(1)).toEqual(['notarize 1']);
    });

    it('C3, R5: of a cut that is too large no more is fetched than shows it', () => {
      const lane = bulkLane(60);
      const tip = lane.at(-1);
      if (tip === undefined) throw new Error('a lane');
      city.hearProposal(city.block(1, { advances: [advanceTo(tip)] }));
      city.wait(20);
      serve(lane);
      expect(city.votesIn(1)).toEqual(['nullify 1']);
      expect(held()).toBeLessThanOrEqual(ROOM + 5);
    });
  });

  it('R5: a leader proposes no more than a window of a lane', async () => {
    const leader = await new LoneCity(federation, crypto).join();
    for (let number = 0; number < limits.laneWindowEntries; number++) leader.submit(record(number));
    for (const view of [1, 2, 3]) leader.hearCertificate(2, view);
    expect(leader.proposals()).toMatchObject([{ advances: [{ lane: 0, sequence: limits.laneWindowEntries }] }]);
  });
});

describe('G1: spreading', () => {
  it('G1: small entries ride inside the gossip; bulk is announced there and pushed on the streams', () => {
    const small = city.submit(record(1));
    expect(city.of('publish', small)).toHaveLength(1);
    expect(city.said('entry', small)).toEqual([]);
    const bulk = city.submit(...Array.from({ length: 40 }, (_, index) => record(index)));
    const [announced] = city.of('publish', bulk);
    expect(announced?.bytes.length).toBeLessThan(400);
    expect(city.of('broadcast', bulk)).toMatchObject([{ channel: 'entries' }]);
  });

  it('G1: what is announced and does not come is fetched, from who announced it first', () => {
    const entry = city.voices.entry(2, undefined, [record(1)]);
    city.hear('entry', city.voices.announcement(entry), 3);
    expect(city.requests('entries')).toEqual([]);
    const [request] = city.requests('entries', city.wait(13));
    expect(request?.to).toBe(3);
    city.respond(request?.id ?? 0, undefined);
    expect(city.requests('entries').at(-1)?.to).toBe(2);
    city.respond(city.requests('entries').at(-1)?.id ?? 0, city.voices.entriesReply([entry]));
    expect(held(2)).toBe(1);
    city.effects.length = 0;
    city.wait(5_000);
    expect(city.requests('entries')).toEqual([]);
  });

  it('G1: a vote comes from its voter, or it is not heard', () => {
    for (const voter of [1, 2, 3]) city.hear('vote', city.voices.voteBytes(voter, 2, 1), 1);
    expect(city.view).toBe(1);
  });

  it('G1: nothing unverified is believed: a certificate with a wrong signature, too few or unknown signers', () => {
    const certificate = city.voices.certificate(2, 1);
    city.hear(
      'certificate',
      certificate.map((byte, index) => (index === certificate.length - 1 ? byte ^ 1 : byte)),
    );
    city.hear('certificate', city.voices.certificate(2, 1, undefined, { signers: [1, 2] }));
    expect(city.view).toBe(1);
    city.hear('certificate', certificate);
    expect(city.view).toBe(2);
  });

  it('G1: gossip is forwarded only when it is well formed, signed, whole and small', () => {
    const verdict = (topic: 'lanes' | 'final', kind: 'entry' | 'certificate' | 'vote', payload: Uint8Array) =>
      city.replica.verifyGossip(topic, city.voices.frame(kind, payload));
    const entry = city.voices.entry(2, undefined, [record(1)]);
    const other = city.voices.entry(2, undefined, [record(2)]);
    expect(verdict('lanes', 'entry', entry.bytes)).toBe('accept');
    expect(verdict('lanes', 'entry', city.voices.announcement(entry))).toBe('accept');
    expect(verdict('lanes', 'entry', city.voices.withRecords(entry, other.records))).toBe('reject');
    expect(verdict('lanes', 'entry', city.voices.entry(2, undefined, [record(1)], { signer: 1 }).bytes)).toBe('reject');
    const bulk = city.voices.entry(2, undefined, [bulkRecord(crypto, 1, 5000)]);
    expect(verdict('lanes', 'entry', bulk.bytes)).toBe('reject');
    expect(verdict('lanes', 'entry', city.voices.announcement(bulk))).toBe('accept');
    expect(verdict('lanes', 'vote', city.voices.voteBytes(1, 2, 1))).toBe('reject');
    const first = city.block(1);
    const finalization = city.voices.certificate(3, 1, first.digest);
    expect(verdict('final', 'certificate', finalization)).toBe('accept');
    expect(
      verdict(
        'final',
        'certificate',
        finalization.map((b, i) => (i === finalization.length - 1 ? b ^ 1 : b)),
      ),
    ).toBe('reject');
    expect(verdict('final', 'entry', entry.bytes)).toBe('reject');
    city.hearProposal(first);
    city.finalized(3, { parent: first });
    expect(verdict('final', 'certificate', finalization)).toBe('ignore');
    expect(city.replica.verifyGossip('lanes', new Uint8Array([1, 2, 3]))).toBe('reject');
  });

  describe('of no use, and not passed on', () => {
    const verdict = (payload: Uint8Array) => city.replica.verifyGossip('lanes', city.voices.frame('entry', payload));
    const [first, other, third] = [1, 2, 3].map((number) => () => city.voices.entry(2, undefined, [record(number)]));
    const entries = () => {
      const made = [first?.(), other?.(), third?.()];
      const [one, two, three] = made;
      if (one === undefined || two === undefined || three === undefined) throw new Error('three entries');
      return [one, two, three] as const;
    };

    it('G1: is what is beyond the window of its lane, in entries', () => {
      const at = (sequence: number) =>
        city.voices.entry(2, { sequence: sequence - 1, digest: new Uint8Array(32) }, [record(1)]);
      expect(verdict(at(limits.laneWindowEntries).bytes)).toBe('accept');
      expect(verdict(at(limits.laneWindowEntries + 1).bytes)).toBe('ignore');
    });

    it('G1: or in bytes', () => {
      let tip: VerifiedEntry | undefined;
      const bulk = Array.from({ length: 128 }, (_, index) => bulkRecord(crypto, index, 8192));
      for (let number = 0; number < (limits.laneWindowBytes + limits.cutBytesMax) / limits.entryBytesMax; number++) {
        tip = city.voices.entry(2, tip?.header, bulk);
        city.hearEntry(tip);
      }
      expect(verdict(city.voices.entry(2, tip?.header, [record(1)]).bytes)).toBe('ignore');
    });

    it('G1: is what is held, announced or executed', () => {
      const [entry] = entries();
      expect(verdict(city.voices.announcement(entry))).toBe('accept');
      city.hear('entry', city.voices.announcement(entry), 2);
      expect(verdict(city.voices.announcement(entry))).toBe('ignore');
      expect(verdict(entry.bytes)).toBe('accept');
      city.hearEntry(entry);
      expect(verdict(entry.bytes)).toBe('ignore');
      city.finalized(1, { advances: [advanceTo(entry)] });
      expect(verdict(entry.bytes)).toBe('ignore');
    });

    it('G1, R4: is a third branch; a second one is proof, even below what is executed', () => {
      const [entry, fork, more] = entries();
      city.hearEntry(entry);
      city.finalized(1, { advances: [advanceTo(entry)] });
      expect(verdict(fork.bytes)).toBe('accept');
      city.hearEntry(fork);
      expect(city.of('evidence')).toMatchObject([{ accused: 2, type: 'lane-fork' }]);
      expect(verdict(more.bytes)).toBe('ignore');
    });

    it('G1, C10: is what a quarantined city says', () => {
      const [entry, fork] = entries();
      for (const branch of [entry, fork]) city.hearEntry(branch);
      const sealed = city.of('publish').at(-1)?.bytes ?? new Uint8Array(0);
      const report = unwrap(decodeEntry(federation.domains, federation.genesis, unwrap(splitEnvelope(sealed)).payload));
      const { lane, sequence, digest } = report.header;
      const next = city.voices.entry(2, entry.header, [record(9)]);
      expect(verdict(next.bytes)).toBe('accept');
      city.finalized(1, { advances: [{ lane, sequence, digest }] });
      expect(city.replica.status().lanes[2]?.quarantined).toBe(true);
      expect(verdict(next.bytes)).toBe('ignore');
    });
  });
});
