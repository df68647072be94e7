import { beforeEach, describe, expect, it } from 'vitest';
import { nativeCrypto as crypto } from '../../node/src/crypto/index.ts';
import { FINAL_BLOCKS_REMEMBERED, FinalChain } from '../src/consensus/final-chain.ts';
import type { Digest } from '../src/crypto/index.ts';
import { keys, MemoryStore } from '../src/replica/index.ts';
import { encodeBlocksReply } from '../src/replica/messages.ts';
import { testFederation } from './cities.ts';
import { LoneCity } from './lone-city.ts';
import { FINALIZE, NOTARIZE, NULLIFY, type SaidBlock } from './voices.ts';

const federation = testFederation(crypto, 4, undefined, 'ed25519');
const X: Digest = new Uint8Array(32).fill(1);
const Y: Digest = new Uint8Array(32).fill(2);
let city: LoneCity;

beforeEach(async () => {
  city = await new LoneCity(federation, crypto).join();
});

/** Views 1 and 4 are final, each directly; 2 and 3 were skipped. */
function finalOneAndFour(): void {
  const parent = city.finalized(1);
  for (const view of [2, 3]) city.hearCertificate(NULLIFY, view);
  city.finalized(4, { parent });
  expect(city.finalizedHeight).toBe(2);
}

/** A block of view 2 on a block of view 1 that this city never heard of; its final block of view 1 is another one. */
function otherChain(): [SaidBlock, SaidBlock] {
  const other = city.block(1, { timestampMs: city.nowMs + 50 });
  return [other, city.block(2, { parent: other })];
}

