import { describe, expect, it } from 'vitest';
import { Kernel } from '../kernel/kernel.ts';
import type { Link } from '../scenario/schema.ts';
import type { LostBecause, NodeIndex, Transit } from './contract.ts';
import { Network } from './network.ts';
import { ProbeHub } from './probe-hub.ts';
import { paths, Traffic } from './traffic.ts';

interface Arrival {
  readonly from: NodeIndex;
  readonly to: NodeIndex;
  readonly number: number;
  readonly atUs: number;
}

/** Three nodes, and what arrives between them. */
function network(link: Link, nodes = 3, seed = 1) {
  const kernel = new Kernel();
  const probes = new ProbeHub();
  const lost: [Transit, LostBecause][] = [];
  probes.add({ onLost: (transit, because) => lost.push([transit, because]) });
  const arrivals: Arrival[] = [];
  const arrival = kernel.register(({ node, a, reference, timeUs }) => {
    arrivals.push({ from: a, to: node, number: numberOf(reference as Uint8Array), atUs: timeUs });
  });
  const traffic = new Traffic();
  for (let node = 0; node < nodes; node++) traffic.addNode();
  const down = new Set<NodeIndex>();
  const net = new Network({
    kernel,
    probes,
    traffic,
    seed,
    link: { latency: { kind: 'constant', delay: '10ms' }, ...link },
    ground: { place: () => undefined, row: (node) => node },
    nodeIds: Array.from({ length: nodes }, (_, index) => index),
    arrival,
    lifeOf: (node) => (down.has(node) ? -1 : 0),
  });
  let sent = 0;
  const send = (from: NodeIndex, to: NodeIndex, path = 'consensus', bytes = 100) => {
    const message = new Uint8Array(bytes);
    new DataView(message.buffer).setUint32(0, sent++);
    net.send(from, to, paths.indexOf(path as (typeof paths)[number]), message, 0, undefined);
  };
  return { kernel, net, send, arrivals, lost, traffic, down, run: () => kernel.run({ untilUs: 1e12 }) };
}

function numberOf(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
}

describe('a link', () => {
  it('takes its constant latency, to the microsecond', async () => {
    const { send, arrivals, run } = network({ latency: { kind: 'constant', delay: '12345us' } });
    send(0, 1);
    await run();
    expect(arrivals).toEqual([{ from: 0, to: 1, number: 0, atUs: 12_345 }]);
  });

  it('takes the delay of its row and column', async () => {
    const delays = [
      ['0us', '1ms', '2ms'],
      ['3ms', '0us', '5ms'],
      ['6ms', '7ms', '0us'],
    ];
    const { send, arrivals, run } = network({ latency: { kind: 'matrix', delays } });
    for (const from of [0, 1, 2]) for (const to of [0, 1, 2]) if (from !== to) send(from, to);
    await run();
    const at = (from: number, to: number) => arrivals.find((each) => each.from === from && each.to === to)?.atUs;
    expect([at(0, 1), at(0, 2), at(1, 0), at(1, 2), at(2, 0), at(2, 1)]).toEqual([1000, 2000, 3000, 5000, 6000, 7000]);
  });

  it('keeps the order of what is sent, however latencies vary', async () => {
    const { kernel, send, arrivals, run } = network({ latency: { kind: 'exponential', mean: '10ms' }, jitter: '20ms' });
    for (let number = 0; number < 500; number++) kernel.at(number * 1000, () => send(0, 1));
    await run();
    expect(arrivals.map(({ number }) => number)).toEqual(Array.from({ length: 500 }, (_, index) => index));
  });

  it('lets the reordered share overtake', async () => {
    const { kernel, send, arrivals, run } = network({ reordering: 0.2 });
    for (let number = 0; number < 1000; number++) kernel.at(number * 1000, () => send(0, 1));
    await run();
    let newest = -1;
    const overtaken = arrivals.filter(({ number }) => {
      newest = Math.max(newest, number);
      return number < newest;
    });
    expect(arrivals).toHaveLength(1000);
    expect(overtaken.length).toBeGreaterThan(100);
  });

  it.each([
    ['uniform', { kind: 'uniform', min: '5ms', max: '15ms' }, 10_000],
    ['exponential', { kind: 'exponential', mean: '10ms', min: '2ms' }, 12_000],
    ['lognormal', { kind: 'lognormal', median: '10ms', sigma: 0.5 }, 10_000 * Math.exp(0.125)],
  ] as const)('draws %s latencies of the right mean', async (_, latency, meanUs) => {
    const { kernel, send, arrivals, run } = network({ latency });
    const count = 4000;
    // So far apart that none waits for the one before it.
    for (let number = 0; number < count; number++) kernel.at(number * 10e6, () => send(0, 1));
    await run();
    const mean = arrivals.reduce((sum, { atUs, number }) => sum + atUs - number * 10e6, 0) / count;
    expect(Math.abs(mean / meanUs - 1)).toBeLessThan(0.05);
  });

  it('loses and doubles the shares it is told to', async () => {
    const { kernel, send, arrivals, lost, traffic, run } = network({ loss: 0.1, duplication: 0.05 });
    const count = 20_000;
    for (let number = 0; number < count; number++) kernel.at(number * 100, () => send(number % 2, 2));
    await run();
    const within = (share: number, probability: number) =>
      Math.abs(share - probability) < 5 * Math.sqrt((probability * (1 - probability)) / count);
    expect(within(lost.length / count, 0.1)).toBe(true);
    const copies = arrivals.length - new Set(arrivals.map(({ number }) => number)).size;
    expect(within(copies / (count - lost.length), 0.05)).toBe(true);
    expect(traffic.of(0).messagesOut + traffic.of(1).messagesOut).toBe(count + copies);
    expect(lost.every(([, because]) => because === 'loss')).toBe(true);
  });

  it('sends one message after the other where bandwidth is short, and bulk when nothing else waits', async () => {
    // 8 Mbit/s: a byte a microsecond.
    const { send, arrivals, run } = network({ bandwidthMbps: 8 });
    send(0, 1, 'entries', 50_000);
    send(0, 1, 'entries', 50_000);
    send(0, 1, 'consensus', 1000);
    send(0, 1, 'consensus', 1000);
    send(0, 2, 'consensus', 1000);
    await run();
    expect(arrivals.map(({ number, atUs }) => [number, atUs])).toEqual([
      [2, 11_000],
      [4, 11_000],
      [3, 12_000],
      [0, 60_000],
      [1, 110_000],
    ]);
  });

  it('gives bulk the bandwidth that votes leave', async () => {
    const { send, arrivals, run } = network({ bandwidthMbps: 8 });
    send(0, 1, 'consensus', 10_000);
    send(0, 1, 'entries', 50_000);
    await run();
    expect(arrivals.map(({ number, atUs }) => [number, atUs])).toEqual([
      [0, 20_000],
      [1, 70_000],
    ]);
  });
});

