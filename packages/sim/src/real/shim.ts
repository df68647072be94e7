import type { Network, NetworkHandlers } from '@hansa/node';
import { HansaError } from '@hansa/protocol';
import { type LinkModel, linkModel } from '../world/link-model.ts';
import type { LinkState, Weather } from './messages.ts';

/** A link as the shim carries it out. */
class ShimmedLink {
  readonly #model: LinkModel;
  readonly #cut: boolean;
  readonly #from: number;
  readonly #to: number;
  /** When the last message in order arrives, and when the line is free again; `performance.now` milliseconds. */
  #lastArrivalMs = 0;
  #lineFreeMs = 0;

  constructor(state: LinkState, from: number, to: number, places: Weather['places']) {
    this.#model = linkModel(state.link, { place: (node) => places[node], row: (node) => node });
    this.#cut = state.cut;
    this.#from = from;
    this.#to = to;
  }

  /** Delays from now at which copies of a message arrive, in milliseconds; none: lost. */
  pass(bytes: number): number[] {
    const { loss, duplication, reordering, jitterUs, bytesPerUs, latencyUs } = this.#model;
    if (this.#cut || Math.random() < loss) return [];
    const nowMs = performance.now();
    const copies = Math.random() < duplication ? 2 : 1;
    return Array.from({ length: copies }, () => {
      const departsMs = Math.max(nowMs, this.#lineFreeMs) + (bytesPerUs === undefined ? 0 : bytes / bytesPerUs / 1000);
      if (bytesPerUs !== undefined) this.#lineFreeMs = departsMs;
      const travelMs = (latencyUs(this.#from, this.#to, Math.random) + jitterUs * Math.random()) / 1000;
      let arrivesMs = departsMs + travelMs;
      if (reordering === 0 || Math.random() >= reordering) {
        arrivesMs = Math.max(arrivesMs, this.#lastArrivalMs);
        this.#lastArrivalMs = arrivesMs;
      }
      return arrivesMs - nowMs;
    });
  }
}

/**
 * Stands between a real city and its real network, and makes loopback behave as the scenario's links: what arrives waits
 * or is dropped, requests wait before they leave and before their reply is believed. Changes of weather take effect for
 * messages that come after them.
 */
export class Shim {
  readonly #self: number;
  readonly #timers = new Set<NodeJS.Timeout>();
  #incoming: readonly ShimmedLink[] = [];
  #outgoing: readonly ShimmedLink[] = [];

  constructor(self: number, weather: Weather) {
    this.#self = self;
    this.change(weather);
  }

  change({ incoming, outgoing, places }: Weather): void {
    this.#incoming = incoming.map((state, from) => new ShimmedLink(state, from, this.#self, places));
    this.#outgoing = outgoing.map((state, to) => new ShimmedLink(state, this.#self, to, places));
  }

  handlers(inner: NetworkHandlers): NetworkHandlers {
    return {
      onMessage: (from, bytes) => {
        for (const delayMs of this.#incoming[from]?.pass(bytes.length) ?? [0]) {
          this.#after(delayMs, () => inner.onMessage(from, bytes));
        }
      },
      onRequest: (from, bytes) => inner.onRequest(from, bytes),
      onAsked: async (door, from, bytes) => {
        if (inner.onAsked === undefined) throw new HansaError('PEER_NOT_CONNECTED', 'Nobody answers at this door.');
        return inner.onAsked(door, from, bytes);
      },
      verifyGossip: (topic, bytes) => inner.verifyGossip(topic, bytes),
      onPeersChanged: () => inner.onPeersChanged(),
    };
  }

  network(inner: Network): Network {
    return {
      start: () => inner.start(),
      stop: () => {
        for (const timer of this.#timers) clearTimeout(timer);
        return inner.stop();
      },
      send: (to, channel, bytes) => inner.send(to, channel, bytes),
      broadcast: (channel, bytes) => inner.broadcast(channel, bytes),
      publish: (topic, bytes) => inner.publish(topic, bytes),
      request: (to, bytes, timeoutMs) =>
        this.#request(to, bytes, timeoutMs, (leftMs) => inner.request(to, bytes, leftMs)),
      ask: (to, door, bytes, timeoutMs) =>
        this.#request(to, bytes, timeoutMs, (leftMs) => inner.ask(to, door, bytes, leftMs)),
      follow: (genesis) => inner.follow(genesis),
      keepAway: (member, reason) => inner.keepAway(member, reason),
      peers: () => inner.peers(),
      traffic: () => inner.traffic(),
      addresses: () => inner.addresses(),
    };
  }

  async #request(
    to: number,
    bytes: Uint8Array,
    timeoutMs: number,
    send: (leftMs: number) => Promise<Uint8Array>,
  ): Promise<Uint8Array> {
    const lost = () => new HansaError('REQUEST_TIMEOUT', 'The request or its reply was lost on the simulated link.');
    const startedMs = performance.now();
    const remainingMs = () => Math.max(0, timeoutMs - (performance.now() - startedMs));
    const [thereMs] = this.#outgoing[to]?.pass(bytes.length) ?? [0];
    await this.#wait(Math.min(thereMs ?? timeoutMs, timeoutMs));
    if (thereMs === undefined || remainingMs() === 0) throw lost();
    const reply = await send(remainingMs());
    const [backMs] = this.#incoming[to]?.pass(reply.length) ?? [0];
    const left = remainingMs();
    await this.#wait(Math.min(backMs ?? left, left));
    if (backMs === undefined || backMs > left) throw lost();
    return reply;
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.#after(ms, resolve));
  }

  #after(ms: number, run: () => void): void {
    if (ms <= 0) {
      run();
      return;
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, Math.round(ms));
    this.#timers.add(timer);
  }
}
