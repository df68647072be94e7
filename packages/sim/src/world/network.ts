import type { Kernel } from '../kernel/kernel.ts';
import type { Settled } from '../scenario/defaults.ts';
import type { Link } from '../scenario/schema.ts';
import type { LinkControl, LostBecause, NodeIndex, Transit } from './contract.ts';
import { type Ground, type LinkModel, linkModel } from './link-model.ts';
import { LinkRandom } from './link-random.ts';
import type { ProbeHub } from './probe-hub.ts';
import { paths, type Traffic } from './traffic.ts';

/** What travels beside plain bytes: the host reads more than the replica would. */
export type Packet = SyncPacket | GossipControl;

/** A request or a reply, with what tells which one it is. */
export interface SyncPacket {
  readonly kind: 'sync';
  readonly bytes: Uint8Array;
  /** Of the asking node's process. */
  readonly requestId: number;
  /** Life of the asking node when it asked. */
  readonly life: number;
}

/** What gossip says about gossip: which messages a node has, or wants. */
export interface GossipControl {
  readonly kind: 'have' | 'want';
  /** As long as the real thing. */
  readonly bytes: Uint8Array;
  readonly messages: readonly number[];
}

export interface NetworkOptions {
  readonly kernel: Kernel;
  readonly probes: ProbeHub;
  readonly traffic: Traffic;
  readonly seed: number;
  readonly link: Settled['link'];
  readonly ground: Ground;
  /** Stable names of the nodes, by index; grows with twins. */
  readonly nodeIds: readonly number[];
  /** Kind of the kernel's events for arrivals. */
  readonly arrival: number;
  /** The current life of a node: what was sent to an earlier one is lost. Negative: it is down. */
  readonly lifeOf: (node: NodeIndex) => number;
}

/** Index into `paths` of what carries bulk: it waits for everything else on a narrow link. */
const BULK = paths.indexOf('entries');

/**
 * Directed links between all nodes. A link keeps the order of what is sent over it (one connection), except what is
 * reordered. Bandwidth is that of the link: messages leave one after the other; bulk (`entries`) has a queue of its own
 * that waits for the other, as streams of different priority do.
 */
export class Network implements LinkControl {
  readonly #options: NetworkOptions;
  readonly #random: LinkRandom;
  readonly #draw: () => number;
  readonly #base: LinkModel;
  #stride: number;
  #cuts: Uint16Array;
  /** Newest arrival on each link, of urgent messages and of bulk. */
  #arrivals: [Float64Array, Float64Array];
  /** Until when each link is busy with what was handed to it. */
  #busy: [Float64Array, Float64Array];
  readonly #overlays = new Map<number, Link[]>();
  readonly #models = new Map<number, LinkModel>();
  /** Compiled once, whatever the number of links. */
  readonly #compiled = new Map<string, LinkModel>();
  #nextId = 1;

  constructor(options: NetworkOptions) {
    this.#options = options;
    this.#random = new LinkRandom(options.seed, options.nodeIds);
    this.#draw = () => this.#random.next();
    this.#base = linkModel(options.link, options.ground);
    this.#stride = options.nodeIds.length;
    this.#cuts = new Uint16Array(this.#stride ** 2);
    this.#arrivals = twoQueues(this.#stride);
    this.#busy = twoQueues(this.#stride);
  }

  /** The list of nodes has grown; before the start. Nothing is cut yet. */
  grow(): void {
    this.#random.grow();
    this.#stride = this.#options.nodeIds.length;
    this.#cuts = new Uint16Array(this.#stride ** 2);
    this.#arrivals = twoQueues(this.#stride);
    this.#busy = twoQueues(this.#stride);
  }

  /** Sends a message; `digest` stands for its bytes in the trace. */
  send(
    from: NodeIndex,
    to: NodeIndex,
    path: number,
    bytes: Uint8Array,
    digest: number,
    packet: Packet | undefined,
  ): void {
    const link = from * this.#stride + to;
    const model = this.#models.size === 0 ? this.#base : (this.#models.get(link) ?? this.#base);
    this.#random.choose(from, to);
    const lost = this.#lostBecause(link, to, model.loss);
    if (lost !== undefined) {
      this.drop(from, to, path, bytes, lost);
      return;
    }
    this.#launch(model, link, from, to, path, bytes, digest, packet);
    if (model.duplication > 0 && this.#draw() < model.duplication) {
      this.#launch(model, link, from, to, path, bytes, digest, packet);
    }
  }

