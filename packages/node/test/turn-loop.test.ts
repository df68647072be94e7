import { limits, utf8 } from '@hansa/protocol';
import { type Effect, type Input, MemoryStore, type Store, type Write } from '@hansa/protocol/replica';
import { describe, expect, test } from 'vitest';
import { Clock } from '../src/city/clock.ts';
import { InputQueue } from '../src/city/input-queue.ts';
import { Submissions } from '../src/city/submissions.ts';
import { type LoopFailure, TurnLoop } from '../src/city/turn-loop.ts';

/** Commits end when the test says so. */
class SlowStore extends MemoryStore implements Store {
  readonly commits: { readonly keys: string[]; readonly flush: boolean; readonly end: (error?: Error) => void }[] = [];

  override commit(writes: readonly Write[], flush: boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const keys = writes.map(({ key }) => new TextDecoder().decode(key));
      const end = (error?: Error) => (error === undefined ? resolve() : reject(error));
      this.commits.push({ keys, flush, end });
    });
  }
}

const persist = (name: string, flush = true): Effect => ({
  kind: 'persist',
  writes: [{ key: utf8(name), value: utf8(name) }],
  flush,
});
const checkpointed = (height: number): Effect => ({ kind: 'checkpointed', height });

/** Longer than any test: what is held back is committed when the test makes it, never by itself. */
const HELD_MS = 3_600_000;

function loop(handle: (input: Input) => readonly Effect[], heldMs = HELD_MS) {
  const store = new SlowStore();
  const submissions = new Submissions(100);
  const left: Effect[] = [];
  const timers: string[] = [];
  const failures: LoopFailure[] = [];
  const dropped: number[] = [];
  const inputs: Input[] = [];
  const turns = new TurnLoop({
    handle: (input) => {
      inputs.push(input);
      return handle(input);
    },
    store,
    clock: new Clock(() => 1000),
    submissions,
    timer: (name, atMs) => timers.push(`${name} ${atMs}`),
    carryOut: (effect) => left.push(effect),
    bookkeeping: (effect) => (effect.kind === 'executed' ? [{ key: utf8('book'), value: utf8('1') }] : []),
    failed: (failure) => failures.push(failure),
    overloaded: (count) => dropped.push(count),
    heldMs,
  });
  return { turns, store, submissions, left, timers, failures, dropped, inputs };
}

/** Some passes of the event loop: whatever can happen without the test has happened. */
async function settle(): Promise<void> {
  for (let i = 0; i < 10; i++) await new Promise(setImmediate);
}

const message = (byte: number) => ({ kind: 'message', from: 1, bytes: new Uint8Array([byte]) }) as const;
const byteOf = (input: Input) => (input.kind === 'message' ? (input.bytes[0] ?? 0) : -1);

