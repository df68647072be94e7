import type { CarriedBlock, CarriedVote } from '@hansa/protocol/consensus';
import type { AuthorityIndex } from '@hansa/protocol/genesis';
import type { Effect, TimerName } from '@hansa/protocol/replica';
import type { Random } from '../kernel/random.ts';
import type { Incoming, NodeIndex, Outgoing, Path, World } from '../world/contract.ts';
import type { Speech } from './speech.ts';
import type { Voice } from './voice.ts';

/**
 * The plug-in interface of adversaries. A strategy stands between a corrupted city's own replica, which goes on as an
 * honest one would, and the network: it changes, drops, delays or adds what is said and heard. All corrupted cities
 * share one coordinator, which knows everything and holds the corrupted keys, and no others.
 */
export interface Strategy {
  /** What leaves the city; undefined: as it is; empty: nothing leaves. One call for each receiver. */
  onSend?(city: Corrupted, message: Outgoing): readonly Outgoing[] | undefined;
  /** Before the city's replica hears it. */
  onReceive?(city: Corrupted, message: Incoming): 'deliver' | 'drop';
  /** A timer of the replica fires; `swallow` and its replica never learns. */
  onTimer?(city: Corrupted, name: TimerName): 'deliver' | 'swallow';
  /** The city's replica entered a view. */
  onView?(city: Corrupted, view: number): void;
  /** Once, when the run starts (or the strategy's time begins). */
  onStart?(city: Corrupted): void;
  /** Every effect of the city's replica, before it is carried out; `suppress` and it never is. */
  onEffect?(city: Corrupted, effect: Effect): 'carry-out' | 'suppress';
}

/** One corrupted city in the hands of a strategy. */
export interface Corrupted {
  readonly node: NodeIndex;
  readonly authority: AuthorityIndex;
  readonly options: Readonly<Record<string, number | string | boolean>>;
  readonly coordinator: Coordinator;
  readonly random: Random;
  /** Says something now, or later. The strategies that stand behind this one in the scenario see it first. */
  say(message: Outgoing): void;
}

/** What all corrupted cities share. */
export interface Coordinator {
  /** Everything, as an all-knowing adversary sees it. It must not act on honest cities but by messages. */
  readonly world: World;
  readonly corrupted: readonly AuthorityIndex[];
  readonly honest: readonly AuthorityIndex[];
  /** Signs in the names of corrupted cities; throws for any other. */
  readonly voice: Voice;
  /** Memory that strategies share. */
  readonly notes: Map<string, unknown>;
  /** What was said and seen so far. */
  readonly knowledge: Knowledge;
  /** What a message says; each frame is decoded once. */
  understand(message: { readonly path: Path; readonly bytes: Uint8Array }): Speech;
  /** One of two halves of the honest cities, the same for all strategies of the run. */
  halfOf(node: NodeIndex): 0 | 1;
  /** All nodes that speak for these authorities, twins included. */
  nodesOf(authorities: readonly AuthorityIndex[]): readonly NodeIndex[];
}

/** What an all-knowing adversary remembers of the views that are not long past. */
export interface Knowledge {
  /** Newest view that an honest city is in. */
  readonly newestView: number;
  /** View of the newest block that an honest city holds as final. */
  readonly finalView: number;
  leaderOf(view: number): AuthorityIndex;
  /** Blocks that were proposed in a view, as their leader's own replica or a strategy made them. */
  blocks(view: number): readonly CarriedBlock[];
  block(digest: Uint8Array): CarriedBlock | undefined;
  /** Votes of a view by whoever cast them, as frames, in the order in which they were cast. */
  votes(view: number): readonly { readonly vote: CarriedVote; readonly frame: Uint8Array }[];
  /** Honest nodes that hold a notarization of a view. */
  notarizedBy(view: number): ReadonlySet<NodeIndex>;
  /** Runs once for each view, at the moment when this share of the honest cities holds its notarization. */
  whenNotarized(share: number, run: (view: number) => void): void;
  /** Makes a frame that a strategy made up known to all others. What replicas say is known anyway. */
  learn(path: Path, frame: Uint8Array): void;
}

/** A strategy for one city, made anew for each run. Registered by name; plug-ins add theirs. */
export interface StrategyFactory {
  (city: Corrupted): Strategy;
  /** True: the city runs twice with one key, and a second strategy of this kind guards its twin. */
  readonly needsTwin?: boolean;
}
