import { Domains } from '@hansa/protocol/crypto';
import { faultsTolerated } from '@hansa/protocol/genesis';
import { type Store, StrictFrameReader } from '@hansa/protocol/replica';
import { Meter } from '../crypto/costs.ts';
import { createFederation } from '../crypto/federation.ts';
import { meteredCrypto } from '../crypto/metered-crypto.ts';
import { runCrypto } from '../crypto/run-crypto.ts';
import { Kernel, type RunOptions, type StoppedBecause } from '../kernel/kernel.ts';
import type { Random } from '../kernel/random.ts';
import { createRandom } from '../kernel/seeded-random.ts';
import { contentDigest } from '../kernel/trace-hash.ts';
import { placesOf } from '../places/places.ts';
import { type Settled, settle } from '../scenario/defaults.ts';
import type { Scenario } from '../scenario/schema.ts';
import { changesSet } from '../scenario/walk.ts';
import { CityHost } from './city-host.ts';
import { NodeClock } from './clock.ts';
import type {
  CrashOptions,
  DiskDamage,
  FaultNotice,
  Federation,
  Keys,
  LinkControl,
  NodeFilter,
  NodeIndex,
  Path,
  Place,
  Probe,
  TimerInput,
  World,
} from './contract.ts';
import { Disk } from './disk.ts';
import { areConnected, Epochs } from './epochs.ts';
import { DirectGossip, type Gossip, type Topic } from './gossip.ts';
import type { HostEnvironment } from './host-environment.ts';
import { MeshGossip } from './mesh-gossip.ts';
import { Network, type Packet } from './network.ts';
import { nodeEvents } from './node-events.ts';
import { PostOffice } from './post-office.ts';
import { ProbeHub } from './probe-hub.ts';
import { SharedFrameReader } from './shared-frame-reader.ts';
import { Shelf } from './shelf.ts';
import { paths, Traffic } from './traffic.ts';

export interface WorldOptions {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly probes?: readonly Probe[];
  /** False: each city reads each message by itself. Slower, and nothing else: for the test that says so. */
  readonly sharedReading?: boolean;
}

/** 2026-06-01, midnight in China: a day's curve starts at hour 0. */
const START_MS = 1_780_243_200_000;
const DAY_MS = 86_400_000;
/** Streams of observers and twins are named apart, so that one authority more leaves theirs as they are. */
const OBSERVER_IDS = 1_000_000;
const TWIN_IDS = 2_000_000;

/** A world for one run. Nothing happens before `start`. */
export async function createWorld(options: WorldOptions): Promise<SimWorld> {
  return new SimWorld(options);
}

/** A running simulation: all nodes, the network between them, and what may be done to them. */
export class SimWorld implements World {
  readonly scenario: Scenario;
  readonly settled: Settled;
  readonly seed: number;
  readonly federation: Federation;
  readonly startMs = START_MS;
  readonly nodes: CityHost[] = [];
  readonly faultsTolerated: number;
  readonly epochs: Epochs;
  readonly traffic = new Traffic();
  readonly #kernel = new Kernel();
  readonly #probes = new ProbeHub();
  readonly #nodeIds: number[] = [];
  readonly #nodesOf: NodeIndex[][] = [];
  readonly #network: Network;
  readonly #post: PostOffice;
  readonly #gossip: Gossip;
  readonly #environment: HostEnvironment;
  /** C12: whether the scenario changes the authority set; who lets whom in is asked only then. */
  readonly #changesSet: boolean;
  #nextSubmission = 1;
  #started = false;

