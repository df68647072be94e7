import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { faultsTolerated, leaderOf } from '@hansa/protocol/genesis';
import type { Store } from '@hansa/protocol/replica';
import type { Random } from '../kernel/random.ts';
import { createRandom } from '../kernel/seeded-random.ts';
import type { Settled } from '../scenario/defaults.ts';
import type { Link, Scenario } from '../scenario/schema.ts';
import type {
  CrashOptions,
  FaultNotice,
  LinkControl,
  NodeIndex,
  NodeState,
  NodeView,
  Place,
  Probe,
  World,
} from '../world/contract.ts';
import { CityHandle } from './city-handle.ts';
import type { ClockState, LinkState, RealStatus, StartOrder } from './messages.ts';
import type { RealFederation } from './real-federation.ts';

interface RealNode {
  readonly handle: CityHandle;
  readonly order: Pick<StartOrder, 'keys' | 'listen' | 'peers' | 'storeDirectory'>;
  readonly place: Place | undefined;
  state: NodeState;
  life: number;
  clock: ClockState;
}

export interface RealWorldOptions {
  readonly scenario: Scenario;
  readonly settled: Settled;
  readonly seed: number;
  readonly federation: RealFederation;
  readonly directory: string;
  /** Loopback ports nobody listens on, one a city. */
  readonly ports: readonly number[];
  readonly places: readonly (Place | undefined)[];
}

/**
 * The world of a scenario, carried out on real daemons: the faults and the workload that act on the simulated world act
 * on this one through the same contract. Its time is the machine's. What a scenario may not ask of it was refused
 * before (`refuse.ts`), so those methods throw.
 */
export class RealWorld implements World {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly federation: RealFederation;
  readonly links: LinkControl;
  readonly latenciesMs: number[] = [];
  readonly refusals = new Map<string, number>();
  readonly failures: string[] = [];
  readonly #settled: Settled;
  readonly #nodes: readonly RealNode[];
  readonly #links: RealLinks;
  readonly #probes: Probe[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  /** Submissions that are under way, and the life of the city that has them. */
  readonly #pending = new Map<number, { readonly node: NodeIndex; readonly life: number; readonly records: number }>();
  /** What is planned before the start waits for it. */
  readonly #planned: (() => void)[] = [];
  #startMs = Date.now();
  #startedAt = 0;
  #nextSubmission = 1;
  #lostWithCity = 0;

