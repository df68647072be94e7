import type { MembershipChange } from '@hansa/protocol/families';
import { epochOf } from '@hansa/protocol/genesis';
import { MemoryStore, type RecordLocation } from '@hansa/protocol/replica';
import { expect } from 'vitest';
import { MembershipMaker } from '../../protocol/test/membership-fixture.ts';
import { City } from '../src/city/index.ts';
import { nativeCrypto } from '../src/crypto/index.ts';
import { type CityKeys, publicKeys } from '../src/keys/index.ts';
import { createLog } from '../src/log.ts';
import { createNetwork } from '../src/network/index.ts';
import { type TestFederation, TODAY, testFederation } from './federation.ts';
import { until } from './network/federation.ts';

const DAY_MS = 86_400_000;
const NOON_MS = TODAY * DAY_MS + 4 * 3_600_000;
const log = createLog({ level: 'silent', format: 'json' });

/** Cities in this process on loopback TCP, on ports that the system chooses and stores in memory. */
export class LoopbackCities {
  readonly federation: TestFederation;
  readonly #running = new Set<City>();
  /** Where each listens, by its name; read at every dial. */
  readonly #peers: Record<string, readonly string[]> = {};
  readonly #maker = new MembershipMaker(nativeCrypto);
  readonly #startedMs = performance.now();

  private constructor(federation: TestFederation) {
    this.federation = federation;
  }

  /** All four, under way. */
  static async start(): Promise<{ readonly all: LoopbackCities; readonly cities: readonly City[] }> {
    const all = new LoopbackCities(await testFederation());
    const cities: City[] = [];
    for (const index of all.federation.keys.keys()) cities.push(await all.start(index));
    return { all, cities };
  }

  /** Legal time starts at noon of a fixed day, so that no test depends on the day on which it runs. */
  readonly nowMs = (): number => Math.floor(NOON_MS + performance.now() - this.#startedMs);

  /** A city with an empty store; `newKeys`: those that a change gave it (C12). */
  async start(index: number, newKeys?: CityKeys): Promise<City> {
    const { genesis, keys: ofGenesis } = this.federation;
    const seat = genesis.authorities[index];
    const keys = newKeys ?? ofGenesis[index];
    if (seat === undefined || keys === undefined) throw new Error(`there is no city ${index}`);
    const city = await City.open({
      genesis,
      self: { ...seat, ...(await publicKeys(nativeCrypto, keys)) },
      keys,
      crypto: nativeCrypto,
      store: new MemoryStore(),
      createNetwork: (handlers) =>
        createNetwork({
          ...{ genesis, self: seat.name, networkSecret: keys.network, newKeys: newKeys !== undefined, handlers, log },
          ...{ peers: this.#peers, listen: ['/ip4/127.0.0.1/tcp/0'] },
        }),
      log,
      onFailure: ({ error }) => {
        throw error;
      },
      wallMs: this.nowMs,
    });
    this.#running.add(city);
    await city.start();
    this.#peers[seat.name] = city.addresses();
    return city;
  }

  async stop(city: City): Promise<void> {
    this.#running.delete(city);
    await city.stop();
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#running].map((city) => this.stop(city)));
  }

  /** Submits a record and waits until it is final, and accepted. */
  async final(city: City, record: Uint8Array): Promise<RecordLocation> {
    await until(() => city.status().joined);
    const [location] = (await city.submit([record])).locations;
    if (location === undefined) throw new Error('the record has a place');
    expect(await city.waitFinal(location)).toMatchObject({ state: 'final' });
    return location;
  }

  /** C12: the cities decide a change, the first of them proposes it; resolves when they are in the next epoch. */
  async decide(cities: readonly City[], what: MembershipChange): Promise<void> {
    const [proposer, ...others] = cities;
    if (proposer === undefined) throw new Error('somebody proposes');
    const epoch = epochOf(proposer.genesis);
    const proposal = await this.final(proposer, this.#maker.propose({ epoch }, what, NOON_MS + DAY_MS));
    for (const city of others) await this.final(city, this.#maker.approve(proposal));
    await until(() => cities.every((city) => epochOf(city.genesis) === epoch + 1));
  }
}
