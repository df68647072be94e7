import { HansaError } from '@hansa/protocol';
import type { AuthorityIndex } from '@hansa/protocol/genesis';
import type { Door, NetworkHandlers } from '../network/index.ts';

/** The network wants its handlers before the city is there; it calls none of them before it is started. */
export class LateHandlers implements NetworkHandlers {
  target: NetworkHandlers | undefined;

  onMessage(from: AuthorityIndex, bytes: Uint8Array): void {
    this.target?.onMessage(from, bytes);
  }

  async onRequest(from: AuthorityIndex | undefined, bytes: Uint8Array): Promise<Uint8Array> {
    if (this.target === undefined) throw new HansaError('STOPPING', 'The city is not running yet; ask again.');
    return this.target.onRequest(from, bytes);
  }

  async onAsked(door: Door, from: AuthorityIndex, bytes: Uint8Array): Promise<Uint8Array> {
    if (this.target?.onAsked === undefined) throw new HansaError('STOPPING', 'The city is not running yet; ask again.');
    return this.target.onAsked(door, from, bytes);
  }

  verifyGossip(topic: 'lanes' | 'final', bytes: Uint8Array): 'accept' | 'ignore' | 'reject' {
    return this.target?.verifyGossip(topic, bytes) ?? 'ignore';
  }

  onPeersChanged(): void {
    this.target?.onPeersChanged();
  }
}
