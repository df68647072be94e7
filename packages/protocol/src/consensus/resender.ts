import type { Parameters } from '../genesis/types.ts';
import type { SimplexPorts } from './ports.ts';
import type { RoundBook } from './round-book.ts';
import { type CarriedCertificate, encodeVote } from './votes.ts';

/** C7: says again what may have been lost. Without it agreement is safe, but not live. */
export class Resender {
  readonly #rounds: RoundBook;
  readonly #ports: SimplexPorts;
  readonly #parameters: Parameters;
  /** When the next resync is due; undefined while nothing is unsettled. */
  #resyncAtMs: number | undefined;

  constructor(rounds: RoundBook, ports: SimplexPorts, parameters: Parameters) {
    this.#rounds = rounds;
    this.#ports = ports;
    this.#parameters = parameters;
  }

  /** Another view: what was to be said again of the last one is part of the resync now. */
  viewEntered(nowMs: number): void {
    this.#ports.setTimer('resend', undefined);
    this.armResync(nowMs);
  }

  /** The current view was nullified by this city. */
  armResend(nowMs: number): void {
    this.#ports.setTimer('resend', nowMs + this.#parameters.resendMs);
  }

  /** Every t_r: own Nullify of the current view and the best certificate for entering it. */
  resend(nowMs: number, view: number, finalization: CarriedCertificate | undefined): void {
    const nullify = this.#rounds.peek(view)?.own.nullify;
    if (nullify === undefined) return;
    const before = this.#rounds.peek(view - 1);
    const entry = before?.notarization ?? before?.nullification ?? finalization;
    if (entry !== undefined) this.#ports.broadcast('certificate', entry.bytes); // guard: C7 the certificate for entering the view is sent again
    this.#ports.broadcast('vote', encodeVote(nullify)); // guard: C7 the own Nullify is sent again
    this.armResend(nowMs);
  }

  armResync(nowMs: number): void {
    if (!this.#rounds.unsettled) this.#resyncAtMs = undefined;
    else this.#resyncAtMs ??= nowMs + this.#parameters.resyncMs;
    this.#ports.setTimer('resync', this.#resyncAtMs);
  }

  /** Something became final: the time without finality starts anew. */
  finalized(nowMs: number): void {
    this.#resyncAtMs = undefined;
    this.armResync(nowMs);
  }

  /** Every T_s without finality: the newest finalization, own votes and certificates above it. */
  resync(nowMs: number, finalization: CarriedCertificate | undefined, mayVote: boolean): void {
    for (const { kind, bytes } of this.#rounds.resyncMessages(finalization, mayVote)) {
      this.#ports.broadcast(kind, bytes); // guard: C7 votes and certificates are sent again
    }
    this.#resyncAtMs = undefined;
    this.armResync(nowMs);
  }
}