  constructor(options: RealWorldOptions) {
    const { scenario, settled, seed, federation, directory, ports, places } = options;
    this.scenario = scenario;
    this.seed = seed;
    this.federation = federation;
    this.#settled = settled;
    const { authorities } = federation.genesis;
    const addresses = Object.fromEntries(
      authorities.map(({ name, index }) => [name, [`/ip4/127.0.0.1/tcp/${ports[index]}`]]),
    );
    this.#nodes = authorities.map(({ name, index }) => ({
      handle: new CityHandle(name, {
        onFinal: (id, latencyMs) => this.#final(id, latencyMs),
        onRefused: (id, code) => this.#refused(id, code),
        onFailed: (message) => this.failures.push(message),
      }),
      order: {
        keys: federation.keys[index] as StartOrder['keys'],
        listen: addresses[name] ?? [],
        peers: Object.fromEntries(Object.entries(addresses).filter(([other]) => other !== name)),
        storeDirectory: join(directory, name),
      },
      place: places[index],
      state: 'down',
      life: 0,
      clock: { offsetMs: 0, driftPpm: 0 },
    }));
    this.#links = new RealLinks(settled.link, (city) => this.#tellWeather(city));
    this.links = this.#links;
  }

  get nowUs(): number {
    return this.#startedAt === 0 ? 0 : Math.round((performance.now() - this.#startedAt) * 1000);
  }

  get startMs(): number {
    return this.#startMs;
  }

  /** A scenario that changes the set is refused. */
  get epochs(): World['epochs'] {
    const present = this.federation.genesis;
    return { present, leaderOf: (view) => leaderOf(present, view) };
  }

  get faultsTolerated(): number {
    return faultsTolerated(this.#nodes.length);
  }

  get nodes(): readonly NodeView[] {
    return this.#nodes.map(({ handle, state, life, place }, index) => ({
      index,
      authority: index,
      name: handle.name,
      role: 'honest',
      state,
      life,
      replica: undefined,
      laneKey: undefined,
      get durable(): Store {
        return modelled('looking into a disk');
      },
      place,
    }));
  }

  /** Nothing is planned, nothing is under way: what is left to wait for is agreement. */
  get quiet(): boolean {
    return this.#timers.size === 0 && this.#pending.size === 0 && this.#planned.length === 0;
  }

  /** Records whose city was killed before it could say that they are final. */
  get lostWithCity(): number {
    return this.#lostWithCity;
  }

  /** All cities run and take part; only then the scenario's time begins. */
  async start(): Promise<void> {
    const offsets = this.random('clock offsets');
    for (const node of this.#nodes) {
      const { clockOffsetUs, clockDriftPpm } = this.#settled;
      const spread = () => 2 * offsets.next() - 1;
      node.clock = { offsetMs: (spread() * clockOffsetUs) / 1000, driftPpm: spread() * clockDriftPpm };
    }
    await Promise.all(this.#nodes.map((_, index) => this.#startNode(index)));
    this.#startMs = Date.now();
    this.#startedAt = performance.now();
    for (const plan of this.#planned.splice(0)) plan();
  }

  async #startNode(index: NodeIndex): Promise<void> {
    const node = this.#node(index);
    const { genesisBytes } = this.federation;
    await node.handle.start({
      kind: 'start',
      genesis: genesisBytes,
      index,
      ...node.order,
      weather: this.#weather(index),
      clock: node.clock,
    });
    this.#setState(index, 'up', 'started');
  }

  /** Ends every process. Twice is once. */
  async stop(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    await Promise.all(this.#nodes.map(({ handle }) => handle.stop()));
  }

  /** Of the cities that are up. */
  async statuses(): Promise<(RealStatus | undefined)[]> {
    return Promise.all(
      this.#nodes.map(({ handle, state }) => (state === 'up' ? handle.status() : Promise.resolve(undefined))),
    );
  }

  // --- what acts on it ---------------------------------------------------------------------------------------------

  random(purpose: string, node?: NodeIndex): Random {
    return createRandom(this.seed, purpose, node);
  }

  at(atUs: number, run: () => void | Promise<void>): void {
    if (this.#startedAt === 0) {
      this.#planned.push(() => this.at(atUs, run));
      return;
    }
    const timer = setTimeout(
      () => {
        // Counts as planned until it is done: a restart takes its time.
        Promise.resolve()
          .then(run)
          .catch((error: unknown) => this.failures.push(error instanceof Error ? error.message : String(error)))
          .finally(() => this.#timers.delete(timer));
      },
      Math.max(0, (atUs - this.nowUs) / 1000),
    );
    this.#timers.add(timer);
  }

  addProbe(probe: Probe): void {
    this.#probes.push(probe);
  }

  notice(fault: FaultNotice): void {
    for (const probe of this.#probes) probe.onFault?.(fault);
  }

  crash(index: NodeIndex, { lose }: CrashOptions): void {
    const node = this.#node(index);
    if (node.state === 'down') return;
    node.life += 1;
    for (const [id, { node: owner, records }] of this.#pending) {
      if (owner !== index) continue;
      this.#pending.delete(id);
      this.#lostWithCity += records;
    }
    this.#setState(index, 'down', 'killed');
    this.#whenKilled.set(
      index,
      node.handle.kill().then(async () => {
        if (lose === 'everything') await rm(node.order.storeDirectory, { recursive: true, force: true });
      }),
    );
  }

  readonly #whenKilled = new Map<NodeIndex, Promise<void>>();

  async restart(index: NodeIndex): Promise<void> {
    const node = this.#node(index);
    if (node.state !== 'down') return;
    await this.#whenKilled.get(index);
    await this.#startNode(index);
  }

  pause(index: NodeIndex): void {
    const node = this.#node(index);
    if (node.state !== 'up') return;
    node.handle.pause();
    this.#setState(index, 'paused', 'paused');
  }

  resume(index: NodeIndex): void {
    const node = this.#node(index);
    if (node.state !== 'paused') return;
    node.handle.resume();
    this.#setState(index, 'up', 'resumed');
  }

  stepClock(index: NodeIndex, byUs: number): void {
    const node = this.#node(index);
    node.clock = { ...node.clock, offsetMs: node.clock.offsetMs + byUs / 1000 };
    node.handle.tell({ kind: 'clock', clock: node.clock });
  }

  setDrift(index: NodeIndex, ppm: number): void {
    const node = this.#node(index);
    node.clock = { ...node.clock, driftPpm: ppm };
    node.handle.tell({ kind: 'clock', clock: node.clock });
  }

  submit(index: NodeIndex, records: readonly Uint8Array[]): number | undefined {
    const node = this.#node(index);
    if (node.state !== 'up') return undefined;
    const id = this.#nextSubmission++;
    this.#pending.set(id, { node: index, life: node.life, records: records.length });
    node.handle.tell({ kind: 'submit', id, records });
    for (const probe of this.#probes) probe.onSubmitted?.(index, id, records);
    return id;
  }

  slowDisk(): void {
    modelled('a slow disk');
  }

  fillDisk(): void {
    modelled('a full disk');
  }

  rotDisk(): void {
    modelled('bit rot');
  }

  backup(): Promise<Store> {
    return modelled('a backup of a running store');
  }

  replaceDisk(): void {
    modelled('another disk');
  }

  corrupt(): void {
    modelled('a corrupted city');
  }

  addTwin(): NodeIndex {
    return modelled('a twin');
  }

  inject(): void {
    modelled('a message that no city wrote');
  }

  input(): void {
    modelled('an input from outside');
  }

  // --- inside ------------------------------------------------------------------------------------------------------

  #node(index: NodeIndex): RealNode {
    const node = this.#nodes[index];
    if (node === undefined) throw new Error(`there is no city ${index}`);
    return node;
  }

  #setState(index: NodeIndex, state: NodeState, why: string): void {
    this.#node(index).state = state;
    for (const probe of this.#probes) probe.onNodeState?.(index, state, why);
  }

  #final(id: number, latencyMs: number): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    // One figure a record, as the simulator counts them.
    for (let record = 0; record < (pending?.records ?? 0); record++) this.latenciesMs.push(latencyMs);
  }

  #refused(id: number, code: string): void {
    const records = this.#pending.get(id)?.records ?? 0;
    this.#pending.delete(id);
    this.refusals.set(code, (this.refusals.get(code) ?? 0) + records);
  }

  #weather(index: NodeIndex): StartOrder['weather'] {
    return {
      incoming: this.#nodes.map((_, from) => this.#links.state(from, index)),
      outgoing: this.#nodes.map((_, to) => this.#links.state(index, to)),
      places: this.#nodes.map(({ place }) => place),
    };
  }

  #tellWeather(index: NodeIndex): void {
    this.#node(index).handle.tell({ kind: 'weather', weather: this.#weather(index) });
  }
}

