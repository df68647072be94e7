import type { AuthorityIndex } from '@hansa/protocol/genesis';
import type { Kernel } from '../kernel/kernel.ts';
import { contentDigest } from '../kernel/trace-hash.ts';
import type { CityHost } from './city-host.ts';
import type { NodeIndex, Outgoing, Path } from './contract.ts';
import type { Network, Packet } from './network.ts';
import { paths } from './traffic.ts';

export interface PostOfficeOptions {
  readonly kernel: Kernel;
  readonly network: Network;
  readonly hosts: readonly CityHost[];
  /** Their number, n. */
  readonly authorities: number;
  /** Nodes with the keys of an authority: itself, and twins. */
  readonly nodesOf: (authority: AuthorityIndex) => readonly NodeIndex[];
  /** Kind of the kernel's events for messages that a filter holds back. */
  readonly delayed: number;
}

/** From what a node says to messages for single nodes; what a corrupted node says passes through its filters. */
export class PostOffice {
  readonly #options: PostOfficeOptions;

  constructor(options: PostOfficeOptions) {
    this.#options = options;
  }

  /** To one node, as it is. */
  inject(from: NodeIndex, to: NodeIndex, path: Path, bytes: Uint8Array): void {
    this.#options.network.send(from, to, paths.indexOf(path), bytes, contentDigest(bytes), undefined);
  }

  /** To all nodes of an authority. Returns the number of copies. */
  send(from: NodeIndex, to: AuthorityIndex, path: number, bytes: Uint8Array, packet?: Packet): number {
    if (packet === undefined && !this.#hasStreams(from)) return 0;
    const digest = contentDigest(bytes);
    const receivers = this.#options.nodesOf(to);
    for (const node of receivers) this.leave(from, node, path, bytes, digest, packet);
    return receivers.length;
  }

  /** To every other authority. */
  broadcast(from: NodeIndex, path: number, bytes: Uint8Array): number {
    if (!this.#hasStreams(from)) return 0;
    const { hosts, nodesOf, authorities } = this.#options;
    const own = hosts[from]?.authority;
    const digest = contentDigest(bytes);
    let copies = 0;
    for (let authority = 0; authority < authorities; authority++) {
      if (authority === own) continue;
      for (const node of nodesOf(authority)) {
        this.leave(from, node, path, bytes, digest, undefined);
        copies += 1;
      }
    }
    return copies;
  }

  /** Direct streams are between authorities: what an observer would say on them goes nowhere, as in the daemon. */
  #hasStreams(node: NodeIndex): boolean {
    return this.#options.hosts[node]?.authority !== undefined;
  }

  /** To one node, through the sender's filters. */
  leave(
    from: NodeIndex,
    to: NodeIndex,
    path: number,
    bytes: Uint8Array,
    digest: number,
    packet: Packet | undefined,
  ): void {
    const { network, hosts, kernel, delayed } = this.#options;
    const filters = hosts[from]?.filters ?? [];
    if (filters.length === 0) {
      network.send(from, to, path, bytes, digest, packet);
      return;
    }
    let messages: readonly Outgoing[] = [{ to, path: paths[path] as Path, bytes }];
    for (const filter of filters) messages = messages.flatMap((message) => filter.onSend?.(message) ?? [message]);
    if (messages.length === 0) network.drop(from, to, path, bytes, 'adversary');
    for (const message of messages) {
      const number = paths.indexOf(message.path);
      const carried = packet !== undefined && number === path ? { ...packet, bytes: message.bytes } : undefined;
      const code = message.bytes === bytes ? digest : contentDigest(message.bytes);
      const { delayUs = 0 } = message;
      if (delayUs <= 0) network.send(from, message.to, number, message.bytes, code, carried);
      else {
        const leavesUs = kernel.nowUs + Math.round(delayUs);
        kernel.queue.push(leavesUs, delayed, from, message.to, number, 0, code, 0, 0, carried ?? message.bytes);
      }
    }
  }

  /** A message that a filter held back. */
  release(from: NodeIndex, to: NodeIndex, path: number, digest: number, reference: Uint8Array | Packet): void {
    const { network } = this.#options;
    if (reference instanceof Uint8Array) network.send(from, to, path, reference, digest, undefined);
    else network.send(from, to, path, reference.bytes, digest, reference);
  }
}
