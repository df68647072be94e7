import type { Rejection } from '../errors.ts';
import type { AuthorityIndex, Genesis } from '../genesis/types.ts';

/**
 * The whole traffic between a city's pure core and the world. `Replica.handle(input)` returns effects; the host
 * (daemon or simulator) carries them out in order.
 *
 * The one rule for hosts (C9): all `persist` effects of a turn become durable, in one atomic batch, before any later
 * effect of that turn leaves the process. A turn is one or more inputs handled back to back (group commit).
 */

/** One key to put (or, with `value` undefined, to delete). Keys are made in `replica/keys.ts`. */
export interface Write {
  readonly key: Uint8Array;
  readonly value: Uint8Array | undefined;
}

/** Where a record stands. Written `haikou/12/0` for people: city name, entry sequence, position in the entry. */
export interface RecordLocation {
  readonly lane: AuthorityIndex;
  readonly sequence: number;
  readonly position: number;
}

export type TimerName = 'view' | 'resend' | 'propose' | 'resync' | 'relay' | 'fetch' | 'join';

/** `consensus`: small and urgent. `entries`: bulk. Separate streams, so that bulk never delays a vote. */
export type Channel = 'consensus' | 'entries';

export type Input =
  /** Once, first. Everything else before it is a host's bug. */
  | { readonly kind: 'start'; readonly nowMs: number }
  /** A frame of a direct stream or a gossip message: bytes of `PeerMessage`. `from` is the authenticated member. */
  | { readonly kind: 'message'; readonly nowMs: number; readonly from: AuthorityIndex; readonly bytes: Uint8Array }
  | { readonly kind: 'timer'; readonly nowMs: number; readonly name: TimerName }
  /** Own records, encoded (`Record` bytes), all or nothing; they become part of one entry. */
  | { readonly kind: 'submit'; readonly nowMs: number; readonly id: number; readonly records: readonly Uint8Array[] }
  /** Reply to a `request` effect, or undefined when it failed or timed out. Bytes of `SyncResponse`. */
  | { readonly kind: 'response'; readonly nowMs: number; readonly id: number; readonly bytes: Uint8Array | undefined }
  /** A `StatusRequest` of another member. Entries and blocks are answered by the host with `answerFromStore`. */
  | {
      readonly kind: 'request';
      readonly nowMs: number;
      readonly id: number;
      readonly from: AuthorityIndex | undefined;
      readonly bytes: Uint8Array;
    };

/**
 * What no honest member sends, because it verifies before it passes on and answers what was asked. So who sent it
 * misbehaved, whoever wrote it.
 */
export type Misbehaviour =
  /** Not the canonical encoding of a message of this protocol and federation. */
  | 'malformed'
  /** A proposal, vote, certificate, entry header or evidence with a signature that does not verify. */
  | 'wrong-signature'
  /** A vote of somebody else. */
  | 'vote-of-another'
  /** Records that do not fit the entry's header. */
  | 'wrong-records'
  /** Not what was asked for. */
  | 'wrong-reply';

export interface RecordOutcome {
  readonly location: RecordLocation;
  readonly family: number;
  readonly type: number;
  /** Undefined when accepted; else the reason code (L1). */
  readonly rejected: string | undefined;
}

export type Effect =
  | {
      readonly kind: 'persist';
      readonly writes: readonly Write[] /** False: may become durable with a later flush. */;
      readonly flush: boolean;
    }
  | { readonly kind: 'send'; readonly channel: Channel; readonly to: AuthorityIndex; readonly bytes: Uint8Array }
  /** To every other authority. */
  | { readonly kind: 'broadcast'; readonly channel: Channel; readonly bytes: Uint8Array }
  | { readonly kind: 'publish'; readonly topic: 'lanes' | 'final'; readonly bytes: Uint8Array }
  | {
      readonly kind: 'request';
      readonly id: number;
      readonly to: AuthorityIndex;
      readonly bytes: Uint8Array;
      readonly timeoutMs: number;
    }
  | { readonly kind: 'reply'; readonly id: number; readonly bytes: Uint8Array }
  /** Arms the one timer of this name anew, or disarms it. */
  | { readonly kind: 'timer'; readonly name: TimerName; readonly atMs: number | undefined }
  /** The submission is sealed: location of its first record; the others follow it in order. Durable when it leaves. */
  | {
      readonly kind: 'sealed';
      readonly id: number;
      readonly first: RecordLocation;
      readonly count: number;
      readonly entryDigest: Uint8Array;
    }
  | { readonly kind: 'refused'; readonly id: number; readonly error: Rejection }
  | {
      readonly kind: 'finalized';
      readonly height: number;
      readonly view: number;
      readonly timestampMs: number;
      readonly blockDigest: Uint8Array;
      readonly tips: readonly { readonly lane: AuthorityIndex; readonly sequence: number }[];
    }
  | {
      readonly kind: 'executed';
      readonly height: number;
      readonly timestampMs: number;
      readonly outcomes: readonly RecordOutcome[];
    }
  /** A finalized block's checkpoint proves the state after `height` (receipts up to it can be made). */
  | { readonly kind: 'checkpointed'; readonly height: number }
  /**
   * C12: a new epoch begins: `genesis` is the federation as it is from now on. Whoever is no longer in it is not to be
   * connected any more, whoever is new is to be let in.
   */
  | { readonly kind: 'epoch'; readonly epoch: number; readonly genesis: Genesis; readonly sealHeight: number }
  /** R6 is done: the city may sign. */
  | { readonly kind: 'joined' }
  /** Proof of misbehaviour of `accused`, kept and to be shown. Bytes of `Evidence`. */
  | {
      readonly kind: 'evidence';
      readonly accused: AuthorityIndex;
      readonly type: 'lane-fork' | 'conflicting-votes' | 'conflicting-proposals';
      readonly bytes: Uint8Array;
    }
  /**
   * G1: a member sent what no honest member sends. It cost a check of a signature, so the host should hear nothing of it
   * for a while.
   */
  | { readonly kind: 'misbehaved'; readonly from: AuthorityIndex; readonly why: Misbehaviour }
  /** Something an operator must see now. */
  | { readonly kind: 'alarm'; readonly error: Rejection };
