import { toHex } from '@hansa/protocol';
import type { CeremonyOpening, OprfPort } from '../api/ports.ts';
import type { Attempt } from './attempt.ts';
import type { Submission, Submitted, Wait } from './submission.ts';

/** The record that opened a ceremony, and the ceremony's id in hexadecimal. */
export interface CeremonyOpened extends Submitted {
  readonly id: string;
}

/**
 * An operator's way to new shares of the OPRF key, or to the first ones (P2). Another city may open a ceremony at the same
 * time: which of them stands is the ledger's to say.
 */
export class CeremonyService {
  readonly #oprf: OprfPort;
  readonly #submission: Submission;

  constructor(oprf: OprfPort, submission: Submission) {
    this.#oprf = oprf;
    this.#submission = submission;
  }

  /** Throws OPRF_CEREMONY_OPEN, OPRF_KEY_EXISTS, OPRF_KEY_MISSING, OPRF_THRESHOLD_OUT_OF_RANGE and the submission's. */
  async open(request: Omit<CeremonyOpening, 'id'>, attempt: Attempt, wait: Wait): Promise<CeremonyOpened> {
    const id = attempt.requestId();
    const prepare = async () => ({ record: this.#oprf.opening({ id, ...request }) });
    const { submitted } = await this.#submission.one(attempt, prepare, wait);
    return { id: toHex(id), ...submitted };
  }
}
