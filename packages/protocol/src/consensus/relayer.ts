import type { Parameters } from '../genesis/types.ts';
import type { SimplexPorts } from './ports.ts';
import { type CarriedCertificate, VoteKind } from './votes.ts';

/** Fraction of Δ that a relayed certificate waits. */
const RELAY_SHARE = 10;

/**
 * C4, C6, G1: everybody broadcasts every certificate once, so that partial connectivity heals. In good times all others
 * have made the same certificate from the votes themselves: notarizations and finalizations wait Δ/10, and what a newer
 * finalization covers by then is not sent at all (ADR 0009). Nullifications go at once: nobody else may know of them,
 * and a view waits.
 */
export class Relayer {
  readonly #ports: SimplexPorts;
  readonly #delayMs: number;
  #waiting: CarriedCertificate[] = [];

  constructor(ports: SimplexPorts, parameters: Parameters) {
    this.#ports = ports;
    this.#delayMs = Math.ceil(parameters.deltaMs / RELAY_SHARE);
  }

  add(nowMs: number, certificate: CarriedCertificate): void {
    if (certificate.statement.kind === VoteKind.NULLIFY) {
      this.#ports.broadcast('certificate', certificate.bytes); // guard: C4 nullifications are broadcast
      return;
    }
    if (this.#waiting.length === 0) this.#ports.setTimer('relay', nowMs + this.#delayMs);
    this.#waiting.push(certificate);
  }

  /** The delay is over. */
  relay(finalization: CarriedCertificate | undefined): void {
    this.#ports.setTimer('relay', undefined);
    // C12: what made the seal final may be of a later view than the seal, and covers nothing of this epoch.
    const isCovered = ({ statement: { epoch, view } }: CarriedCertificate) =>
      epoch === finalization?.statement.epoch && view <= finalization.statement.view;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const certificate of waiting) {
      if (!isCovered(certificate)) this.#ports.broadcast('certificate', certificate.bytes); // guard: C4 notarizations are broadcast
    }
    if (finalization === undefined || !waiting.some(isCovered)) return;
    this.#ports.broadcast('certificate', finalization.bytes); // guard: C6 the newest finalization is broadcast
    this.#ports.finalizationRelayed(finalization);
  }
}