describe('cuts and overlays', () => {
  it('lose what is sent from now on, in one direction, and count', async () => {
    const { kernel, net, send, arrivals, lost, run } = network({});
    send(0, 1);
    kernel.at(5000, () => {
      net.cut(0, 1);
      net.cut(0, 1);
      send(0, 1);
      send(1, 0);
      net.mend(0, 1);
      send(0, 1);
      net.mend(0, 1);
      expect(net.isCut(0, 1)).toBe(false);
      send(0, 1);
    });
    await run();
    expect(arrivals.map(({ number }) => number)).toEqual([0, 2, 4]);
    expect(lost.map(([{ from, to }, because]) => [from, to, because])).toEqual([
      [0, 1, 'cut'],
      [0, 1, 'cut'],
    ]);
  });

  it('lay a behaviour over a link, the last one on top, until they are taken off', async () => {
    const { net, send, arrivals, run, kernel } = network({});
    const takeFirst = net.overlay(0, 1, { latency: { kind: 'constant', delay: '50ms' } });
    const takeSecond = net.overlay(0, 1, { jitter: '1us', latency: { kind: 'constant', delay: '70ms' } });
    send(0, 1);
    send(0, 2);
    await run();
    takeSecond();
    takeSecond();
    kernel.at(kernel.nowUs, () => send(0, 1));
    const middleUs = kernel.nowUs;
    await kernel.run({ untilUs: middleUs + 1e6 });
    takeFirst();
    const endUs = kernel.nowUs;
    send(0, 1);
    await kernel.run({ untilUs: endUs + 1e6 });
    expect(arrivals.map(({ number }) => number)).toEqual([1, 0, 2, 3]);
    expect(arrivals[1]?.atUs).toBeGreaterThanOrEqual(70_000);
    expect((arrivals[2]?.atUs ?? 0) - middleUs).toBe(50_000);
    expect((arrivals[3]?.atUs ?? 0) - endUs).toBe(10_000);
  });

  it('nothing reaches who is down', async () => {
    const { send, arrivals, lost, down, run } = network({});
    down.add(1);
    send(0, 1);
    await run();
    expect(arrivals).toEqual([]);
    expect(lost.map(([, because]) => because)).toEqual(['down']);
  });
});

describe('randomness of links', () => {
  it('is each link’s own: more nodes and other traffic leave it as it was', async () => {
    const latencies = async (nodes: number, noise: boolean) => {
      const { kernel, send, arrivals, run } = network({ latency: { kind: 'exponential', mean: '10ms' } }, nodes);
      for (let number = 0; number < 20; number++) {
        kernel.at(number * 1e6, () => {
          if (noise) send(1, 0);
          send(0, 1);
        });
      }
      await run();
      return arrivals.filter(({ from }) => from === 0).map(({ atUs }) => atUs);
    };
    const first = await latencies(2, false);
    expect(new Set(first).size).toBe(20);
    expect(await latencies(9, true)).toEqual(first);
  });
});
