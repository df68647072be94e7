import { HansaError, toHex } from '@hansa/protocol';
import type { AuthorityIndex } from '@hansa/protocol/genesis';
import { addScalars, blind, finalize, lagrangeAtZero, placeOf, portableGroup, type Scalar } from '@hansa/protocol/oprf';
import type { Store } from '@hansa/protocol/replica';
import { type Subject, type SubjectTagger, subjectInput, subjectTag, type TagFamily } from '@hansa/protocol/subjects';
import {
  create,
  decodeStrict,
  encodeMessage,
  type OprfReply,
  OprfReplySchema,
  OprfRequestSchema,
} from '@hansa/protocol/wire';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadWasmGroup } from '../src/crypto/index.ts';
import { ShareStore } from '../src/oprf/share-store.ts';
import { context, OprfFederation, TURN_MS } from './oprf-federation.ts';

const group = await loadWasmGroup();
let cities: OprfFederation;
afterEach(async () => {
  await cities.stop();
});

const person = (number: number): Subject => ({ kind: 'id', number: `99010420000${String(number).padStart(6, '0')}X` });
const persons = (count: number): Subject[] => Array.from({ length: count }, (_, i) => person(i));

async function start(count = 4, options: Parameters<typeof OprfFederation.start>[2] = {}): Promise<void> {
  cities = await OprfFederation.start(count, group, options);
}

/** Waits for a key. Time passes meanwhile where not all cities can take part, so that nobody waits for them for ever. */
async function settled(generation = 1, evaluators = cities.nodes.length, at = 0): Promise<void> {
  await vi.waitFor(
    async () => {
      const { key } = await cities.node(at).service.status();
      if (key?.generation !== generation && evaluators < cities.nodes.length) cities.nowMs += 500;
      expect(key?.generation).toBe(generation);
      expect(key?.evaluators.length).toBeGreaterThanOrEqual(evaluators);
    },
    { timeout: 20_000, interval: 2 },
  );
}

const tagger = (city: AuthorityIndex): SubjectTagger => cities.node(city).service.tagger;

async function tagsOf(city: AuthorityIndex, subjects: readonly Subject[] = persons(3), parts = {}): Promise<string[]> {
  return (await tagger(city).tag('blacklist', subjects, context(parts))).map(toHex);
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'none',
    (error: unknown) => (error instanceof HansaError ? error.code : String(error)),
  );
}

const alarmsOf = async (city: AuthorityIndex): Promise<string[]> =>
  (await cities.node(city).service.status()).alarms.map(({ code, message }) => `${code} ${message.split(' ')[0]}`);

/** Changes the replies of one city. */
function meddle(liar: AuthorityIndex, change: (reply: OprfReply['reply']) => OprfReply['reply']): void {
  cities.meddling.reply = (from, _, bytes) => {
    const decoded = decodeStrict(OprfReplySchema, bytes);
    if (from !== liar || !decoded.ok) return bytes;
    return encodeMessage(OprfReplySchema, create(OprfReplySchema, { reply: change(decoded.value.reply) }));
  };
}

/** The function of the one key, which only a test can put together: of the shares of cities 1 and 3. */
async function singleKey(): Promise<(family: TagFamily, subject: Subject) => Uint8Array> {
  const { key } = await cities.node(0).service.status();
  if (key === undefined) throw new Error('no key');
  const weights = lagrangeAtZero([1, 3].map(placeOf));
  let secret: Scalar = 0n;
  for (const [i, city] of [1, 3].entries()) {
    const share = (await new ShareStore(cities.node(city).store).keyShare(key)) ?? 0n;
    secret = addScalars(secret, share * (weights[i] as Scalar));
  }
  return (family, subject) => {
    const input = blind(group, subjectInput(family, subject), 1n);
    const [output] = finalize(group, [input], [], { authority: 0, secret }) ?? [];
    return subjectTag(cities.federation.domains, family, output as Uint8Array);
  };
}

async function rowsOf(store: Store): Promise<(readonly [Uint8Array, Uint8Array])[]> {
  const rows: (readonly [Uint8Array, Uint8Array])[] = [];
  for await (const row of store.range({ gte: Uint8Array.of(40), lt: Uint8Array.of(42) })) rows.push(row);
  return rows;
}

