import { delayOf, finalityBound } from '../checks/liveness/bound.ts';
import type { Random } from '../kernel/random.ts';
import { createRandom } from '../kernel/seeded-random.ts';
import { settle } from '../scenario/defaults.ts';
import type { Gossip, Latency, Link, Scenario, Workload } from '../scenario/schema.ts';
import { between, ms, octaves, share, weighted, whole } from './draw.ts';
import { randomAdversaries, randomCoup, randomSchemers } from './random-adversaries.ts';
import { randomChanges } from './random-changes.ts';
import { randomFaults, randomRestarts } from './random-faults.ts';

/** The quiet time after the faults: beyond it a run is not worth its price. */
const QUIET_MS_MAX = 180_000;
/** A change waits for its approvals, and a city for its new keys. */
const CHANGE_MS = 10_000;
const COUP_QUIET_MS = 1000;
/** Timeouts grow and repetitions do not: a shorter interval would fill a scenario with messages that are all the same. */
const RESEND_MS_MIN = 25;

/**
 * The scenario of a seed: small, short, and with as much going on as fits. Every seed gives a valid scenario, always the
 * same one. The distribution:
 *
 * - Cities: four in 45 of 100, seven in 18, five or six in 15, eight to ten in 9, one to three in 13. An observer in one of six.
 * - Latency: constant, uniform, exponential, lognormal, a matrix, or geography, with means from 2 to 60 ms; Δ is 1 to 3 means (tight),
 *   4 to 12 or 20 to 40 of them in the ratio 3 : 5 : 2. Half of the networks lose nothing, the others up to 8%; duplication,
 *   reordering, jitter and narrow links now and then; a gossip mesh in one of five.
 * - Idle interval 0.3 to 3 s, t_r 1 to 3 Δ and at least 25 ms, T_s 2 to 8 t_r, growth 1.2 to 2, cap 3 to 20 Δ or what the network needs (nine of ten). Processing is free in two of three; votes
 *   by BLS in one of four.
 * - Disks flush in 0 to 20 ms. Clocks are off by up to 50 ms, in one of eight by up to 2 s; drift up to 300 ppm.
 * - Two to eight seconds in which there is work (0.3 to 5 records a second and city, bursts, certificates used twice; in one of twelve none,
 *   and in one of fifty entries of megabytes, more than one block may take) and there are faults. With more than four cities both
 *   the time and the rate are 4/n of that: what a view costs grows with n². On average about 5,000 events.
 * - Faults in the same time: none to five of `randomFaults`. Nearly always (19 of 20) the disks that break their promise, and the
 *   corrupted cities, are at most f together.
 * - Adversaries in 60 of 100 federations of four and more: one to f corrupted cities of `randomAdversaries`; in one of ten more than f, three of
 *   five times q or more that act as one (`randomCoup`) while the others are started again and again.
 * - Changes of the authority set (`randomChanges`) in three of ten scenarios of two cities and more, from seed 2001 on: drawn from a
 *   stream of their own, so that all else of a seed is as it was before there were any.
 * - From seed 4001 on the corrupted are schemers as well in three of ten scenarios that have some, from a stream of their own.
 * - Then quiet, until everybody has converged and a little longer, at most for the time that liveness allows.
 */