describe('C6: certificates that cannot all exist stop the city', () => {
  const contradictions: [string, () => void][] = [
    [
      'two notarizations of a view',
      () => {
        city.hearCertificate(NOTARIZE, 2, X);
        city.hearCertificate(NOTARIZE, 2, Y);
      },
    ],
    [
      'two finalizations of a view, whose blocks are not known yet',
      () => {
        city.hearCertificate(FINALIZE, 2, X);
        city.hearCertificate(FINALIZE, 2, Y);
      },
    ],
    [
      'a notarization, then the finalization of another block of the view',
      () => {
        city.hearCertificate(NOTARIZE, 2, X);
        city.hearCertificate(FINALIZE, 2, Y);
      },
    ],
    [
      'a finalization, then the notarization of another block of the view',
      () => {
        city.hearCertificate(FINALIZE, 2, X);
        city.hearCertificate(NOTARIZE, 2, Y);
      },
    ],
    [
      'a nullification, then a finalization of the view',
      () => {
        city.hearCertificate(NULLIFY, 2);
        city.hearCertificate(FINALIZE, 2, X);
      },
    ],
    [
      'a finalization, then a nullification of the view',
      () => {
        city.hearCertificate(FINALIZE, 2, X);
        city.hearCertificate(NULLIFY, 2);
      },
    ],
    [
      'a finalization of another block of the newest final view',
      () => {
        finalOneAndFour();
        city.hearCertificate(FINALIZE, 4, X);
      },
    ],
    [
      'a nullification of the newest final view',
      () => {
        finalOneAndFour();
        city.hearCertificate(NULLIFY, 4);
      },
    ],
    [
      'a finalization of another block of an older final view',
      () => {
        finalOneAndFour();
        city.hearCertificate(FINALIZE, 1, X);
      },
    ],
    [
      'a finalization in a view that finality passed by',
      () => {
        finalOneAndFour();
        city.hearCertificate(FINALIZE, 3, X);
      },
    ],
    [
      'a notarization of another block of an older final view',
      () => {
        finalOneAndFour();
        city.hearCertificate(NOTARIZE, 1, X);
      },
    ],
    [
      'a final block above, whose ancestors, fetched one by one, do not lead to the own final block',
      () => {
        const [, newest] = otherChain();
        city.finalized(1);
        city.hearCertificate(FINALIZE, 2, newest.digest);
        const [request] = city.requests('block');
        city.respond(request?.id ?? 0, encodeBlocksReply([newest.bytes]));
      },
    ],
    [
      'final blocks, fetched by height, that do not follow the own final block',
      () => {
        const [, newest] = otherChain();
        city.finalized(1);
        const proof = city.voices.certificate(FINALIZE, 2, newest.digest);
        city.hear('certificate', proof);
        const [request] = city.requests('blocks');
        city.respond(request?.id ?? 0, encodeBlocksReply([newest.bytes], proof));
      },
    ],
    [
      'the finalization of a block on another one than the notarized one of its view',
      () => {
        const [first, second] = otherChain();
        for (const block of [first, second]) city.hearProposal(block);
        city.hearCertificate(NOTARIZE, 1, X);
        city.hearCertificate(FINALIZE, 2, second.digest);
      },
    ],
    [
      'the finalization of a block that passes by another final one',
      () => {
        city.hearCertificate(FINALIZE, 1, X);
        const second = city.block(2);
        city.hearProposal(second);
        city.hearCertificate(FINALIZE, 2, second.digest);
      },
    ],
    [
      'the finalization of a block that says it stands a height above its place',
      () => {
        const parent = city.finalized(1);
        const high = city.block(2, { parent, height: 3 });
        city.hearProposal(high);
        city.hearCertificate(FINALIZE, 2, high.digest);
      },
    ],
    [
      'the finalization of a block that is not later than its parent',
      () => {
        const parent = city.finalized(1);
        const early = city.block(2, { parent, timestampMs: parent.fields.timestampMs });
        city.hearProposal(early);
        city.hearCertificate(FINALIZE, 2, early.digest);
      },
    ],
    [
      'the finalization of a block that names another view for its parent',
      () => {
        const parent = city.finalized(2);
        const wrong = city.block(4, { parent, parentView: 3 });
        city.hearProposal(wrong);
        city.hearCertificate(FINALIZE, 4, wrong.digest);
      },
    ],
  ];

  it.each(contradictions)('C6: %s', async (_, contradict) => {
    contradict();
    const { finalizedHeight } = city;
    expect(city.alarms()).toEqual(['SAFETY_VIOLATED']);
    expect(city.replica.status().halted).toBe(true);
    expect(city.of('misbehaved')).toEqual([]);

    // It says no more, does not follow, and asks for nothing.
    const said = city.votes();
    city.effects.length = 0;
    city.hearProposal(city.block(city.view, { timestampMs: city.nowMs }));
    city.wait(5_000);
    expect(city.votes().filter((vote) => !said.includes(vote))).toEqual([]);
    expect([...city.requests('block'), ...city.requests('blocks')]).toEqual([]);
    expect(city.finalizedHeight).toBe(finalizedHeight);

    // C11: nor after a restart; and what proves it is kept.
    const again = new LoneCity(federation, crypto);
    again.store = city.store;
    await again.join();
    again.hearProposal(again.block(again.view, { timestampMs: again.nowMs }));
    again.wait(5_000);
    expect(again.alarms()).toEqual(['SAFETY_VIOLATED']);
    expect(again.votes().filter((vote) => !said.includes(vote))).toEqual([]);
    const proofs = await Promise.all([0, 1].map((index) => city.store.get(keys.haltProof(index))));
    expect(proofs.filter((proof) => proof !== undefined).length).toBeGreaterThan(0);
  });

  it('C6: the alarm does not say that certificates contradict each other when one alone makes final what has no place', () => {
    const parent = city.finalized(1);
    const high = city.block(2, { parent, height: 3 });
    city.hearProposal(high);
    city.hearCertificate(FINALIZE, 2, high.digest);
    const message = city.of('alarm')[0]?.error.message ?? '';
    expect(message).toMatch(
      /^A certificate of view 2 makes a block final that does not continue the chain that .* view 1 made/,
    );
    expect(message).not.toContain('contradict');
    expect(message).not.toContain('signed by');
  });

  it('C6: the alarm names who signed both, and both certificates are kept', async () => {
    city.hear('certificate', city.voices.certificate(FINALIZE, 2, X, { signers: [0, 1, 2] }));
    city.hear('certificate', city.voices.certificate(NULLIFY, 2, undefined, { signers: [1, 2, 3] }));
    expect(city.of('alarm')[0]?.error.message).toMatch(
      /^Two certificates contradict each other, in view 2: .* Both are signed by sanya, danzhou\. .* has both certificates,/,
    );
    expect(await city.store.get(keys.haltProof(0))).toEqual(
      city.voices.certificate(FINALIZE, 2, X, { signers: [0, 1, 2] }),
    );
    expect(await city.store.get(keys.haltProof(1))).toEqual(
      city.voices.certificate(NULLIFY, 2, undefined, { signers: [1, 2, 3] }),
    );
  });

  it('C6: a restarted city still knows which blocks are final', async () => {
    finalOneAndFour();
    for (const [kind, view] of [
      [FINALIZE, 1],
      [FINALIZE, 3],
      [NOTARIZE, 1],
    ] as const) {
      const again = new LoneCity(federation, crypto);
      again.store = city.store;
      await again.join();
      again.store = new MemoryStore(); // its alarm is its own
      again.hearCertificate(kind, view, X);
      expect(again.alarms()).toEqual(['SAFETY_VIOLATED']);
    }
  });
});

