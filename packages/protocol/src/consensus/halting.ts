import { utf8 } from '../bytes.ts';
import type { Rejection } from '../errors.ts';
import { keys } from '../replica/keys.ts';
import type { SimplexPorts } from './ports.ts';
import type { CarriedCertificate } from './votes.ts';

export const stateDiverged: Rejection = {
  code: 'STATE_DIVERGED',
  message:
    'The agreed state differs from this city’s own. It stopped voting; keep the data, compare the versions with the other cities, then start again from an empty directory and catch up.',
};

/** C6, C11: an alarm that stops a city for good: it votes no more, keeps the data and says so, once and after each restart. */
export class Halting {
  readonly #ports: Pick<SimplexPorts, 'persist' | 'alarm'>;
  #code: string | undefined;

  constructor(ports: Pick<SimplexPorts, 'persist' | 'alarm'>) {
    this.#ports = ports;
  }

  /** Code of the alarm. */
  get code(): string | undefined {
    return this.#code;
  }

  /** More than f are faulty: what others say is final is not followed any further. */
  get safetyViolated(): boolean {
    return this.#code === 'SAFETY_VIOLATED';
  }

  /** What the store says. */
  restore(code: string | undefined): void {
    this.#code = code;
  }

  /** `proof`: certificates that contradict each other; they name who signed both. */
  halt(alarm: Rejection, proof: readonly CarriedCertificate[] = []): void {
    if (this.#code !== undefined) return;
    this.#code = alarm.code;
    const proofs = proof.map(({ bytes }, index) => ({ key: keys.haltProof(index), value: bytes }));
    this.#ports.persist([{ key: keys.halt(), value: utf8(alarm.code) }, ...proofs], true); // guard: C11 a restart does not make it vote again
    this.#ports.alarm(alarm);
  }

  /** Says again what was said before the restart. */
  remind(): void {
    if (this.#code === undefined) return;
    const message =
      'This city stopped voting before it was restarted, and stays so. Keep the data; when the cause is known, start again from an empty directory: the city fetches everything from the others.';
    this.#ports.alarm({ code: this.#code, message });
  }
}
