import type { Crypto, Domains } from '@hansa/protocol/crypto';
import type { AuthorityIndex, Genesis } from '@hansa/protocol/genesis';
import type { Effect, Input, Replica, Store, TimerName, Write } from '@hansa/protocol/replica';
import type { Random } from '../kernel/random.ts';
import type { Link, Scenario } from '../scenario/schema.ts';

/**
 * What the parts of the simulator know of each other. The world runs cities in virtual time; faults, adversaries,
 * checks and recorders act on it and watch it through this page and nothing else.
 */

/**
 * One running copy of a city, with a disk, a clock and a processor of its own. Nodes 0 to n-1 are the authorities,
 * observers follow, twins (second copies with an authority's keys) come last.
 */
export type NodeIndex = number;

export type NodeState = 'up' | 'paused' | 'down';

/** `honest` nodes run the replica as it is; what a `corrupted` one says and hears passes through strategies. */
export type Role = 'honest' | 'corrupted' | 'observer';

/** How a message travels. `request` and `reply`: sync. */
export type Path = 'consensus' | 'entries' | 'lanes' | 'final' | 'request' | 'reply';

export interface Transit {
  /** Unique in the run, in the order of sending. */
  readonly id: number;
  readonly from: NodeIndex;
  readonly to: NodeIndex;
  readonly path: Path;
  readonly bytes: Uint8Array;
  readonly sentAtUs: number;
}

export type LostBecause = 'loss' | 'cut' | 'down' | 'restarted' | 'overload' | 'kept-away' | 'adversary';

/** Everything that can be seen of a run. A probe implements what it needs; probes must not change the world. */
export interface Probe {
  /** Before the replica handles it. `nowMs` inside is the city's own clock. */
  onInput?(node: NodeIndex, input: Input): void;
  /** Effects as the replica returned them, before the disk or the network has them. */
  onEffect?(node: NodeIndex, effect: Effect): void;
  /** After all effects of one input were returned: the place for checks of a city's state. */
  onTurn?(node: NodeIndex): void;
  /** A commit became durable: at its own flush or at a later one, or it had been written back when the power failed. */
  onDurable?(node: NodeIndex, writes: readonly Write[]): void;
  /** An effect other than persist and timer leaves the city: all that was persisted before it is durable. */
  onCarriedOut?(node: NodeIndex, effect: Effect): void;
  /** A copy of a message is on its way; it arrives at `arrivesAtUs` unless it is lost meanwhile. */
  onSent?(transit: Transit, arrivesAtUs: number): void;
  onDelivered?(transit: Transit): void;
  onLost?(transit: Transit, because: LostBecause): void;
  onNodeState?(node: NodeIndex, state: NodeState, why: string): void;
  /** The disk broke a promise to its city: what was durable is gone or changed. Before `onNodeState` of a crash that does it. */
  onDiskDamage?(node: NodeIndex, damage: DiskDamage): void;
  /** Own records handed to a city. */
  onSubmitted?(node: NodeIndex, submission: number, records: readonly Uint8Array[]): void;
  /** A fault begins or ends; `text` is for people: `haikou is cut off`. */
  onFault?(notice: FaultNotice): void;
  onEnd?(): void;
}

/** `lost`: empty now. `replaced`: by another one, such as an old backup. `torn`: a commit is there in part. `rotten`: bits flipped. */
export type DiskDamage = 'lost' | 'replaced' | 'torn' | 'rotten';

/**
 * What the fault plan does. Every `begin` has one `end`, unless the fault lasts until the end of the run; a `moment`
 * has neither. The run is as healed as it gets at its latest notice.
 */
export interface FaultNotice {
  /** The same for begin and end; no two faults share one. */
  readonly id: number;
  readonly phase: 'begin' | 'end' | 'moment';
  readonly kind: string;
  readonly nodes: readonly NodeIndex[];
  readonly text: string;
}

export interface NodeView {
  readonly index: NodeIndex;
  /** Undefined: an observer. */
  readonly authority: AuthorityIndex | undefined;
  readonly name: string;
  readonly role: Role;
  readonly state: NodeState;
  /** Raised by each crash. */
  readonly life: number;
  /** Undefined while it is down. */
  readonly replica: Replica | undefined;
  /** What would survive a power cut now. */
  readonly durable: Store;
  /** Of the keys that its process signs with; undefined for an observer. */
  readonly laneKey: Uint8Array | undefined;
  readonly place: Place | undefined;
}

export interface Place {
  readonly name: string;
  readonly province: string;
  readonly latitude: number;
  readonly longitude: number;
  /** True: made up, to fill the nation's 341. */
  readonly synthetic: boolean;
}

