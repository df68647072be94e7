import { toHex } from '../src/bytes.ts';
import type { Crypto } from '../src/crypto/index.ts';
import type { AuthorityIndex } from '../src/genesis/types.ts';
import {
  answerFromStore,
  type Effect,
  type Input,
  MemoryStore,
  type Replica,
  recoverReplica,
  type TimerName,
  type Write,
} from '../src/replica/index.ts';
import { DELAY_MS, TEST_TIME_MS, type TestAuthority, type TestFederation } from './cities.ts';

/** A message on its way, as a script sees it. */
export interface Transit {
  readonly from: AuthorityIndex;
  readonly to: AuthorityIndex;
  readonly bytes: Uint8Array;
  /** `direct`: streams; `gossip`: topics; `request` and `reply`: sync. */
  readonly path: 'direct' | 'gossip' | 'request' | 'reply';
  readonly sentAtMs: number;
}

/** Delays at which copies arrive; none: lost. */
export type Script = (transit: Transit) => readonly number[];

/** What leaves a city instead of what it wanted to say to one other: adversaries. */
export type Forger = (transit: Transit) => readonly Uint8Array[];

interface Event {
  readonly atMs: number;
  readonly order: number;
  readonly run: () => void | Promise<void>;
}

interface City {
  /** Observers stand behind the authorities. */
  readonly index: AuthorityIndex;
  replica: Replica | undefined;
  /** What its process reads and writes. */
  store: MemoryStore;
  /** What survives a crash: all up to the last flush. */
  durable: MemoryStore;
  unflushed: Write[];
  readonly timers: Map<TimerName, number>;
  /** Raised by a crash: what was on its way to the old process is lost. */
  life: number;
  readonly effects: Effect[];
  /** All inputs of this life. */
  inputs: Input[];
}

/**
 * Cities in virtual time on a network that a test scripts: no libp2p, no clock, no randomness. Persist effects are
 * carried out before everything that follows them, as the contract of `effects.ts` demands.
 */
export class ScriptedNetwork {
  readonly cities: City[];
  readonly federation: TestFederation;
  nowMs = TEST_TIME_MS;
  script: Script;
  /** Called before each effect is carried out; `crash` stops the city there. */
  onEffect: (city: AuthorityIndex, effect: Effect) => 'go' | 'crash' = () => 'go';
  /** Cities that lie: what they send is rewritten. */
  readonly forgers = new Map<AuthorityIndex, Forger>();
  /** C12: keys with which a city starts instead of those of the federation: new ones, or those of a city to be added. */
  readonly secrets = new Map<AuthorityIndex, TestAuthority>();
  readonly #crypto: Crypto;
  readonly #events: Event[] = [];
  #order = 0;
  #nextRequest = 1;

  constructor(federation: TestFederation, crypto: Crypto, script: Script = () => [DELAY_MS], observers = 0) {
    this.federation = federation;
    this.#crypto = crypto;
    this.script = script;
    this.cities = Array.from({ length: federation.authorities.length + observers }, (_, index) => ({
      index,
      replica: undefined,
      store: new MemoryStore(),
      durable: new MemoryStore(),
      unflushed: [],
      timers: new Map(),
      life: 0,
      effects: [],
      inputs: [],
    }));
  }

  /** All cities run, and R6 is done. */
  async startJoined(): Promise<void> {
    await this.startAll();
    await this.until(() => this.cities.every(({ replica }) => replica?.status().joined === true), 5_000);
  }

  async startAll(): Promise<void> {
    for (const city of this.cities) await this.start(city.index);
  }

