import type { AuthorityIndex } from '../genesis/types.ts';
import type { Channel, Effect, TimerName, Write } from './effects.ts';
import { type EnvelopeKind, wrapEnvelope } from './envelope.ts';

/** Collects the effects of one input, in order. */
export class Outbox {
  #effects: Effect[] = [];
  readonly #timers = new Map<TimerName, number>();
  #pendingWrites: Write[] = [];
  #pendingFlush = false;

  emit(effect: Effect): void {
    this.#releaseWrites();
    this.#effects.push(effect);
  }

  /** Writes in a row become one `persist` effect. */
  persist(writes: readonly Write[], flush: boolean): void {
    if (writes.length === 0) return;
    this.#pendingWrites.push(...writes);
    this.#pendingFlush ||= flush;
  }

  broadcast(kind: EnvelopeKind, payload: Uint8Array, channel: Channel = 'consensus'): void {
    this.emit({ kind: 'broadcast', channel, bytes: wrapEnvelope(kind, payload) });
  }

  send(to: AuthorityIndex, kind: EnvelopeKind, payload: Uint8Array): void {
    this.emit({ kind: 'send', channel: 'consensus', to, bytes: wrapEnvelope(kind, payload) });
  }

  publish(topic: 'lanes' | 'final', kind: EnvelopeKind, payload: Uint8Array): void {
    this.emit({ kind: 'publish', topic, bytes: wrapEnvelope(kind, payload) });
  }

  /** Arms, re-arms or disarms; says nothing when nothing changes. */
  timer(name: TimerName, atMs: number | undefined): void {
    if (this.#timers.get(name) === atMs) return;
    if (atMs === undefined) this.#timers.delete(name);
    else this.#timers.set(name, atMs);
    this.emit({ kind: 'timer', name, atMs });
  }

  /** A timer fired: it is no longer armed. */
  timerFired(name: TimerName): void {
    this.#timers.delete(name);
  }

  drain(): Effect[] {
    this.#releaseWrites();
    const effects = this.#effects;
    this.#effects = [];
    return effects;
  }

  #releaseWrites(): void {
    if (this.#pendingWrites.length === 0) return;
    this.#effects.push({ kind: 'persist', writes: this.#pendingWrites, flush: this.#pendingFlush });
    this.#pendingWrites = [];
    this.#pendingFlush = false;
  }
}