/** The keys of everybody at the start, and what was agreed before it. Honest code sees only its own secrets. */
export interface Federation {
  readonly genesis: Genesis;
  readonly genesisBytes: Uint8Array;
  readonly domains: Domains;
  readonly crypto: Crypto;
  readonly secrets: readonly Keys[];
}

/** What an authority signs with. */
export interface Keys {
  readonly laneSecret: Uint8Array;
  readonly voteSecret: Uint8Array;
}

export interface LinkControl {
  /** Messages sent from now on do not arrive; those on their way do. Cuts count: as many `mend`s as `cut`s. */
  cut(from: NodeIndex, to: NodeIndex): void;
  mend(from: NodeIndex, to: NodeIndex): void;
  isCut(from: NodeIndex, to: NodeIndex): boolean;
  /** Lays a link's behaviour over the scenario's; returns what takes it off again. */
  overlay(from: NodeIndex, to: NodeIndex, link: Link): () => void;
}

export interface CrashOptions {
  readonly lose: 'unflushed' | 'nothing' | 'everything';
  /** The commit under way is written in part. */
  readonly torn?: boolean;
}

/** What leaves a corrupted node for one receiver. */
export interface Outgoing {
  readonly to: NodeIndex;
  readonly path: Path;
  readonly bytes: Uint8Array;
  /** Waits so long before it enters the network. */
  readonly delayUs?: number;
}

export interface Incoming {
  readonly from: NodeIndex;
  readonly path: Path;
  readonly bytes: Uint8Array;
}

/** Stands between a corrupted node's replica and the world. Strategies are built on it. */
export interface NodeFilter {
  /** Undefined: as it is; empty: nothing leaves. One call for each receiver. */
  onSend?(message: Outgoing): readonly Outgoing[] | undefined;
  onReceive?(message: Incoming): 'deliver' | 'drop';
  onTimer?(name: TimerName): 'deliver' | 'swallow';
  onEffect?(effect: Effect): 'carry-out' | 'suppress';
}

/** A running simulation. */
export interface World {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly federation: Federation;
  /** Microseconds since the start of the run. */
  readonly nowUs: number;
  /** Wall time of the start, in milliseconds since 1970: where perfect clocks begin. */
  readonly startMs: number;
  readonly nodes: readonly NodeView[];
  readonly links: LinkControl;
  /** The federation in the newest epoch that anybody has entered, and who leads its views (C12). */
  readonly epochs: { readonly present: Genesis; leaderOf(view: number): AuthorityIndex };
  /** f of the federation as it begins. */
  readonly faultsTolerated: number;

  /** A stream of its own for each purpose: adding one disturbs no other. `node` undefined: the world's. */
  random(purpose: string, node?: NodeIndex): Random;
  /** Runs later; at the same microsecond, in the order of asking. */
  at(atUs: number, run: () => void | Promise<void>): void;
  addProbe(probe: Probe): void;
  /** Tells every probe (`onFault`). For whoever carries faults out. */
  notice(fault: FaultNotice): void;

  crash(node: NodeIndex, options: CrashOptions): void;
  /** Starts a node that is down from its durable store. Damaged: it says so (`onNodeState`) and stays down. `keys`: from now on it signs with these (C12). */
  restart(node: NodeIndex, keys?: Keys): Promise<void>;
  pause(node: NodeIndex): void;
  resume(node: NodeIndex): void;
  stepClock(node: NodeIndex, byUs: number): void;
  setDrift(node: NodeIndex, ppm: number): void;
  slowDisk(node: NodeIndex, factor: number): void;
  fillDisk(node: NodeIndex, full: boolean): void;
  /** Flips one bit in each of so many durable values. */
  rotDisk(node: NodeIndex, values: number): void;
  /** A copy of what is durable, for `replaceDisk`. */
  backup(node: NodeIndex): Promise<Store>;
  /** Only while it is down. */
  replaceDisk(node: NodeIndex, disk: Store | undefined): void;
  /** Own records for a city; the id comes back in its `sealed` or `refused` effect. Undefined: it is not up. */
  submit(node: NodeIndex, records: readonly Uint8Array[]): number | undefined;
  /** Marks a node as corrupted and puts a filter before its others. */
  corrupt(node: NodeIndex, filter: NodeFilter): void;
  /** A second node with this authority's keys, corrupted as the first is. Before the start only. Both hear what is sent to the authority. */
  addTwin(authority: AuthorityIndex): NodeIndex;
  /** A message from a node that no replica wrote: adversaries. Passes through the network as any other. */
  inject(from: NodeIndex, to: NodeIndex, path: Path, bytes: Uint8Array): void;
  /** Feeds a node an input as its host would: timers of adversaries. */
  input(node: NodeIndex, input: TimerInput): void;
}

export interface TimerInput {
  readonly kind: 'timer';
  readonly name: TimerName;
}
