import { createHash, createHmac, randomBytes } from 'node:crypto';
import { concatBytes, HansaError, limits, toHex, u32be } from '@hansa/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Attempt, decodeDoing, encodeDoing } from '../services/attempt.ts';
import type { AnswerStore } from './ports.ts';
import type { Role } from './roles.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the token check; undefined on open routes. */
    role: Role | undefined;
    /** SHA-256 of the body's bytes, as they came. */
    bodyDigest: Uint8Array | undefined;
    idempotency: Claim | undefined;
  }
}

/** One use of an Idempotency-Key: what it is about, and under which name its answer is kept. */
export interface Claim {
  /** Of the role and the key: a role never sees the answers of another. */
  readonly name: Uint8Array;
  /** Of the request: method, URL and body. */
  readonly fingerprint: Uint8Array;
  /**
   * What the requestIds of its records follow from. Keyed with the city's secret: a body may hold an account number, and
   * requestIds stand on the lane, where everybody could otherwise try them all (P1).
   */
  readonly seed: Uint8Array;
}

/** An answer as it went out. */
export interface KeptAnswer {
  readonly status: number;
  readonly contentType: string;
  /** In base64. */
  readonly body: string;
}

/** Of a private answer no more is kept than which request it was to. */
const NO_ANSWER = new Uint8Array(0);

const FINGERPRINT_BYTES = 32;
const retryWhileInUseMs = 500;
/** Answers that say "not yet", "later" or "not you" are no answers to the request itself. */
const notKept = new Set([202, 401, 403, 408, 409, 429]);

/** SHA-256 over parts, each behind its length, so that no two lists of parts look alike. */
function digestOf(...parts: readonly (string | Uint8Array)[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'utf8') : part;
    hash.update(u32be(bytes.length)).update(bytes);
  }
  return hash.digest();
}

/** The claim of a request's Idempotency-Key; undefined without one. Throws IDEMPOTENCY_KEY_INVALID. */
function claimOf(request: FastifyRequest, secret: Uint8Array): Claim | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,128}$/.test(key)) {
    throw new HansaError(
      'IDEMPOTENCY_KEY_INVALID',
      'Idempotency-Key must be 1 to 128 visible ASCII characters, for instance a UUID. Correct the header.',
    );
  }
  const body = request.bodyDigest ?? new Uint8Array(0);
  // A holder never sees the answers of another holder.
  const caller = request.holder === undefined ? (request.role ?? 'open') : `holder/${toHex(request.holder.publicKey)}`;
  const name = digestOf('hansa/1/idempotency', caller, key);
  const fingerprint = digestOf(request.method, request.url, body);
  const seed = createHmac('sha256', secret).update(name).update(fingerprint).digest();
  return { name, fingerprint, seed };
}

/**
 * 16-byte requestIds for the records of a request (R2). Under an Idempotency-Key they follow from it, so that a retry
 * has no second effect on the ledger even when nothing else of the first attempt is left.
 */
export function requestIdOf(claim: Claim, index: number): Uint8Array {
  return digestOf('hansa/1/request-id', claim.seed, u32be(index)).subarray(0, limits.requestIdBytes);
}

/** Keeps the answers of POST requests that carry an Idempotency-Key, and gives them again. */
export class Idempotency {
  readonly #answers: AnswerStore;
  readonly #secret: Uint8Array;
  readonly #inUse = new Set<string>();
  /** Claims whose records are on the lane: whatever is answered then is the ledger's verdict. */
  readonly #sealed = new WeakSet<Claim>();

  /** `citySecret`: at least 32 bytes, the same for the life of the city. */
  constructor(answers: AnswerStore, citySecret: Uint8Array) {
    this.#answers = answers;
    this.#secret = createHmac('sha256', citySecret).update('hansa/1/idempotency').digest();
  }

