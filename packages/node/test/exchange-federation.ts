import { equalBytes, HansaError, toHex, u32be, unwrap } from '@hansa/protocol';
import {
  type AccessAsked,
  decodeAccessAnswer,
  encodeAccessRequest,
  type OpenedPayload,
  payloadCommitment,
  signAccessRequest,
} from '@hansa/protocol/access';
import {
  CERTIFICATE_FAMILY,
  CONSENT_FAMILY,
  ConsentMode,
  ConsentPurpose,
  certificateTypes,
  consentTypes,
  encodeCertificateIssue,
  encodeConsentGrant,
  encodeConsentUse,
  encodeConsentWithdraw,
  erasureFactKey,
  legalDay,
  type MembershipChange,
  memberFactKey,
  readMemberFact,
} from '@hansa/protocol/families';
import { type AccessPolicy, type AuthorityIndex, nextEpoch } from '@hansa/protocol/genesis';
import { Ledger } from '@hansa/protocol/ledger';
import { encodeRecord, formatLocation, type RecordDraft, signAsActor } from '@hansa/protocol/records';
import { MemoryStore, type RecordLocation, type Store } from '@hansa/protocol/replica';
import { encodeMemberFact } from '../../protocol/src/families/membership/fact.ts';
import { type TestFederation, testFederation } from '../../protocol/test/federation.ts';
import type { CityEvents, RecordStatus } from '../src/api/ports.ts';
import { Emitter } from '../src/city/emitter.ts';
import type { Matter } from '../src/city/matters.ts';
import { nativeCrypto } from '../src/crypto/index.ts';
import { Exchange, type ExchangeCity } from '../src/exchange/index.ts';
import type { SealedBox } from '../src/exchange/seal.ts';
import { decodeExchangeReply, encodeExchangeRequest } from '../src/exchange/wire.ts';

/** Its keys cost more than all of a test. */
const federation = testFederation(nativeCrypto, 4);

type Keeper = (from: AuthorityIndex, bytes: Uint8Array) => Promise<Uint8Array>;

/** A certificate of Haikou, with what is behind its commitment. */
export interface Issued extends OpenedPayload {
  readonly certificateId: Uint8Array;
  readonly commitment: Uint8Array;
  readonly record: RecordLocation;
  readonly holderSecret: Uint8Array;
}

/**
 * Four cities on one ledger that executes at once, with their exchanges: what the daemons do, without consensus and network,
 * so that a test can let any of them lie at another one's door.
 */
export class ExchangeFederation {
  federation: TestFederation;
  readonly exchanges: Exchange[] = [];
  readonly away = new Set<AuthorityIndex>();
  /** As final evidence makes them. */
  readonly quarantined = new Set<AuthorityIndex>();
  /** Of all exchanges and blocks. */
  nowMs = Date.UTC(2026, 10, 23, 4);
  /** Changes a reply on its way. */
  meddle: ((reply: Uint8Array) => Uint8Array) | undefined;
  /** Requests that cities sent by themselves. */
  sent = 0;
  readonly #ledger: Ledger;
  readonly #entries = new Map<string, readonly Uint8Array[]>();
  readonly #rejected = new Map<string, string | undefined>();
  readonly #sequences: number[] = [];
  readonly #keepers: Keeper[] = [];
  readonly #stores = new Map<AuthorityIndex, MemoryStore>();
  readonly #payloads = new Map<string, OpenedPayload>();
  #made = 0;

  private constructor(policy?: Partial<AccessPolicy>) {
    const { genesis: agreed } = federation;
    const access = { ...agreed.policy.access, ...policy };
    this.federation = { ...federation, genesis: { ...agreed, policy: { ...agreed.policy, access } } };
    const { genesis, domains } = this.federation;
    this.#ledger = new Ledger({ genesis, crypto: nativeCrypto, domains });
  }

  /** With changes of the policy of accesses. */
  static async start(policy?: Partial<AccessPolicy>): Promise<ExchangeFederation> {
    const cities = new ExchangeFederation(policy);
    for (const { index } of cities.federation.genesis.authorities) {
      const exchange = cities.#exchange(index);
      await exchange.restore();
      cities.exchanges.push(exchange);
    }
    return cities;
  }

