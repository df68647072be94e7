import { createReadStream } from 'node:fs';
import { HansaError, u32be } from '@hansa/protocol';
import { portableCrypto } from '@hansa/protocol/crypto';
import { Ledger, type RecordOutcome } from '@hansa/protocol/ledger';
import { MemoryStore, type RecordLocation, type Store, type Write } from '@hansa/protocol/replica';
import { type TestFederation, testFederation } from '../../protocol/test/federation.ts';
import { Registry, type RegistryOptions } from '../src/registry/index.ts';
import { plainTagger } from './plain-tagger.ts';

export const nowMs = Date.UTC(2026, 10, 23, 4);
/** The legal day of `nowMs`. */
export const today = 20_780;
export const federation: TestFederation = testFederation(portableCrypto, 4);

/** Own lane and ledger of one city: what is submitted is sealed at once, and executed when the test says so. */
export class Lane {
  readonly entries: (readonly Uint8Array[])[] = [];
  readonly ledger = new Ledger({ genesis: federation.genesis, crypto: federation.crypto, domains: federation.domains });
  readonly #index: number;
  #executed = 0;
  readonly #rejected = new Map<number, Map<number, string>>();
  /** Called before an entry is sealed. */
  beforeSeal: () => void | Promise<void> = () => undefined;
  /** Called after it is. */
  afterSeal: () => void = () => undefined;

  constructor(index: number) {
    this.#index = index;
  }

  readonly submit = async (records: readonly Uint8Array[]): Promise<{ locations: RecordLocation[] }> => {
    await this.beforeSeal();
    this.entries.push(records);
    this.afterSeal();
    const sequence = this.entries.length;
    return { locations: records.map((_, position) => ({ lane: this.#index, sequence, position })) };
  };

  /** Whether the city has heard what the others hold of its lane (R6). */
  ready = (): boolean => true;

  tip(): number {
    return this.entries.length;
  }

  async records(sequence: number): Promise<readonly Uint8Array[] | undefined> {
    return this.entries[sequence - 1];
  }

  async rejected(sequence: number): Promise<ReadonlyMap<number, string> | undefined> {
    if (sequence > this.#executed) return undefined;
    return this.#rejected.get(sequence) ?? new Map();
  }

  trial = (records: readonly Uint8Array[]) => this.ledger.trial(this.#index, records, nowMs);

  get recordCount(): number {
    return this.entries.reduce((sum, records) => sum + records.length, 0);
  }

  execute(): readonly RecordOutcome[] {
    const { crypto } = federation;
    const entries = this.entries.slice(this.#executed).map((records, i) => ({
      lane: this.#index,
      sequence: this.#executed + i + 1,
      digest: crypto.sha256(u32be(this.#executed + i)),
      records,
    }));
    this.#executed = this.entries.length;
    const { outcomes } = this.ledger.execute({ height: this.ledger.height + 1, timestampMs: nowMs, entries });
    for (const { location, rejected } of outcomes) {
      if (rejected === undefined) continue;
      const ofEntry = this.#rejected.get(location.sequence) ?? new Map<number, string>();
      this.#rejected.set(location.sequence, ofEntry.set(location.position, rejected));
    }
    return outcomes;
  }
}

/** A store whose commits can be watched and made to fail. */
export class WatchedStore implements Store {
  readonly inner = new MemoryStore();
  beforeCommit: (writes: readonly Write[], flush: boolean) => void = () => undefined;

  get(key: Uint8Array) {
    return this.inner.get(key);
  }
  range(options: Parameters<Store['range']>[0]) {
    return this.inner.range(options);
  }
  async commit(writes: readonly Write[], flush: boolean): Promise<void> {
    this.beforeCommit(writes, flush);
    await this.inner.commit(writes, flush);
  }
  close() {
    return this.inner.close();
  }
}

export interface TestCity {
  readonly registry: Registry;
  readonly lane: Lane;
  readonly store: WatchedStore;
  /** The same city after a restart: same store and lane, new process. */
  restarted(over?: Partial<RegistryOptions>): Registry;
}

export function testCity(index = 0, over: Partial<RegistryOptions> = {}): TestCity {
  const lane = new Lane(index);
  const store = new WatchedStore();
  const { genesis, domains, crypto } = federation;
  const self = genesis.authorities[index];
  if (self === undefined) throw new Error('the test federation has no such city');
  const options: RegistryOptions = {
    ...{ genesis, self, crypto, domains, store, lane },
    tagger: plainTagger(federation),
    citySecret: new Uint8Array(32).fill(index + 1),
    submit: lane.submit,
    nowMs: () => nowMs,
    ...over,
  };
  const restarted = (again: Partial<RegistryOptions> = {}) => new Registry({ ...options, ...again });
  return { registry: restarted(), lane, store, restarted };
}

export function exportOf(centre: string, kind: 'blacklist' | 'accounts') {
  const ending = { haikou: 'csv', sanya: 'csv', danzhou: 'tsv', qionghai: 'jsonl' }[centre];
  return createReadStream(new URL(`../data/centres/${centre}/${kind}.${ending}`, import.meta.url));
}

export async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

/** Decisions in the dialect of qionghai, all different. */
export function decisions(count: number, from = 0): string {
  const lines = Array.from({ length: count }, (_, i) => `${JSON.stringify(decision(from + i))}\n`);
  return lines.join('');
}

export function decision(i: number) {
  const day = (month: number) => `2026-${String(month).padStart(2, '0')}-${String(1 + (i % 28)).padStart(2, '0')}`;
  return {
    ...{
      ZTLX: '自然人',
      XingMing: '吴娜',
      ZJLX: '01',
      ZJHM: '99042519630514321X',
      SXXW: '其他',
      YZCD: '一般',
      SJJE_fen: i,
    },
    ...{
      RDWSH: `琼海公积金认字〔2026〕${i}号`,
      GZRQ: day(1),
      YYJZRQ: day(2),
      RDRQ: day(3),
      XZQXZ: '2027-12-31',
      JBR: 'op01',
      SPR: 'ap01',
    },
  };
}

export function windowFull(): HansaError {
  return new HansaError('LANE_WINDOW_FULL', 'The lane is too far ahead. Wait, then send again.', { retryAfterMs: 1 });
}
