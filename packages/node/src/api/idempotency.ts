import { createHash, createHmac, randomBytes } from 'node:crypto';
import { HansaError, limits, u32be } from '@hansa/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
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
   * What the requestIds of its records follow from. Keyed with a secret of this city: a body may hold an account number,
   * and requestIds stand on the lane, where everybody could otherwise try them all (P1).
   */
  readonly seed: Uint8Array;
}

interface KeptAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

const FINGERPRINT_BYTES = 32;
const SECRET_BYTES = 32;
const retryWhileInUseMs = 500;
/** Answers that say "later" or "not you" are no answers to the request itself. */
const notKept = new Set([401, 403, 408, 409, 429]);

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
  const name = digestOf('hansa/1/idempotency', request.role ?? 'open', key);
  const fingerprint = digestOf(request.method, request.url, body);
  const seed = createHmac('sha256', secret).update(name).update(fingerprint).digest();
  return { name, fingerprint, seed };
}

/**
 * 16-byte requestIds for the records of a request (R2). Under an Idempotency-Key they follow from it, so that a retry
 * after a crash, when the answer was not kept yet, has no second effect on the ledger either.
 */
export function requestIdOf(claim: Claim | undefined, index = 0): Uint8Array {
  if (claim === undefined) return randomBytes(limits.requestIdBytes);
  return digestOf('hansa/1/request-id', claim.seed, u32be(index)).subarray(0, limits.requestIdBytes);
}

/** Keeps the answers of POST requests that carry an Idempotency-Key, and gives them again. */
export class Idempotency {
  readonly #answers: AnswerStore;
  readonly #secret: Uint8Array;
  readonly #inUse = new Set<string>();

  private constructor(answers: AnswerStore, secret: Uint8Array) {
    this.#answers = answers;
    this.#secret = secret;
  }

  /** The secret is made once and stays with the answers. */
  static async open(answers: AnswerStore): Promise<Idempotency> {
    const name = digestOf('hansa/1/idempotency-secret');
    let secret = await answers.get(name);
    if (secret === undefined) {
      secret = randomBytes(SECRET_BYTES);
      await answers.put(name, secret);
    }
    return new Idempotency(answers, secret);
  }

  claimOf(request: FastifyRequest): Claim | undefined {
    return claimOf(request, this.#secret);
  }

  /** The answer kept for the claim. Throws IDEMPOTENCY_KEY_REUSED when it is about another request. */
  async kept(claim: Claim): Promise<KeptAnswer | undefined> {
    const kept = await this.#answers.get(claim.name);
    if (kept === undefined) return undefined;
    if (!Buffer.from(claim.fingerprint).equals(kept.subarray(0, FINGERPRINT_BYTES))) {
      throw new HansaError(
        'IDEMPOTENCY_KEY_REUSED',
        'This Idempotency-Key was used for a request with another path or body. Use a new key for a new request.',
      );
    }
    return JSON.parse(Buffer.from(kept.subarray(FINGERPRINT_BYTES)).toString('utf8')) as KeptAnswer;
  }

  async has(claim: Claim): Promise<boolean> {
    return (await this.#answers.get(claim.name)) !== undefined;
  }

  async keep(claim: Claim, answer: KeptAnswer): Promise<void> {
    const text = Buffer.from(JSON.stringify(answer), 'utf8');
    await this.#answers.put(claim.name, Buffer.concat([claim.fingerprint, text]));
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
    app.addHook('onSend', async (request, reply, payload) => {
      const claim = request.idempotency;
      if (claim !== undefined && reply.statusCode < 500 && !notKept.has(reply.statusCode)) {
        const body =
          typeof payload === 'string' ? Buffer.from(payload, 'utf8') : Buffer.isBuffer(payload) ? payload : undefined;
        if (body !== undefined) {
          const contentType = String(reply.getHeader('content-type') ?? 'application/json');
          await this.keep(claim, { status: reply.statusCode, contentType, body: body.toString('base64') });
        }
      }
      return payload;
    });
    // After the answer, or when the client went away before it.
    const release = async (request: FastifyRequest) => {
      if (request.idempotency !== undefined) this.end(request.idempotency);
      request.idempotency = undefined;
    };
    app.addHook('onResponse', release);
  }
}

function replay(reply: FastifyReply, kept: KeptAnswer): FastifyReply {
  return reply
    .code(kept.status)
    .header('idempotency-replayed', 'true')
    .type(kept.contentType)
    .send(Buffer.from(kept.body, 'base64'));
}
