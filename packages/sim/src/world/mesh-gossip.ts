import { equalBytes } from '@hansa/protocol';
import type { Kernel } from '../kernel/kernel.ts';
import type { Random } from '../kernel/random.ts';
import { createRandom } from '../kernel/seeded-random.ts';
import { contentDigest } from '../kernel/trace-hash.ts';
import type { CityHost } from './city-host.ts';
import type { NodeIndex } from './contract.ts';
import type { Gossip, Topic } from './gossip.ts';
import { meshGraph } from './mesh-graph.ts';
import type { GossipControl } from './network.ts';
import type { PostOffice } from './post-office.ts';
import { paths } from './traffic.ts';

export interface MeshGossipOptions {
  readonly degree: number;
  readonly heartbeatUs: number;
  readonly kernel: Kernel;
  readonly hosts: readonly CityHost[];
  readonly post: PostOffice;
  readonly nodeIds: readonly number[];
  readonly seed: number;
}

/** A message that was published or sent as gossip, whatever its copies. */
interface Message {
  readonly number: number;
  readonly topic: Topic;
  readonly bytes: Uint8Array;
  readonly digest: number;
  readonly firstSeenUs: number;
  /** By node: 1 + the life of the process that has seen it; 0: none. */
  readonly seenIn: Uint32Array;
  /** By node: whether its process found it right, so that it may pass it on. */
  readonly verified: Uint8Array;
}

/** As gossipsub: duplicates are known for so long. */
const SEEN_US = 120_000_000;
/** As gossipsub: a heartbeat tells of the messages of the last three. */
const HISTORY_HEARTBEATS = 3;
/** Bytes of a message id, and of the rest of a control message. */
const ID_BYTES = 32;
const CONTROL_BYTES = 8;

/**
 * Gossip on a random mesh, as gossipsub does it: a node passes on at once what it has verified, to its neighbours but the
 * one it came from; what it has seen before it drops; at each heartbeat it tells some others which messages it has
 * lately had, and they ask for what they lack. Observers take part in nothing but listening.
 */
export class MeshGossip implements Gossip {
  readonly #options: MeshGossipOptions;
  readonly #heartbeat: number;
  readonly #byArray = new WeakMap<Uint8Array, Message>();
  readonly #byDigest = new Map<number, Message[]>();
  /** By number, oldest first. */
  readonly #messages = new Map<number, Message>();
  #nextNumber = 1;
  #mesh: NodeIndex[][] = [];
  #random: Random[] = [];
  /** By node: what it verified since a few heartbeats. */
  #recent: { readonly message: Message; readonly atUs: number }[][] = [];

  constructor(options: MeshGossipOptions) {
    this.#options = options;
    this.#heartbeat = options.kernel.register(({ node }) => this.#beat(node));
  }