describe('the first ceremony', () => {
  it('happens by itself, gives every city a share, and all cities the same tags (P2)', async () => {
    await start();
    await settled();
    const { key, publicKey, holdsShare, ceremony } = await cities.node(2).service.status();
    expect(key).toMatchObject({ kind: 'fresh', threshold: 2, dealers: [0, 1, 2, 3], evaluators: [0, 1, 2, 3] });
    expect([holdsShare, ceremony]).toEqual([true, undefined]);
    expect(group.isElement(publicKey as Uint8Array)).toBe(true);
    const tags = await tagsOf(0);
    for (const city of [1, 2, 3]) expect(await tagsOf(city)).toEqual(tags);
    expect(new Set(tags).size).toBe(3);
    expect(cities.rejected).toEqual([]);
  });

  it('gives a person other tags in other families, and the function of the one key that nobody has', async () => {
    await start();
    await settled();
    const [listed] = await tagger(1).tag('blacklist', [person(1)], context());
    const [certified] = await tagger(1).tag('certificate', [person(1)], context());
    expect(listed).not.toEqual(certified);
    const single = await singleKey();
    expect(toHex(single('blacklist', person(1)))).toBe(toHex(listed as Uint8Array));
    expect(toHex(single('certificate', person(1)))).toBe(toHex(certified as Uint8Array));
  });

  it('before it nobody can be looked up, and the answer says why', async () => {
    await start(4, { automatic: false });
    expect(await codeOf(tagsOf(0))).toBe('OPRF_NO_KEY');
    expect((await cities.node(0).service.status()).ceremony).toBeUndefined();
  });

  it('goes on without a city that is away, which takes its share when it comes', async () => {
    await start(4, { away: [3] });
    await settled(1, 3);
    const tags = await tagsOf(1);
    expect(await codeOf(tagsOf(3).then((own) => expect(own).toEqual(tags)))).toBe('none');
    cities.arrive(3);
    await settled(1, 4);
    expect((await cities.node(3).service.status()).key?.dealers).toEqual([0, 1, 2]);
    cities.away.add(0);
    cities.away.add(1);
    expect(await tagsOf(3, persons(3), { operator: new Uint8Array(16).fill(9) })).toEqual(tags);
  });

  it('is opened by the next city when the first one does not', async () => {
    await start(4, { away: [0] });
    expect((await cities.node(1).service.status()).ceremony).toBeUndefined();
    cities.nowMs += 2 * TURN_MS;
    await settled(1, 3, 1);
    expect((await cities.node(1).service.status()).key?.evaluators).toEqual([1, 2, 3]);
  });

  it('is not opened by a city that the ledger refuses: it says so once, not at each step, and the next one opens it', async () => {
    await start();
    const { city, logged } = cities.node(0);
    const trial = vi.spyOn(city, 'trial').mockReturnValue(['AUTHORITY_QUARANTINED']);
    const step = vi.spyOn(city, 'status');
    await vi.waitFor(() => expect(step.mock.calls.length).toBeGreaterThan(20), { timeout: 20_000, interval: 2 });
    // No time has passed.
    expect(trial).toHaveBeenCalledTimes(1);
    expect(logged).toEqual([expect.stringContaining('"AUTHORITY_QUARANTINED"')]);
    trial.mockRestore();
    cities.nowMs += 2 * TURN_MS;
    await settled();
    expect(cities.rejected).toEqual([]);
  });

  it('goes on after a crash of any city at any point, with the polynomial that it dealt', async () => {
    await start(4, { away: [2, 3] });
    await vi.waitFor(async () => expect((await cities.node(0).service.status()).ceremony?.dealt).toEqual([0, 1]));
    await cities.restart(0);
    await cities.restart(1);
    cities.arrive(2);
    cities.arrive(3);
    await settled(1, 4);
    expect(await tagsOf(0)).toEqual(await tagsOf(2));
    expect(cities.rejected.filter((code) => code !== 'REQUEST_ALREADY_APPLIED')).toEqual([]);
  });

  it('leaves out a dealer that gives a wrong share, names it, and needs it not (P2)', async () => {
    await start(4, { automatic: false });
    meddle(3, (reply) =>
      reply.case === 'share' ? { case: 'share', value: { share: new Uint8Array(32).fill(1) } as never } : reply,
    );
    cities.open(0, 'fresh');
    await settled(1, 3);
    const { key } = await cities.node(0).service.status();
    expect(key?.dealers).not.toContain(3);
    await vi.waitFor(async () => expect(await alarmsOf(0)).toContain('OPRF_DEALER_LIED qionghai'));
    expect(await tagsOf(0)).toEqual(await tagsOf(1));
  });

  it('is not opened where the ledger would refuse it: nothing is put on the lane, and the code says why', async () => {
    await start();
    await settled();
    const { service } = cities.node(0);
    expect(() => cities.open(0, 'fresh')).toThrow(expect.objectContaining({ code: 'OPRF_KEY_EXISTS' }));
    expect(() => cities.open(0, 'reshare', 9)).toThrow(
      expect.objectContaining({ code: 'OPRF_THRESHOLD_OUT_OF_RANGE' }),
    );
    expect((await service.status()).ceremony).toBeUndefined();
    expect(cities.rejected).toEqual([]);
  });

  it('hands a city its own share only, and nothing of a ceremony that it does not know', async () => {
    await start();
    await settled();
    const { key } = await cities.node(0).service.status();
    const given = async (ceremonyId: Uint8Array): Promise<string> => {
      const request = create(OprfRequestSchema, { request: { case: 'share', value: { ceremonyId } } });
      const reply = decodeStrict(
        OprfReplySchema,
        await cities.node(0).service.answer(1, encodeMessage(OprfRequestSchema, request)),
      );
      return reply.ok && reply.value.reply.case === 'refusal' ? reply.value.reply.value.code : 'given';
    };
    expect(await given(new Uint8Array(16))).toBe('OPRF_NOTHING_DEALT');
    expect(await given(new Uint8Array(3))).toBe('OPRF_NOTHING_DEALT');
    // All cities have theirs: what is left of the polynomial is nothing.
    await vi.waitFor(async () => expect(await given(key?.ceremonyId ?? new Uint8Array())).toBe('OPRF_NOTHING_DEALT'));
  });
});

