import type { Effect } from '@hansa/protocol/replica';
import type { NodeIndex } from './contract.ts';
import type { HostEnvironment } from './host-environment.ts';
import type { SyncPacket } from './network.ts';
import { paths } from './traffic.ts';

const requestPath = paths.indexOf('request');

/** The process whose requests these are. */
interface Process {
  readonly env: HostEnvironment;
  readonly index: NodeIndex;
  readonly life: number;
}

/** Sync requests of one node's process (G2): its own that are under way, and those of others that its replica is to answer. */
export class SyncDesk {
  readonly #asked = new Set<number>();
  readonly #serving = new Map<number, { readonly to: NodeIndex; readonly packet: SyncPacket }>();
  #nextId = 1;

  /** An own request leaves. Returns the number of copies. */
  ask(request: Extract<Effect, { kind: 'request' }>, { env, index, life }: Process): number {
    const { kernel, events, send } = env;
    const { id, to, bytes } = request;
    this.#asked.add(id);
    kernel.queue.push(kernel.nowUs + request.timeoutMs * 1000, events.timeout, index, 0, life, 0, 0, id);
    return send(index, to, requestPath, bytes, { kind: 'sync', bytes, requestId: id, life });
  }

  /** The first answer to an own request, or its timeout: true; whatever comes later: false. */
  settle(id: number): boolean {
    return this.#asked.delete(id);
  }

  /** A request that the replica answers; returns the id by which it will. */
  serve(to: NodeIndex, packet: SyncPacket): number {
    const id = this.#nextId++;
    this.#serving.set(id, { to, packet });
    return id;
  }

  /** The replica's answer leaves. Returns the number of copies. */
  reply(id: number, bytes: Uint8Array, { env, index }: Process): number {
    const asked = this.#serving.get(id);
    if (asked === undefined) return 0;
    this.#serving.delete(id);
    env.reply(index, asked.to, { ...asked.packet, bytes });
    return 1;
  }

  clear(): void {
    this.#asked.clear();
    this.#serving.clear();
  }
}
