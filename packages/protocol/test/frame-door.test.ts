import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { nativeCrypto as crypto } from '../../node/src/crypto/index.ts';
import { encodeMessage } from '../src/codec/index.ts';
import { EvidenceSchema } from '../src/gen/hansa/v1/consensus_pb.ts';
import { limits } from '../src/limits.ts';
import { type EnvelopeKind, envelopeFields, splitEnvelope, wrapEnvelope } from '../src/replica/index.ts';
import { votesEvidence } from '../src/replica/messages.ts';
import { listingRecord, testFederation } from './cities.ts';
import { advanceTo, LoneCity } from './lone-city.ts';
import { FINALIZE, NOTARIZE, NULLIFY } from './voices.ts';

const federation = testFederation(crypto, 4, undefined, 'ed25519');
let city: LoneCity;
/** One valid frame of each kind, which none of the tests below may have an effect without being. */
let frames: Record<EnvelopeKind, Uint8Array>;
let responses: Uint8Array[];
let headerLength: number;

beforeAll(async () => {
  city = await new LoneCity(federation, crypto).join();
  const entry = city.voices.entry(2, undefined, [listingRecord(crypto, 1)]);
  const block = city.block(1, { advances: [advanceTo(entry)] });
  const digests = [1, 2].map((fill) => new Uint8Array(32).fill(fill));
  const [first, second] = digests.map((digest) => city.voices.vote(3, NOTARIZE, 7, digest));
  if (first === undefined || second === undefined) throw new Error('two votes');
  frames = {
    proposal: wrapEnvelope('proposal', block.proposal),
    vote: wrapEnvelope('vote', city.voices.voteBytes(1, NULLIFY, 1)),
    certificate: wrapEnvelope('certificate', city.voices.certificate(FINALIZE, 1, block.digest)),
    entry: wrapEnvelope('entry', entry.bytes),
    evidence: wrapEnvelope('evidence', encodeMessage(EvidenceSchema, votesEvidence(first, second))),
  };
  headerLength = city.voices.announcement(entry).length;
  responses = [city.voices.entriesReply([entry])];
});

/**
 * Feeds a frame to a city at rest. Nothing may be thrown, said or written, and its state stays as it is. At most, who
 * sent it is named (G1), or asked about the epoch that it speaks in (C12).
 */
function expectNoEffect(bytes: Uint8Array): void {
  const before = JSON.stringify(city.replica.status().lanes.map(({ heardInView: _, ...lane }) => lane));
  const effects = city.input({ kind: 'message', nowMs: city.nowMs, from: 1, bytes }).filter((effect) => {
    if (effect.kind !== 'request') return true;
    // C12: whoever speaks in a later epoch is asked for blocks, once; it has none.
    expect(effect).toMatchObject({ to: 1 });
    const silence = city.input({ kind: 'response', nowMs: city.nowMs, id: effect.id, bytes: undefined });
    expect(silence).toEqual([]);
    return false;
  });
  expect([[], [{ kind: 'misbehaved', from: 1, why: expect.any(String) }]]).toContainEqual(effects);
  expect(JSON.stringify(city.replica.status().lanes.map(({ heardInView: _, ...lane }) => lane))).toBe(before);
  for (const topic of ['lanes', 'final'] as const) {
    expect(city.replica.verifyGossip(topic, bytes)).not.toBe('accept');
  }
}

describe('bad input at the door of frames (R1, G1)', () => {
  it('random bytes throw nothing and change nothing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => expectNoEffect(bytes)),
      { seed: 1, numRuns: 300 },
    );
  });

  it('random payloads in a right frame throw nothing and change nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...envelopeFields), fc.uint8Array({ maxLength: 400 }), (kind, bytes) =>
        expectNoEffect(wrapEnvelope(kind, bytes)),
      ),
      { seed: 2, numRuns: 300 },
    );
  });

  it.each(envelopeFields)('every truncation of a %s throws nothing and changes nothing', (kind) => {
    const frame = frames[kind];
    // An entry cut off right behind its header is an announcement, which is a message of its own.
    const announcement = kind === 'entry' ? headerLength : -1;
    for (let length = 0; length < frame.length; length++) {
      expectNoEffect(frame.subarray(0, length));
      const inner = splitEnvelope(frame);
      if (inner.ok && length < inner.value.payload.length && length !== announcement) {
        expectNoEffect(wrapEnvelope(kind, inner.value.payload.subarray(0, length)));
      }
    }
  });

  it.each(['proposal', 'certificate', 'entry', 'evidence'] as const)(
    'every flipped bit of a %s throws nothing and changes nothing',
    (kind) => {
      const frame = frames[kind];
      for (let bit = 0; bit < 8 * frame.length; bit++) {
        const flipped = frame.slice();
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expectNoEffect(flipped);
      }
    },
  );

  it('no flipped bit of votes makes a certificate: three damaged votes are no quorum', () => {
    const votes = [1, 2, 3].map((voter) => city.voices.voteBytes(voter, NULLIFY, 5));
    fc.assert(
      fc.property(fc.nat({ max: 8 * (votes[0]?.length ?? 0) - 1 }), (bit) => {
        votes.forEach((vote, index) => {
          const flipped = vote.slice();
          flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
          city.hear('vote', flipped, index + 1);
        });
        expect(city.view).toBe(1);
        expect(city.of('alarm')).toEqual([]);
      }),
      { seed: 3, numRuns: 300 },
    );
    expect(city.of('evidence')).toEqual([]);
  });

  it('oversized frames are refused unread', () => {
    for (const kind of envelopeFields) {
      expectNoEffect(wrapEnvelope(kind, new Uint8Array(limits.frameBytesMax + 1)));
      expectNoEffect(wrapEnvelope(kind, new Uint8Array(limits.frameBytesMax - 16)));
    }
  });

  it('random and damaged responses and requests throw nothing and change nothing', () => {
    const someone = fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.constantFrom(...responses));
    fc.assert(
      fc.property(someone, fc.nat({ max: 3000 }), fc.nat({ max: 40 }), (bytes, bit, id) => {
        const damaged = bytes.slice();
        if (damaged.length > 0) {
          const place = (bit >> 3) % damaged.length;
          damaged[place] = (damaged[place] ?? 0) ^ (1 << (bit & 7));
        }
        expect(city.respond(id, damaged)).toEqual([]);
        const replies = city.input({ kind: 'request', nowMs: city.nowMs, id, from: 1, bytes: damaged });
        expect(replies.map(({ kind }) => kind)).toEqual(['reply']);
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  it('the frames themselves were good: each has its effect', async () => {
    for (const kind of envelopeFields) {
      const other = await new LoneCity(federation, crypto).join();
      other.input({ kind: 'message', nowMs: other.nowMs, from: 1, bytes: frames[kind] });
      const effects = other.input({ kind: 'message', nowMs: other.nowMs, from: 1, bytes: frames[kind] });
      expect(other.effects.length, kind).toBeGreaterThan(8);
      expect(effects, `${kind} again`).toEqual([]);
    }
  });

  it('a replayed frame has no second effect; a wrong sender has none', async () => {
    const other = await new LoneCity(federation, crypto).join();
    for (const from of [2, 3]) other.input({ kind: 'message', nowMs: other.nowMs, from, bytes: frames.vote });
    expect(other.votes()).toEqual([]);
    expect(other.replica.status().lanes.map(({ heardInView }) => heardInView)).toEqual([0, 0, 0, 0]);
  });
});