describe('a reshare', () => {
  beforeEach(async () => {
    await start();
    await settled();
  });

  it('gives new shares of the same key: tags stay, old shares are gone (P2)', async () => {
    const before = await cities.node(0).service.status();
    const tags = await tagsOf(0);
    const sharesOf = async () =>
      (await rowsOf(cities.node(1).store)).filter(([name]) => name[0] === 41).map(([, share]) => toHex(share));
    const old = await sharesOf();
    expect(old).toHaveLength(4);
    cities.open(2, 'reshare');
    await settled(2);
    const after = await cities.node(0).service.status();
    expect(after.key?.kind).toBe('reshare');
    expect(after.publicKey).toEqual(before.publicKey);
    expect(await tagsOf(3)).toEqual(tags);
    await vi.waitFor(async () => expect((await sharesOf()).filter((share) => old.includes(share))).toEqual([]));
  });

  it('does not take a dealer that shares anything but its share of the key (P2)', async () => {
    const { publicKey } = await cities.node(0).service.status();
    const { store } = cities.node(3);
    // City 3 lost what it held, and deals something of its own making.
    const shares = (await rowsOf(store)).filter(([name]) => name[0] === 41).slice(0, 1);
    await store.commit(
      shares.map(([key, value]) => ({ key, value: value.with(0, (value[0] as number) ^ 1) })),
      true,
    );
    await cities.restart(3);
    cities.open(1, 'reshare');
    await settled(2, 3);
    const { key, publicKey: after } = await cities.node(0).service.status();
    expect(key?.dealers).not.toContain(3);
    expect(after).toEqual(publicKey);
    await vi.waitFor(async () => expect(await alarmsOf(0)).toContain('OPRF_DEALER_LIED qionghai'));
  });
});