  async start(index: AuthorityIndex): Promise<void> {
    const city = this.#city(index);
    const secrets = this.#secretsOf(index);
    const self = secrets === undefined ? undefined : { index, ...secrets };
    city.store = await copyOf(city.durable);
    city.unflushed = [];
    city.inputs = [];
    city.replica = await recoverReplica({ genesis: this.federation.genesis, crypto: this.#crypto, self }, city.store);
    this.input(index, { kind: 'start', nowMs: this.nowMs });
  }

  /** What is durable now, for `restoreBackup`. */
  async backup(index: AuthorityIndex): Promise<MemoryStore> {
    return copyOf(this.#city(index).durable);
  }

  /** The disk of a city that is down is replaced. */
  restoreBackup(index: AuthorityIndex, backup: MemoryStore): void {
    this.#city(index).durable = backup;
  }

  /** Power cut: what was flushed stays, everything else is gone. */
  crash(index: AuthorityIndex): void {
    const city = this.#city(index);
    city.replica = undefined;
    city.timers.clear();
    city.life += 1;
  }

  replica(index: AuthorityIndex): Replica {
    const { replica } = this.#city(index);
    if (replica === undefined) throw new Error(`city ${index} is down`);
    return replica;
  }

  submit(index: AuthorityIndex, records: readonly Uint8Array[]): number {
    const id = this.#nextRequest++;
    this.input(index, { kind: 'submit', nowMs: this.nowMs, id, records });
    return id;
  }

  input(index: AuthorityIndex, input: Input): void {
    const city = this.#city(index);
    if (city.replica === undefined) return;
    city.inputs.push(input);
    for (const effect of city.replica.handle(input)) {
      if (this.onEffect(index, effect) === 'crash') {
        this.crash(index);
        return;
      }
      city.effects.push(effect);
      this.#carryOut(city, effect);
    }
  }

  /** Sends something as if a city had said it: adversaries. */
  inject(from: AuthorityIndex, to: AuthorityIndex, bytes: Uint8Array): void {
    this.#carry(from, to, bytes, 'direct');
  }

  /** Runs events until the condition holds; fails when virtual time exceeds the bound. */
  async until(condition: () => boolean, withinMs: number): Promise<void> {
    const limitMs = this.nowMs + withinMs;
    while (!condition()) {
      if (!(await this.#step(limitMs))) throw new Error(`condition not reached within ${withinMs} virtual ms`);
    }
  }

  /** Runs all events of the next so many virtual milliseconds. */
  async run(forMs: number): Promise<void> {
    const limitMs = this.nowMs + forMs;
    while (await this.#step(limitMs));
    this.nowMs = limitMs;
  }

  /** Roots of every live city at its executed height, for agreement checks. */
  roots(): { height: number; historyRoot: string; stateRoot: string }[] {
    return this.cities.flatMap(({ replica }) => {
      const checkpoint = replica?.ledger.checkpoint();
      if (checkpoint === undefined) return [];
      return [
        {
          height: checkpoint.height,
          historyRoot: toHex(checkpoint.historyRoot),
          stateRoot: toHex(checkpoint.stateRoot),
        },
      ];
    });
  }

  /** Effects of one kind that a city ever had. */
  effects<K extends Effect['kind']>(index: AuthorityIndex, kind: K): Extract<Effect, { kind: K }>[] {
    return this.#city(index).effects.filter((effect): effect is Extract<Effect, { kind: K }> => effect.kind === kind);
  }

  #secretsOf(index: AuthorityIndex): TestAuthority | undefined {
    return this.secrets.get(index) ?? this.federation.authorities[index];
  }

  #city(index: AuthorityIndex): City {
    const city = this.cities[index];
    if (city === undefined) throw new Error(`no city ${index}`);
    return city;
  }

  #carryOut(city: City, effect: Effect): void {
    const others = this.cities.filter((other) => other !== city).map((other) => other.index);
    switch (effect.kind) {
      case 'persist':
        city.store.write(effect.writes);
        city.unflushed.push(...effect.writes);
        if (!effect.flush) break;
        city.durable.write(city.unflushed);
        city.unflushed = [];
        break;
      case 'send':
        this.#deliver(city.index, effect.to, effect.bytes, 'direct');
        break;
      case 'broadcast':
        for (const to of others) {
          if (this.#secretsOf(to) !== undefined) this.#deliver(city.index, to, effect.bytes, 'direct');
        }
        break;
      case 'publish':
        for (const to of others) this.#deliver(city.index, to, effect.bytes, 'gossip');
        break;
      case 'request':
        this.#request(city, effect);
        break;
      case 'timer':
        this.#arm(city, effect.name, effect.atMs);
        break;
      default:
        break;
    }
  }

  #deliver(from: AuthorityIndex, to: AuthorityIndex, said: Uint8Array, path: Transit['path']): void {
    const forger = this.forgers.get(from);
    const transit = { from, to, bytes: said, path, sentAtMs: this.nowMs };
    for (const bytes of forger?.(transit) ?? [said]) this.#carry(from, to, bytes, path);
  }

  #carry(from: AuthorityIndex, to: AuthorityIndex, bytes: Uint8Array, path: Transit['path']): void {
    const { life } = this.#city(to);
    for (const delayMs of this.script({ from, to, bytes, path, sentAtMs: this.nowMs })) {
      this.#at(this.nowMs + delayMs, () => {
        const target = this.#city(to);
        if (target.life !== life || target.replica === undefined) return;
        if (path === 'gossip') {
          const topic = (bytes[0] ?? 0) >>> 3 === 4 ? 'lanes' : 'final';
          if (target.replica.verifyGossip(topic, bytes) !== 'accept') return;
        }
        this.input(to, { kind: 'message', nowMs: this.nowMs, from, bytes });
      });
    }
  }

