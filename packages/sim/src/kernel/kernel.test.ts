import { describe, expect, it } from 'vitest';
import { EventQueue } from './event-queue.ts';
import { Kernel } from './kernel.ts';
import { createRandom } from './seeded-random.ts';
import { contentDigest, TraceHash } from './trace-hash.ts';

describe('the event queue', () => {
  it('gives events in the order of their time, and of scheduling at the same time', () => {
    const random = createRandom(1, 'queue');
    const queue = new EventQueue();
    const expected: { timeUs: number; number: number }[] = [];
    let number = 0;
    const push = () => {
      const timeUs = random.integer(500);
      queue.push(timeUs, 1, number);
      expected.push({ timeUs, number });
      number += 1;
    };
    for (let i = 0; i < 5000; i++) push();
    const popped: { timeUs: number; number: number }[] = [];
    const pop = () => {
      expect(queue.pop()).toBe(true);
      popped.push({ timeUs: queue.timeUs, number: queue.node });
    };
    for (let i = 0; i < 2500; i++) pop();
    // Later ones are not before what was popped: only the future is scheduled.
    const newest = queue.timeUs;
    for (let i = 0; i < 5000; i++) {
      const timeUs = newest + random.integer(500);
      queue.push(timeUs, 1, number);
      expected.push({ timeUs, number });
      number += 1;
    }
    while (queue.size > 0) pop();
    expect(queue.pop()).toBe(false);
    expected.sort((a, b) => a.timeUs - b.timeUs || a.number - b.number);
    expect(popped).toEqual(expected);
  });

  it('keeps every field of an event, also when slots are used again and memory grows', () => {
    const queue = new EventQueue();
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 3000; i++) queue.push(i, i & 255, i, -i, 2 * i, 3 * i, ~i, i / 7, 1e15 + i, { i });
      for (let i = 0; i < 3000; i++) {
        queue.pop();
        const { timeUs, kind, node, a, b, c, digest, x, y, reference } = queue;
        expect([timeUs, kind, node, a, b, c, digest, x, y]).toEqual([
          ...[i, i & 255, i, i === 0 ? 0 : -i, 2 * i, 3 * i, ~i, i / 7, 1e15 + i],
        ]);
        expect(reference).toEqual({ i });
      }
    }
  });
});

describe('the kernel', () => {
  it('waits for an event’s promise before the next event', async () => {
    const kernel = new Kernel();
    const log: string[] = [];
    const slow = kernel.register(async () => {
      log.push('slow begins');
      for (let i = 0; i < 10; i++) await Promise.resolve();
      log.push('slow ends');
    });
    const quick = kernel.register(({ node }) => {
      log.push(`quick ${node}`);
    });
    kernel.queue.push(5, slow, 0);
    kernel.queue.push(5, quick, 1);
    kernel.queue.push(3, quick, 2);
    expect(await kernel.run({ untilUs: 10 })).toBe('idle');
    expect(log).toEqual(['quick 2', 'slow begins', 'slow ends', 'quick 1']);
    expect(kernel.nowUs).toBe(10);
  });

  it('stops at a time, after so many events, at a condition, and where another run left off it goes on', async () => {
    const kernel = new Kernel();
    let count = 0;
    const tick = kernel.register(({ timeUs }) => {
      count += 1;
      kernel.queue.push(timeUs + 10, tick, 0);
    });
    kernel.queue.push(10, tick, 0);
    expect(await kernel.run({ untilUs: 50 })).toBe('time');
    expect([count, kernel.nowUs, kernel.events]).toEqual([5, 50, 5]);
    expect(await kernel.run({ untilUs: 1000, eventsMax: 3 })).toBe('events');
    expect([count, kernel.nowUs]).toEqual([8, 80]);
    expect(await kernel.run({ untilUs: 1000, until: () => count >= 10 })).toBe('until');
    expect([count, kernel.nowUs]).toEqual([10, 100]);
    expect(await kernel.run({ untilUs: 1000, until: () => count >= 10 })).toBe('until');
    expect(count).toBe(10);
  });

  it('neither counts nor hashes what an observer asked for, and never runs it in the past', async () => {
    const hashOf = async (watched: boolean) => {
      const kernel = new Kernel();
      const times: number[] = [];
      const tick = kernel.register(({ timeUs }) => {
        if (watched) kernel.at(timeUs - 100, () => void times.push(kernel.nowUs));
        if (timeUs < 100) kernel.queue.push(timeUs + 10, tick, 0);
      });
      kernel.queue.push(10, tick, 0);
      await kernel.run({ untilUs: 1000 });
      expect(times).toEqual(watched ? Array.from({ length: 10 }, (_, index) => 10 + 10 * index) : []);
      return [kernel.traceHash, kernel.events];
    };
    expect(await hashOf(true)).toEqual(await hashOf(false));
  });
});

describe('the trace', () => {
  it('tells events apart by time, place, kind, content and order', () => {
    const hashes = new Set<string>();
    const add = (...events: [number, number, number, number, number][]) => {
      const trace = new TraceHash();
      for (const event of events) trace.add(...event);
      expect(trace.text).toMatch(/^[0-9a-f]{16}$/);
      hashes.add(trace.text);
    };
    add();
    add([1, 2, 3, 4, 0]);
    add([2 ** 32 + 1, 2, 3, 4, 0]);
    add([1, 3, 2, 4, 0]);
    add([1, 2, 4, 3, 0]);
    add([1, 2, 3, 5, 0]);
    add([1, 2, 3, 4, 5]);
    add([1, 2, 3, 4, 2 ** 32 + 5]);
    add([1, 2, 3, 4, 2 ** 52 + 5]);
    add([1, 2, 3, 4, 0], [1, 2, 3, 5, 0]);
    add([1, 2, 3, 5, 0], [1, 2, 3, 4, 0]);
    expect(hashes.size).toBe(11);
  });

  it('reads all bytes of a message', () => {
    const bytes = createRandom(1, 'bytes').bytes(103);
    const digests = new Set([contentDigest(bytes)]);
    for (let place = 0; place < bytes.length; place++) {
      for (const bit of [1, 128]) {
        const other = bytes.slice();
        other[place] = (other[place] as number) ^ bit;
        digests.add(contentDigest(other));
      }
    }
    for (let length = 0; length < bytes.length; length++) digests.add(contentDigest(bytes.subarray(0, length)));
    expect(digests.size).toBe(1 + 2 * 103 + 103);
  });

  it('tells apart what 32 bits could not: several of so many messages would share one', () => {
    const random = createRandom(2, 'bytes');
    const digests = new Set(Array.from({ length: 200_000 }, () => contentDigest(random.bytes(12))));
    expect(digests.size).toBe(200_000);
  });

  it('tells from one another the events of a city and of its lives, and the receivers of what is held back', async () => {
    const hashOf = async (node: number, a: number, b: number) => {
      const kernel = new Kernel();
      kernel.queue.push(
        1,
        kernel.register(() => undefined),
        node,
        a,
        b,
      );
      await kernel.run({ untilUs: 1 });
      return kernel.traceHash;
    };
    const events = [0, 1, 255, 256, 341].flatMap((node) =>
      [0, 1, 65_536, 1 << 24].flatMap((a) => [0, 1, 256, 340].map((b) => [node, a, b] as const)),
    );
    const hashes = await Promise.all(events.map(([node, a, b]) => hashOf(node, a, b)));
    expect(new Set(hashes).size).toBe(events.length);
  });
});