describe('the turn loop', () => {
  test('handles `start` first, whatever came before it', async () => {
    const { turns, inputs } = loop(() => []);
    turns.enqueue(message(1));
    await settle();
    expect(inputs).toEqual([]);
    turns.start();
    await settle();
    expect(inputs.map(({ kind }) => kind)).toEqual(['start', 'message']);
  });

  test('commits all writes of a turn in one batch, flushed when any of them wants it, before any effect leaves (C9)', async () => {
    const { turns, store, left } = loop((input) => {
      const byte = byteOf(input);
      return byte < 0 ? [] : [checkpointed(byte), persist(`w${byte}`, byte === 2), checkpointed(byte + 10)];
    });
    turns.start();
    await settle();
    for (const byte of [1, 2, 3]) turns.enqueue(message(byte));
    await settle();
    expect(store.commits.map(({ keys, flush }) => ({ keys, flush }))).toEqual([
      { keys: ['w1', 'w2', 'w3'], flush: true },
    ]);
    expect(left).toEqual([]);
    store.commits[0]?.end();
    await settle();
    expect(left).toEqual([1, 11, 2, 12, 3, 13].map(checkpointed));
  });

  test('handles further inputs while a commit is under way; their effects wait, and the order is kept', async () => {
    const { turns, store, left, inputs } = loop((input) => {
      const byte = byteOf(input);
      if (byte < 0) return [];
      // Inputs without writes rest on those before them, and wait for their commit too.
      return byte % 2 === 1 ? [persist(`w${byte}`), checkpointed(byte)] : [checkpointed(byte)];
    });
    turns.start();
    turns.enqueue(message(1));
    await settle();
    for (const byte of [2, 3, 4]) {
      turns.enqueue(message(byte));
      await settle();
    }
    expect(inputs).toHaveLength(5);
    expect(store.commits.map(({ keys }) => keys)).toEqual([['w1']]);
    expect(left).toEqual([]);
    store.commits[0]?.end();
    await settle();
    expect(left).toEqual([checkpointed(1)]);
    expect(store.commits[1]?.keys).toEqual(['w3']);
    store.commits[1]?.end();
    await settle();
    expect(left).toEqual([1, 2, 3, 4].map(checkpointed));
  });

  describe('writes that need no flush and that nothing waits for', () => {
    const handle = (input: Input): Effect[] => {
      const byte = byteOf(input);
      if (byte === 1 || byte === 2) return [persist(`w${byte}`, false)];
      return byte === 3 ? [persist('w3'), checkpointed(3)] : byte === 4 ? [checkpointed(4)] : [];
    };

    test('wait for the next commit, before whose effects they are durable (C9)', async () => {
      for (const [next, keys, flush] of [
        [3, ['w1', 'w2', 'w3'], true],
        [4, ['w1', 'w2'], false],
      ] as const) {
        const { turns, store, left } = loop(handle);
        turns.start();
        for (const byte of [1, 2]) {
          turns.enqueue(message(byte));
          await settle();
        }
        expect(store.commits).toEqual([]);
        turns.enqueue(message(next));
        await settle();
        expect(store.commits).toMatchObject([{ keys, flush }]);
        expect(left).toEqual([]);
        store.commits[0]?.end();
        await settle();
        expect(left).toEqual([checkpointed(next)]);
        await turns.stop();
      }
    });

    test('wait also when they come while a commit is under way', async () => {
      const { turns, store } = loop(handle);
      turns.start();
      turns.enqueue(message(3));
      await settle();
      turns.enqueue(message(1));
      await settle();
      store.commits[0]?.end();
      await settle();
      expect(store.commits).toHaveLength(1);
      turns.enqueue(message(3));
      await settle();
      expect(store.commits[1]).toMatchObject({ keys: ['w1', 'w3'] });
      store.commits[1]?.end();
    });

    test('are committed by themselves after a moment, when they are many, and at the end', async () => {
      const soon = loop(handle, 1);
      soon.turns.start();
      soon.turns.enqueue(message(1));
      while (soon.store.commits.length === 0) await settle();
      expect(soon.store.commits[0]).toMatchObject({ keys: ['w1'], flush: false });
      soon.store.commits[0]?.end();

      const large: Effect = {
        kind: 'persist',
        writes: [{ key: utf8('large'), value: new Uint8Array(100_000) }],
        flush: false,
      };
      const many = loop((input) => (byteOf(input) === 1 ? [large] : []));
      many.turns.start();
      many.turns.enqueue(message(1));
      await settle();
      expect(many.store.commits).toMatchObject([{ keys: ['large'] }]);
      many.store.commits[0]?.end();

      const ended = loop(handle);
      ended.turns.start();
      ended.turns.enqueue(message(1));
      await settle();
      const stopping = ended.turns.stop();
      await settle();
      expect(ended.store.commits).toMatchObject([{ keys: ['w1'] }]);
      ended.store.commits[0]?.end();
      await stopping;
    });
  });

  test('arms timers at once, and lets effects without writes leave at once', async () => {
    const { turns, store, left, timers } = loop((input) =>
      input.kind === 'start' ? [{ kind: 'timer', name: 'view', atMs: 5 }, checkpointed(1)] : [persist('w')],
    );
    turns.start();
    await settle();
    expect([left, timers]).toEqual([[checkpointed(1)], ['view 5']]);
    turns.enqueue(message(1));
    await settle();
    expect(store.commits).toHaveLength(1);
    store.commits[0]?.end();
  });

  test('commits what the host books together with the effect that it is about', async () => {
    const executed: Effect = { kind: 'executed', height: 1, timestampMs: 1, outcomes: [] };
    const { turns, store } = loop((input) => (input.kind === 'message' ? [persist('state', false), executed] : []));
    turns.start();
    turns.enqueue(message(1));
    await settle();
    expect(store.commits[0]).toMatchObject({ keys: ['state', 'book'], flush: false });
    store.commits[0]?.end();
  });

  test('stops for good when the core throws: nothing of that turn is written or leaves', async () => {
    const { turns, store, left, failures, inputs } = loop((input) => {
      if (byteOf(input) === 2) throw new Error('invariant broken');
      return [persist('w'), checkpointed(1)];
    });
    turns.start();
    await settle();
    store.commits[0]?.end();
    await settle();
    left.length = 0;
    turns.enqueue(message(1));
    turns.enqueue(message(2));
    turns.enqueue(message(3));
    await settle();
    expect(failures).toMatchObject([{ during: 'handling' }]);
    expect(store.commits).toHaveLength(1);
    expect(left).toEqual([]);
    turns.enqueue(message(4));
    await settle();
    expect(inputs.map(byteOf)).toEqual([-1, 1, 2]);
  });

  test('stops for good when a commit fails: no effect leaves that rests on it', async () => {
    const { turns, store, left, failures } = loop((input) => [persist('w'), checkpointed(byteOf(input))]);
    turns.start();
    await settle();
    turns.enqueue(message(2));
    await settle();
    store.commits[0]?.end(new Error('the disk is full'));
    await settle();
    expect(failures).toMatchObject([{ during: 'commit' }]);
    expect(left).toEqual([]);
    expect(store.commits).toHaveLength(1);
  });

  test('ends only when what was handled is durable and has left', async () => {
    const { turns, store, left } = loop((input) => [persist('w'), checkpointed(byteOf(input))]);
    turns.start();
    await settle();
    turns.enqueue(message(2));
    await settle();
    let ended = false;
    const stopping = turns.stop().then(() => {
      ended = true;
    });
    turns.enqueue(message(3));
    await settle();
    expect(ended).toBe(false);
    store.commits[0]?.end();
    await settle();
    store.commits[1]?.end();
    await stopping;
    expect(left).toEqual([checkpointed(-1), checkpointed(2)]);
  });

  test('combines what is submitted while a commit is under way into one entry', async () => {
    const { turns, store, submissions, inputs } = loop((input) => (input.kind === 'submit' ? [persist('entry')] : []));
    turns.start();
    await settle();
    const submit = (...sizes: number[]) => {
      submissions.add(sizes.map((size) => new Uint8Array(size))).catch(() => undefined);
      turns.wake();
    };
    submit(10);
    await settle();
    submit(20, 21);
    submit(30);
    await settle();
    expect(store.commits).toHaveLength(1);
    store.commits[0]?.end();
    await settle();
    const submitted = inputs.flatMap((input) =>
      input.kind === 'submit' ? [input.records.map(({ length }) => length)] : [],
    );
    expect(submitted).toEqual([[10], [20, 21, 30]]);
    store.commits[1]?.end();
  });

  test('messages beyond all measure are dropped and counted, and nothing else is', async () => {
    const { turns, dropped, inputs } = loop(() => []);
    const large = { kind: 'message', from: 1, bytes: new Uint8Array(1024 * 1024) } as const;
    for (let i = 0; i < 130; i++) turns.enqueue(large);
    turns.enqueue({ kind: 'timer', name: 'view' });
    expect(dropped).toEqual([1, 2]);
    turns.start();
    while (inputs.at(-1)?.kind !== 'timer') await settle();
    expect(inputs).toHaveLength(1 + 128 + 1);
  });
});

