import { HansaError, type Rejection } from '@hansa/protocol';
import type { Crypto, Domains } from '@hansa/protocol/crypto';
import type { Authority, AuthorityIndex, Genesis } from '@hansa/protocol/genesis';
import {
  answerFromStore,
  type RecordLocation,
  type Replica,
  readSeals,
  recoverReplica,
  type Store,
} from '@hansa/protocol/replica';
import type {
  AsOf,
  BlockView,
  CityEvents,
  CityStatus,
  EntryOutcome,
  EntryView,
  EvidenceView,
  LaneView,
  LedgerMember,
  LedgerPort,
  RecordStatus,
} from '../api/ports.ts';
import type { CityKeys } from '../keys/index.ts';
import type { Log } from '../log.ts';
import type { Door, Network, NetworkHandlers, PeerView, Traffic } from '../network/index.ts';
import { Clock } from './clock.ts';
import { type DoorKeeper, Doors } from './doors.ts';
import { Emitter } from './emitter.ts';
import { LaneReader } from './lane-reader.ts';
import { LateHandlers } from './late-handlers.ts';
import { Matters } from './matters.ts';
import { Outcomes } from './outcomes.ts';
import { type ReceiptRequest, Receipts } from './receipts.ts';
import { presentSelf, signerOf } from './signer.ts';
import { Submissions } from './submissions.ts';
import { Tallies } from './tallies.ts';
import { Timers } from './timers.ts';
import { type LoopFailure, type OutgoingEffect, TurnLoop } from './turn-loop.ts';
import { blockViews, entryView, isQuorum, laneViews, statusView } from './views.ts';

/** What a city is put together from. `openCity` makes it of a city's directory; tests make it of parts in memory. */
export interface CityOptions<Self extends LedgerMember = Authority> {
  readonly genesis: Genesis;
  readonly self: Self;
  /** Undefined for an observer, who signs nothing. */
  readonly keys: Self['index'] extends AuthorityIndex ? Pick<CityKeys, 'lane' | 'vote'> : undefined;
  readonly crypto: Crypto;
  /** The core's own view of it, where that is another. */
  readonly coreCrypto?: Crypto;
  /** Owned by the city from now on: `stop` closes it. */
  readonly store: Store;
  readonly createNetwork: (handlers: NetworkHandlers) => Promise<Network>;
  readonly log: Log;
  /** Once, when the city cannot go on: the core broke an invariant, or the store failed. Call `stop` and exit. */
  readonly onFailure: (failure: LoopFailure) => void;
  readonly wallMs?: () => number;
}

/** A reply that neither came nor failed counts as lost so long after the network's own timeout. */
const REQUEST_GRACE_MS = 500;

export interface OwnCityEvents extends CityEvents {
  peers: { readonly connected: number };
}

/** A running city, or an observer: owns store, core and network, and drives the core by turns (C9). */
export class City<Self extends LedgerMember = Authority> implements LedgerPort {
  readonly self: Self;
  readonly crypto: Crypto;
  readonly events: Emitter<OwnCityEvents>;
  readonly matters: Matters;
  readonly #options: CityOptions<Self>;
  readonly #log: Log;
  readonly #store: Store;
  readonly #replica: Replica;
  readonly #network: Network;
  readonly #loop: TurnLoop;
  readonly #timers: Timers;
  readonly #submissions: Submissions;
  readonly #reader: LaneReader;
  readonly #outcomes: Outcomes;
  readonly #receipts: Receipts;
  readonly seals = () => this.#receipts.seals();
  readonly #tallies: Tallies;
  readonly #doors = new Doors();
  readonly #replies = new Map<number, (bytes: Uint8Array) => void>();
  #nextReply = 1;
  #alarm: Rejection | undefined;
  #stopping: Promise<void> | undefined;
  /** Set when the city takes nothing more, because it stops or failed. */
  #ended: HansaError | undefined;

