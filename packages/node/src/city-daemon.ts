import { epochOf } from '@hansa/protocol/genesis';
import type { LoopFailure } from './city/index.ts';
import type { Config } from './config/index.ts';
import { Daemon } from './daemon.ts';
import type { Log } from './log.ts';
import { seatOfNextKeys, takeNextKeys } from './setup/rotate-keys.ts';

/** Of a city, an observer, or a city that has no seat yet. */
export interface RunningDaemon {
  /** Resolves to the API's URL. */
  start(): Promise<string>;
  /** Twice is once. */
  stop(): Promise<void>;
}

/**
 * C12: a city's daemon that goes on under the keys that were prepared beside its own (`hansa keys rotate`), in the same process, in
 * the epoch that has them. Its API is away for a moment then.
 */
export class CityDaemon implements RunningDaemon {
  readonly #config: Config;
  readonly #log: Log;
  readonly #onFailure: (failure: LoopFailure) => void;
  #daemon: Daemon;
  #turning: Promise<void> | undefined;
  #stopping: Promise<void> | undefined;

  private constructor(config: Config, log: Log, onFailure: (failure: LoopFailure) => void, daemon: Daemon) {
    this.#config = config;
    this.#log = log;
    this.#onFailure = onFailure;
    this.#daemon = daemon;
  }

  /** Errors: as for `Daemon.open`. */
  static async open(config: Config, log: Log, onFailure: (failure: LoopFailure) => void): Promise<CityDaemon> {
    let daemon = await Daemon.open(config, log, onFailure);
    // The epoch may have begun while the daemon was away, or just before it ended.
    if ((await seatOfNextKeys(config, daemon.city.genesis)) !== undefined) {
      await daemon.stop();
      await takeNextKeys(config);
      daemon = await Daemon.open(config, log, onFailure);
    }
    return new CityDaemon(config, log, onFailure, daemon);
  }

  start(): Promise<string> {
    this.#daemon.city.events.on('epoch', this.#look);
    return this.#daemon.start();
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    await this.#turning;
    await this.#daemon.stop();
  }

  /** One look after the other: epochs may follow each other at once. */
  readonly #look = (): void => {
    this.#turning = (this.#turning ?? Promise.resolve())
      .then(() => this.#turn())
      .catch((error: unknown) => {
        this.#log.fatal({ err: error }, 'the city could not take its new keys: the daemon stops; start it again');
        this.#onFailure({ during: 'commit', error });
      });
  };

  async #turn(): Promise<void> {
    const { genesis } = this.#daemon.city;
    if (this.#stopping !== undefined || (await seatOfNextKeys(this.#config, genesis)) === undefined) return;
    this.#log.warn({ epoch: epochOf(genesis) }, 'the new keys of this city count from now on: it goes on under them');
    await this.#daemon.stop();
    await takeNextKeys(this.#config);
    if (this.#stopping !== undefined) return;
    this.#daemon = await Daemon.open(this.#config, this.#log, this.#onFailure);
    await this.start();
  }
}