  claimOf(request: FastifyRequest): Claim | undefined {
    return claimOf(request, this.#secret);
  }

  /** The answer kept for the claim. Throws IDEMPOTENCY_KEY_REUSED when it is about another request. */
  async kept(claim: Claim): Promise<KeptAnswer | undefined> {
    const kept = await this.#answers.get(claim.name);
    if (kept === undefined) return undefined;
    requireSame(claim, kept);
    if (kept.length === FINGERPRINT_BYTES) return undefined;
    return JSON.parse(Buffer.from(kept.subarray(FINGERPRINT_BYTES)).toString('utf8')) as KeptAnswer;
  }

  /** What the services know a request by from one attempt to the next. */
  attemptOf(request: FastifyRequest): Attempt {
    const claim = request.idempotency;
    if (claim === undefined) return newAttempt();
    const key = digestOf('hansa/1/doing', claim.name);
    return {
      requestId: (index = 0) => requestIdOf(claim, index),
      earlier: async () => {
        const row = await this.#answers.get(key);
        if (row === undefined) return undefined;
        requireSame(claim, row);
        const doing = decodeDoing(row.subarray(FINGERPRINT_BYTES));
        if (doing.first !== undefined) this.#sealed.add(claim);
        return doing;
      },
      note: async (doing) => {
        const located = doing.first !== undefined;
        if (located) this.#sealed.add(claim);
        // A location that is lost in a crash is found again on the lane.
        await this.#answers.put(key, concatBytes(claim.fingerprint, encodeDoing(doing)), !located);
      },
    };
  }

  async has(claim: Claim): Promise<boolean> {
    return (await this.#answers.get(claim.name)) !== undefined;
  }

  /** Without an answer: the request is known, and is done again when it comes again. */
  async keep(claim: Claim, answer?: KeptAnswer): Promise<void> {
    const text = answer === undefined ? NO_ANSWER : Buffer.from(JSON.stringify(answer), 'utf8');
    // When its records are on the lane the answer follows from them: lost in a power failure, a retry gets it again (R2).
    const isOnLane = this.#sealed.has(claim);
    await this.#answers.put(claim.name, Buffer.concat([claim.fingerprint, text]), !isOnLane);
  }

  /** Throws IDEMPOTENCY_KEY_IN_USE while the same key is being worked on. */
  begin(claim: Claim): void {
    const name = Buffer.from(claim.name).toString('hex');
    if (this.#inUse.has(name)) {
      throw new HansaError(
        'IDEMPOTENCY_KEY_IN_USE',
        'A request with this Idempotency-Key is still being worked on. Wait for its answer, or send the same again later.',
        { retryAfterMs: retryWhileInUseMs },
      );
    }
    this.#inUse.add(name);
  }

  end(claim: Claim): void {
    this.#inUse.delete(Buffer.from(claim.name).toString('hex'));
  }

  /** A refusal of what was never sealed is none: when its cause is gone, the same request may go through. */
  #isAnswer(claim: Claim, status: number): boolean {
    if (status >= 500 || notKept.has(status)) return false;
    return status < 400 || this.#sealed.has(claim);
  }

  /** Hooks for every POST route whose body is read whole. Streamed bodies use the methods above themselves. */
  install(app: FastifyInstance): void {
    app.addHook('preHandler', async (request, reply) => {
      if (request.method !== 'POST' || request.routeOptions.config.streams === true) return;
      const claim = this.claimOf(request);
      if (claim === undefined) return;
      this.begin(claim);
      try {
        const kept = await this.kept(claim);
        if (kept === undefined) {
          request.idempotency = claim;
          return;
        }
        this.end(claim);
        return replay(reply, kept);
      } catch (error) {
        // The refusal of a reused key must not take the place of the first answer.
        this.end(claim);
        throw error;
      }
    });
    // Here and not after the response: the work is done now, also when the client went away long ago.
    app.addHook('onSend', async (request, reply, payload) => {
      const claim = request.idempotency;
      if (claim === undefined) return payload;
      request.idempotency = undefined;
      try {
        if (request.routeOptions.config.privateAnswer === true && reply.statusCode < 400) {
          await this.keep(claim); // guard: P1 what was opened lies nowhere in clear, and is gone with its consent
        } else if (this.#isAnswer(claim, reply.statusCode)) {
          const body =
            typeof payload === 'string' ? Buffer.from(payload, 'utf8') : Buffer.isBuffer(payload) ? payload : undefined;
          if (body !== undefined) {
            const contentType = String(reply.getHeader('content-type') ?? 'application/json');
            await this.keep(claim, { status: reply.statusCode, contentType, body: body.toString('base64') });
          }
        }
      } finally {
        this.end(claim);
      }
      return payload;
    });
  }
}

/** Of a request without a key: it has no earlier attempt, and leaves nothing for a later one. */
function newAttempt(): Attempt {
  const ids = new Map<number, Uint8Array>();
  return {
    requestId: (index = 0) => {
      const id = ids.get(index) ?? randomBytes(limits.requestIdBytes);
      ids.set(index, id);
      return id;
    },
    earlier: async () => undefined,
    note: async () => undefined,
  };
}

/** Throws IDEMPOTENCY_KEY_REUSED when what was kept under the key is of another request. */
function requireSame(claim: Claim, kept: Uint8Array): void {
  if (Buffer.from(claim.fingerprint).equals(kept.subarray(0, FINGERPRINT_BYTES))) return;
  throw new HansaError(
    'IDEMPOTENCY_KEY_REUSED',
    'This Idempotency-Key was used for a request with another path or body. Use a new key for a new request.',
  );
}

/** The kept answer, with a header that says so. */
export function replay(reply: FastifyReply, kept: KeptAnswer): FastifyReply {
  return reply
    .code(kept.status)
    .header('idempotency-replayed', 'true')
    .type(kept.contentType)
    .send(Buffer.from(kept.body, 'base64'));
}
