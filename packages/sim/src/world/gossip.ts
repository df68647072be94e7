import { contentDigest } from '../kernel/trace-hash.ts';
import type { CityHost } from './city-host.ts';
import type { NodeIndex } from './contract.ts';
import type { GossipControl } from './network.ts';
import type { PostOffice } from './post-office.ts';
import { paths } from './traffic.ts';

export type Topic = 'lanes' | 'final';

/** How topics spread (G1). */
export interface Gossip {
  /** Returns the number of copies that leave. */
  publish(from: NodeIndex, topic: Topic, bytes: Uint8Array): number;
  /** A message arrived; false: the node has had it before. */
  receive(node: NodeIndex, from: NodeIndex, topic: Topic, bytes: Uint8Array, digest: number): boolean;
  /** A message was verified: it may be passed on. Returns the number of copies. */
  forward(node: NodeIndex, from: NodeIndex, topic: Topic, bytes: Uint8Array, digest: number): number;
  /** What gossip says about gossip arrived. Returns the number of copies that leave. */
  control(node: NodeIndex, from: NodeIndex, control: GossipControl): number;
  /** All nodes are there. */
  start(): void;
}

/** Every message goes to every node over its own link, and nobody passes it on. */
export class DirectGossip implements Gossip {
  readonly #hosts: readonly CityHost[];
  readonly #post: PostOffice;

  constructor(hosts: readonly CityHost[], post: PostOffice) {
    this.#hosts = hosts;
    this.#post = post;
  }

  publish(from: NodeIndex, topic: Topic, bytes: Uint8Array): number {
    const digest = contentDigest(bytes);
    const own = this.#hosts[from]?.authority;
    const path = paths.indexOf(topic);
    let copies = 0;
    for (const { index, authority } of this.#hosts) {
      // A twin is the same member.
      if (index === from || (own !== undefined && authority === own)) continue;
      this.#post.leave(from, index, path, bytes, digest, undefined);
      copies += 1;
    }
    return copies;
  }

  receive(): boolean {
    return true;
  }

  forward(): number {
    return 0;
  }

  control(): number {
    return 0;
  }

  start(): void {}
}