  private constructor(
    options: CityOptions<Self>,
    parts: { replica: Replica; tallies: Tallies; network: Network; handlers: LateHandlers },
  ) {
    const { genesis, self, crypto, store, log } = options;
    this.#options = options;
    this.self = self;
    this.crypto = crypto;
    this.#log = log;
    this.#store = store;
    this.#replica = parts.replica;
    this.#network = parts.network;
    this.#tallies = parts.tallies;
    this.events = new Emitter((error) => log.error({ err: error }, 'a listener of the city failed'));
    this.matters = new Matters(store);
    const clock = new Clock(options.wallMs, (aheadMs) => this.#clockAhead(aheadMs));
    this.#timers = new Timers(clock, (name) => this.#loop.enqueue({ kind: 'timer', name }));
    this.#submissions = new Submissions(genesis.parameters.deltaMs);
    this.#reader = new LaneReader({ store, genesis: () => this.genesis, domains: this.domains });
    this.#outcomes = new Outcomes({
      reader: this.#reader,
      heldSequence: (lane) => this.#replica.status().lanes[lane]?.held ?? 0,
      provenHeight: () => this.#replica.proofBase()?.checkpointHeight ?? 0,
    });
    this.#receipts = new Receipts({
      ...{ replica: this.#replica, crypto, reader: this.#reader },
      readSeals: (epoch) => readSeals(store, epoch, (at) => this.#replica.ledger.changeOf(at)),
      ...{ outcomes: this.#outcomes, canProve: () => this.#canProve() },
      requireRunning: () => this.#requireRunning(),
    });
    this.#loop = new TurnLoop({
      handle: (input) => this.#replica.handle(input),
      store,
      clock,
      submissions: this.#submissions,
      timer: (name, atMs) => this.#timers.set(name, atMs),
      carryOut: (effect) => this.#carryOut(effect),
      bookkeeping: (effect) =>
        effect.kind === 'executed'
          ? [
              this.#tallies.executed(effect.timestampMs, effect.outcomes),
              ...this.matters.executed(effect.height, effect.outcomes),
            ]
          : [],
      failed: (failure) => this.#failed(failure),
      overloaded: (dropped) => this.#overloaded(dropped),
    });
    parts.handlers.target = {
      onMessage: (from, bytes) => this.#loop.enqueue({ kind: 'message', from, bytes }),
      onRequest: (from, bytes) => this.#answer(from, bytes),
      verifyGossip: (topic, bytes) => this.#replica.verifyGossip(topic, bytes),
      onAsked: (door, from, bytes) => this.#doors.answer(door, from, bytes),
      onPeersChanged: () => this.#peersChanged(),
    };
  }

  /** Recovers the city from its store; it does nothing until `start`. Errors: STORE_*, LOG_DAMAGED and the network's. */
  static async open<Self extends LedgerMember>(options: CityOptions<Self>): Promise<City<Self>> {
    const { genesis, self, keys, store } = options;
    const crypto = options.coreCrypto ?? options.crypto;
    const replica = await recoverReplica({ genesis, crypto, self: signerOf(self, keys) }, store);
    const tallies = new Tallies();
    await tallies.restore(store);
    const handlers = new LateHandlers();
    const network = await options.createNetwork(handlers);
    if (replica.status().epoch > 0) network.follow(replica.genesis);
    return new City({ ...options, self: presentSelf(self, replica.genesis) }, { replica, tallies, network, handlers });
  }

  get genesis(): Genesis {
    return this.#replica.genesis; // C12: of the present epoch
  }

  get domains(): Domains {
    return this.#replica.domains;
  }

  async start(): Promise<void> {
    await this.#network.start();
    this.#loop.start();
    const { finalizedHeight, executedHeight } = this.#replica.status();
    this.#log.info({ finalizedHeight, executedHeight, listen: this.#network.addresses() }, 'the city runs');
  }

  /** Ends cleanly: what was handled becomes durable, whoever waits is told, the store is closed. Twice is once. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    const error = this.#end('The daemon is stopping. Send the request again when it runs.');
    this.#timers.clear();
    // Effects of the last turn still go out, so the loop ends before the network.
    await this.#loop.stop();
    this.#timers.clear();
    this.#submissions.close(error);
    this.#outcomes.close(error);
    this.#receipts.lookAgain();
    await this.#network.stop();
    await this.#store.close();
    this.#log.info('the city stopped');
  }

  // --- what the API asks -------------------------------------------------------------------------------------------

  /** Seals own records; see `CityPort`. Errors: `LANE_WINDOW_FULL`, `NOT_JOINED`, `BATCH_SIZE`, `STOPPING`. */
  async submit(records: readonly Uint8Array[]): Promise<{ readonly locations: readonly RecordLocation[] }> {
    this.#requireRunning();
    const sealed = this.#submissions.add(records);
    this.#loop.wake();
    return { locations: await sealed };
  }

  async outcome(location: RecordLocation): Promise<RecordStatus> {
    return this.#outcomes.status(location);
  }

  async entryOutcome(lane: AuthorityIndex, sequence: number): Promise<EntryOutcome | undefined> {
    return this.#outcomes.entry(lane, sequence);
  }

  async waitFinal(location: RecordLocation, signal?: AbortSignal): Promise<RecordStatus> {
    return this.#outcomes.wait(location, signal);
  }

  trial(records: readonly Uint8Array[]): readonly (string | undefined)[] {
    if (this.self.index === undefined) throw new Error('an observer has no records of its own');
    const nowMs = Math.max(this.#tallies.timestampMs + 1, this.#options.wallMs?.() ?? Date.now());
    return this.#replica.ledger.trial(this.self.index, records, nowMs, this.#replica.status().epoch);
  }

  fact(key: Uint8Array): { readonly value: Uint8Array | undefined; readonly asOf: AsOf } {
    const { ledger } = this.#replica;
    return { value: ledger.fact(key), asOf: { height: ledger.height, timestampMs: this.#tallies.timestampMs } };
  }

  /** See `Receipts`. Errors: `RECORD_UNKNOWN`, `STILL_PENDING`, `RECEIPT_NOT_YET`, `STOPPING`. */
  async receipt(request: ReceiptRequest): Promise<Uint8Array> {
    return this.#receipts.make(request);
  }

  status(): CityStatus {
    return statusView({
      core: this.#replica.status(),
      ledger: this.#replica.ledger,
      tallies: this.#tallies,
      peers: this.#network.peers(),
      traffic: this.#network.traffic(),
      ...{ genesis: this.genesis, self: this.self, alarm: this.#alarm },
    });
  }

  lanes(): readonly LaneView[] {
    return laneViews(this.#replica.status());
  }

  async blocks(options: { readonly from?: number; readonly limit: number }): Promise<readonly BlockView[]> {
    return blockViews(this.#store, this.domains, this.genesis, options);
  }

  async entry(lane: AuthorityIndex, sequence: number): Promise<EntryView | undefined> {
    const executed = await this.#reader.executed(lane, sequence);
    const entry =
      executed === undefined
        ? await this.#reader.held(lane, sequence)
        : await this.#reader.byDigest(lane, sequence, executed.digest);
    return entry === undefined ? undefined : entryView(lane, entry, executed?.place.height);
  }

  evidence(): readonly EvidenceView[] {
    return this.#replica.evidence();
  }

  /** Whoever answers the other authorities at a door; nobody did before. */
  keepDoor(door: Door, keeper: DoorKeeper): void {
    this.#doors.keep(door, keeper);
  }

  /** Asks at another authority's door. Errors: those of `Network.request`, `STOPPING`. */
  async ask(to: AuthorityIndex, door: Door, bytes: Uint8Array, timeoutMs: number): Promise<Uint8Array> {
    this.#requireRunning();
    return this.#network.ask(to, door, bytes, timeoutMs);
  }

  /** Connections in detail, for operators. */
  peers(): readonly PeerView[] {
    return this.#network.peers();
  }

  traffic(): Traffic {
    return this.#network.traffic();
  }

  /** Multiaddrs on which the city listens, with its peer id. */
  addresses(): readonly string[] {
    return this.#network.addresses();
  }

  // --- effects -----------------------------------------------------------------------------------------------------

  #carryOut(effect: OutgoingEffect): void {
    switch (effect.kind) {
      case 'send':
        this.#network.send(effect.to, effect.channel, effect.bytes);
        break;
      case 'broadcast':
        this.#network.broadcast(effect.channel, effect.bytes);
        break;
      case 'publish':
        this.#network.publish(effect.topic, effect.bytes);
        break;
      case 'request':
        this.#request(effect);
        break;
      case 'reply':
        this.#replies.get(effect.id)?.(effect.bytes);
        this.#replies.delete(effect.id);
        break;
      case 'sealed':
        this.#submissions.sealed(effect.id, effect.first);
        break;
      case 'refused':
        this.#submissions.refused(effect.id, effect.error);
        break;
      case 'finalized': {
        const { height, view, timestampMs } = effect;
        this.#log.debug({ height, view }, 'final');
        this.events.emit('finalized', { height, view, timestampMs });
        break;
      }
      case 'executed': {
        const { height, timestampMs, outcomes } = effect;
        const rejected = this.#outcomes.executed(height, outcomes);
        this.events.emit('executed', { height, timestampMs, records: outcomes.length, rejected, outcomes });
        break;
      }
      case 'checkpointed':
        this.#receipts.lookAgain();
        this.events.emit('checkpointed', { height: effect.height });
        break;
      case 'epoch':
        this.#log.warn({ epoch: effect.epoch, height: effect.sealHeight }, 'the authorities changed (C12)');
        this.#network.follow(effect.genesis);
        this.events.emit('epoch', { epoch: effect.epoch, height: effect.sealHeight });
        break;
      case 'joined':
        this.#log.info(
          `${this.self.name} ${this.self.index === undefined ? 'follows' : 'takes part'}: a quorum was heard (R6)`,
        );
        break;
      case 'evidence': {
        const { accused, type } = effect;
        const member = this.genesis.authorities[accused]?.name;
        this.#log.warn({ member, type }, 'proof of misbehaviour is kept: see the evidence in the API');
        this.events.emit('evidence', { accused, type });
        break;
      }
      case 'misbehaved':
        this.#loop.forget(effect.from);
        this.#network.keepAway(effect.from, effect.why);
        break;
      case 'alarm':
        this.#raise(effect.error);
        break;
    }
  }

  #raise(error: Rejection): void {
    if (error.code !== 'NO_LONGER_VOTING') this.#alarm = error; // that stands and ends with the seat: see `statusView`
    this.#receipts.lookAgain();
    this.#log.error({ code: error.code }, error.message);
    this.events.emit('alarm', { code: error.code, message: error.message });
  }

  /** A reply, a failure or silence: the core hears exactly one of them. */
  #request({ id, to, bytes, timeoutMs }: Extract<OutgoingEffect, { kind: 'request' }>): void {
    let settled = false;
    const settle = (reply: Uint8Array | undefined) => {
      if (settled) return;
      settled = true;
      clearTimeout(guard);
      this.#loop.enqueue({ kind: 'response', id, bytes: reply });
    };
    const guard = setTimeout(() => settle(undefined), timeoutMs + REQUEST_GRACE_MS);
    guard.unref();
    this.#network.request(to, bytes, timeoutMs).then(settle, () => settle(undefined));
  }

  /** G2: entries and blocks come from the store; what only the core knows takes a turn. */
  async #answer(from: AuthorityIndex | undefined, bytes: Uint8Array): Promise<Uint8Array> {
    const answered = await answerFromStore(this.#store, bytes);
    if (answered !== undefined) return answered;
    this.#requireRunning();
    const { promise, resolve } = Promise.withResolvers<Uint8Array>();
    const id = this.#nextReply++;
    this.#replies.set(id, resolve);
    this.#loop.enqueue({ kind: 'request', id, from, bytes });
    return promise;
  }

  // --- failure and waiting -----------------------------------------------------------------------------------------

  #failed(failure: LoopFailure): void {
    const message =
      failure.during === 'commit'
        ? 'the store failed: the city stops; what was acknowledged is safe'
        : 'an invariant is broken: the city stops; the data is intact. This is a bug, please report these lines';
    this.#log.fatal({ err: failure.error, during: failure.during }, message);
    this.#timers.clear();
    const error = this.#end('The daemon failed and is stopping. Send the request again when it runs.');
    this.#submissions.close(error);
    this.#outcomes.close(error);
    this.#options.onFailure(failure);
  }

  #overloaded(droppedMessages: number): void {
    // The first and then every so often: the log must not become the next load.
    if (droppedMessages % 1000 !== 1) return;
    this.#log.warn({ droppedMessages }, 'messages were dropped: this machine is too slow for the traffic');
  }

  #clockAhead(aheadMs: number): void {
    const minutes = Math.round(aheadMs / 60_000);
    this.#log.error(
      { aheadMs },
      `the wall clock was set back ${minutes} minutes: the other cities refuse this city's blocks as from the future. Check the clock, then restart the daemon`,
    );
  }

  #end(message: string): HansaError {
    this.#ended ??= new HansaError('STOPPING', message, { retryAfterMs: 5000 });
    return this.#ended;
  }

  #requireRunning(): void {
    if (this.#ended !== undefined) throw this.#ended;
  }

  /** The agreement can go on as far as this city sees: it votes, and a quorum is connected. */
  #canProve(): boolean {
    const status = this.#replica.status();
    return !status.halted && isQuorum(this.genesis, status, this.#connectedPeers());
  }

  /** Whoever waits for a checkpoint looks again whether one can come. */
  #peersChanged(): void {
    this.#receipts.lookAgain();
    this.events.emit('peers', { connected: this.#connectedPeers().length });
  }

  #connectedPeers(): PeerView[] {
    return this.#network.peers().filter(({ connected }) => connected);
  }
}
