/** As the daemon's (`packages/node/src/network/settings.ts`): the first time so long, twice as long at each repetition, up to the cap. */
const FIRST_US = 1e6;
const CAP_US = 60e6;
/** Forgotten after so many caps of good conduct. */
const FORGOTTEN_CAPS = 10;

interface Strike {
  count: number;
  lastUs: number;
  untilUs: number;
}

/** Whom a city keeps away from its direct streams, because it sent what no honest city sends (G1). Dies with the process. */
export class Strikes {
  readonly #byAuthority = new Map<number, Strike>();

  strike(authority: number, nowUs: number): void {
    const known = this.#byAuthority.get(authority);
    const count = known === undefined || nowUs - known.lastUs > FORGOTTEN_CAPS * CAP_US ? 0 : known.count;
    const untilUs = nowUs + Math.min(CAP_US, FIRST_US * 2 ** Math.min(count, 30));
    this.#byAuthority.set(authority, { count: count + 1, lastUs: nowUs, untilUs });
  }

  refuses(authority: number, nowUs: number): boolean {
    if (this.#byAuthority.size === 0) return false;
    const strike = this.#byAuthority.get(authority);
    return strike !== undefined && nowUs < strike.untilUs;
  }

  clear(): void {
    this.#byAuthority.clear();
  }
}
