import type { AuthorityIndex } from '@hansa/protocol/genesis';
import type { Effect, TimerName } from '@hansa/protocol/replica';
import type { Random } from '../kernel/random.ts';
import type { Incoming, NodeIndex, Outgoing, World } from '../world/contract.ts';
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
  /** Says something now, or later. */
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
}

/** A strategy for one city, made anew for each run. Registered by name; plug-ins add theirs. */
export type StrategyFactory = (city: Corrupted) => Strategy;
