import { HansaError, u32be } from '@hansa/protocol';
import { portableCrypto } from '@hansa/protocol/crypto';
import { CEREMONY_ID_BYTES, type CeremonyKind } from '@hansa/protocol/families';
import type { AuthorityIndex, Genesis } from '@hansa/protocol/genesis';
import { Ledger, type LedgerEntry } from '@hansa/protocol/ledger';
import type { Group } from '@hansa/protocol/oprf';
import { MemoryStore, type RecordLocation } from '@hansa/protocol/replica';
import type { TagContext } from '@hansa/protocol/subjects';
import { type TestFederation, testFederation } from '../../protocol/test/federation.ts';
import { type change, MembershipMaker, type newKeys } from '../../protocol/test/membership-fixture.ts';
import type { CityEvents, CityStatus } from '../src/api/ports.ts';
import { Emitter } from '../src/city/emitter.ts';
import { nativeCrypto } from '../src/crypto/index.ts';
import { type OprfCity, OprfService } from '../src/oprf/index.ts';

/** Cities take turns in time that tests let pass. */
export const TURN_MS = 60_000;

/** What a test may do to a request on its way, or to the reply: the bytes that arrive. */
export interface Meddling {
  request?: (from: AuthorityIndex, to: AuthorityIndex, bytes: Uint8Array) => Uint8Array;
  reply?: (from: AuthorityIndex, to: AuthorityIndex, bytes: Uint8Array) => Uint8Array;
}

export interface OprfNode {
  readonly city: OprfCity;
  readonly service: OprfService;
  readonly store: MemoryStore;
  readonly logged: string[];
}

/**
 * Cities on one ledger that executes at once, with their OPRF: what the daemons do, without consensus and network. Cities
 * named in `away` neither answer nor look at the ledger until `arrive`.
 */
export class OprfFederation {
  readonly federation: TestFederation;
  readonly nodes: OprfNode[] = [];
  readonly meddling: Meddling = {};
  readonly away: Set<AuthorityIndex>;
  /** Of all services and blocks. */
  nowMs = Date.UTC(2026, 10, 23, 4);
  readonly #ledger: Ledger;
  readonly #emitters: Emitter<CityEvents>[] = [];
  readonly #sequences: number[] = [];
  readonly #rejected: string[] = [];
  readonly #group: Group;
  readonly #members = new MembershipMaker(nativeCrypto);
  #ceremonies = 0;
  /** Of the blocks to come. */
  #epoch = 0;

  private constructor(count: number, group: Group, away: readonly AuthorityIndex[]) {
    this.federation = testFederation(portableCrypto, count);
    const { genesis, domains } = this.federation;
    this.#group = group;
    this.#ledger = new Ledger({ genesis, crypto: nativeCrypto, domains });
    this.away = new Set(away);
  }

