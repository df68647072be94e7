import type { Random } from '../kernel/random.ts';
import type { Action, Fault, Selector } from '../scenario/schema.ts';
import { between, ms, octaves, share, weighted, whole } from './draw.ts';

/** What faults are drawn for. */
export interface Ground {
  readonly cities: number;
  /** Cities whose disks may break their promise: with the corrupted ones at most f. */
  readonly expendable: readonly number[];
  /** Faults begin, and nearly all end, within so long after the first second. */
  readonly activeMs: number;
  readonly deltaMs: number;
  readonly delayMs: number;
}

/**
 * Up to five faults. They crash cities (one, the leader, several, all) and let them start again soon, at a moment, again
 * and again, or at a bad one: when a third of the cities holds a notarization, when a view is entered by some, when nothing
 * was final for a while. They cut the network in two or three, one way, flapping, or isolate cities; make links slow and
 * lossy for a time; stop processes; set clocks; slow, fill, tear, rot or lose disks; put backups back.
 */
export function randomFaults(random: Random, ground: Ground): Fault[] {
  const count = weighted(random, [
    [2, 0],
    [4, 1],
    [4, 2],
    [3, 3],
    [2, 4],
    [1, 5],
  ]);
  return Array.from({ length: count }, () => randomFault(random, ground));
}

/** One city after the other is started again, while the others go on. */
export function randomRestarts(random: Random, activeMs: number): Fault[] {
  const action: Action = { kind: 'crash', cities: { random: 1 }, for: ms(octaves(random, 20, 400)) };
  const start = ms(1000 + random.next() * activeMs * 0.5);
  return [{ every: ms(octaves(random, 200, activeMs / 3)), start, until: ms(1000 + activeMs), action }];
}

function randomFault(random: Random, ground: Ground): Fault {
  const { activeMs } = ground;
  const startMs = 1000 + random.next() * activeMs * 0.8;
  const action = randomAction(random, ground, 1000 + activeMs - startMs);
  const isMoment = action.kind === 'clock' || action.kind === 'restore-backup';
  if (action.kind === 'restore-backup')
    return { at: ms(startMs), action: { ...action, taken: ms(startMs * random.next()) } };
  return weighted<() => Fault>(random, [
    [5, () => ({ at: ms(startMs), action })],
    [
      isMoment ? 0 : 2,
      () => ({
        every: ms(octaves(random, 100, activeMs)),
        start: ms(startMs),
        until: ms(1000 + activeMs),
        action: brief(random, action, ground),
      }),
    ],
    [
      3,
      () => ({
        when: randomMoment(random, ground),
        ...(random.chance(0.5) ? { delay: ms(random.next() * 2 * ground.deltaMs) } : {}),
        action,
      }),
    ],
  ])();
}

function randomMoment(random: Random, { cities, deltaMs }: Ground): Extract<Fault, { when: unknown }>['when'] {
  const number = whole(random, 1, 12);
  const some = { cities: share(random.pick([1 / cities, 1 / 3, 2 / 3, 1])) };
  return weighted(random, [
    [3, { notarized: number, ...some }],
    [3, { view: number, ...some }],
    [2, { height: number, ...some }],
    [1, { recordsFinal: number, ...some }],
    [1, { quiet: ms(between(random, 1, 6) * deltaMs) }],
  ]);
}

/** Faults that come again and again last a moment each time. */
function brief(random: Random, action: Action, { deltaMs }: Ground): Action {
  return 'for' in action ? { ...action, for: ms(octaves(random, 10, 4 * deltaMs)) } : action;
}

function randomAction(random: Random, ground: Ground, leftMs: number): Action {
  const { cities, deltaMs, delayMs, expendable } = ground;
  // Nearly always shorter than what is left; sometimes to the end of the run or beyond the quiet time's beginning.
  const lasting = { for: ms(octaves(random, 20, Math.max(40, leftMs))) };
  const some = (): Selector => someCities(random, cities);
  const victims = expendable.length > 0;
  return weighted<() => Action>(random, [
    [6, () => ({ kind: 'crash', cities: some(), ...lasting, ...(random.chance(0.2) ? { lose: 'nothing' } : {}) })],
    [3, () => ({ kind: 'crash-all', ...lasting })],
    [5, () => partition(random, cities, lasting)],
    [3, () => ({ kind: 'isolate', cities: some(), ...lasting })],
    [4, () => ({ kind: 'degrade', cities: some(), link: badLink(random, delayMs, deltaMs), ...lasting })],
    [3, () => ({ kind: 'pause', cities: some(), ...lasting })],
    [
      1,
      () => ({ kind: 'clock', cities: some(), step: `${random.pick(['+', '-'])}${ms(octaves(random, 5, 100_000))}` }),
    ],
    [1, () => ({ kind: 'clock', cities: some(), driftPpm: Math.round(between(random, -5000, 5000)) })],
    [1, () => ({ kind: 'disk', cities: some(), slow: whole(random, 2, 50), ...lasting })],
    [1, () => ({ kind: 'disk', cities: some(), full: true, ...lasting })],
    [victims ? 2 : 0, () => ({ kind: 'crash', cities: victim(random, expendable), lose: 'everything', ...lasting })],
    [victims ? 1 : 0, () => ({ kind: 'restore-backup', cities: victim(random, expendable), taken: '1s' })],
    [victims ? 1 : 0, () => ({ kind: 'disk', cities: victim(random, expendable), rot: whole(random, 1, 8) })],
    [victims ? 1 : 0, () => ({ kind: 'disk', cities: victim(random, expendable), torn: true })],
  ])();
}

function victim(random: Random, expendable: readonly number[]): number[] {
  return [random.pick(expendable)];
}

function someCities(random: Random, cities: number): Selector {
  return weighted<() => Selector>(random, [
    [4, () => ({ random: 1 })],
    [2, () => 'leader'],
    [2, () => ({ random: whole(random, 1, Math.max(1, Math.floor((cities - 1) / 3))) })],
    [1, () => ({ share: share(random.next()) })],
    [2, () => [random.integer(cities)]],
  ])();
}

function partition(random: Random, cities: number, lasting: { readonly for: string }): Action {
  const half = Math.max(1, Math.floor(cities / 2));
  const groups: Selector[] = [{ random: whole(random, 1, half) }];
  if (cities > 3 && random.chance(0.25)) groups.push({ random: 1 });
  const flapping = { up: ms(octaves(random, 20, 1000)), down: ms(octaves(random, 20, 1000)) };
  return {
    kind: 'partition',
    groups,
    ...(random.chance(0.3) ? { oneWay: true } : {}),
    ...(random.chance(0.2) ? { flapping } : {}),
    ...lasting,
  };
}

function badLink(random: Random, delayMs: number, deltaMs: number) {
  return {
    ...(random.chance(0.6) ? { loss: share(between(random, 0.05, 0.8)) } : {}),
    ...(random.chance(0.5)
      ? {
          latency: { kind: 'uniform' as const, min: ms(delayMs), max: ms(delayMs + between(random, 0.5, 4) * deltaMs) },
        }
      : {}),
    ...(random.chance(0.3) ? { reordering: share(random.next()) } : {}),
    ...(random.chance(0.3) ? { duplication: share(random.next() * 0.5) } : {}),
    jitter: ms(random.next() * delayMs),
  };
}