export function randomScenario(seed: number): Scenario {
  const random = createRandom(seed, 'scenario');
  const cities = randomCities(random);
  const delayMs = octaves(random, 2, 60);
  const deltaMs = Math.ceil(
    delayMs *
      weighted(random, [
        [3, between(random, 1, 3)],
        [5, between(random, 4, 12)],
        [2, between(random, 20, 40)],
      ]),
  );
  const activeMs = Math.round(octaves(random, 2000, 8000) * largeness(cities));
  const faulty = randomFaulty(random, cities);
  const resendMs = Math.max(RESEND_MS_MIN, deltaMs * between(random, 1, 3));
  const observers = random.chance(1 / 6) ? 1 : 0;
  const scenario: Scenario = {
    format: 'hansa-scenario/1',
    name: `swarm-${seed}`,
    shows: `What seed ${seed} of the swarm drew.`,
    topology: {
      cities,
      observers,
      link: randomLink(random, cities + observers, delayMs),
      gossip: randomGossip(random),
    },
    protocol: {
      processing: random.chance(0.67) ? 'free' : 'measured',
      ...(random.chance(0.25) ? { voteScheme: 'bls12381' } : {}),
      delta: ms(deltaMs),
      idleInterval: ms(octaves(random, 300, 3000)),
      resend: ms(resendMs),
      resync: ms(resendMs * between(random, 2, 8)),
      timeoutGrowth: share(between(random, 1.2, 2)),
      timeoutCap: ms(deltaMs * between(random, 3, 20)),
    },
    clocks: {
      offset: ms(random.chance(1 / 8) ? octaves(random, 50, 2000) : random.next() * 50),
      driftPpm: random.chance(0.5) ? Math.round(random.next() * 300) : 0,
    },
    disks: { flush: random.chance(0.3) ? '0ms' : ms(octaves(random, 1, 20)) },
    workload: randomWorkload(random, cities, activeMs),
    faults: faulty.coup
      ? randomRestarts(random, activeMs)
      : randomFaults(random, { cities, expendable: faulty.expendable, activeMs, deltaMs, delayMs }),
    adversary: (faulty.coup ? randomCoup : randomAdversaries)(random, faulty.corrupted, activeMs),
    checks: { every: 'event' },
  };
  const hopeless = random.chance(0.1);
  // With more than f in one hand nobody recovers.
  if (faulty.coup) return { ...scenario, stop: { at: ms(1000 + activeMs + COUP_QUIET_MS) } };
  const changing = withChanges(scenario, seed, { ...faulty, cities, activeMs });
  return withTimeToRecover(withSchemers(changing, seed, faulty), hopeless, activeMs);
}

/** Seeds below are as they were before there were changes of the set. */
export const CHANGES_FROM_SEED = 2001;

function withChanges(scenario: Scenario, seed: number, ground: Parameters<typeof randomChanges>[1]): Scenario {
  const random = createRandom(seed, 'changes of the set');
  if (seed < CHANGES_FROM_SEED || ground.cities < 2 || !random.chance(0.3)) return scenario;
  return { ...scenario, faults: [...(scenario.faults ?? []), ...randomChanges(random, ground)] };
}

/** Seeds below are as they were before there were schemers. */
export const SCHEMERS_FROM_SEED = 4001;

function withSchemers(scenario: Scenario, seed: number, { corrupted }: Faulty): Scenario {
  const random = createRandom(seed, 'schemers');
  if (seed < SCHEMERS_FROM_SEED || corrupted.length === 0 || !random.chance(0.3)) return scenario;
  return { ...scenario, adversary: [...(scenario.adversary ?? []), randomSchemers(random, corrupted)] };
}

function randomCities(random: Random): number {
  return weighted(random, [
    [3, 1],
    [4, 2],
    [6, 3],
    [45, 4],
    [9, 5],
    [6, 6],
    [18, 7],
    [3, 8],
    [3, 9],
    [3, 10],
  ]);
}

/** Messages of a view grow with the square of the cities: larger federations work for a shorter time, and have less to do. */
function largeness(cities: number): number {
  return Math.min(1, 4 / cities);
}

interface Faulty {
  readonly corrupted: number[];
  readonly expendable: number[];
  /** q or more are corrupted, and act as one. */
  readonly coup: boolean;
}

/** Who is corrupted, and whose disks may break their promise; the two together are at most f, nearly always. */
function randomFaulty(random: Random, cities: number): Faulty {
  const f = Math.floor((cities - 1) / 3);
  const all = random.shuffle(Array.from({ length: cities }, (_, city) => city));
  if (cities >= 4 && random.chance(1 / 10)) {
    const coup = random.chance(0.6);
    const many = whole(random, coup ? cities - f : f + 1, cities - 1);
    return { corrupted: all.slice(0, many).sort(ascending), expendable: [], coup };
  }
  const corrupted = f > 0 && random.chance(0.6) ? whole(random, 1, f) : 0;
  const expendable = random.chance(0.05) ? all.length : f;
  return {
    corrupted: all.slice(0, corrupted).sort(ascending),
    expendable: all.slice(corrupted, expendable),
    coup: false,
  };
}

function ascending(a: number, b: number): number {
  return a - b;
}

