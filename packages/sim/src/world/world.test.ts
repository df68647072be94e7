import { Domains } from '@hansa/protocol/crypto';
import { StrictFrameReader } from '@hansa/protocol/replica';
import { describe, expect, it } from 'vitest';
import { Meter, measuredCosts } from '../crypto/costs.ts';
import { meteredCrypto } from '../crypto/metered-crypto.ts';
import { createRandom } from '../kernel/seeded-random.ts';
import type { Scenario } from '../scenario/schema.ts';
import { ListingFactory } from '../workload/listings.ts';
import type { NodeIndex, Probe } from './contract.ts';
import { SharedFrameReader } from './shared-frame-reader.ts';
import { createWorld, type SimWorld } from './sim-world.ts';

const DELTA_MS = 100;
const DELAY_MS = 10;
/** 2026-06-01. */
const TODAY = 20_605;

const four: Scenario = {
  format: 'hansa-scenario/1',
  name: 'four',
  shows: 'four cities on a network of constant delay',
  topology: { cities: 4, link: { latency: { kind: 'constant', delay: `${DELAY_MS}ms` } } },
  protocol: {
    processing: 'free',
    delta: `${DELTA_MS}ms`,
    idleInterval: '1s',
    resend: '200ms',
    resync: '400ms',
    timeoutCap: '2s',
  },
};

const listings = new ListingFactory({ random: createRandom(1, 'test'), bytes: 300 });

async function started(scenario: Scenario = four, seed = 1, probes: readonly Probe[] = []): Promise<SimWorld> {
  const world = await createWorld({ scenario, seed, probes });
  await world.start();
  await world.run({ untilUs: 60e6, until: () => world.nodes.every((node) => node.replica?.status().joined === true) });
  return world;
}

function heights(world: SimWorld): (number | undefined)[] {
  return world.nodes.map((node) => node.replica?.finalizedHeight);
}

/** Runs until all nodes that are up have executed so many records. */
async function untilExecuted(world: SimWorld, count: number): Promise<void> {
  const executed = world.nodes.map(() => 0);
  world.addProbe({
    onCarriedOut: (node, effect) => {
      if (effect.kind === 'executed') executed[node] = (executed[node] ?? 0) + effect.outcomes.length;
    },
  });
  const done = () => world.nodes.every(({ index, state }) => state !== 'up' || (executed[index] ?? 0) >= count);
  expect(await world.run({ untilUs: world.nowUs + 60e6, until: done })).toBe('until');
}

describe('on a network of constant delay δ with free processing', () => {
  it('C1, C4, C6: the next view is entered at 2δ, the block is final at 3δ, in all cities at once', async () => {
    const world = await started();
    const startUs = world.nowUs;
    const leader = world.nodes[0]?.replica?.leaderOf(world.nodes[0].replica.view) as NodeIndex;
    const [view] = world.nodes.map(({ replica }) => replica?.view);
    expect(world.submit(leader, [listings.next(TODAY)])).toBe(1);
    await world.run({
      untilUs: startUs + 60e6,
      until: () => world.nodes.every(({ replica }) => replica?.view !== view),
    });
    expect(world.nowUs - startUs).toBe(2 * DELAY_MS * 1000);
    await world.run({ untilUs: startUs + 60e6, until: () => heights(world).every((height) => height === 1) });
    expect(world.nowUs - startUs).toBe(3 * DELAY_MS * 1000);
  });

  it('C5: a silent leader is skipped at 2Δ + δ where all have work', async () => {
    const world = await started();
    const [view = 0] = world.nodes.map(({ replica }) => replica?.view);
    const leader = world.nodes[0]?.replica?.leaderOf(view) as NodeIndex;
    world.crash(leader, { lose: 'unflushed' });
    const startUs = world.nowUs;
    const others = world.nodes.filter(({ index }) => index !== leader);
    for (const { index } of others) world.submit(index, [listings.next(TODAY)]);
    await world.run({ untilUs: startUs + 60e6, until: () => others.every(({ replica }) => replica?.view !== view) });
    expect(world.nowUs - startUs).toBe((2 * DELTA_MS + DELAY_MS) * 1000);
  });
});

