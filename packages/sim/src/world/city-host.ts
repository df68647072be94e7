import type { AuthorityIndex } from '@hansa/protocol/genesis';
import {
  answerFromStore,
  type Effect,
  type Input,
  type Replica,
  type ReplicaOptions,
  recoverReplica,
} from '@hansa/protocol/replica';
import { ArmedTimers } from './armed-timers.ts';
import type { NodeClock } from './clock.ts';
import { CommitLine, type OutgoingEffect, TURN_US_MAX } from './commit-line.ts';
import type { CrashOptions, Keys, NodeFilter, NodeIndex, NodeState, NodeView, Place, Role } from './contract.ts';
import type { Disk } from './disk.ts';
import { failureText } from './failure-text.ts';
import type { CityHostOptions, HostEnvironment } from './host-environment.ts';
import { type Job, JobQueue, type PlainInput } from './job-queue.ts';
import type { SyncPacket } from './network.ts';
import { Processor } from './processor.ts';
import type { Shelf } from './shelf.ts';
import { Strikes } from './strikes.ts';
import { SubmissionQueue } from './submission-queue.ts';
import { SyncDesk } from './sync-desk.ts';
import { paths } from './traffic.ts';

/**
 * Runs one replica as the daemon does (C9, `packages/node/src/city/turn-loop.ts`), in virtual time: inputs wait for the
 * processor; what an input leads to appears when its cost has passed; writes of a turn commit together, and only then
 * its effects leave, in order; while a flush is under way, further writes share the next commit. Timers are armed at once.
 */
export class CityHost implements NodeView {
  readonly index: NodeIndex;
  readonly authority: AuthorityIndex | undefined;
  readonly name: string;
  readonly place: Place | undefined;
  readonly clock: NodeClock;
  readonly disk: Disk;
  readonly processor: Processor;
  readonly filters: NodeFilter[] = [];
  role: Role;
  state: NodeState = 'down';
  life = 0;
  replica: Replica | undefined;
  readonly #env: HostEnvironment;
  laneKey: Uint8Array | undefined;
  #self: ReplicaOptions['self'];
  readonly #jobs = new JobQueue();
  readonly #submissions = new SubmissionQueue();
  readonly #timers: ArmedTimers;
  readonly #commits: CommitLine;
  #pumping = false;
  /** An input's cost is passing. */
  #working = false;
  /** A wake-up for the moment the processor is free is scheduled. */
  #waking = false;
  #turnStartedUs = -1;
  readonly #sync = new SyncDesk();
  readonly #strikes = new Strikes();
  #held: (() => void | Promise<void>)[] = [];

