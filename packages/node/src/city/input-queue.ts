import type { AuthorityIndex } from '@hansa/protocol/genesis';
import type { Input } from '@hansa/protocol/replica';
import { Deque } from './deque.ts';

type WithoutTime<T> = T extends unknown ? Omit<T, 'nowMs'> : never;

/** An input before its time is known: it is handled at the moment of its turn. */
export type QueuedInput = WithoutTime<Input>;

type Message = Extract<QueuedInput, { kind: 'message' }>;

/**
 * Messages that may wait to be handled. More come only from peers that ignore every window; what is dropped is counted
 * and, as after any lost message, sent again (C7).
 */
const QUEUED_BYTES_MAX = 128 * 1024 * 1024;

/** Holds the place of a message: which one it is, is decided when its turn comes. */
const MESSAGE = Symbol('message');

class Sender {
  readonly messages = new Deque<Message>();
  bytes = 0;
}

/**
 * What waits to be handled, in the order in which it came; but among messages their senders take turns, one each, so that a
 * peer that sends without end delays itself and nobody else. When the room is full, whoever takes most of it loses.
 */
export class InputQueue {
  readonly #order = new Deque<QueuedInput | typeof MESSAGE>();
  readonly #senders = new Map<AuthorityIndex, Sender>();
  /** Senders of whom messages wait, the next one first. */
  readonly #turns = new Deque<AuthorityIndex>();
  readonly #bytesMax: number;
  #bytes = 0;

  constructor(bytesMax = QUEUED_BYTES_MAX) {
    this.#bytesMax = bytesMax;
  }

  get empty(): boolean {
    return this.#order.length === 0;
  }

  /** Returns how many messages had to be dropped for it, itself perhaps. */
  push(input: QueuedInput): number {
    if (input.kind !== 'message') {
      this.#order.push(input);
      return 0;
    }
    const sender = this.#sender(input.from);
    const { length } = input.bytes;
    let dropped = 0;
    while (this.#bytes + length > this.#bytesMax) {
      dropped += 1;
      const largest = this.#largest();
      // guard: G1 a flood drops its own messages, not those of others
      if (largest === undefined || largest.bytes <= sender.bytes + length) return dropped;
      const message = largest.messages.pop();
      this.#count(largest, -(message?.bytes.length ?? 0));
    }
    if (sender.messages.length === 0) this.#turns.push(input.from);
    sender.messages.push(input);
    this.#count(sender, length);
    this.#order.push(MESSAGE);
    return dropped;
  }

  shift(): QueuedInput | undefined {
    for (;;) {
      const input = this.#order.shift();
      if (input !== MESSAGE) return input;
      const message = this.#nextMessage();
      if (message !== undefined) return message;
    }
  }

  /** Forgets the messages of a sender. */
  forget(from: AuthorityIndex): void {
    const sender = this.#sender(from);
    this.#count(sender, -sender.bytes);
    sender.messages.clear();
  }

  #nextMessage(): Message | undefined {
    for (let from = this.#turns.shift(); from !== undefined; from = this.#turns.shift()) {
      const sender = this.#sender(from);
      const message = sender.messages.shift();
      if (message === undefined) continue;
      this.#count(sender, -message.bytes.length);
      if (sender.messages.length > 0) this.#turns.push(from);
      return message;
    }
    return undefined;
  }

  #sender(from: AuthorityIndex): Sender {
    let sender = this.#senders.get(from);
    if (sender === undefined) {
      sender = new Sender();
      this.#senders.set(from, sender);
    }
    return sender;
  }

  #count(sender: Sender, bytes: number): void {
    sender.bytes += bytes;
    this.#bytes += bytes;
  }

  #largest(): Sender | undefined {
    let largest: Sender | undefined;
    for (const sender of this.#senders.values()) {
      if (sender.messages.length > 0 && sender.bytes > (largest?.bytes ?? 0)) largest = sender;
    }
    return largest;
  }
}
