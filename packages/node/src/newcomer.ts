import { type Authority, epochOf } from '@hansa/protocol/genesis';
import { type LoopFailure, openNewcomer, seatOf, takeSeat, waitsForSeat } from './city/index.ts';
import { CityDaemon, type RunningDaemon } from './city-daemon.ts';
import type { Config } from './config/index.ts';
import { nativeCrypto } from './crypto/index.ts';
import { type PublicKeys, publicKeys, readCityKeys } from './keys/index.ts';
import type { Log } from './log.ts';
import { Observer } from './observer.ts';
import { finishTaking } from './setup/rotate-keys.ts';

/** Opens the daemon that a directory is of; nothing is sent and nothing listens until `start`. */
export async function openDaemon(
  config: Config,
  log: Log,
  onFailure: (failure: LoopFailure) => void,
): Promise<RunningDaemon> {
  if (config.observer) return Observer.open(config, log, onFailure);
  await finishTaking(config);
  const member = (await waitsForSeat(config)) ? Newcomer : CityDaemon;
  return member.open(config, log, onFailure);
}

/**
 * C12: the daemon of a city that the genesis file does not name. Until the federation has added the city it reaches nobody; then
 * it follows as an observer does, from the genesis on, epoch by epoch. In the epoch that has its seat it becomes the
 * city's daemon, in the same process.
 */
export class Newcomer implements RunningDaemon {
  readonly #config: Config;
  readonly #log: Log;
  readonly #onFailure: (failure: LoopFailure) => void;
  readonly #own: PublicKeys;
  readonly #follower: Observer;
  #daemon: CityDaemon | undefined;
  #turning: Promise<void> | undefined;
  #stopping: Promise<void> | undefined;

  private constructor(parts: {
    readonly config: Config;
    readonly log: Log;
    readonly onFailure: (failure: LoopFailure) => void;
    readonly own: PublicKeys;
    readonly follower: Observer;
  }) {
    this.#config = parts.config;
    this.#log = parts.log;
    this.#onFailure = parts.onFailure;
    this.#own = parts.own;
    this.#follower = parts.follower;
  }

  /** Errors: as for `Daemon.open`. */
  static async open(config: Config, log: Log, onFailure: (failure: LoopFailure) => void): Promise<Newcomer> {
    const own = await publicKeys(nativeCrypto, await readCityKeys(config.keysDirectory));
    const follower = await Observer.open(config, log, onFailure, openNewcomer);
    return new Newcomer({ config, log, onFailure, own, follower });
  }

  async start(): Promise<string> {
    const { observer } = this.#follower;
    observer.events.on('epoch', this.#look);
    if (epochOf(observer.genesis) === 0) {
      this.#log.warn('until the federation has added this city it reaches nobody: send the member card to the others');
    }
    const url = await this.#follower.start();
    this.#look(); // it may have ended between the beginning of the epoch that has its seat and taking it
    return url;
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    await this.#turning;
    await Promise.all([this.#follower.stop(), this.#daemon?.stop()]);
  }

  readonly #look = (): void => {
    const { genesis } = this.#follower.observer;
    const seat = seatOf(genesis, this.#config.city, this.#own);
    if (seat === undefined) {
      const named = genesis.authorities.some(({ name }) => name === this.#config.city);
      if (named) this.#log.warn({ epoch: epochOf(genesis) }, 'the federation has other keys for this city than these');
      return;
    }
    this.#turning ??= this.#turn(seat).catch((error: unknown) => {
      this.#log.fatal({ err: error }, 'the city could not take its seat: the daemon stops; start it again');
      this.#onFailure({ during: 'commit', error });
    });
  };

  async #turn({ index }: Authority): Promise<void> {
    const { genesis } = this.#follower.observer;
    this.#log.info({ seat: index, epoch: epochOf(genesis) }, 'the federation has added this city: it takes its seat');
    await this.#follower.stop();
    await takeSeat(this.#config, genesis, index);
    if (this.#stopping !== undefined) return;
    this.#daemon = await CityDaemon.open(this.#config, this.#log, this.#onFailure);
    await this.#daemon.start();
  }
}