  start(): void {
    const { hosts, nodeIds, degree, seed, kernel, heartbeatUs } = this.#options;
    this.#mesh = meshGraph(
      nodeIds,
      hosts.map(({ authority }) => authority !== undefined),
      degree,
      seed,
    );
    this.#random = nodeIds.map((id) => createRandom(seed, 'gossip', id));
    this.#recent = nodeIds.map(() => []);
    for (const { index } of hosts) {
      const phaseUs = (this.#random[index] as Random).integer(heartbeatUs);
      kernel.queue.push(kernel.nowUs + phaseUs, this.#heartbeat, index);
    }
  }

  /** Nodes that a node's own messages, and those it passes on, go to first. */
  neighbours(node: NodeIndex): readonly NodeIndex[] {
    return this.#mesh[node] ?? [];
  }

  publish(from: NodeIndex, topic: Topic, bytes: Uint8Array): number {
    const message = this.#messageOf(topic, bytes, contentDigest(bytes));
    this.#markSeen(message, from);
    this.#verify(message, from);
    return this.#spread(message, from, from);
  }

  receive(node: NodeIndex, _from: NodeIndex, topic: Topic, bytes: Uint8Array, digest: number): boolean {
    return this.#markSeen(this.#messageOf(topic, bytes, digest), node);
  }

  forward(node: NodeIndex, from: NodeIndex, topic: Topic, bytes: Uint8Array, digest: number): number {
    const message = this.#messageOf(topic, bytes, digest);
    this.#verify(message, node);
    // Nobody hears an observer.
    return this.#options.hosts[node]?.authority === undefined ? 0 : this.#spread(message, node, from);
  }

  /** The news of a heartbeat: asks for what it lacks; or the question: sends what is wanted. */
  control(node: NodeIndex, from: NodeIndex, control: GossipControl): number {
    const messages = control.messages.flatMap((number) => this.#messages.get(number) ?? []);
    if (control.kind === 'have') {
      const wanted = messages.filter((message) => !this.#hasSeen(message, node));
      if (wanted.length > 0) this.#tell(node, from, 'want', wanted);
      return wanted.length > 0 ? 1 : 0;
    }
    const held = messages.filter((message) => message.verified[node] === 1);
    for (const message of held) this.#send(message, node, from);
    return held.length;
  }

  #beat(node: NodeIndex): void {
    const { kernel, hosts, heartbeatUs, degree } = this.#options;
    kernel.queue.push(kernel.nowUs + heartbeatUs, this.#heartbeat, node);
    this.#forgetOld();
    const host = hosts[node] as CityHost;
    if (host.state !== 'up' || host.authority === undefined) return;
    const recent = this.#recentOf(node);
    if (recent.length === 0) return;
    const neighbours = new Set(this.neighbours(node));
    const others = hosts.filter(
      ({ index, authority }) => index !== node && authority !== host.authority && !neighbours.has(index),
    );
    const chosen = (this.#random[node] as Random).sample(others, degree);
    // Where everybody is a neighbour, what was lost on the way is told to neighbours.
    const told = chosen.length > 0 ? chosen : hosts.filter(({ index }) => neighbours.has(index));
    for (const { index } of told) this.#tell(node, index, 'have', recent);
    host.pay(told.length);
  }

  /** What a node has verified lately. */
  #recentOf(node: NodeIndex): Message[] {
    const { kernel, heartbeatUs } = this.#options;
    const sinceUs = kernel.nowUs - HISTORY_HEARTBEATS * heartbeatUs;
    const recent = (this.#recent[node] ?? []).filter(
      ({ message, atUs }) => atUs >= sinceUs && this.#hasSeen(message, node),
    );
    this.#recent[node] = recent;
    return recent.map(({ message }) => message);
  }

  #verify(message: Message, node: NodeIndex): void {
    if (message.verified[node] === 1) return;
    message.verified[node] = 1;
    this.#recent[node]?.push({ message, atUs: this.#options.kernel.nowUs });
  }

  #tell(from: NodeIndex, to: NodeIndex, kind: GossipControl['kind'], messages: readonly Message[]): void {
    const bytes = new Uint8Array(CONTROL_BYTES + ID_BYTES * messages.length);
    // No field of a `PeerMessage`.
    bytes[0] = 0x7e;
    bytes[1] = kind === 'have' ? 1 : 2;
    messages.forEach(({ digest }, place) => {
      new DataView(bytes.buffer).setInt32(CONTROL_BYTES + ID_BYTES * place, digest);
    });
    const control = { kind, bytes, messages: messages.map(({ number }) => number) };
    const topic = messages[0]?.topic ?? 'lanes';
    this.#options.post.leave(from, to, paths.indexOf(topic), bytes, contentDigest(bytes), control);
  }

  #spread(message: Message, node: NodeIndex, from: NodeIndex): number {
    let copies = 0;
    const own = this.#options.hosts[node]?.authority;
    for (const neighbour of this.neighbours(node)) {
      // A twin is the same member.
      if (neighbour === from || (own !== undefined && this.#options.hosts[neighbour]?.authority === own)) continue;
      this.#send(message, node, neighbour);
      copies += 1;
    }
    return copies;
  }

  #send({ topic, bytes, digest }: Message, from: NodeIndex, to: NodeIndex): void {
    this.#options.post.leave(from, to, paths.indexOf(topic), bytes, digest, undefined);
  }

  #hasSeen(message: Message, node: NodeIndex): boolean {
    return message.seenIn[node] === 1 + (this.#options.hosts[node] as CityHost).life;
  }

  /** False: the node's process had seen it. */
  #markSeen(message: Message, node: NodeIndex): boolean {
    if (this.#hasSeen(message, node)) return false;
    message.seenIn[node] = 1 + (this.#options.hosts[node] as CityHost).life;
    message.verified[node] = 0;
    return true;
  }

  /** Messages are known by their content; copies of one are mostly one array. */
  #messageOf(topic: Topic, bytes: Uint8Array, digest: number): Message {
    const known = this.#byArray.get(bytes);
    if (known !== undefined && this.#messages.has(known.number)) return known;
    const alike = this.#byDigest.get(digest) ?? [];
    let message = alike.find((other) => other.topic === topic && equalBytes(other.bytes, bytes));
    if (message === undefined) {
      const { hosts, kernel } = this.#options;
      const number = this.#nextNumber++;
      const [seenIn, verified] = [new Uint32Array(hosts.length), new Uint8Array(hosts.length)];
      message = { number, topic, bytes, digest, firstSeenUs: kernel.nowUs, seenIn, verified };
      this.#messages.set(number, message);
      this.#byDigest.set(digest, [...alike, message]);
    }
    this.#byArray.set(bytes, message);
    return message;
  }

  #forgetOld(): void {
    const beforeUs = this.#options.kernel.nowUs - SEEN_US;
    for (const [number, message] of this.#messages) {
      if (message.firstSeenUs >= beforeUs) return;
      this.#messages.delete(number);
      const alike = (this.#byDigest.get(message.digest) ?? []).filter((other) => other !== message);
      if (alike.length === 0) this.#byDigest.delete(message.digest);
      else this.#byDigest.set(message.digest, alike);
    }
  }
}
