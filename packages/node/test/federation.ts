import { unwrap, utf8 } from '@hansa/protocol';
import { dayNumber, encodeBlacklistList } from '@hansa/protocol/families';
import {
  defaultParameters,
  defaultPolicy,
  defaultUtcOffsetMinutes,
  encodeGenesis,
  type Genesis,
  parseGenesis,
} from '@hansa/protocol/genesis';
import { encodeRecord } from '@hansa/protocol/records';
import { MemoryStore, type RecordLocation, type Store } from '@hansa/protocol/replica';
import { City, type LoopFailure } from '../src/city/index.ts';
import { nativeCrypto } from '../src/crypto/index.ts';
import { type CityKeys, publicKeys } from '../src/keys/index.ts';
import { createLog } from '../src/log.ts';
import { InProcessNetwork } from './in-process-network.ts';

export const cityNames = ['haikou', 'sanya', 'danzhou', 'qionghai'] as const;

/** 2026-06-01 in the legal time of the test federation. */
export const TODAY = dayNumber({ year: 2026, month: 6, day: 1 });
const NOON_MS = TODAY * 86_400_000 + 4 * 3_600_000;

/** 32 bytes that depend on the label only. */
export function seeded(label: string): Uint8Array {
  return nativeCrypto.sha256(utf8(`hansa node test: ${label}`)).slice();
}

export interface TestFederation {
  readonly genesis: Genesis;
  readonly genesisBytes: Uint8Array;
  readonly keys: readonly CityKeys[];
}

/** Four cities that are quick: they wait little for each other, and everything is near. */
export async function testFederation(): Promise<TestFederation> {
  const keys = cityNames.map((name) => ({
    lane: seeded(`${name} lane`),
    // A leading zero byte keeps the scalar below the order of the group.
    vote: seeded(`${name} vote`).fill(0, 0, 1),
    network: seeded(`${name} network`),
    city: seeded(`${name} city`),
    exchange: seeded(`${name} exchange`),
    credential: seeded(`${name} credential`),
  }));
  const authorities = [];
  for (const [index, name] of cityNames.entries()) {
    const own = await publicKeys(nativeCrypto, keys[index] as CityKeys);
    authorities.push({ name, displayName: name, addresses: [], ...own });
  }
  const genesisBytes = encodeGenesis({
    name: 'node test',
    testFederation: true,
    createdAtMs: NOON_MS - 86_400_000,
    utcOffsetMinutes: defaultUtcOffsetMinutes,
    authorities,
    observers: [],
    parameters: { ...defaultParameters, deltaMs: 100, idleIntervalMs: 500, resendMs: 200, resyncMs: 400 },
    policy: defaultPolicy,
  });
  return { genesis: unwrap(parseGenesis(nativeCrypto, genesisBytes)), genesisBytes, keys };
}

/** A valid listing; the label makes subject and request unique. */
export function listing(label: string, request = label): Uint8Array {
  const body = encodeBlacklistList({
    subjectTag: seeded(`subject ${label}`),
    severity: 2,
    noticeDate: TODAY - 60,
    objectionUntil: TODAY - 45,
    decidedOn: TODAY - 30,
    effectiveFrom: TODAY - 30,
    publishUntil: TODAY + 100,
    shareUntil: TODAY + 200,
    restrictUntil: TODAY + 300,
    handler: seeded('handler').slice(0, 16),
    approver: seeded('approver').slice(0, 16),
    commitment: seeded(`payload ${label}`),
    catalogueRef: 'fund-2025-07',
  });
  return encodeRecord({ family: 1, type: 1, requestId: seeded(`request ${request}`).slice(0, 16), body });
}

/** Cities in one process, on stores in memory and a network without sockets. */
export class RunningFederation {
  readonly federation: TestFederation;
  readonly network = new InProcessNetwork();
  readonly cities: (City | undefined)[];
  readonly stores: Store[];
  readonly failures: { readonly city: number; readonly failure: LoopFailure }[] = [];
  readonly #startedMs = performance.now();

  constructor(federation: TestFederation, stores: Store[] = federation.keys.map(() => new MemoryStore())) {
    this.federation = federation;
    this.stores = stores;
    this.cities = stores.map(() => undefined);
  }

  city(index: number): City {
    const city = this.cities[index];
    if (city === undefined) throw new Error(`city ${index} does not run`);
    return city;
  }

  async startAll(): Promise<void> {
    for (const index of this.cities.keys()) await this.start(index);
  }

  async start(index: number): Promise<City> {
    const { genesis, keys } = this.federation;
    const self = genesis.authorities[index];
    const store = this.stores[index];
    if (self === undefined || store === undefined) throw new Error(`there is no city ${index}`);
    const city = await City.open({
      genesis,
      self,
      keys: keys[index] as CityKeys,
      crypto: nativeCrypto,
      store,
      createNetwork: async (handlers) => this.network.join(index, genesis, handlers),
      log: createLog({ level: 'silent', format: 'json' }),
      onFailure: (failure) => this.failures.push({ city: index, failure }),
      // Legal time starts at noon of a fixed day, so that no test depends on the day on which it runs.
      wallMs: () => NOON_MS + (performance.now() - this.#startedMs),
    });
    this.cities[index] = city;
    await city.start();
    return city;
  }

  async stop(index: number): Promise<void> {
    await this.cities[index]?.stop();
    this.cities[index] = undefined;
  }

  async stopAll(): Promise<void> {
    await Promise.all(this.cities.map((_, index) => this.stop(index)));
  }

  /** Submits when the city may sign and has room: what a client does that is told when to try again. */
  async submit(index: number, records: readonly Uint8Array[]): Promise<readonly RecordLocation[]> {
    for (;;) {
      try {
        return (await this.city(index).submit(records)).locations;
      } catch (error) {
        const code = (error as { code?: string }).code;
        if (code !== 'NOT_JOINED' && code !== 'LANE_WINDOW_FULL') throw error;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    }
  }

  /** Resolves when a condition on the cities holds; asked again at every event of the city named. */
  until(index: number, holds: (city: City) => boolean): Promise<void> {
    const city = this.city(index);
    return new Promise((resolve) => {
      const look = () => {
        if (!holds(city)) return;
        for (const name of ['finalized', 'executed', 'checkpointed'] as const) city.events.off(name, look);
        resolve();
      };
      for (const name of ['finalized', 'executed', 'checkpointed'] as const) city.events.on(name, look);
      look();
    });
  }
}