  #lostBecause(link: number, to: NodeIndex, loss: number): LostBecause | undefined {
    if ((this.#cuts[link] as number) > 0) return 'cut';
    if (this.#options.lifeOf(to) < 0) return 'down';
    return loss > 0 && this.#draw() < loss ? 'loss' : undefined;
  }

  /** A message is lost before it is on its way. */
  drop(from: NodeIndex, to: NodeIndex, path: number, bytes: Uint8Array, because: LostBecause): void {
    this.#options.traffic.sent(from, path, bytes);
    const { nowUs } = this.#options.kernel;
    this.lost(
      { id: this.#nextId++, from, to, path: paths[path] as Transit['path'], bytes, sentAtUs: nowUs },
      path,
      because,
    );
  }

  /** Says that a message did not arrive. */
  lost(transit: Transit, path: number, because: LostBecause): void {
    this.#options.traffic.lost(path, transit.bytes);
    for (const hook of this.#options.probes.onLost) hook(transit, because);
  }

  #launch(
    model: LinkModel,
    link: number,
    from: NodeIndex,
    to: NodeIndex,
    path: number,
    bytes: Uint8Array,
    digest: number,
    packet: Packet | undefined,
  ): void {
    const { kernel, probes, traffic, arrival, lifeOf } = this.#options;
    const { nowUs } = kernel;
    const id = this.#nextId++;
    traffic.sent(from, path, bytes);
    const queue = path === BULK ? 1 : 0;
    let delayUs = model.latencyUs(from, to, this.#draw);
    if (model.jitterUs > 0) delayUs += model.jitterUs * this.#draw();
    const overtakes = model.reordering > 0 && this.#draw() < model.reordering;
    if (overtakes) delayUs *= this.#draw();
    const leftUs =
      model.bytesPerUs === undefined ? nowUs : this.#serialise(link, queue, bytes.length / model.bytesPerUs);
    let arrivesUs = Math.round(leftUs + delayUs);
    if (!overtakes) {
      const newest = this.#arrivals[queue];
      if (arrivesUs < (newest[link] as number)) arrivesUs = newest[link] as number;
      else newest[link] = arrivesUs;
    }
    kernel.queue.push(arrivesUs, arrival, to, from, path, lifeOf(to), digest, nowUs, id, packet ?? bytes);
    if (probes.onSent.length === 0) return;
    const transit: Transit = { id, from, to, path: paths[path] as Transit['path'], bytes, sentAtUs: nowUs };
    for (const hook of probes.onSent) hook(transit, arrivesUs);
  }

  /** When the last byte has left, after everything that leaves before it. */
  #serialise(link: number, queue: 0 | 1, durationUs: number): number {
    const [urgent, bulk] = this.#busy;
    const { nowUs } = this.#options.kernel;
    if (queue === 1) {
      const start = Math.max(nowUs, urgent[link] as number, bulk[link] as number);
      bulk[link] = start + durationUs;
      return start + durationUs;
    }
    const start = Math.max(nowUs, urgent[link] as number);
    urgent[link] = start + durationUs;
    // Bulk that has not left gives way.
    if ((bulk[link] as number) > start) bulk[link] = (bulk[link] as number) + durationUs;
    return start + durationUs;
  }

  // --- what faults do ----------------------------------------------------------------------------------------------

  cut(from: NodeIndex, to: NodeIndex): void {
    const link = from * this.#stride + to;
    this.#cuts[link] = (this.#cuts[link] as number) + 1;
  }

  mend(from: NodeIndex, to: NodeIndex): void {
    const link = from * this.#stride + to;
    if ((this.#cuts[link] as number) > 0) this.#cuts[link] = (this.#cuts[link] as number) - 1;
  }

  isCut(from: NodeIndex, to: NodeIndex): boolean {
    return (this.#cuts[from * this.#stride + to] as number) > 0;
  }

  overlay(from: NodeIndex, to: NodeIndex, link: Link): () => void {
    const index = from * this.#stride + to;
    const layers = this.#overlays.get(index) ?? [];
    this.#overlays.set(index, layers);
    // A layer of its own, even where the same link is laid twice.
    const layer = { ...link };
    layers.push(layer);
    this.#compile(index, layers);
    return () => {
      const place = layers.indexOf(layer);
      if (place < 0) return;
      layers.splice(place, 1);
      this.#compile(index, layers);
    };
  }

  #compile(index: number, layers: readonly Link[]): void {
    if (layers.length === 0) {
      this.#models.delete(index);
      return;
    }
    const { link, ground } = this.#options;
    const merged = Object.assign({}, link, ...layers) as Settled['link'];
    const name = JSON.stringify(merged);
    const model = this.#compiled.get(name) ?? linkModel(merged, ground);
    this.#compiled.set(name, model);
    this.#models.set(index, model);
  }
}

function twoQueues(stride: number): [Float64Array, Float64Array] {
  return [new Float64Array(stride ** 2), new Float64Array(stride ** 2)];
}