describe('the queue of inputs', () => {
  const from = (sender: number, byte: number, length = 1) =>
    ({ kind: 'message', from: sender, bytes: new Uint8Array(length).fill(byte) }) as const;
  const timer = { kind: 'timer', name: 'view' } as const;
  const drain = (queue: InputQueue) => {
    const out: string[] = [];
    for (let input = queue.shift(); input !== undefined; input = queue.shift()) {
      out.push(input.kind === 'message' ? `${input.from}:${input.bytes[0]}` : input.kind);
    }
    return out;
  };

  test('lets senders take turns, so that a flood delays itself alone (G1)', () => {
    const queue = new InputQueue();
    for (let byte = 1; byte <= 5; byte++) queue.push(from(1, byte));
    queue.push(timer);
    for (let byte = 1; byte <= 2; byte++) queue.push(from(2, byte));
    queue.push(from(3, 1));
    expect(drain(queue)).toEqual(['1:1', '2:1', '3:1', '1:2', '2:2', 'timer', '1:3', '1:4', '1:5']);
    expect(queue.empty).toBe(true);
  });

  test('is bounded in bytes: whoever takes most of the room loses its newest messages, and the rest is kept (G1)', () => {
    const queue = new InputQueue(1000);
    for (let byte = 1; byte <= 10; byte++) expect(queue.push(from(1, byte, 100))).toBe(0);
    expect(queue.push(from(1, 11, 100))).toBe(1);
    expect(queue.push(from(2, 1, 100))).toBe(1);
    expect(queue.push(from(2, 2, 250))).toBe(3);
    expect(queue.push(from(1, 12, 100))).toBe(1);
    expect(queue.push(from(3, 1, 2000))).toBe(1);
    expect(drain(queue)).toEqual(['1:1', '2:1', '1:2', '2:2', '1:3', '1:4', '1:5', '1:6']);
    for (let byte = 1; byte <= 10; byte++) expect(queue.push(from(1, byte, 100))).toBe(0);
  });

  test('forgets a sender that misbehaved, and hears it again afterwards', () => {
    const queue = new InputQueue(1000);
    for (let byte = 1; byte <= 9; byte++) queue.push(from(1, byte, 100));
    queue.push(from(2, 1));
    queue.push(timer);
    queue.forget(1);
    queue.push(from(1, 77, 900));
    expect(drain(queue)).toEqual(['1:77', '2:1', 'timer']);
  });

  test('keeps its order through many steps', () => {
    const queue = new InputQueue();
    const expected: string[] = [];
    const seen: string[] = [];
    for (let step = 0; step < 5000; step++) {
      queue.push(from(1, step % 251));
      expected.push(`1:${step % 251}`);
      if (step % 3 === 0) continue;
      const input = queue.shift();
      if (input?.kind === 'message') seen.push(`${input.from}:${input.bytes[0]}`);
    }
    expect([...seen, ...drain(queue)]).toEqual(expected);
  });
});

