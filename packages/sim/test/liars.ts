import { toHex } from '@hansa/protocol';
import type { AuthorityIndex } from '@hansa/protocol/genesis';
import type { Effect, Write } from '@hansa/protocol/replica';
import { expect } from 'vitest';
import type { Coordinator } from '../src/adversaries/contract.ts';
import { installAdversaries } from '../src/adversaries/install.ts';
import { certificatesIn } from '../src/adversaries/knowledge.ts';
import type { StrategyMap } from '../src/adversaries/registry.ts';
import { type Speech, understand } from '../src/adversaries/speech.ts';
import { createOracle } from '../src/checks/oracle.ts';
import { createRandom } from '../src/kernel/seeded-random.ts';
import type { AdversaryChoice, Link, Scenario } from '../src/scenario/schema.ts';
import { ListingFactory } from '../src/workload/listings.ts';
import type { NodeIndex, Path, Probe, Transit } from '../src/world/contract.ts';
import { createWorld, type SimWorld } from '../src/world/sim-world.ts';

/** 2026-06-01, the first day of every run. */
const TODAY = 20_605;
/** Records are submitted by every city in rounds, so many virtual microseconds apart. */
const ROUND_US = 300_000;

export interface LiarRunOptions {
  readonly adversary: readonly AdversaryChoice[];
  readonly cities?: number;
  readonly seed?: number;
  readonly rounds?: number;
  readonly link?: Link;
  readonly recordBytes?: number;
  readonly protocol?: Scenario['protocol'];
  readonly topology?: Partial<Scenario['topology']>;
  readonly more?: Pick<Scenario, 'clocks' | 'disks'>;
  readonly checks?: Scenario['checks'];
  readonly strategies?: StrategyMap;
  /** Before the start: cuts, crashes, probes. */
  readonly prepare?: (world: SimWorld) => void;
  /** Virtual time after the last round in which everything must have become final. */
  readonly patienceUs?: number;
}

export interface Said {
  readonly atUs: number;
  readonly from: NodeIndex;
  readonly to: NodeIndex;
  readonly path: Path;
  readonly bytes: Uint8Array;
  readonly speech: Speech;
}

export interface FinalBlock {
  readonly view: number;
  readonly digest: string;
  readonly timestampMs: number;
  /** When an honest city learnt of it. */
  readonly atUs: number;
}

/** What one run with liars showed. Honest cities only, but for `said`. */
export interface LiarRun {
  readonly world: SimWorld;
  readonly coordinator: Coordinator;
  readonly honest: readonly AuthorityIndex[];
  /** What the oracle has found. */
  readonly violations: readonly string[];
  /** Heights at which two cities hold different final blocks or states; empty: safe. */
  readonly disagreements: readonly string[];
  /** Every entry of an honest lane was executed by every honest city in time. */
  readonly live: boolean;
  readonly evidence: readonly { readonly by: NodeIndex; readonly accused: AuthorityIndex; readonly type: string }[];
  /** Who was named for what no honest member sends. */
  readonly misbehaved: readonly { readonly by: NodeIndex; readonly from: AuthorityIndex; readonly why: string }[];
  readonly alarms: readonly { readonly by: NodeIndex; readonly code: string }[];
  readonly failures: readonly string[];
  readonly finalBlocks: readonly FinalBlock[];
  /** Who holds which certificates: by `kind view`. */
  readonly certificates: ReadonlyMap<string, ReadonlySet<NodeIndex>>;
  /** All that left corrupted nodes. */
  readonly said: readonly Said[];
  /** Reason codes of the records of corrupted lanes, as the first honest city executed them. */
  readonly liarsRecords: readonly (string | undefined)[];
  readonly traceHash: string;
}

class Watch implements Probe {
  readonly disagreements: string[] = [];
  readonly evidence: { by: NodeIndex; accused: AuthorityIndex; type: string }[] = [];
  readonly misbehaved: { by: NodeIndex; from: AuthorityIndex; why: string }[] = [];
  readonly alarms: { by: NodeIndex; code: string }[] = [];
  readonly failures: string[] = [];
  readonly finalBlocks: FinalBlock[] = [];
  readonly certificates = new Map<string, Set<NodeIndex>>();
  readonly said: Said[] = [];
  /** Newest sequence that each honest city was told is sealed: nothing of it may be lost. */
  readonly sealed = new Map<AuthorityIndex, number>();
  readonly outcomes: Extract<Effect, { kind: 'executed' }>['outcomes'][number][] = [];
  readonly #world: SimWorld;
  readonly #honest: readonly AuthorityIndex[];
  readonly #blocks = new Map<number, string>();
  readonly #states = new Map<number, string>();

  constructor(world: SimWorld, honest: readonly AuthorityIndex[]) {
    this.#world = world;
    this.#honest = honest;
  }