function randomLink(random: Random, members: number, delayMs: number): Link {
  const latency = weighted<() => Latency>(random, [
    [5, () => ({ kind: 'constant', delay: ms(delayMs) })],
    [5, () => ({ kind: 'uniform', min: ms(delayMs * 0.3), max: ms(delayMs * 1.7) })],
    [4, () => ({ kind: 'exponential', mean: ms(delayMs * 0.7), min: ms(delayMs * 0.3) })],
    [3, () => ({ kind: 'lognormal', median: ms(delayMs * 0.8), sigma: share(between(random, 0.1, 0.9)) })],
    [2, () => ({ kind: 'matrix', delays: randomMatrix(random, members, delayMs) })],
    [1, () => ({ kind: 'geography' })],
  ])();
  return {
    latency,
    ...(random.chance(0.3) ? { jitter: ms(random.next() * delayMs) } : {}),
    ...(random.chance(0.5) ? {} : { loss: share(random.chance(0.7) ? random.next() * 0.03 : random.next() * 0.08) }),
    ...(random.chance(0.3) ? { duplication: share(random.next() * 0.2) } : {}),
    ...(random.chance(0.35) ? { reordering: share(random.next() * 0.3) } : {}),
    ...(random.chance(0.08) ? { bandwidthMbps: whole(random, 10, 100) } : {}),
  };
}

function randomMatrix(random: Random, size: number, delayMs: number): string[][] {
  return Array.from({ length: size }, () =>
    Array.from({ length: size }, () => ms(octaves(random, delayMs / 3, delayMs * 3))),
  );
}

function randomGossip(random: Random): Gossip {
  if (random.chance(0.8)) return { kind: 'direct' };
  return { kind: 'mesh', degree: whole(random, 2, 4), heartbeat: ms(octaves(random, 100, 1000)) };
}

function randomWorkload(random: Random, cities: number, activeMs: number): Workload {
  const end = ms(activeMs);
  if (random.chance(1 / 12)) return { recordsPerSecond: 0, end };
  if (random.chance(1 / 50)) {
    const bursts = [{ at: '1500ms', records: 600, cities: 'all' as const }];
    return { recordsPerSecond: 0.5, recordBytes: 8192, end, bursts };
  }
  return {
    recordsPerSecond: share(octaves(random, 0.3, 5) * largeness(cities)),
    recordBytes: whole(random, 300, 600),
    batch: weighted(random, [
      [5, 1],
      [2, 3],
      [1, 10],
    ]),
    arrivals: random.chance(0.5) ? 'poisson' : 'steady',
    end,
    ...(random.chance(0.4)
      ? { bursts: [{ at: ms(between(random, 500, activeMs)), records: whole(random, 1, 60), cities: { random: 1 } }] }
      : {}),
    ...(cities > 2 && random.chance(0.4)
      ? { doubleUses: { every: ms(between(random, 700, 3000)), cities: whole(random, 2, Math.min(3, cities - 1)) } }
      : {}),
  };
}

/**
 * The cap on timeouts lets them grow to what the network needs, but for `hopeless` scenarios; and the run may last as
 * long as finality and convergence may take after the faults, were timeouts at their cap by then.
 */
function withTimeToRecover(scenario: Scenario, hopeless: boolean, activeMs: number): Scenario {
  const delayUs = delayOf(scenario);
  const drawnMs = settle(scenario).parameters.timeoutCapMs;
  const timeoutCap = ms(hopeless ? drawnMs : Math.max(drawnMs, (12.5 * delayUs) / 1000));
  const settled: Scenario = { ...scenario, protocol: { ...scenario.protocol, timeoutCap } };
  const { parameters, cities } = settle(settled);
  const quorum = cities - Math.floor((cities - 1) / 3);
  const loss = scenario.topology.link?.loss ?? 0;
  const bound = finalityBound({ parameters, n: cities, quorum, core: quorum, grown: 20, delayUs, loss });
  const changes = (settled.faults ?? []).filter(({ action }) => action.kind === 'membership').length;
  const changingMs = changes * CHANGE_MS;
  const quietMs = changingMs + Math.min(QUIET_MS_MAX, 10_000 + (2.5 * (bound.us ?? 20e6)) / 1000);
  return { ...settled, stop: { at: ms(1000 + activeMs + quietMs), converged: true, grace: '1500ms' } };
}