describe('submissions', () => {
  const records = (count: number, size = 10) => Array.from({ length: count }, () => new Uint8Array(size));

  test('are packed in order up to the bounds of an entry, and each is told its own places', async () => {
    const submissions = new Submissions(100);
    const waiting = [4000, 90, 10].map((count) => submissions.add(records(count)));
    const first = submissions.take();
    expect(first?.records).toHaveLength(4090);
    const second = submissions.take();
    expect(second?.records).toHaveLength(10);
    expect(submissions.take()).toBeUndefined();
    submissions.sealed(second?.id ?? 0, { lane: 1, sequence: 8, position: 0 });
    submissions.sealed(first?.id ?? 0, { lane: 1, sequence: 7, position: 0 });
    const places = await Promise.all(waiting);
    expect(places.map((each) => each[0])).toEqual([
      { lane: 1, sequence: 7, position: 0 },
      { lane: 1, sequence: 7, position: 4000 },
      { lane: 1, sequence: 8, position: 0 },
    ]);
    expect(places[1]?.[89]?.position).toBe(4089);
  });

  test('are refused together with the reason and when to try again', async () => {
    const submissions = new Submissions(100);
    const waiting = [1, 2].map((count) => submissions.add(records(count)));
    const batch = submissions.take();
    submissions.refused(batch?.id ?? 0, { code: 'NOT_JOINED', message: 'wait', retryAfterMs: 7 });
    for (const each of waiting) await expect(each).rejects.toMatchObject({ code: 'NOT_JOINED', retryAfterMs: 7 });
  });

  test('beyond the lane window are refused at the door (R5)', async () => {
    const submissions = new Submissions(100);
    const refused: string[] = [];
    for (let i = 0; i <= limits.laneWindowBytes / limits.entryBytesMax; i++) {
      submissions.add(records(128, 8192)).catch((error: { code: string }) => refused.push(error.code));
    }
    await settle();
    expect(refused).toEqual(['LANE_WINDOW_FULL']);
  });
});
