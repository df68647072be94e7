import type { AuthorityIndex } from '@hansa/protocol/genesis';
import type { Input } from '@hansa/protocol/replica';
import type { NodeIndex } from './contract.ts';
import type { SyncPacket } from './network.ts';

type WithoutTime<T> = T extends unknown ? Omit<T, 'nowMs'> : never;

/** An input whose time is filled in when its turn comes. */
export type PlainInput = WithoutTime<Input> & { nowMs: number };

/** What waits for a city's processor. */
export type Job =
  | PlainInput
  /** A gossip message that is to be verified before it is delivered and forwarded. */
  | {
      readonly kind: 'gossip';
      readonly topic: 'lanes' | 'final';
      readonly from: NodeIndex;
      readonly bytes: Uint8Array;
      readonly digest: number;
    }
  /** Another node's sync request. */
  | { readonly kind: 'serve'; readonly from: NodeIndex; readonly packet: SyncPacket };

/** As the daemon's turn loop: messages that may wait. */
const QUEUED_BYTES_MAX = 128 * 1024 * 1024;

/** First in, first out. */
export class JobQueue {
  #bytes = 0;
  #jobs: (Job | undefined)[] = [];
  #head = 0;

  get length(): number {
    return this.#jobs.length - this.#head;
  }

  /** False: too many bytes of messages wait already. */
  takes(bytes: Uint8Array): boolean {
    return this.#bytes + bytes.length <= QUEUED_BYTES_MAX;
  }

  push(job: Job): void {
    this.#bytes += messageBytes(job);
    this.#jobs.push(job);
  }

  shift(): Job | undefined {
    const job = this.#jobs[this.#head];
    if (job === undefined) return undefined;
    this.#jobs[this.#head] = undefined;
    this.#head += 1;
    this.#bytes -= messageBytes(job);
    if (this.#head === this.#jobs.length) {
      this.#jobs.length = 0;
      this.#head = 0;
    } else if (this.#head > 1024 && this.#head * 2 > this.#jobs.length) {
      this.#jobs = this.#jobs.slice(this.#head);
      this.#head = 0;
    }
    return job;
  }

  /** What an authority sent on direct streams, and waits. */
  forget(from: AuthorityIndex): void {
    const kept = this.#jobs.filter((job) => job !== undefined && !(job.kind === 'message' && job.from === from));
    this.#jobs = kept;
    this.#head = 0;
    this.#bytes = kept.reduce((sum, job) => sum + (job === undefined ? 0 : messageBytes(job)), 0);
  }

  clear(): void {
    this.#bytes = 0;
    this.#jobs.length = 0;
    this.#head = 0;
  }
}

function messageBytes(job: Job): number {
  return job.kind === 'message' || job.kind === 'gossip' ? job.bytes.length : 0;
}
