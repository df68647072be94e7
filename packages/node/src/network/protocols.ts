import { toHex } from '@hansa/protocol';
import type { Genesis } from '@hansa/protocol/genesis';
import type { Channel } from '@hansa/protocol/replica';
import type { Door } from './door.ts';
import type { GossipTopic } from './types.ts';

/** Stream protocols and topics carry the federation's id: members of another federation find no door to knock at. */
export interface Protocols {
  readonly channels: Readonly<Record<Channel, string>>;
  readonly sync: string;
  readonly doors: Readonly<Record<Door, string>>;
  readonly topics: Readonly<Record<GossipTopic, string>>;
}

export function protocolsOf(genesis: Pick<Genesis, 'federationId'>): Protocols {
  const prefix = `/hansa/1/${toHex(genesis.federationId).slice(0, 8)}`;
  return {
    channels: { consensus: `${prefix}/consensus`, entries: `${prefix}/entries` },
    sync: `${prefix}/sync`,
    doors: { exchange: `${prefix}/exchange`, oprf: `${prefix}/oprf` },
    topics: { lanes: `${prefix}/lanes`, final: `${prefix}/final` },
  };
}