/** Cuts and overlays of all links; who is concerned is told once for all changes of a moment. */
class RealLinks implements LinkControl {
  readonly #cuts = new Map<string, number>();
  readonly #overlays = new Map<string, Link[]>();
  readonly #base: Settled['link'];
  readonly #tell: (city: NodeIndex) => void;
  readonly #changed = new Set<NodeIndex>();

  constructor(base: Settled['link'], tell: (city: NodeIndex) => void) {
    this.#base = base;
    this.#tell = tell;
  }

  cut(from: NodeIndex, to: NodeIndex): void {
    this.#count(from, to, 1);
  }

  mend(from: NodeIndex, to: NodeIndex): void {
    this.#count(from, to, -1);
  }

  isCut(from: NodeIndex, to: NodeIndex): boolean {
    return (this.#cuts.get(`${from} ${to}`) ?? 0) > 0;
  }

  overlay(from: NodeIndex, to: NodeIndex, link: Link): () => void {
    const key = `${from} ${to}`;
    this.#overlays.set(key, [...(this.#overlays.get(key) ?? []), link]);
    this.#change(from, to);
    return () => {
      this.#overlays.set(
        key,
        (this.#overlays.get(key) ?? []).filter((each) => each !== link),
      );
      this.#change(from, to);
    };
  }

  state(from: NodeIndex, to: NodeIndex): LinkState {
    const link = { ...this.#base };
    for (const overlay of this.#overlays.get(`${from} ${to}`) ?? []) Object.assign(link, overlay);
    return { link, cut: this.isCut(from, to) };
  }

  #count(from: NodeIndex, to: NodeIndex, by: number): void {
    const key = `${from} ${to}`;
    this.#cuts.set(key, Math.max(0, (this.#cuts.get(key) ?? 0) + by));
    this.#change(from, to);
  }

  #change(from: NodeIndex, to: NodeIndex): void {
    if (this.#changed.size === 0) {
      queueMicrotask(() => {
        const cities = [...this.#changed];
        this.#changed.clear();
        for (const city of cities) this.#tell(city);
      });
    }
    this.#changed.add(from).add(to);
  }
}

function modelled(what: string): never {
  throw new Error(`${what} is modelled in virtual time only`);
}