describe('C6: what f liars can bring about stops nobody', () => {
  it('C6: certificates without a quorum, or without their signers, prove nothing', () => {
    city.hearCertificate(NOTARIZE, 2, X);
    city.hear('certificate', city.voices.certificate(NOTARIZE, 2, Y, { signers: [1, 2] }));
    const forged = city.voices.certificate(FINALIZE, 2, Y);
    city.hear('certificate', forged.with(-1, (forged.at(-1) ?? 0) ^ 1));
    expect(city.alarms()).toEqual([]);
    expect(city.of('misbehaved')).toHaveLength(2);
  });

  it('C6: a view may be nullified and its block notarized, and final with a block on top', () => {
    const first = city.notarized(1);
    city.hearCertificate(NULLIFY, 1);
    city.finalized(2, { parent: first });
    city.hearCertificate(NULLIFY, 1);
    city.hearCertificate(NOTARIZE, 1, first.digest);
    city.hearCertificate(FINALIZE, 1, first.digest);
    expect(city.finalizedHeight).toBe(2);
    expect(city.alarms()).toEqual([]);
  });

  it('C6: what is final is heard again and again, and proves nothing', () => {
    finalOneAndFour();
    const before = city.effects.length;
    city.hearCertificate(NULLIFY, 2);
    city.hearCertificate(NOTARIZE, 3, X); // a block of a view that was skipped may have been notarized
    expect(city.effects.slice(before)).toEqual([]);
    expect(city.alarms()).toEqual([]);
  });

  it('C6: a leader who proposes on a made-up chain is no alarm: only finalizations are held against the own chain', () => {
    const [other, second] = otherChain();
    city.finalized(1);
    city.hearProposal(second);
    const [request] = city.requests('block');
    city.respond(request?.id ?? 0, encodeBlocksReply([other.bytes]));
    city.wait(2_000);
    expect(city.alarms()).toEqual([]);
    expect(city.votesIn(2)).toEqual(['nullify 2']);
  });

  it('C6: an answer to what was asked before the own chain grew is no other chain', () => {
    const first = city.block(1);
    const second = city.block(2, { parent: first });
    const proof = city.voices.certificate(FINALIZE, 2, second.digest);
    city.hear('certificate', proof);
    const [request] = city.requests('blocks');
    for (const block of [first, second]) city.hearProposal(block);
    expect(city.finalizedHeight).toBe(2);
    city.respond(request?.id ?? 0, encodeBlocksReply([first.bytes, second.bytes], proof));
    expect(city.alarms()).toEqual([]);
    expect(city.of('misbehaved')).toEqual([]);
  });

  it('C6: memory of final blocks is bounded, and views that left it exclude nothing', () => {
    const block = (view: number) => ({ view, digest: crypto.sha256(new Uint8Array([view & 255, view >> 8])) });
    const chain = new FinalChain([block(0)]);
    // Every third view has a final block.
    for (let view = 3; view <= 3 * FINAL_BLOCKS_REMEMBERED; view += 3) chain.extend([block(view)]);
    const newest = 3 * FINAL_BLOCKS_REMEMBERED;
    expect(chain.hasOther({ view: 3, digest: X })).toBe(true);
    expect(chain.passedBy({ view: 1, digest: X }, newest)).toBe(false);
    expect(chain.hasOther({ view: 0, digest: X })).toBe(false);
    expect(chain.passedBy({ view: 4, digest: X }, newest)).toBe(true);
    expect(chain.passedBy(block(6), newest)).toBe(false);
    expect(chain.passedBy({ view: newest + 1, digest: X }, newest)).toBe(false);
  });
});