describe('evaluators', () => {
  beforeEach(async () => {
    await start();
    await settled();
  });

  it('that answer wrongly are named and left alone, and others asked; the tags are right (P2)', async () => {
    const tags = await tagsOf(0);
    const lies: ((reply: OprfReply['reply']) => OprfReply['reply'])[] = [
      (reply) => {
        if (reply.case !== 'evaluated') return reply;
        const evaluated = [portableGroup.fromUniform(new Uint8Array(64).fill(3))];
        return { case: 'evaluated', value: { ...reply.value, evaluated } };
      },
      (reply) => {
        if (reply.case !== 'evaluated') return reply;
        return { case: 'evaluated', value: { ...reply.value, proof: reply.value.proof.with(5, 1) } };
      },
      () => ({ case: undefined }),
    ];
    for (const [i, lie] of lies.entries()) {
      meddle(1, lie);
      const parts = { operator: new Uint8Array(16).fill(40 + i) };
      // Another evaluator begins each time: three questions meet all of them.
      for (const subject of persons(3))
        expect(await tagsOf(2, [subject], parts)).toEqual([
          tags[persons(3).findIndex(({ number }) => number === subject.number)],
        ]);
      expect(await alarmsOf(2)).toContain('OPRF_EVALUATOR_LIED sanya');
      await cities.restart(2);
    }
  });

  it('are replaced when they do not answer, until too few are left', async () => {
    const tags = await tagsOf(0);
    cities.away.add(1);
    cities.away.add(2);
    expect(await tagsOf(0, persons(3), { operator: new Uint8Array(16).fill(7) })).toEqual(tags);
    cities.away.add(3);
    expect(await codeOf(tagsOf(0, persons(3), { operator: new Uint8Array(16).fill(8) }))).toBe(
      'OPRF_TOO_FEW_EVALUATORS',
    );
  });

  it('see neither the person nor the same element twice, and keep what they did for whom (P2)', async () => {
    const seen: string[] = [];
    cities.meddling.request = (_, __, bytes) => {
      seen.push(toHex(bytes));
      return bytes;
    };
    await tagsOf(0, [person(5)]);
    await tagsOf(0, [person(5)], { operator: new Uint8Array(16).fill(3) });
    expect(seen).toHaveLength(2);
    expect(seen.join()).not.toContain(toHex(new TextEncoder().encode(person(5).number)));
    const elements = seen.map((hex) => hex.slice(-80, -8));
    expect(new Set(elements).size).toBe(2);
    const kept = (
      await Promise.all([1, 2, 3].map((city) => cities.node(city).service.evaluations({ limit: 9 })))
    ).flat();
    expect(kept).toHaveLength(2);
    expect(kept[0]).toMatchObject({ asker: 0, purpose: 'lookup', count: 1, generation: 1, outcome: 'evaluated' });
    expect(kept.map(({ operator }) => operator.slice(0, 2)).sort()).toEqual(['01', '03']);
  });

  it('grant an officer the lookups of the policy in an hour, tell on who wants more, and forget after the hour (P2)', async () => {
    const perHour = cities.federation.genesis.policy.lookup.evaluationsPerHour;
    const insider = { operator: new Uint8Array(16).fill(66) };
    let found = 0;
    let code = 'none';
    for (let i = 0; code === 'none' && i < 10 * perHour; i++) {
      // A new matter each time does not help.
      code = await codeOf(tagsOf(0, [person(i)], { ...insider, caseCommitment: new Uint8Array(32).fill(i) }));
      if (code === 'none') found += 1;
    }
    expect(code).toBe('OPRF_QUOTA_EXHAUSTED');
    // The policy's figure, though three others could be asked, one each time: each grants its share, in whole lookups.
    expect(found).toBe(3 * Math.ceil(perHour / 3));
    expect(await alarmsOf(1)).toContain('ENUMERATION_SUSPECTED haikou:');
    // Nor does it help that the evaluators are restarted.
    for (const city of [1, 2, 3]) await cities.restart(city);
    expect(await codeOf(tagsOf(0, [person(1)], { ...insider, caseCommitment: new Uint8Array(32).fill(99) }))).toBe(
      'OPRF_QUOTA_EXHAUSTED',
    );
    // Others go on working; so does an import, which a record stands behind.
    expect(await codeOf(tagsOf(0, [person(1)], { caseCommitment: new Uint8Array(32).fill(98) }))).toBe('none');
    expect(await codeOf(tagsOf(0, persons(100), { ...insider, purpose: 'record' }))).toBe('none');
    // An officer who keeps within the policy alarms nobody, whichever evaluator begins.
    expect(await alarmsOf(3)).not.toContain('ENUMERATION_SUSPECTED sanya:');
    cities.nowMs += 61 * 60_000;
    expect(await codeOf(tagsOf(0, [person(1)], { ...insider, caseCommitment: new Uint8Array(32).fill(97) }))).toBe(
      'none',
    );
  });

  it('grant one matter no more than one officer, whoever asks for it (P2)', async () => {
    const perHour = cities.federation.genesis.policy.lookup.evaluationsPerHour;
    let code = 'none';
    let found = 0;
    for (; code === 'none' && found < 10 * perHour; found++) {
      code = await codeOf(tagsOf(0, [person(found)], { operator: new Uint8Array(16).fill(found % 256) }));
    }
    expect(code).toBe('OPRF_QUOTA_EXHAUSTED');
    expect(found - 1).toBe(3 * Math.ceil(perHour / 3));
  });

  it('grant a batch of lookups up to the policy as well, and alarm nobody about it (P2)', async () => {
    const perHour = cities.federation.genesis.policy.lookup.evaluationsPerHour;
    expect(await codeOf(tagsOf(1, persons(perHour)))).toBe('none');
    for (const city of [0, 2, 3]) expect(await alarmsOf(city)).toEqual([]);
  });

  it('ask nobody again for the same person in the same matter', async () => {
    await tagsOf(0);
    const before =
      (await cities.node(1).service.status()).evaluated +
      (await cities.node(2).service.status()).evaluated +
      (await cities.node(3).service.status()).evaluated;
    await tagsOf(0);
    const after =
      (await cities.node(1).service.status()).evaluated +
      (await cities.node(2).service.status()).evaluated +
      (await cities.node(3).service.status()).evaluated;
    expect(after).toBe(before);
  });
});

describe('a federation of one', () => {
  it('needs nobody else', async () => {
    await start(1);
    await settled();
    expect(new Set(await tagsOf(0)).size).toBe(3);
  });
});