  static async start(
    count: number,
    group: Group,
    options: { readonly away?: readonly AuthorityIndex[]; readonly automatic?: boolean } = {},
  ): Promise<OprfFederation> {
    const cities = new OprfFederation(count, group, options.away ?? []);
    for (let index = 0; index < count; index++) {
      cities.nodes.push(await cities.#node(index, new MemoryStore(), options.automatic ?? true));
    }
    for (const [index, { service }] of cities.nodes.entries()) if (!cities.away.has(index)) service.start();
    return cities;
  }

  /** Codes of rejected records, in order. */
  get rejected(): readonly string[] {
    return this.#rejected;
  }

  node(index: AuthorityIndex): OprfNode {
    const node = this.nodes[index];
    if (node === undefined) throw new Error(`no city ${index}`);
    return node;
  }

  arrive(index: AuthorityIndex): void {
    this.away.delete(index);
    this.node(index).service.start();
  }

  /** The same city with the same store, as after a crash. */
  async restart(index: AuthorityIndex): Promise<void> {
    const { service, store } = this.node(index);
    await service.stop();
    this.nodes[index] = await this.#node(index, store, true);
    this.node(index).service.start();
  }

  /** C12: of the present epoch. */
  get genesis(): Genesis {
    const genesis = this.#ledger.genesisOf(this.#epoch);
    if (genesis === undefined) throw new Error(`nobody decided epoch ${this.#epoch}`);
    return genesis;
  }

  /** C12: as `seal`, and the first block of the next epoch. */
  decide(cities: readonly AuthorityIndex[], what: ReturnType<typeof change>): void {
    this.seal(cities, what);
    this.#execute([]);
  }

  /** C12: cities decide a change, the first of them proposes it; the next block is of the next epoch. */
  seal(cities: readonly AuthorityIndex[], what: ReturnType<typeof change>): void {
    const [proposer = 0, ...others] = cities;
    const proposal = this.#members.propose(this.genesis, what, this.nowMs + 3_600_000);
    const [location] = this.submit(proposer, [proposal]);
    if (location === undefined) throw new Error('the proposal has a place');
    for (const city of others) this.submit(city, [this.#members.approve(location)]);
    this.#epoch += 1;
  }

  /** C12: a city with the keys that a change gave it, and nothing else: one that lost all, or is new. */
  async arriveEmpty(index: AuthorityIndex, keys: ReturnType<typeof newKeys>): Promise<void> {
    await this.nodes[index]?.service.stop();
    this.nodes[index] = await this.#node(index, new MemoryStore(), true, keys.credentialSecret);
    this.node(index).service.start();
  }

  async stop(): Promise<void> {
    for (const { service } of this.nodes) await service.stop();
  }

  /** A ceremony, as an operator opens it. Returns its id. */
  open(city: AuthorityIndex, kind: CeremonyKind, threshold?: number): Uint8Array {
    const id = nativeCrypto.sha256(u32be(this.#ceremonies++)).slice(0, CEREMONY_ID_BYTES);
    const opening = this.node(city).service.opening({ id, kind, ...(threshold === undefined ? {} : { threshold }) });
    this.submit(city, [opening]);
    return id;
  }

  submit(lane: AuthorityIndex, records: readonly Uint8Array[]): RecordLocation[] {
    const sequence = (this.#sequences[lane] ?? 0) + 1;
    this.#sequences[lane] = sequence;
    const digest = nativeCrypto.sha256(new Uint8Array([...u32be(lane), ...u32be(sequence)]));
    this.#execute([{ lane, sequence, digest, records }]);
    return records.map((_, position) => ({ lane, sequence, position }));
  }

  #execute(entries: readonly LedgerEntry[]): void {
    const height = this.#ledger.height + 1;
    this.nowMs += 1;
    const timestampMs = this.nowMs;
    const { outcomes } = this.#ledger.execute({ height, timestampMs, entries, epoch: this.#epoch });
    for (const { rejected } of outcomes) if (rejected !== undefined) this.#rejected.push(rejected);
    for (const [index, emitter] of this.#emitters.entries()) {
      if (!this.away.has(index))
        emitter.emit('executed', { height, timestampMs, records: outcomes.length, rejected: 0, outcomes });
    }
  }

  async #node(
    index: AuthorityIndex,
    store: MemoryStore,
    automatic: boolean,
    credentialSecret = this.federation.credentialSecrets[index] as Uint8Array,
  ): Promise<OprfNode> {
    const { domains } = this.federation;
    const self = this.genesis.authorities[index];
    const genesis = () => this.genesis;
    if (self === undefined) throw new Error(`no city ${index}`);
    const events = new Emitter<CityEvents>((error) => {
      throw error;
    });
    this.#emitters[index] = events;
    const logged: string[] = [];
    const city: OprfCity = {
      ...{ self, domains, crypto: nativeCrypto, events },
      get genesis() {
        return genesis();
      },
      fact: (key) => ({
        value: this.#ledger.fact(key),
        asOf: { height: this.#ledger.height, timestampMs: this.nowMs },
      }),
      trial: (records) => this.#ledger.trial(index, records, this.nowMs, this.#epoch),
      submit: async (records) => ({ locations: this.submit(index, records) }),
      status: () => ({ joined: true, halted: false, behind: false, timestampMs: this.nowMs }) as CityStatus,
      ask: async (to, bytes) => this.#carry(index, to, bytes),
      connected: (other) => !this.away.has(other),
    };
    const note = (details: object, message: string) => void logged.push(`${JSON.stringify(details)} ${message}`);
    const service = await OprfService.open({
      ...{ city, group: this.#group, store, automatic, nowMs: () => this.nowMs },
      credentialSecret,
      log: { info: note, warn: note, error: note },
      times: { stepMs: 1, turnMs: TURN_MS, graceMs: TURN_MS / 2, againMs: 1_000 },
    });
    return { city, service, store, logged };
  }

  async #carry(from: AuthorityIndex, to: AuthorityIndex, bytes: Uint8Array): Promise<Uint8Array> {
    if (this.away.has(to)) throw new HansaError('PEER_NOT_CONNECTED', 'It is away.');
    const request = this.meddling.request?.(from, to, bytes) ?? bytes;
    const reply = await this.node(to).service.answer(from, request);
    return this.meddling.reply?.(to, from, reply) ?? reply;
  }
}

export const context = (parts: Partial<TagContext> = {}): TagContext => ({
  purpose: 'lookup',
  operator: new Uint8Array(16).fill(1),
  caseCommitment: new Uint8Array(32).fill(2),
  ...parts,
});
