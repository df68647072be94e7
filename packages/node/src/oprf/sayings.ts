import { HansaError, toHex } from '@hansa/protocol';
import { BackOff } from '../back-off.ts';
import { refusal } from '../services/meanings.ts';
import type { OprfCity, OprfLog } from './ports.ts';

interface SayingsParts {
  readonly city: Pick<OprfCity, 'crypto' | 'trial' | 'submit'>;
  readonly log: OprfLog;
  readonly nowMs: () => number;
  readonly times: {
    /** Between two looks at a ceremony under way: the first pause after a refusal. */
    readonly stepMs: number;
    /** Something that was said and is not on the ledger is said again; also the longest pause after refusals. */
    readonly againMs: number;
  };
}

/** What a city says in a ceremony. */
export type Act = 'open' | 'deal' | 'hold' | 'settle';

/**
 * Puts the ceremony's records on the own lane. Each is said once, and again when it did not come on the ledger for a while.
 * One that is refused (by a trial, so that nothing in vain is on the lane; by a full window; before the city has joined) is
 * tried again, later and later, and each reason is logged once until the act succeeds.
 */
export class Sayings {
  readonly #parts: SayingsParts;
  /** Not before, and how long the pauses have become. */
  readonly #pauses = new Map<string, { readonly untilMs: number; readonly backOff: BackOff }>();
  readonly #told = new Map<Act, Set<string>>();

  constructor(parts: SayingsParts) {
    this.#parts = parts;
  }

  /** A record of the city's own making, named by its content. */
  say(act: Act, record: Uint8Array): void {
    void this.sayNamed(act, toHex(this.#parts.city.crypto.sha256(record)), () => record);
  }

  /** The same of a record that is another one each time. Resolves to whether it is on the lane; never rejects. */
  async sayNamed(act: Act, name: string, record: () => Uint8Array): Promise<boolean> {
    const { city, nowMs, times } = this.#parts;
    const before = this.#pauses.get(name);
    if (before !== undefined && nowMs() < before.untilMs) return false;
    const backOff = before?.backOff ?? new BackOff(times.stepMs, times.againMs);
    this.#pauses.set(name, { untilMs: nowMs() + times.againMs, backOff });
    try {
      const bytes = record();
      const [code] = city.trial([bytes]);
      if (code !== undefined) throw refusal(code);
      await city.submit([bytes]);
    } catch (error) {
      this.#pauses.set(name, { untilMs: nowMs() + pauseAfter(error, backOff), backOff });
      this.#tell(act, error);
      return false;
    }
    backOff.reset();
    this.#told.delete(act);
    return true;
  }

  #tell(act: Act, error: unknown): void {
    const { log } = this.#parts;
    if (!(error instanceof HansaError)) {
      log.error({ act, err: error }, 'a record of the OPRF ceremony was not sealed');
      return;
    }
    const { code, message } = error;
    const told = this.#told.get(act) ?? new Set();
    this.#told.set(act, told);
    if (told.has(code)) return;
    told.add(code);
    log.warn({ act, code }, `not said in the OPRF ceremony, and tried again: ${message}`);
  }
}

function pauseAfter(error: unknown, backOff: BackOff): number {
  const askedMs = error instanceof HansaError ? (error.retryAfterMs ?? 0) : 0;
  return Math.max(askedMs, backOff.next());
}