  onEffect(node: NodeIndex, effect: Effect): void {
    if (!this.#honest.includes(node)) return;
    if (effect.kind === 'finalized') {
      const { height, view, timestampMs } = effect;
      const digest = toHex(effect.blockDigest);
      this.#compare(this.#blocks, height, digest, node);
      this.finalBlocks.push({ view, digest, timestampMs, atUs: this.#world.nowUs });
    }
    if (effect.kind === 'persist') this.#onWrites(node, effect.writes);
    if (effect.kind === 'evidence') this.evidence.push({ by: node, accused: effect.accused, type: effect.type });
    if (effect.kind === 'misbehaved') this.misbehaved.push({ by: node, from: effect.from, why: effect.why });
    if (effect.kind === 'alarm') this.alarms.push({ by: node, code: effect.error.code });
    if (effect.kind === 'executed' && node === this.#honest[0]) this.outcomes.push(...effect.outcomes);
  }

  onCarriedOut(node: NodeIndex, effect: Effect): void {
    if (effect.kind === 'sealed') this.sealed.set(node, Math.max(this.sealed.get(node) ?? 0, effect.first.sequence));
  }

  onTurn(node: NodeIndex): void {
    if (!this.#honest.includes(node)) return;
    const checkpoint = this.#world.nodes[node]?.replica?.ledger.checkpoint();
    if (checkpoint === undefined) return;
    const state = `${toHex(checkpoint.historyRoot)} ${toHex(checkpoint.stateRoot)}`;
    this.#compare(this.#states, checkpoint.height, state, node);
  }

  onNodeState(node: NodeIndex, state: string, why: string): void {
    if (state === 'down' && /failed|damaged/.test(why)) this.failures.push(`${node}: ${why}`);
  }

  onSent({ from, to, path, bytes }: Transit): void {
    if (this.#world.nodes[from]?.role !== 'corrupted') return;
    const speech = understand(this.#world.federation, path, bytes);
    this.said.push({ atUs: this.#world.nowUs, from, to, path, bytes, speech });
  }

  #onWrites(node: NodeIndex, writes: readonly Write[]): void {
    for (const { kind, view } of certificatesIn(writes)) {
      const name = `${kind} ${view}`;
      this.certificates.set(name, (this.certificates.get(name) ?? new Set()).add(node));
    }
  }

  #compare(known: Map<number, string>, height: number, what: string, node: NodeIndex): void {
    const before = known.get(height);
    if (before === undefined) known.set(height, what);
    else if (before !== what) this.disagreements.push(`city ${node} at height ${height}: ${what}, others ${before}`);
  }
}

/** Runs a federation with liars: every city submits records in rounds, then everything honest must become final. */
export async function runLiars(options: LiarRunOptions): Promise<LiarRun> {
  const { cities = 4, seed = 1, rounds = 8, link, recordBytes = 300, patienceUs = 60e6 } = options;
  const scenario: Scenario = {
    format: 'hansa-scenario/1',
    name: 'liars',
    shows: 'what liars do',
    topology: { cities, link: link ?? { latency: { kind: 'constant', delay: '10ms' } }, ...options.topology },
    ...options.more,
    protocol: {
      processing: 'free',
      delta: '100ms',
      idleInterval: '1s',
      resend: '200ms',
      resync: '400ms',
      timeoutCap: '2s',
      ...options.protocol,
    },
    adversary: [...options.adversary],
    checks: { every: 'event', ...options.checks },
  };
  const world = await createWorld({ scenario, seed });
  const coordinator = installAdversaries(world, options.strategies);
  if (coordinator === undefined) throw new Error('there is no adversary');
  const { honest } = coordinator;
  const oracle = createOracle(world);
  world.addProbe(oracle);
  const watch = new Watch(world, honest);
  world.addProbe(watch);
  options.prepare?.(world);
  await world.start();
  await world.run({ untilUs: 5e6, until: () => honest.every((node) => world.nodes[node]?.replica?.status().joined) });

  const listings = new ListingFactory({ random: createRandom(seed, 'liars'), bytes: recordBytes });
  for (let round = 0; round < rounds; round++) {
    for (let node = 0; node < cities; node++) world.submit(node, [listings.next(TODAY)]);
    await world.run({ untilUs: world.nowUs + ROUND_US });
  }
  const isDone = () =>
    honest.every((node) => {
      const lanes = world.nodes[node]?.replica?.status().lanes;
      return honest.every((lane) => (lanes?.[lane]?.executed ?? 0) >= (watch.sealed.get(lane) ?? 1));
    });
  await world.run({ untilUs: world.nowUs + patienceUs, until: isDone });
  const live = isDone();
  return {
    world,
    coordinator,
    honest,
    violations: oracle.violations.map(({ check, message }) => `${check}: ${message}`),
    disagreements: watch.disagreements,
    live,
    evidence: watch.evidence,
    misbehaved: watch.misbehaved,
    alarms: watch.alarms,
    failures: watch.failures,
    finalBlocks: watch.finalBlocks,
    certificates: watch.certificates,
    said: watch.said,
    liarsRecords: watch.outcomes
      .filter(({ location }) => !honest.includes(location.lane))
      .map(({ rejected }) => rejected),
    traceHash: world.traceHash,
  };
}

/** 4 cities with one liar, 7 with two: f of each. */
export const federations = [
  { cities: 4, liars: [1] },
  { cities: 7, liars: [1, 2] },
] as const;

/** One strategy on all liars. */
export function allOf(
  strategy: string,
  liars: readonly number[],
  options?: AdversaryChoice['options'],
): readonly AdversaryChoice[] {
  return [{ strategy, cities: [...liars], ...(options === undefined ? {} : { options }) }];
}

/** With at most f liars nothing is lost: one history, everything honest becomes final, nobody honest is blamed. */
export function expectUnharmed(run: LiarRun): void {
  expect(run.violations).toEqual([]);
  expect(run.disagreements).toEqual([]);
  expect(run.failures).toEqual([]);
  expect(run.alarms).toEqual([]);
  expect(run.evidence.filter(({ accused }) => run.honest.includes(accused))).toEqual([]);
  expect(run.misbehaved.filter(({ from }) => run.honest.includes(from))).toEqual([]);
  expect(run.live, 'everything honest is final').toBe(true);
}

/** Every honest city holds evidence of a type against each of the liars. */
export function expectFoundOut(run: LiarRun, liars: readonly number[], type: string): void {
  for (const liar of liars) {
    const by = run.evidence.filter(({ accused, type: found }) => accused === liar && found === type);
    expect([...new Set(by.map(({ by: city }) => city))].sort(), `evidence against ${liar}`).toEqual([...run.honest]);
  }
}