  constructor(options: CityHostOptions) {
    this.#env = options.environment;
    ({ index: this.index, authority: this.authority, name: this.name, place: this.place } = options);
    ({ clock: this.clock, disk: this.disk, self: this.#self } = options);
    this.#setKeys(this.#self);
    this.role = options.authority === undefined ? 'observer' : 'honest';
    const { costs, meter, kernel, events } = options.environment;
    this.processor = new Processor(costs, meter);
    this.#timers = new ArmedTimers(options.clock, (fireUs, name, token) =>
      kernel.queue.push(fireUs, events.timer, this.index, name, this.life, token),
    );
    this.#commits = new CommitLine({
      disk: options.disk,
      flushing: (us) => kernel.queue.push(kernel.nowUs + us, events.flushed, this.index, 0, this.life),
      committed: ({ writes, flush, effects }) => this.#committed(flush ? writes.length : 0, effects),
      diskFull: () => this.crash({ lose: 'nothing' }, 'the disk is full'),
    });
  }

  get durable(): Shelf {
    return this.disk.durable;
  }

  // --- life --------------------------------------------------------------------------------------------------------

  /** Starts a process on what is durable; `begin` gives it its first input. Damaged: it says so and stays down. `keys`: new ones (C12). */
  async recover(why: string, keys?: Keys): Promise<void> {
    if (this.state !== 'down') return;
    const { meter, kernel, replica } = this.#env;
    meter.take();
    const { life } = this;
    if (keys !== undefined && this.authority !== undefined) this.#setKeys({ index: this.authority, ...keys });
    let recovered: Replica;
    try {
      recovered = await recoverReplica({ ...replica, self: this.#self }, this.disk.durable);
    } catch (error) {
      this.#env.changed(this.index, 'down', `damaged: ${failureText(error)}`);
      return;
    }
    if (this.life !== life || this.state !== 'down') return;
    this.replica = recovered;
    this.clock.restartProcess();
    this.processor.reset(kernel.nowUs);
    this.processor.work(kernel.nowUs, 0, 0);
    this.state = 'up';
    this.#env.changed(this.index, 'up', why);
  }

  #setKeys(self: ReplicaOptions['self']): void {
    this.#self = self;
    this.laneKey = self && this.#env.replica.crypto.ed25519.publicKey(self.laneSecret);
  }

  /** The first input of a process. */
  begin(): void | Promise<void> {
    return this.state === 'up' ? this.enqueue({ kind: 'start', nowMs: 0 }) : undefined;
  }

  crash(options: CrashOptions, why: string): void {
    if (this.state === 'down') return;
    const damage = this.disk.crash(options);
    this.life += 1;
    this.state = 'down';
    this.replica = undefined;
    this.#jobs.clear();
    this.#submissions.clear();
    this.#timers.clear();
    this.#sync.clear();
    this.#strikes.clear();
    this.#held = [];
    this.#working = false;
    this.#waking = false;
    this.#commits.clear();
    this.#turnStartedUs = -1;
    if (damage !== undefined) this.#env.damaged(this.index, damage);
    this.#env.changed(this.index, 'down', why);
  }

  pause(): void {
    if (this.state !== 'up') return;
    this.state = 'paused';
    this.#env.changed(this.index, 'paused', 'paused');
  }

  resume(): void {
    if (this.state !== 'paused') return;
    this.state = 'up';
    this.#env.changed(this.index, 'up', 'resumed');
    this.#wakeLater();
  }

  #wakeLater(): void {
    const { kernel, events } = this.#env;
    kernel.queue.push(kernel.nowUs, events.wake, this.index, 0, this.life);
  }

  onWake(): void | Promise<void> {
    if (this.state !== 'up') return undefined;
    return this.#held.length === 0 ? this.#pump() : this.#catchUpAfterPause();
  }

  async #catchUpAfterPause(): Promise<void> {
    const held = this.#held;
    this.#held = [];
    const { life } = this;
    for (const run of held) {
      await run();
      if (this.life !== life) return;
    }
    await this.#pump();
  }

  // --- what comes in -----------------------------------------------------------------------------------------------

  /** False: too much waits already. */
  takes(bytes: Uint8Array): boolean {
    return this.#jobs.takes(bytes);
  }

  /** G1: it sent what no honest city sends, a short time ago. */
  keepsAway(authority: AuthorityIndex): boolean {
    return this.#strikes.refuses(authority, this.#env.kernel.nowUs);
  }

  enqueue(job: Job): void | Promise<void> {
    this.#jobs.push(job);
    return this.#pump();
  }

  /** Handled by an event of its own, at this moment: whoever calls need not wait for anything. */
  enqueueLater(job: Job): void {
    this.#jobs.push(job);
    this.#wakeLater();
  }

  submit(id: number, records: readonly Uint8Array[]): void {
    this.#submissions.add(id, records);
    this.#wakeLater();
  }

  /** Messages that cost the processor, and nothing else. */
  pay(messages: number): void {
    this.processor.work(this.#env.kernel.nowUs, messages, 0);
  }

  /** The reply to an own request. */
  onReply(packet: SyncPacket): void | Promise<void> {
    if (packet.life !== this.life) return undefined;
    return this.settleRequest(packet.requestId, packet.bytes);
  }

  /** An own request was answered, or timed out. */
  settleRequest(id: number, bytes: Uint8Array | undefined): void | Promise<void> {
    return this.#sync.settle(id) ? this.enqueue({ kind: 'response', nowMs: 0, id, bytes }) : undefined;
  }

  // --- events of this node -----------------------------------------------------------------------------------------

  onTimer(nameIndex: number, token: number): void | Promise<void> {
    const name = this.#timers.fired(nameIndex, token);
    if (name === undefined) return undefined;
    for (const filter of this.filters) if (filter.onTimer?.(name) === 'swallow') return undefined;
    return this.enqueue({ kind: 'timer', nowMs: 0, name });
  }

  onFree(): void | Promise<void> {
    this.#waking = false;
    return this.#pump();
  }

  onProcessed(effects: readonly Effect[]): void | Promise<void> {
    if (this.state === 'paused') {
      this.#held.push(() => this.onProcessed(effects));
      return undefined;
    }
    this.#working = false;
    const { life } = this;
    this.#absorb(effects);
    if (this.life !== life) return undefined;
    this.#endTurn();
    return this.#pump();
  }

  onFlushed(): void | Promise<void> {
    if (this.state === 'paused') {
      this.#held.push(() => this.onFlushed());
      return undefined;
    }
    const { life } = this;
    this.#commits.flushed();
    return this.life === life ? this.#pump() : undefined;
  }

  // --- turns -------------------------------------------------------------------------------------------------------

  /** Works on what waits while the processor is free. */
  #pump(): void | Promise<void> {
    if (this.#pumping) return undefined;
    this.#pumping = true;
    let pending: Promise<void> | undefined;
    try {
      pending = this.#pumpWhileFree()?.finally(() => {
        this.#pumping = false;
      });
    } finally {
      if (pending === undefined) this.#pumping = false;
    }
    return pending?.then(() => this.#pump());
  }

  #pumpWhileFree(): Promise<void> | undefined {
    while (this.state === 'up' && !this.#working) {
      const { nowUs, queue } = this.#env.kernel;
      if (this.#jobs.length === 0 && !this.#submissions.waiting) return undefined;
      if (nowUs < this.processor.freeAtUs) {
        if (!this.#waking) {
          this.#waking = true;
          queue.push(this.processor.freeAtUs, this.#env.events.free, this.index, 0, this.life);
        }
        return undefined;
      }
      const job = this.#nextJob();
      if (job === undefined) return undefined;
      if (this.#turnStartedUs < 0) this.#turnStartedUs = nowUs;
      if (job.kind === 'serve') return this.#serve(job.from, job.packet);
      this.#work(job);
    }
    return undefined;
  }

  /** A flush under way means another follows: what is submitted meanwhile shares an entry, unless it fills one. */
  #nextJob(): Job | undefined {
    if (this.#submissions.full || (this.#submissions.waiting && !this.#commits.busy)) {
      const batch = this.#submissions.take();
      if (batch !== undefined) return { kind: 'submit', nowMs: 0, ...batch };
    }
    return this.#jobs.shift();
  }

  #work(job: Exclude<Job, { kind: 'serve' }>): void {
    const { authorityOf, forward, kernel } = this.#env;
    const replica = this.replica as Replica;
    let received = job.kind === 'message' || job.kind === 'response' ? 1 : 0;
    let input: PlainInput;
    if (job.kind === 'gossip') {
      received = 1;
      const from = authorityOf(job.from);
      const verdict = this.#guarded(() => replica.verifyGossip(job.topic, job.bytes));
      if (verdict === undefined) return;
      if (verdict !== 'accept' || from === undefined) {
        this.processor.work(kernel.nowUs, received, 0);
        this.#endTurn();
        return;
      }
      received += forward(this.index, job.from, job.topic, job.bytes, job.digest);
      input = { kind: 'message', nowMs: 0, from, bytes: job.bytes };
    } else {
      input = job;
    }
    this.#handle(input, received);
  }

  #handle(input: PlainInput, received: number): void {
    const { kernel, probes, events } = this.#env;
    const replica = this.replica as Replica;
    input.nowMs = this.clock.nowMs(kernel.nowUs);
    const { life } = this;
    for (const hook of probes.onInput) hook(this.index, input as Input);
    if (this.life !== life) return;
    const effects = this.#guarded(() => replica.handle(input as Input));
    if (effects === undefined) return;
    let records = 0;
    for (const effect of effects) if (effect.kind === 'executed') records += effect.outcomes.length;
    const doneUs = this.processor.work(kernel.nowUs, received, records);
    if (doneUs > kernel.nowUs && effects.length > 0) {
      this.#working = true;
      kernel.queue.push(doneUs, events.processed, this.index, 0, this.life, 0, 0, 0, 0, effects);
      return;
    }
    this.#absorb(effects);
    if (this.life === life) this.#endTurn();
  }

  /** Runs the code under test; what it throws ends the process, as it does the daemon's. */
  #guarded<T>(run: () => T): T | undefined {
    try {
      return run();
    } catch (error) {
      this.crash({ lose: 'nothing' }, `failed: ${failureText(error)}`);
      return undefined;
    }
  }

  /** Effects of one input, in order: writes and what leaves wait for the commit, timers are armed at once. */
  #absorb(effects: readonly Effect[]): void {
    const { probes } = this.#env;
    const { life } = this;
    for (const effect of effects) {
      if (effect.kind === 'sealed' || effect.kind === 'refused') {
        for (const answer of this.#submissions.answers(effect)) this.#absorbOne(answer);
      } else {
        this.#absorbOne(effect);
      }
      if (this.life !== life) return;
    }
    for (const hook of probes.onTurn) hook(this.index);
  }

  #absorbOne(effect: Effect): void {
    for (const hook of this.#env.probes.onEffect) hook(this.index, effect);
    for (const filter of this.filters) if (filter.onEffect?.(effect) === 'suppress') return;
    if (effect.kind === 'timer') this.#timers.set(this.#env.kernel.nowUs, effect.name, effect.atMs);
    else this.#commits.add(effect);
  }

  /** A turn goes on while more waits, but not for long; then its writes are committed. */
  #endTurn(): void {
    const { nowUs } = this.#env.kernel;
    if (this.#jobs.length > 0 && nowUs - this.#turnStartedUs < TURN_US_MAX) return;
    this.#turnStartedUs = -1;
    this.#commits.release();
  }

  /** `flushed`: how many writes asked for a flush, and are durable now. */
  #committed(flushed: number, effects: readonly OutgoingEffect[]): void {
    const { probes, kernel } = this.#env;
    const { life } = this;
    if (flushed > 0) kernel.trace(this.index, FLUSHED, flushed);
    let copies = 0;
    for (const effect of effects) {
      if (this.life !== life) return;
      copies += this.#carryOut(effect);
      for (const hook of probes.onCarriedOut) hook(this.index, effect);
    }
    if (copies > 0) this.processor.work(kernel.nowUs, copies, 0);
  }

  /** Returns the number of copies that the processor sent. */
  #carryOut(effect: OutgoingEffect): number {
    const { send, broadcast, publish } = this.#env;
    switch (effect.kind) {
      case 'send':
        return send(this.index, effect.to, paths.indexOf(effect.channel), effect.bytes);
      case 'broadcast':
        return broadcast(this.index, paths.indexOf(effect.channel), effect.bytes);
      case 'publish':
        return publish(this.index, effect.topic, effect.bytes);
      case 'request':
        return this.#sync.ask(effect, { env: this.#env, index: this.index, life: this.life });
      case 'reply':
        return this.#sync.reply(effect.id, effect.bytes, { env: this.#env, index: this.index, life: this.life });
      case 'misbehaved':
        this.#strikes.strike(effect.from, this.#env.kernel.nowUs);
        this.#jobs.forget(effect.from);
        return 0;
      default:
        return 0;
    }
  }

  // --- sync (G2) ---------------------------------------------------------------------------------------------------

  /** Entries and final blocks come from the store, the rest takes a turn of the replica. */
  async #serve(from: NodeIndex, packet: SyncPacket): Promise<void> {
    const { kernel, reply, authorityOf, events } = this.#env;
    const { life } = this;
    const answered = await answerFromStore(this.disk.reader(), packet.bytes);
    if (this.life !== life) return;
    if (answered === undefined) {
      const id = this.#sync.serve(from, packet);
      this.#handle({ kind: 'request', nowMs: 0, id, from: authorityOf(from), bytes: packet.bytes }, 1);
      return;
    }
    const doneUs = this.processor.work(kernel.nowUs, 2, 0);
    const answer = { ...packet, bytes: answered };
    if (doneUs > kernel.nowUs)
      kernel.queue.push(doneUs, events.served, this.index, from, this.life, 0, 0, 0, 0, answer);
    else reply(this.index, from, answer);
    this.#endTurn();
  }

  /** The cost of an answer from the store has passed. */
  onServed(to: NodeIndex, packet: SyncPacket): void {
    if (this.state === 'paused') this.#held.push(() => this.onServed(to, packet));
    else this.#env.reply(this.index, to, packet);
  }
}

/** Marks a flush in the trace. */
const FLUSHED = 0x0f_f1_05_4e;
