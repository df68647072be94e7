import type { Effect } from '@hansa/protocol/replica';
import type { NodeIndex } from './contract.ts';
import type { SyncPacket } from './network.ts';

/** Sync requests of one node's process (G2): its own that are under way, and those of others that its replica is to answer. */
export class SyncDesk {
  readonly #asked = new Set<number>();
  readonly #serving = new Map<number, { readonly to: NodeIndex; readonly packet: SyncPacket }>();
  #nextId = 1;

  /** An own request leaves. */
  ask({ id, bytes }: Extract<Effect, { kind: 'request' }>, life: number): SyncPacket {
    this.#asked.add(id);
    return { kind: 'sync', bytes, requestId: id, life };
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

  /** Where the replica's answer belongs. */
  served(id: number, bytes: Uint8Array): { readonly to: NodeIndex; readonly packet: SyncPacket } | undefined {
    const asked = this.#serving.get(id);
    this.#serving.delete(id);
    return asked === undefined ? undefined : { to: asked.to, packet: { ...asked.packet, bytes } };
  }

  clear(): void {
    this.#asked.clear();
    this.#serving.clear();
  }
}