describe('a world', () => {
  it('makes records final and executes them alike everywhere', async () => {
    const world = await started();
    for (let number = 0; number < 20; number++) world.submit(number % 4, [listings.next(TODAY), listings.next(TODAY)]);
    const outcomes: (string | undefined)[] = [];
    world.addProbe({
      onCarriedOut: (_, effect) => {
        if (effect.kind === 'executed') outcomes.push(...effect.outcomes.map(({ rejected }) => rejected));
      },
    });
    await untilExecuted(world, 40);
    expect(outcomes.filter((rejected) => rejected !== undefined)).toEqual([]);
    const roots = world.nodes.map(({ replica }) => replica?.ledger.checkpoint());
    for (const root of roots) expect(root).toEqual(roots[0]);
  });

  it('runs on while one city of four is down, and takes it back', async () => {
    const world = await started();
    world.crash(2, { lose: 'unflushed' });
    world.submit(0, [listings.next(TODAY)]);
    await untilExecuted(world, 1);
    await world.restart(2);
    world.submit(2, [listings.next(TODAY)]);
    await world.run({ untilUs: world.nowUs + 10e6 });
    const reached = heights(world);
    expect(reached[2]).toBeGreaterThan(1);
    expect(Math.max(...(reached as number[])) - Math.min(...(reached as number[]))).toBeLessThanOrEqual(1);
  });

  it('shows its probes exactly what would survive a power cut', async () => {
    const shown = new Map<number, Map<string, Uint8Array>>();
    const probe: Probe = {
      onDurable: (node, writes) => {
        const values = shown.get(node) ?? new Map<string, Uint8Array>();
        shown.set(node, values);
        for (const { key, value } of writes) {
          if (value === undefined) values.delete(String(key));
          else values.set(String(key), value);
        }
      },
    };
    const world = await started({ ...four, disks: { flush: '3ms' } }, 1, [probe]);
    for (let number = 0; number < 12; number++) world.submit(number % 4, [listings.next(TODAY)]);
    await world.run({ untilUs: world.nowUs + 45_000 });
    for (const { index } of world.nodes.slice(0, 3)) world.crash(index, { lose: 'unflushed' });
    for (const node of world.nodes) {
      const durable = new Map<string, Uint8Array>();
      for await (const [key, value] of node.durable.range({ gte: new Uint8Array(0), lt: new Uint8Array([255]) })) {
        durable.set(String(key), value);
      }
      expect(durable.size).toBeGreaterThan(10);
      expect(shown.get(node.index)).toEqual(durable);
    }
  });

  it('stands still while it is cut in halves, and goes on when the cut is mended', async () => {
    const world = await started();
    const across: [NodeIndex, NodeIndex][] = [0, 1].flatMap((a) =>
      [2, 3].flatMap((b): [number, number][] => [
        [a, b],
        [b, a],
      ]),
    );
    for (const [from, to] of across) world.links.cut(from, to);
    const before = heights(world);
    world.submit(0, [listings.next(TODAY)]);
    world.submit(3, [listings.next(TODAY)]);
    await world.run({ untilUs: world.nowUs + 10e6 });
    expect(heights(world)).toEqual(before);
    for (const [from, to] of across) world.links.mend(from, to);
    await untilExecuted(world, 2);
  });

  it('has the same history whether cities read messages together or each by itself', async () => {
    const scenario: Scenario = {
      ...four,
      topology: { cities: 7, link: { latency: { kind: 'exponential', mean: '10ms' }, loss: 0.05 } },
      protocol: { ...four.protocol, voteScheme: 'bls12381' },
    };
    const hash = async (sharedReading: boolean) => {
      const world = await createWorld({ scenario, seed: 4, sharedReading });
      const own = new ListingFactory({ random: world.random('test'), bytes: 300 });
      await world.start();
      for (let ms = 1000; ms < 4000; ms += 100) {
        const records = Array.from({ length: 1 + (ms % 30) }, () => own.next(TODAY));
        world.at(ms * 1000, () => void world.submit(ms % 7, records));
      }
      await world.run({ untilUs: 6e6 });
      expect(Math.min(...(heights(world) as number[]))).toBeGreaterThan(5);
      return world.traceHash;
    };
    expect(await hash(false)).toBe(await hash(true));
  });

  it('charges whoever reads a message that was read before as if it had read it itself', async () => {
    const frames: Uint8Array[] = [];
    const world = await started(four, 1, [{ onSent: ({ path, bytes }) => path === 'lanes' && frames.push(bytes) }]);
    world.submit(0, [listings.next(TODAY), listings.next(TODAY)]);
    await world.run({ untilUs: world.nowUs + 1000 });
    const { genesis, crypto } = world.federation;
    const meter = new Meter();
    const metered = meteredCrypto(crypto, measuredCosts, meter);
    const context = { genesis, crypto: metered, domains: new Domains(metered, genesis.federationId) };
    // What is hashed once for all, whatever is read first.
    for (const tag of ['entry', 'record'] as const) context.domains.prefix(tag);
    const reader = new SharedFrameReader(new StrictFrameReader(context), meter);
    const charged = () => {
      meter.take();
      const frame = reader.read(frames[0] as Uint8Array);
      if (frame?.kind !== 'entry') throw new Error('an entry was published');
      const verified = reader.verifyRecords(frame.entry);
      return { frame, verified, us: meter.take() };
    };
    const [first, second] = [charged(), charged()];
    expect(first.us).toBeGreaterThan(1);
    expect(second.us).toBeCloseTo(first.us, 6);
    expect(second.frame).toBe(first.frame);
    expect(second.verified).toBe(first.verified);
    expect(first.verified.ok).toBe(true);
  });

  it('has one history for a seed, and others for other seeds', async () => {
    const lossy: Scenario = {
      ...four,
      topology: { ...four.topology, link: { latency: { kind: 'exponential', mean: '10ms' }, loss: 0.1 } },
    };
    const hash = async (seed: number, probes: readonly Probe[] = []) => {
      const world = await started(lossy, seed, probes);
      const own = new ListingFactory({ random: world.random('test', 1), bytes: 300 });
      for (let number = 0; number < 10; number++) world.submit(number % 4, [own.next(TODAY)]);
      await world.run({ untilUs: 5e6 });
      return world.traceHash;
    };
    let seen = 0;
    const count = () => {
      seen += 1;
    };
    const first = await hash(1);
    expect(await hash(1, [{ onSent: count, onDelivered: count, onLost: count, onEffect: count, onTurn: count }])).toBe(
      first,
    );
    expect(seen).toBeGreaterThan(1000);
    expect(await hash(2)).not.toBe(first);
  });
});