  constructor({ scenario, seed, probes = [], sharedReading = true }: WorldOptions) {
    this.scenario = scenario;
    this.seed = seed;
    this.settled = settle(scenario);
    const { cities, observers, placed, crypto: mode, parameters, voteScheme, costs } = this.settled;
    const { authorities: cityPlaces, observers: observerPlaces } = placesOf(cities, observers, placed);
    const crypto = runCrypto(mode, seed);
    this.federation = createFederation({
      crypto,
      seed,
      cities: cityPlaces,
      observers: observerPlaces,
      parameters,
      voteScheme,
      createdAtMs: START_MS - DAY_MS,
    });
    this.faultsTolerated = faultsTolerated(cities);
    this.epochs = new Epochs(this.federation.genesis, this.nodes);
    this.#changesSet = changesSet(scenario);
    if (this.#changesSet) this.#probes.add(this.epochs);
    for (const probe of probes) this.#probes.add(probe);

    for (let index = 0; index < cities; index++) this.#nodeIds.push(index);
    for (let index = 0; index < observers; index++) this.#nodeIds.push(OBSERVER_IDS + index);
    const kernel = this.#kernel;
    const arrival = kernel.register((queue) =>
      this.#arrive(queue.node, queue.a, queue.b, queue.c, queue.digest, queue.x, queue.y, queue.reference),
    );
    this.#network = new Network({
      kernel,
      probes: this.#probes,
      traffic: this.traffic,
      seed,
      link: this.settled.link,
      ground: {
        place: (node) => this.nodes[node]?.place,
        row: (node) => this.nodes[node]?.authority ?? node,
      },
      nodeIds: this.#nodeIds,
      arrival,
      lifeOf: (node) => {
        const host = this.nodes[node] as CityHost;
        return host.state === 'down' ? -1 : host.life;
      },
    });
    const delayed = kernel.register((queue) =>
      this.#post.release(queue.node, queue.a, queue.b, queue.digest, queue.reference as Uint8Array | Packet),
    );
    this.#post = new PostOffice({
      kernel,
      network: this.#network,
      hosts: this.nodes,
      authorities: cities,
      nodesOf: (authority) => this.#nodesOf[authority] ?? [],
      delayed,
    });
    const { gossip } = this.settled;
    this.#gossip =
      gossip.kind === 'direct'
        ? new DirectGossip(this.nodes, this.#post)
        : new MeshGossip({ ...gossip, kernel, hosts: this.nodes, post: this.#post, nodeIds: this.#nodeIds, seed });
    const meter = new Meter();
    const { genesis } = this.federation;
    const metered = costs === undefined ? crypto : meteredCrypto(crypto, costs, meter);
    const domains = new Domains(metered, genesis.federationId);
    const strict = new StrictFrameReader({ genesis, crypto: metered, domains });
    this.#environment = {
      kernel,
      events: nodeEvents(kernel, this.nodes),
      probes: this.#probes,
      meter,
      costs,
      replica: { genesis, crypto: metered, ...(sharedReading ? { reader: new SharedFrameReader(strict, meter) } : {}) },
      authorityOf: (node) => this.nodes[node]?.authority,
      send: (from, to, path, bytes, sync) => this.#post.send(from, to, path, bytes, sync),
      reply: (from, to, packet) =>
        this.#post.leave(from, to, paths.indexOf('reply'), packet.bytes, contentDigest(packet.bytes), packet),
      broadcast: (from, path, bytes) => this.#post.broadcast(from, path, bytes),
      publish: (from, topic, bytes) => this.#gossip.publish(from, topic, bytes),
      forward: (node, from, topic, bytes, digest) => this.#gossip.forward(node, from, topic, bytes, digest),
      damaged: (node, damage) => this.#damaged(node, damage),
      changed: (node, state, why) => {
        for (const hook of this.#probes.onNodeState) hook(node, state, why);
      },
    };
    for (const place of cityPlaces) this.#addHost(this.nodes.length, place.name, place.place, this.nodes.length);
    for (const place of observerPlaces) this.#addHost(undefined, place.name, place.place, this.nodes.length);
  }

  #addHost(authority: number | undefined, name: string, place: Place | undefined, index: NodeIndex): void {
    const { clockOffsetUs, clockDriftPpm, flushUs, diskBytesPerUs } = this.settled;
    const secrets = authority === undefined ? undefined : this.federation.secrets[authority];
    const clockRandom = this.random('clock', index);
    const within = (bound: number) => (2 * clockRandom.next() - 1) * bound;
    this.nodes.push(
      new CityHost({
        environment: this.#environment,
        index,
        authority,
        name,
        place,
        self: secrets === undefined || authority === undefined ? undefined : { index: authority, ...secrets },
        clock: new NodeClock({
          startMs: START_MS,
          offsetUs: Math.round(within(clockOffsetUs)),
          driftPpm: within(clockDriftPpm),
        }),
        disk: new Disk({
          flushUs,
          bytesPerUs: diskBytesPerUs,
          random: this.random('disk', index),
          durable: (writes) => {
            for (const hook of this.#probes.onDurable) hook(index, writes);
          },
        }),
      }),
    );
    this.traffic.addNode();
    if (authority !== undefined) {
      const nodes = this.#nodesOf[authority] ?? [];
      nodes.push(index);
      this.#nodesOf[authority] = nodes;
    }
  }

  // --- running -----------------------------------------------------------------------------------------------------

  get nowUs(): number {
    return this.#kernel.nowUs;
  }

  /** Events so far; what was asked for with `at` does not count. */
  get events(): number {
    return this.#kernel.events;
  }

  /** 16 hexadecimal digits over all events so far: equal runs have equal hashes. */
  get traceHash(): string {
    return this.#kernel.traceHash;
  }

  get links(): LinkControl {
    return this.#network;
  }

  /** Virtual microseconds that a node's processor has worked. */
  cpuBusyUs(node: NodeIndex): number {
    return this.#host(node).processor.busyUs;
  }

  /** All nodes start at once, each from an empty store. */
  async start(): Promise<void> {
    if (this.#started) throw new Error('the world was started already');
    this.#started = true;
    this.#gossip.start();
    for (const host of this.nodes) await host.recover('start');
    for (const host of this.nodes) await host.begin();
  }

  /** Runs events until virtual time has passed, so many were run, the condition holds after one, or none is left. */
  async run(options: RunOptions): Promise<StoppedBecause> {
    return this.#kernel.run(options);
  }

  /** Tells every probe that the run is over. */
  end(): void {
    for (const hook of this.#probes.onEnd) hook();
  }

  random(purpose: string, node?: NodeIndex): Random {
    return createRandom(this.seed, purpose, node === undefined ? undefined : this.#nodeIds[node]);
  }

  at(atUs: number, run: () => void | Promise<void>): void {
    this.#kernel.at(atUs, run);
  }

  addProbe(probe: Probe): void {
    this.#probes.add(probe);
  }

  notice(fault: FaultNotice): void {
    for (const hook of this.#probes.onFault) hook(fault);
  }

  #host(node: NodeIndex): CityHost {
    const host = this.nodes[node];
    if (host === undefined) throw new RangeError(`there is no node ${node}; the last one is ${this.nodes.length - 1}`);
    return host;
  }

  // --- messages that arrive ----------------------------------------------------------------------------------------

  #arrive(
    to: NodeIndex,
    from: NodeIndex,
    path: number,
    life: number,
    digest: number,
    sentAtUs: number,
    id: number,
    reference: unknown,
  ): void | Promise<void> {
    const host = this.nodes[to] as CityHost;
    const packet = reference instanceof Uint8Array ? undefined : (reference as Packet);
    const bytes = packet === undefined ? (reference as Uint8Array) : packet.bytes;
    const name = paths[path] as Path;
    const transit = () => ({ id, from, to, path: name, bytes, sentAtUs });
    if (host.state === 'down') return this.#network.lost(transit(), path, 'down');
    if (host.life !== life) return this.#network.lost(transit(), path, 'restarted');
    for (const filter of host.filters) {
      if (filter.onReceive?.({ from, path: name, bytes }) === 'drop') {
        return this.#network.lost(transit(), path, 'adversary');
      }
    }
    const sender = this.nodes[from]?.authority;
    const isDirect = name === 'consensus' || name === 'entries';
    if (isDirect && sender !== undefined && host.keepsAway(sender)) {
      return this.#network.lost(transit(), path, 'kept-away');
    }
    if (this.#changesSet && !areConnected(host, this.nodes[from] as CityHost)) {
      return this.#network.lost(transit(), path, 'kept-away');
    }
    if (!host.takes(bytes)) return this.#network.lost(transit(), path, 'overload');
    this.traffic.delivered(to, bytes);
    if (this.#probes.onDelivered.length > 0) for (const hook of this.#probes.onDelivered) hook(transit());
    switch (name) {
      case 'request':
        return host.enqueue({
          kind: 'serve',
          from,
          packet: packet?.kind === 'sync' ? packet : { kind: 'sync', bytes, requestId: -1, life: -1 },
        });
      case 'reply':
        return packet?.kind === 'sync' ? host.onReply(packet) : undefined;
      case 'lanes':
      case 'final':
        return packet === undefined || packet.kind === 'sync'
          ? this.#arriveByGossip(host, from, name, bytes, digest)
          : host.pay(1 + this.#gossip.control(to, from, packet));
      default:
        // Direct streams are between authorities.
        if (sender === undefined || host.authority === undefined) return undefined;
        return host.enqueue({ kind: 'message', nowMs: 0, from: sender, bytes });
    }
  }

  #arriveByGossip(host: CityHost, from: NodeIndex, topic: Topic, bytes: Uint8Array, digest: number) {
    if (!this.#gossip.receive(host.index, from, topic, bytes, digest)) return host.pay(1);
    return host.enqueue({ kind: 'gossip', topic, from, bytes, digest });
  }

  // --- what may be done to nodes -----------------------------------------------------------------------------------

  crash(node: NodeIndex, options: CrashOptions): void {
    this.#host(node).crash(options, options.torn === true ? 'power cut, torn write' : 'power cut');
  }

  async restart(node: NodeIndex, keys?: Keys): Promise<void> {
    const host = this.#host(node);
    if (host.state !== 'down') return;
    await host.recover('restart', keys);
    await host.begin();
  }

  pause(node: NodeIndex): void {
    this.#host(node).pause();
  }

  resume(node: NodeIndex): void {
    this.#host(node).resume();
  }

  stepClock(node: NodeIndex, byUs: number): void {
    this.#host(node).clock.step(this.nowUs, byUs);
  }

  setDrift(node: NodeIndex, ppm: number): void {
    this.#host(node).clock.setDrift(this.nowUs, ppm);
  }

  slowDisk(node: NodeIndex, factor: number): void {
    this.#host(node).disk.slowness = factor;
  }

  fillDisk(node: NodeIndex, full: boolean): void {
    this.#host(node).disk.full = full;
  }

  rotDisk(node: NodeIndex, values: number): void {
    if (this.#host(node).disk.rot(values) > 0) this.#damaged(node, 'rotten');
  }

  #damaged(node: NodeIndex, damage: DiskDamage): void {
    for (const hook of this.#probes.onDiskDamage) hook(node, damage);
  }

  async backup(node: NodeIndex): Promise<Store> {
    return this.#host(node).disk.durable.copy();
  }

  replaceDisk(node: NodeIndex, disk: Store | undefined): void {
    const host = this.#host(node);
    if (host.state !== 'down') throw new Error(`${host.name} runs; its disk can be replaced only while it is down`);
    if (disk !== undefined && !(disk instanceof Shelf)) throw new Error('only a disk that `backup` made can be put in');
    host.disk.replace(disk);
    this.#damaged(node, disk === undefined ? 'lost' : 'replaced');
  }

  submit(node: NodeIndex, records: readonly Uint8Array[]): number | undefined {
    const host = this.#host(node);
    if (host.state !== 'up') return undefined;
    const id = this.#nextSubmission++;
    for (const hook of this.#probes.onSubmitted) hook(node, id, records);
    this.#kernel.trace(node, SUBMITTED, id);
    host.submit(id, records);
    return id;
  }

  corrupt(node: NodeIndex, filter: NodeFilter): void {
    const host = this.#host(node);
    host.role = 'corrupted';
    host.filters.unshift(filter);
  }

  addTwin(authority: number): NodeIndex {
    if (this.#started) throw new Error('twins are added before the start');
    const first = this.#host(authority);
    const index = this.nodes.length;
    const copies = this.#nodesOf[authority]?.length ?? 0;
    this.#nodeIds.push(TWIN_IDS + authority * 16 + copies);
    this.#network.grow();
    this.#addHost(authority, `${first.name}-twin${copies > 1 ? copies : ''}`, first.place, index);
    first.role = 'corrupted';
    this.#host(index).role = 'corrupted';
    return index;
  }

  inject(from: NodeIndex, to: NodeIndex, path: Path, bytes: Uint8Array): void {
    this.#post.inject(from, to, path, bytes);
  }

  input(node: NodeIndex, input: TimerInput): void {
    const host = this.#host(node);
    if (host.state === 'down') return;
    host.enqueueLater({ kind: 'timer', nowMs: 0, name: input.name });
  }
}

/** Marks a submission in the trace. */
const SUBMITTED = 0x5b_41_77_ed;
