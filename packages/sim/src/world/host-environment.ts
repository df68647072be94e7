import type { AuthorityIndex } from '@hansa/protocol/genesis';
import type { ReplicaOptions } from '@hansa/protocol/replica';
import type { Meter, ProcessingCosts } from '../crypto/costs.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { NodeClock } from './clock.ts';
import type { DiskDamage, NodeIndex, NodeState, Place } from './contract.ts';
import type { Disk } from './disk.ts';
import type { SyncPacket } from './network.ts';
import type { ProbeHub } from './probe-hub.ts';

/** Kinds of the kernel's events that come back to a node. */
export interface NodeEvents {
  readonly timer: number;
  /** The processor has finished an input; its effects are there. */
  readonly processed: number;
  /** The processor is free. */
  readonly free: number;
  /** Something was put in the node's hands from outside, or it was resumed. */
  readonly wake: number;
  /** A flush is done. */
  readonly flushed: number;
  /** An answer from the store may leave. */
  readonly served: number;
  /** A request was not answered in time. */
  readonly timeout: number;
}

/** What a node needs of the world around it. */
export interface HostEnvironment {
  readonly kernel: Kernel;
  readonly events: NodeEvents;
  readonly probes: ProbeHub;
  readonly meter: Meter;
  readonly costs: ProcessingCosts | undefined;
  readonly replica: Pick<ReplicaOptions, 'genesis' | 'crypto' | 'reader'>;
  readonly authorityOf: (node: NodeIndex) => AuthorityIndex | undefined;
  /** To all nodes of an authority. Returns the number of copies. */
  readonly send: (from: NodeIndex, to: AuthorityIndex, path: number, bytes: Uint8Array, sync?: SyncPacket) => number;
  /** To one node. */
  readonly reply: (from: NodeIndex, to: NodeIndex, packet: SyncPacket) => void;
  readonly broadcast: (from: NodeIndex, path: number, bytes: Uint8Array) => number;
  readonly publish: (from: NodeIndex, topic: 'lanes' | 'final', bytes: Uint8Array) => number;
  /** A verified gossip message is passed on. */
  readonly forward: (
    node: NodeIndex,
    from: NodeIndex,
    topic: 'lanes' | 'final',
    bytes: Uint8Array,
    digest: number,
  ) => number;
  readonly damaged: (node: NodeIndex, damage: DiskDamage) => void;
  readonly changed: (node: NodeIndex, state: NodeState, why: string) => void;
}

export interface CityHostOptions {
  readonly environment: HostEnvironment;
  readonly index: NodeIndex;
  readonly authority: AuthorityIndex | undefined;
  readonly name: string;
  readonly place: Place | undefined;
  readonly self: ReplicaOptions['self'];
  readonly clock: NodeClock;
  readonly disk: Disk;
}
