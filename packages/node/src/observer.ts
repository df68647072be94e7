import type { FastifyInstance } from 'fastify';
import { createObserverApi } from './api/server.ts';
import { Tokens } from './api/tokens.ts';
import { type City, type LedgerObserver, type LoopFailure, openObserver } from './city/index.ts';
import type { Config } from './config/index.ts';
import { listen } from './listen.ts';
import type { Log } from './log.ts';

/** A supervisor's daemon: it follows the agreement, verifies all of it, and answers reads and proofs. It signs nothing. */
export class Observer {
  readonly observer: City<LedgerObserver>;
  readonly #config: Config;
  readonly #log: Log;
  readonly #api: FastifyInstance;
  #stopping: Promise<void> | undefined;

  private constructor(parts: {
    readonly config: Config;
    readonly log: Log;
    readonly observer: City<LedgerObserver>;
    readonly api: FastifyInstance;
  }) {
    this.observer = parts.observer;
    this.#config = parts.config;
    this.#log = parts.log;
    this.#api = parts.api;
  }

  /**
   * Opens everything and checks that it fits together; nothing is sent and nothing listens until `start`. `opened`: what follows,
   * an observer unless said otherwise.
   */
  static async open(
    config: Config,
    log: Log,
    onFailure: (failure: LoopFailure) => void,
    opened: typeof openObserver = openObserver,
  ): Promise<Observer> {
    const tokens = await Tokens.read(config.directory);
    const { observer, genesisFile } = await opened(config, log, onFailure);
    try {
      const api = await createObserverApi({ observer, tokens, genesisFile, log: log.child({ part: 'http' }) });
      return new Observer({ config, log, observer, api });
    } catch (error) {
      await observer.stop();
      throw error;
    }
  }

  /** Connects to the cities and opens the API. Resolves to the API's URL; it may still be catching up (`/readyz`). */
  async start(): Promise<string> {
    await this.observer.start();
    return listen(this.#api, this.#config.http, this.#log);
  }

  /** Ends cleanly. Twice is once. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    const results = await Promise.allSettled([this.#api.close(), this.observer.stop()]);
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }
}
