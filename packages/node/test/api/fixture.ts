import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { HansaError } from '@hansa/protocol';
import {
  addMonths,
  BLACKLIST_FAMILY,
  blacklistTypes,
  encodeBlacklistList,
  formatDay,
  legalDay,
} from '@hansa/protocol/families';
import type { Policy, VoteSchemeName } from '@hansa/protocol/genesis';
import { encodeRecord } from '@hansa/protocol/records';
import { MemoryStore } from '@hansa/protocol/replica';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { pino } from 'pino';
import { testSecret } from '../../../protocol/test/federation.ts';
import { StoredAnswers } from '../../src/api/answers.ts';
import type { AnswerStore, CityPort, OprfPort } from '../../src/api/ports.ts';
import { type Role, roles } from '../../src/api/roles.ts';
import { type ApiOptions, createApi } from '../../src/api/server.ts';
import { Tokens } from '../../src/api/tokens.ts';
import { nativeCrypto } from '../../src/crypto/index.ts';
import { END_OF_TIME_MS, Exchange, type ExchangeCity } from '../../src/exchange/index.ts';
import { Registry } from '../../src/registry/index.ts';
import { plainTagger } from '../plain-tagger.ts';
import { type Cities, startCities, testNowMs } from './cities.ts';

/** Synthetic persons of a test federation. */
export const listedNumber = '990101199001010019';
export const unlistedNumber = '990102198812310025';
/** A normal account of Haikou's export, and its holder. */
export const account = '01100000014';

