import { join } from 'node:path';
import type { Store } from '@hansa/protocol/replica';
import type { FastifyInstance } from 'fastify';
import { StoredAnswers } from './api/answers.ts';
import { createApi } from './api/server.ts';
import { Tokens } from './api/tokens.ts';
import { type City, type LoopFailure, openCity } from './city/index.ts';
import type { Config } from './config/index.ts';
import { loadWasmGroup, nativeCrypto } from './crypto/index.ts';
import { Exchange } from './exchange/index.ts';
import { listen } from './listen.ts';
import type { Log } from './log.ts';
import { OprfService, ThreadCalculator } from './oprf/index.ts';
import { oprfCityOf } from './oprf/ports.ts';
import { openRegistryStore, Registry } from './registry/index.ts';

/** A city with all its parts: the public store, core and network, the private registry, and the HTTP API. */
export class Daemon {
  readonly city: City;
  readonly #oprf: OprfService;
  readonly #config: Config;
  readonly #log: Log;
  readonly #exchange: Exchange;
  readonly #api: FastifyInstance;
  readonly #privateStores: readonly Store[];
  #stopping: Promise<void> | undefined;

  private constructor(parts: {
    readonly config: Config;
    readonly log: Log;
    readonly city: City;
    readonly oprf: OprfService;
    readonly exchange: Exchange;
    readonly api: FastifyInstance;
    readonly privateStores: readonly Store[];
  }) {
    this.#config = parts.config;
    this.#log = parts.log;
    this.city = parts.city;
    this.#oprf = parts.oprf;
    this.#exchange = parts.exchange;
    this.#api = parts.api;
    this.#privateStores = parts.privateStores;
  }

  /** Opens everything and checks that it fits together; nothing is sent and nothing listens until `start`. */
  static async open(config: Config, log: Log, onFailure: (failure: LoopFailure) => void): Promise<Daemon> {
    const tokens = await Tokens.read(config.directory);
    const { city, genesisFile, keys } = await openCity(config, log, onFailure);
    const privateStores: Store[] = [];
    try {
      const registryStore = await openRegistryStore(join(config.dataDirectory, 'registry'));
      privateStores.push(registryStore);
      const answerStore = await openRegistryStore(join(config.dataDirectory, 'answers'));
      privateStores.push(answerStore);
      const { domains, self } = city;
      const group = await loadWasmGroup();
      const oprf = await OprfService.open({
        ...{ city: oprfCityOf(city), group, calculator: new ThreadCalculator(group) },
        store: registryStore,
        credentialSecret: keys.credential,
        log: log.child({ part: 'oprf' }),
        automatic: config.oprf.autoCeremony,
      });
      city.keepDoor('oprf', (from, bytes) => oprf.answer(from, bytes));
      const registry = new Registry({
        get genesis() {
          return city.genesis; // C12: of the present epoch
        },
        self,
        crypto: nativeCrypto,
        domains,
        store: registryStore,
        tagger: oprf.tagger,
        citySecret: keys.city,
        submit: (records) => city.submit(records),
        lane: {
          ready: () => city.status().joined,
          tip: () => city.lanes()[self.index]?.heldSequence ?? 0,
          rejected: async (sequence) => (await city.entryOutcome(self.index, sequence))?.rejected,
          trial: (records) => city.trial(records),
          records: async (sequence) => (await city.entry(self.index, sequence))?.records,
        },
      });
      const answers = new StoredAnswers(answerStore);
      const exchange = new Exchange({
        ...{ city, privateSide: registry, store: registryStore },
        exchangeSecret: keys.exchange,
        credentialSecret: keys.credential,
        log: log.child({ part: 'exchange' }),
      });
      await exchange.restore();
      const api = await createApi({
        ...{ city, registry, exchange, oprf, tokens, answers, genesisFile },
        citySecret: keys.city,
        credentialKey: keys.credential,
        log: log.child({ part: 'http' }),
      });
      return new Daemon({ config, log, city, oprf, exchange, api, privateStores });
    } catch (error) {
      await city.stop();
      await Promise.all(privateStores.map((store) => store.close()));
      throw error;
    }
  }

  /** Joins the others and opens the API. Resolves to the API's URL; the city may still be catching up (`/readyz`). */
  async start(): Promise<string> {
    await this.city.start();
    this.#oprf.start();
    this.#exchange.start();
    return listen(this.#api, this.#config.http, this.#log);
  }

  /** Ends cleanly: requests are answered, what was acknowledged is durable, the stores are closed. Twice is once. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    await this.#oprf.stop();
    // Its last receipts still get their batch.
    await this.#exchange.stop();
    // Together: requests that wait for finality are told by the city, and only then the API can end.
    const results = await Promise.allSettled([this.#api.close(), this.city.stop()]);
    const closed = await Promise.allSettled(this.#privateStores.map((store) => store.close()));
    for (const result of [...results, ...closed]) if (result.status === 'rejected') throw result.reason;
  }
}
