import { concatBytes } from '@hansa/protocol';
import type { Store } from '@hansa/protocol/replica';
import type { AnswerStore } from './ports.ts';

/** How long an answer is kept for its Idempotency-Key: longer than any client goes on retrying. */
export const answerKeptMs = 24 * 60 * 60 * 1000;

const table = { answers: 1, ages: 2 } as const;
const AGE_BYTES = 6;
/** Two for each new one, so that the table shrinks after a burst and no request pays for many. */
const forgottenPerPut = 2;

/** Answers in a store of their own. Survives restarts; forgets what is older than a day. */
export class StoredAnswers implements AnswerStore {
  readonly #store: Store;
  readonly #nowMs: () => number;

  constructor(store: Store, nowMs: () => number = Date.now) {
    this.#store = store;
    this.#nowMs = nowMs;
  }

  async get(key: Uint8Array): Promise<Uint8Array | undefined> {
    const value = await this.#store.get(prefixed(table.answers, key));
    if (value === undefined || readAge(value) + answerKeptMs <= this.#nowMs()) return undefined;
    return value.subarray(AGE_BYTES);
  }

  async put(key: Uint8Array, value: Uint8Array, flush = true): Promise<void> {
    const age = writeAge(this.#nowMs());
    const forgotten: Uint8Array[] = [];
    const oldest = {
      gte: prefixed(table.ages, new Uint8Array(0)),
      lt: prefixed(table.ages, writeAge(this.#nowMs() - answerKeptMs)),
    };
    for await (const [ageKey] of this.#store.range({ ...oldest, limit: forgottenPerPut })) {
      forgotten.push(ageKey, prefixed(table.answers, ageKey.subarray(1 + AGE_BYTES)));
    }
    await this.#store.commit(
      [
        ...forgotten.map((old) => ({ key: old, value: undefined })),
        { key: prefixed(table.answers, key), value: concatBytes(age, value) },
        { key: prefixed(table.ages, concatBytes(age, key)), value: new Uint8Array(1) },
      ],
      flush,
    );
  }
}

function prefixed(number: number, key: Uint8Array): Uint8Array {
  return concatBytes(Uint8Array.of(number), key);
}

/** Milliseconds, 6 bytes big endian, so that byte order is age order. */
function writeAge(ms: number): Uint8Array {
  const age = Buffer.alloc(AGE_BYTES);
  age.writeUIntBE(Math.max(0, ms), 0, AGE_BYTES);
  return age;
}

function readAge(value: Uint8Array): number {
  return Buffer.from(value.buffer, value.byteOffset, AGE_BYTES).readUIntBE(0, AGE_BYTES);
}