/** One city's API and what stands behind it. */
export interface Door {
  readonly app: FastifyInstance;
  readonly city: CityPort;
  readonly registry: Registry;
  readonly exchange: Exchange;
  /** Log lines so far. */
  readonly log: string[];
  call(role: Role | undefined, method: Method, url: string, options?: InjectOptions): Promise<LightMyRequestResponse>;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD';

export interface Doors extends Cities {
  readonly doors: readonly Door[];
  /** All that is final has been acted on everywhere. */
  actedOn(): Promise<void>;
  close(): Promise<void>;
}

export const tokenOf = Object.fromEntries(
  roles.map((role) => [role, `hansa_${Buffer.from(`${role} token of a test`).toString('base64url')}`]),
) as Record<Role, string>;

/** Cities that agree for real, each with its API; Haikou has the accounts of its export. */
export async function openDoors(count: number, voteScheme?: VoteSchemeName, policy?: Partial<Policy>): Promise<Doors> {
  const started = await startCities(count, voteScheme, policy);
  const doors = await Promise.all(started.cities.map((city) => openDoor(city, memoryRegistry(started, city))));
  const accounts = createReadStream(new URL('../../data/centres/haikou/accounts.csv', import.meta.url));
  for await (const event of doors[0]?.registry.import('accounts', accounts, { mapping: 'haikou', dryRun: false }) ??
    []) {
    if (event.kind === 'report' && event.stopped !== undefined) throw new Error(event.stopped.message);
  }
  for (const { exchange } of doors) {
    await exchange.restore();
    exchange.start();
  }
  return {
    ...started,
    doors,
    actedOn: async () => {
      await started.settled();
      for (const { exchange } of doors) await exchange.settle();
      await started.settled();
    },
    close: async () => {
      for (const { exchange } of doors) await exchange.stop();
      for (const { app } of doors) await app.close();
      await started.stop();
    },
  };
}

export function memoryRegistry({ federation }: Cities, city: CityPort, store = new MemoryStore()): Registry {
  const { genesis, domains } = federation;
  return new Registry({
    genesis,
    self: city.self,
    crypto: nativeCrypto,
    domains,
    store,
    tagger: plainTagger(federation),
    citySecret: secretOf(city),
    submit: (records) => city.submit(records),
    nowMs: testNowMs,
  });
}

/** The API's story needs no key: subjects are tagged by `plainTagger`. What it does: `oprf.test.ts`; ceremonies: `ceremonies.test.ts`. */
const noOprf: OprfPort = {
  status: async () => ({
    ...{ key: undefined, publicKey: undefined, holdsShare: false, ceremony: undefined },
    ...{ evaluated: 0, outcomes: new Map(), alarms: [] },
  }),
  evaluations: async () => [],
  opening: () => {
    throw new Error('the story opens no ceremony');
  },
};
/** Cities that are only part of one answer nobody and ask nobody. */
export function memoryExchange(city: CityPort, privateSide: Registry, store = new MemoryStore()): Exchange {
  const { genesis, self } = city;
  const nobody: Pick<ExchangeCity, 'ask' | 'keepDoor' | 'matters'> = {
    ask: async () => Promise.reject(new HansaError('PEER_NOT_CONNECTED', 'Nobody is connected.')),
    keepDoor: () => undefined,
    matters: { newestHeight: 0, watch: () => undefined, after: async function* () {} },
  };
  const whole = 'matters' in city ? (city as ExchangeCity) : Object.assign(Object.create(city), nobody);
  return new Exchange({
    ...{ city: whole, store, privateSide, nowMs: testNowMs },
    exchangeSecret: testSecret(nativeCrypto, genesis.name, 'exchange', self.index),
    credentialSecret: testSecret(nativeCrypto, genesis.name, 'credential', self.index),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
}

function secretOf(city: CityPort): Uint8Array {
  return nativeCrypto.sha256(Buffer.from(`secret of ${city.self.name}`));
}

export async function openDoor(
  city: CityPort,
  registry: Registry,
  tokens = Tokens.of(tokenOf),
  answers: AnswerStore = new StoredAnswers(new MemoryStore()),
  more: Partial<ApiOptions> = {},
): Promise<Door> {
  const log: string[] = [];
  const exchange = memoryExchange(city, registry);
  const app = await createApi({
    city,
    registry,
    oprf: noOprf,
    exchange,
    tokens,
    answers,
    citySecret: secretOf(city),
    credentialKey: testSecret(nativeCrypto, city.genesis.name, 'credential', city.self.index),
    nowMs: testNowMs,
    genesisFile: new Uint8Array(),
    ...more,
    log: pino({ level: 'trace' }, { write: (line: string) => void log.push(line) }),
  });
  return {
    app,
    city,
    registry,
    exchange,
    log,
    call: (role, method, url, options = {}) =>
      app.inject({
        ...options,
        method,
        url,
        headers: { ...(role === undefined ? {} : { authorization: `Bearer ${tokenOf[role]}` }), ...options.headers },
      }),
  };
}

/** `Record` bytes that list a person, in effect on the day of the test. */
export async function listing({ federation }: Cities, number: string): Promise<Uint8Array> {
  const [subjectTag] = await plainTagger(federation).tag('blacklist', [{ kind: 'id', number }], {
    ...{ purpose: 'record', operator: new Uint8Array(16), caseCommitment: new Uint8Array(32) },
  });
  const decidedOn = legalDay(testNowMs(), federation.genesis.utcOffsetMinutes) - 10;
  const body = encodeBlacklistList({
    subjectTag: subjectTag as Uint8Array,
    severity: 3,
    noticeDate: decidedOn - 40,
    objectionUntil: decidedOn - 5,
    decidedOn,
    effectiveFrom: decidedOn,
    restrictUntil: addMonths(decidedOn, 12),
    handler: new Uint8Array(16).fill(1),
    approver: new Uint8Array(16).fill(2),
    commitment: randomBytes(32),
    catalogueRef: 'fund-2025-07',
  });
  return encodeRecord({ family: BLACKLIST_FAMILY, type: blacklistTypes.list, requestId: randomBytes(16), body });
}

/** What the door's auditor sees of who looked. */
export async function accessesAt(door: Door, query = '') {
  return (await door.call('auditor', 'GET', `/v1/access?limit=1000${query}`)).json().accesses;
}

/** How many receipts of accesses the door's city has. */
export async function receiptsAt({ exchange }: Door): Promise<number> {
  return (await exchange.book.find({ fromMs: 0, toMs: END_OF_TIME_MS, limit: 10_000 })).length;
}

/** A listing as an officer's form has it. */
export function listingForm(number: string, judgementNumber: string) {
  return {
    subject: { kind: 'id', number },
    name: '测试甲',
    behaviour: 'default',
    severity: 'serious',
    amountFen: 2_715_000,
    judgementNumber,
    noticeDate: dayFromNow(-60),
    objectionUntil: dayFromNow(-40),
    decidedOn: dayFromNow(-10),
    restrictUntil: dayFromNow(300),
  };
}

/** `2026-11-23`, so many days from now. */
export function dayFromNow(days: number): string {
  return formatDay(legalDay(testNowMs(), 480) + days);
}