  /** Killed and started again: it has what was durable, and nothing else. */
  async restart(index: AuthorityIndex): Promise<void> {
    const store = this.#stores.get(index) as MemoryStore;
    store.commit = async (writes) => store.write(writes);
    const exchange = this.#exchange(index);
    await exchange.restore();
    this.exchanges[index] = exchange;
  }

  /** Is killed after some more commits: nothing is durable that it writes afterwards, until it is started again. */
  kill(index: AuthorityIndex, commits: number): void {
    const store = this.#stores.get(index) as MemoryStore;
    let left = commits;
    store.commit = async (writes) => {
      left -= 1;
      if (left < 0) throw new Error('It is killed.');
      store.write(writes);
    };
  }

  /** Called when the city has its disk forget what was deleted. */
  onPurge(index: AuthorityIndex, listener: (keys: readonly { readonly gte: Uint8Array }[]) => void): void {
    const store: Store = this.#stores.get(index) as MemoryStore;
    store.purge = async (ranges) => listener(ranges);
  }

  exchange(index: AuthorityIndex): Exchange {
    return this.exchanges[index] as Exchange;
  }

  /** Says on its lane that it holds nothing of the record any more. */
  hasAcknowledged(index: AuthorityIndex, record: RecordLocation): boolean {
    return this.#ledger.fact(erasureFactKey(this.federation.domains, index, record)) !== undefined;
  }