  #request(city: City, effect: Extract<Effect, { kind: 'request' }>): void {
    const { life } = city;
    let answered = false;
    const answer = (bytes: Uint8Array | undefined) => {
      if (answered || city.life !== life) return;
      answered = true;
      this.input(city.index, { kind: 'response', nowMs: this.nowMs, id: effect.id, bytes });
    };
    this.#at(this.nowMs + effect.timeoutMs, () => answer(undefined));
    const transit = { from: city.index, to: effect.to, bytes: effect.bytes, path: 'request' as const };
    for (const delayMs of this.script({ ...transit, sentAtMs: this.nowMs })) {
      this.#at(this.nowMs + delayMs, async () => {
        const server = this.#city(effect.to);
        if (server.replica === undefined) return;
        const reply = (await answerFromStore(server.store, effect.bytes)) ?? this.#replyOf(server, city, effect.bytes);
        if (reply === undefined) return;
        const back = { from: effect.to, to: city.index, bytes: reply, path: 'reply' as const, sentAtMs: this.nowMs };
        for (const backMs of this.script(back)) this.#at(this.nowMs + backMs, () => answer(reply));
      });
    }
  }

  #replyOf(server: City, asker: City, bytes: Uint8Array): Uint8Array | undefined {
    const id = this.#nextRequest++;
    const from = this.#secretsOf(asker.index) === undefined ? undefined : asker.index;
    let reply: Uint8Array | undefined;
    const input: Input = { kind: 'request', nowMs: this.nowMs, id, from, bytes };
    server.inputs.push(input);
    for (const effect of server.replica?.handle(input) ?? []) {
      server.effects.push(effect);
      if (effect.kind === 'reply' && effect.id === id) reply = effect.bytes;
      else this.#carryOut(server, effect);
    }
    return reply;
  }

  #arm(city: City, name: TimerName, atMs: number | undefined): void {
    if (atMs === undefined) {
      city.timers.delete(name);
      return;
    }
    city.timers.set(name, atMs);
    const { life } = city;
    this.#at(Math.max(atMs, this.nowMs), () => {
      if (city.life !== life || city.timers.get(name) !== atMs) return;
      city.timers.delete(name);
      this.input(city.index, { kind: 'timer', nowMs: this.nowMs, name });
    });
  }

  #at(atMs: number, run: Event['run']): void {
    this.#events.push({ atMs, order: this.#order++, run });
    for (let child = this.#events.length - 1; child > 0; ) {
      const parent = (child - 1) >> 1;
      if (!this.#swapIfBefore(child, parent)) break;
      child = parent;
    }
  }

  #next(): Event | undefined {
    const [first] = this.#events;
    const last = this.#events.pop();
    if (first === undefined || last === undefined || first === last) return first;
    this.#events[0] = last;
    for (let parent = 0; ; ) {
      const [left, right] = [2 * parent + 1, 2 * parent + 2];
      const child = right < this.#events.length && this.#isBefore(right, left) ? right : left;
      if (child >= this.#events.length || !this.#swapIfBefore(child, parent)) return first;
      parent = child;
    }
  }

  #isBefore(a: number, b: number): boolean {
    const [first, second] = [this.#events[a] as Event, this.#events[b] as Event];
    return first.atMs < second.atMs || (first.atMs === second.atMs && first.order < second.order);
  }

  #swapIfBefore(a: number, b: number): boolean {
    if (!this.#isBefore(a, b)) return false;
    const [first, second] = [this.#events[a] as Event, this.#events[b] as Event];
    this.#events[a] = second;
    this.#events[b] = first;
    return true;
  }

  async #step(limitMs: number): Promise<boolean> {
    const [first] = this.#events;
    if (first === undefined || first.atMs > limitMs) return false;
    this.#next();
    this.nowMs = first.atMs;
    await first.run();
    return true;
  }
}

async function copyOf(store: MemoryStore): Promise<MemoryStore> {
  const copy = new MemoryStore();
  const writes: Write[] = [];
  for await (const [key, value] of store.range({ gte: new Uint8Array(0), lt: new Uint8Array([255]) })) {
    writes.push({ key, value });
  }
  copy.write(writes);
  return copy;
}
