import { equalBytes } from '../bytes.ts';
import { votersOf } from '../genesis/authority-set.ts';
import type { Authority, AuthorityIndex } from '../genesis/types.ts';
import type { ReplicaOptions } from './recovered-state.ts';
import type { ProtocolContext } from './verifier.ts';

/** Who this city is in the present epoch (C12). */
export class Seat {
  readonly #context: ProtocolContext;
  readonly #own: ReplicaOptions['self'];
  readonly #laneKey: Uint8Array | undefined;
  /** Made when it is first asked for. */
  #voteKey: Uint8Array | undefined;

  constructor(context: ProtocolContext, own: ReplicaOptions['self']) {
    this.#context = context;
    this.#own = own;
    this.#laneKey = own && context.crypto.ed25519.publicKey(own.laneSecret);
  }

  /** Undefined for an observer, and while the present set does not have this city's keys or not its vote. */
  get voting(): ReplicaOptions['self'] {
    const seat = this.#own && this.#context.genesis.authorities[this.#own.index];
    if (this.#laneKey === undefined || seat === undefined || seat.standing !== undefined) return undefined; // guard: C12 only the present set votes
    if (!equalBytes(this.#laneKey, seat.laneKey)) return undefined; // guard: C12 keys that were replaced, or are yet to be, sign nothing
    return this.#hasVoteKey(seat) ? this.#own : undefined; // guard: C12 nor does a city whose vote key alone was replaced
  }

  /** Votes that the lane key signs need no other one. */
  #hasVoteKey({ voteKey }: Authority): boolean {
    if (this.#own === undefined || this.#context.genesis.voteScheme === 'ed25519') return true;
    this.#voteKey ??= this.#context.crypto.bls.publicKey(this.#own.voteSecret);
    return equalBytes(this.#voteKey, voteKey);
  }

  /** All other authorities that vote. */
  get others(): readonly AuthorityIndex[] {
    return votersOf(this.#context.genesis)
      .map(({ index }) => index)
      .filter((index) => index !== this.#own?.index);
  }
}