  /** One block with one entry of these records; their locations, and what the ledger said of the first. */
  submit(lane: AuthorityIndex, records: readonly Uint8Array[]) {
    const sequence = (this.#sequences[lane] ?? 0) + 1;
    this.#sequences[lane] = sequence;
    this.#entries.set(`${lane}/${sequence}`, records);
    const digest = nativeCrypto.sha256(new Uint8Array([...u32be(lane), ...u32be(sequence)]));
    this.nowMs += 1;
    const block = { height: this.#ledger.height + 1, timestampMs: this.nowMs };
    const { outcomes } = this.#ledger.execute({ ...block, entries: [{ lane, sequence, digest, records }] });
    for (const { location, rejected } of outcomes) this.#rejected.set(this.#name(location), rejected);
    const locations = outcomes.map(({ location }) => location);
    return { locations, location: locations[0] as RecordLocation, code: outcomes[0]?.rejected };
  }

  /** A block with nothing in it: time passes on the ledger, too. */
  tick(): void {
    this.submit(3, [new Uint8Array(1)]);
  }

  issue(): Issued {
    const made = this.#bytes(32);
    const opened = { salt: this.#bytes(32), payload: this.#bytes(20) };
    const commitment = payloadCommitment(nativeCrypto, opened);
    const day = legalDay(this.nowMs, this.federation.genesis.utcOffsetMinutes);
    const certificateId = made.slice(0, 16);
    const holderSecret = this.#bytes(32);
    const body = encodeCertificateIssue({
      ...{ certificateId, subjectTag: made, commitment, handler: made.slice(0, 16) },
      ...{ issuedOn: day, validUntil: day + 50, holderKey: nativeCrypto.ed25519.publicKey(holderSecret) },
    });
    const { location: record } = this.#accepted(0, this.#record(CERTIFICATE_FAMILY, certificateTypes.issue, body));
    this.#payloads.set(toHex(commitment), opened);
    return { ...opened, certificateId, commitment, record, holderSecret };
  }

  /** The holder lets a city read: by default Sanya, twice, for a loan. */
  grant(of: Issued, bounds: { grantee?: AuthorityIndex; fromMs?: number; toMs?: number } = {}): Uint8Array {
    const consentId = this.#bytes(16);
    const { grantee = 1, fromMs = 0, toMs = 0 } = bounds;
    const body = encodeConsentGrant({
      ...{ consentId, certificateId: of.certificateId, grantee: grantee + 1, maxUses: toMs === 0 ? 2 : 0 },
      ...{ purpose: ConsentPurpose.LOAN_APPROVAL, mode: toMs === 0 ? ConsentMode.COUNT : ConsentMode.TIME },
      ...{ fromMs: BigInt(fromMs), toMs: BigInt(toMs) },
    });
    this.#accepted(2, this.#record(CONSENT_FAMILY, consentTypes.grant, body, of.holderSecret));
    return consentId;
  }

  withdraw(of: Issued, consentId: Uint8Array): void {
    const body = encodeConsentWithdraw({ consentId });
    this.#accepted(2, this.#record(CONSENT_FAMILY, consentTypes.withdraw, body, of.holderSecret));
  }

  /** C12: the next epoch begins with the next block; the cities run on. `secrets`: credential secrets that are new in it. */
  change(what: MembershipChange, secrets: Readonly<Record<AuthorityIndex, Uint8Array>> = {}): void {
    const { genesis, credentialSecrets } = this.federation;
    const next = nextEpoch(genesis, what, this.nowMs);
    const renewed = next.authorities.map(({ index }) => secrets[index] ?? (credentialSecrets[index] as Uint8Array));
    this.federation = { ...this.federation, genesis: next, credentialSecrets: renewed };
  }

  /** What Haikou has to deliver to Sanya waits until it is pumped. */
  async queueDelivery({ record, commitment }: Issued, consentId: Uint8Array): Promise<void> {
    const row = { kind: 'delivery', to: 1, record, purpose: ConsentPurpose.LOAN_APPROVAL } as const;
    await this.exchange(0).outgoing.add([{ ...row, commitment: toHex(commitment), consentId: toHex(consentId) }]);
  }

  /** A use on the grantee's lane; the ledger accepted it. */
  use(consentId: Uint8Array, caseCommitment = CASE, lane: AuthorityIndex = 1): RecordLocation {
    const purpose = ConsentPurpose.LOAN_APPROVAL;
    const body = encodeConsentUse({ consentId, purpose, caseCommitment, handler: this.#bytes(16) });
    return this.#accepted(lane, this.#record(CONSENT_FAMILY, consentTypes.use, body)).location;
  }

  /** A read of Sanya's at Haikou's door under a consent, as any changes make it. */
  read(of: Issued, consentId: Uint8Array, use: RecordLocation, changes: object = {}): AccessAsked {
    return {
      ...{ kind: 'read', asker: 1, answerer: 0, record: of.record, commitment: of.commitment },
      ...{ basis: { kind: 'consent', consentId, purpose: ConsentPurpose.LOAN_APPROVAL, use } },
      ...{ caseCommitment: CASE, operator: this.#bytes(16), nonce: this.#bytes(16), askedAtMs: this.nowMs },
      ...changes,
    } as AccessAsked;
  }

  /** Signed by its asker (`secret`: its present one) and put to its answerer's door: `opened`, `done`, or the code. */
  async ask(asked: AccessAsked, sealed?: SealedBox, secret = this.credentialSecret(asked.asker)): Promise<string> {
    const bytes = encodeAccessRequest(asked);
    const signature = signAccessRequest(nativeCrypto, this.federation.domains, bytes, secret);
    const frame = encodeExchangeRequest({ bytes, signature, sealed });
    const reply = unwrap(decodeExchangeReply(await this.door(asked.answerer)(asked.asker, frame)));
    if (reply.kind === 'unheard') return `unheard ${reply.code}`;
    const { refused } = unwrap(decodeAccessAnswer(reply.answer.bytes));
    if (refused !== undefined) return refused;
    return reply.opened === undefined ? 'done' : 'opened';
  }

  credentialSecret(index: AuthorityIndex): Uint8Array {
    return this.federation.credentialSecrets[index] as Uint8Array;
  }

  door(index: AuthorityIndex): Keeper {
    return this.#keepers[index] as Keeper;
  }

  async receipts(index: AuthorityIndex): Promise<number> {
    return (await this.exchange(index).book.find({ fromMs: 0, toMs: 2 ** 47, limit: 10_000 })).length;
  }

  #accepted(lane: AuthorityIndex, record: Uint8Array) {
    const done = this.submit(lane, [record]);
    if (done.code !== undefined) throw new Error(`the ledger says ${done.code}`);
    return done;
  }

  #record(family: number, type: number, body: Uint8Array, actor?: Uint8Array): Uint8Array {
    const draft: RecordDraft = { family, type, requestId: this.#bytes(16), body };
    const { domains } = this.federation;
    const actors = actor === undefined ? [] : [signAsActor(nativeCrypto, domains, draft, actor)];
    return encodeRecord({ ...draft, actors });
  }

  #bytes(length: number): Uint8Array {
    return nativeCrypto.sha256(u32be(this.#made++)).slice(0, length);
  }

  #fact(key: Uint8Array): Uint8Array | undefined {
    const value = this.#ledger.fact(key);
    for (const lane of this.quarantined) {
      if (value === undefined || !equalBytes(key, memberFactKey(this.federation.domains, lane))) continue;
      const quarantine = { quarantinedBy: { lane: 3, sequence: 1, position: 0 }, quarantinedAtMs: this.nowMs };
      return encodeMemberFact({ ...readMemberFact(value), ...quarantine });
    }
    return value;
  }

  #name(location: RecordLocation): string {
    return formatLocation(this.federation.genesis, location);
  }

  #exchange(index: AuthorityIndex): Exchange {
    const { domains, exchangeSecrets, credentialSecrets } = this.federation;
    const genesis = () => this.federation.genesis;
    const self = genesis().authorities[index];
    const store = this.#stores.get(index) ?? new MemoryStore();
    this.#stores.set(index, store);
    const matter = async function* (): AsyncGenerator<{ key: Uint8Array; matter: Matter }> {};
    const city: Partial<ExchangeCity> = {
      get genesis() {
        return genesis();
      },
      ...{ domains, crypto: nativeCrypto },
      ...(self === undefined ? {} : { self }),
      events: new Emitter<CityEvents>((error) => {
        throw error;
      }),
      fact: (key) => ({
        value: this.#fact(key),
        asOf: { height: this.#ledger.height, timestampMs: this.nowMs },
      }),
      status: () => ({ joined: true, halted: false, timestampMs: this.#blockMs() }) as never,
      lanes: () =>
        genesis().authorities.map(
          ({ index: lane }) => ({ lane, executedSequence: this.#sequences[lane] ?? 0 }) as never,
        ),
      entry: async (lane, sequence) => {
        const records = this.#entries.get(`${lane}/${sequence}`);
        return records === undefined ? undefined : ({ records } as never);
      },
      outcome: async (location) => this.#status(location),
      waitFinal: async (location) => this.#status(location),
      submit: async (records) => this.submit(index, records),
      ask: async (to, _door, bytes) => {
        if (this.away.has(to)) throw new HansaError('PEER_NOT_CONNECTED', 'It is away.');
        this.sent += 1;
        const reply = await this.door(to)(index, bytes);
        return this.meddle?.(reply) ?? reply;
      },
      keepDoor: (_door, keeper) => {
        this.#keepers[index] = keeper;
      },
      matters: { newestHeight: 0, watch: () => undefined, after: matter },
    };
    return new Exchange({
      ...{ city: city as ExchangeCity, store, nowMs: () => this.nowMs },
      exchangeSecret: exchangeSecrets[index] as Uint8Array,
      credentialSecret: credentialSecrets[index] as Uint8Array,
      privateSide: {
        open: async (commitment) => (index === 0 ? this.#payloads.get(toHex(commitment)) : undefined),
        erase: async (commitment) => void this.#payloads.delete(toHex(commitment)),
        keep: async () => new Uint8Array(32),
        officer: async () => new Uint8Array(16),
        officerName: async () => undefined,
        caseName: () => new Uint8Array(16),
      },
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    });
  }

  /** Time of the newest block: `quietMs` is how long no block came. */
  #blockMs(): number {
    return this.nowMs - this.quietMs;
  }
  quietMs = 0;

  #status(location: RecordLocation): RecordStatus {
    const name = this.#name(location);
    if (!this.#rejected.has(name)) return { state: 'pending', provable: false };
    const code = this.#rejected.get(name);
    return code === undefined ? { state: 'final', provable: true } : { state: 'rejected', code, provable: true };
  }
}

export const CASE = new Uint8Array(32).fill(7);
