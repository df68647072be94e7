import { HansaError, limits, toHex } from '@hansa/protocol';
import { type AuthorityIndex, isVoter } from '@hansa/protocol/genesis';
import { encodeScalar, type Scalar } from '@hansa/protocol/oprf';
import {
  create,
  decodeStrict,
  encodeMessage,
  type OprfEvaluateRequest,
  type OprfEvaluation,
  OprfEvaluationSchema,
  OprfPurpose,
  type OprfReply,
  OprfReplySchema,
  OprfRequestSchema,
  safeNumber,
} from '@hansa/protocol/wire';
import type { Calculator } from './calculations.ts';
import type { EvaluationLog } from './evaluation-log.ts';
import type { KeyBook } from './key-book.ts';
import type { OprfCity, RaiseAlarm } from './ports.ts';
import { type Asked, QUOTA_MS, type Quotas } from './quotas.ts';
import { drawScalar } from './random.ts';
import type { RecordWatch } from './record-watch.ts';
import type { ShareStore } from './share-store.ts';

export const OPERATOR_BYTES = 16;
export const CASE_BYTES = 32;
export const NONCE_BYTES = 16;

interface EvaluatorParts {
  readonly city: OprfCity;
  readonly calculator: Calculator;
  readonly book: KeyBook;
  readonly store: ShareStore;
  readonly log: EvaluationLog;
  readonly quotas: Quotas;
  /** Of evaluations that a city says a record of its own stands behind. */
  readonly watch: RecordWatch;
  readonly alarm: RaiseAlarm;
  readonly nowMs: () => number;
  /** The own share of the present key. */
  readonly ownShare: () => Promise<Scalar | undefined>;
}

/** How often an evaluation is refused with the same code, for metrics. */
export type Outcomes = ReadonlyMap<string, number>;

/**
 * What stands behind the OPRF door (P2): it hands dealt shares to those they were dealt to, and evaluates for the other
 * cities: signed by them, once, within their officers' quotas, and kept before it is answered.
 */
export class Evaluator {
  readonly #parts: EvaluatorParts;
  /** Nonces of answered requests, until they are too old to be sent again. */
  readonly #nonces = new Map<string, number>();
  readonly #outcomes = new Map<string, number>();
  #evaluated = 0;

  constructor(parts: EvaluatorParts) {
    this.#parts = parts;
  }

  /** Quotas go on where they were before a restart. */
  async restore(): Promise<void> {
    const { log, quotas, nowMs } = this.#parts;
    for await (const entry of log.since(nowMs() - QUOTA_MS)) {
      if (entry.outcome === EVALUATED) quotas.add(entry, entry.atMs);
    }
  }

  /** Elements evaluated for others since the start, and how requests ended. */
  get counts(): { readonly evaluated: number; readonly outcomes: Outcomes } {
    return { evaluated: this.#evaluated, outcomes: this.#outcomes };
  }

  /** A reply for every request; refusals have a code. `from` is authenticated by the connection. */
  async answer(from: AuthorityIndex, bytes: Uint8Array): Promise<Uint8Array> {
    const reply = await this.#reply(from, bytes).catch((error: unknown): OprfReply['reply'] => {
      if (!(error instanceof HansaError)) throw error;
      this.#count(error.code);
      const refusal = { code: error.code, retryAfterMs: BigInt(error.retryAfterMs ?? 0) };
      return { case: 'refusal', value: refusal as never };
    });
    return encodeMessage(OprfReplySchema, create(OprfReplySchema, { reply }));
  }

  async #reply(from: AuthorityIndex, bytes: Uint8Array): Promise<OprfReply['reply']> {
    const decoded = decodeStrict(OprfRequestSchema, bytes, limits.oprfFrameBytesMax);
    if (!decoded.ok) throw malformed(); // guard: P2 one encoding
    const { request } = decoded.value;
    if (request.case === 'share') return this.#share(from, request.value.ceremonyId);
    if (request.case === 'evaluate') return this.#evaluate(from, request.value);
    throw malformed();
  }

  /** A city gets its own share of a deal, and nobody else's. */
  async #share(from: AuthorityIndex, ceremonyId: Uint8Array): Promise<OprfReply['reply']> {
    if (!isVoter(this.#parts.city.genesis, from)) throw askerSuspended(); // guard: P2 shares are of those who vote (C12)
    const share = ceremonyId.length === 16 ? await this.#parts.store.shareFor(ceremonyId, from) : undefined;
    if (share === undefined) {
      throw new HansaError(
        'OPRF_NOTHING_DEALT',
        'This city has nothing to give in that ceremony. Look at the present one.',
      );
    }
    return { case: 'share', value: { share: encodeScalar(share) } as never };
  }

  async #evaluate(from: AuthorityIndex, request: OprfEvaluateRequest): Promise<OprfReply['reply']> {
    const { city, calculator, book, log, quotas, nowMs, ownShare } = this.#parts;
    const evaluation = this.#checked(from, request);
    const key = book.key();
    if (key === undefined) throw refusals.otherGeneration();
    if (key.generation !== evaluation.generation) throw refusals.otherGeneration(); // guard: P2 old shares answer nothing
    const secret = await ownShare();
    const publicKey = book.publicShare(key, city.self.index);
    if (secret === undefined || publicKey === undefined) throw shareMissing();
    const asked = askedOf(from, evaluation);
    const entry = { ...asked, atMs: nowMs(), generation: key.generation };
    const exceeded = quotas.exceeded(asked, book.helpers(key, from), nowMs());
    if (exceeded !== undefined) await this.#exhausted(exceeded, entry);
    if (!this.#isNew(evaluation)) throw replayed(); // guard: P2 a request is answered once
    quotas.add(asked, nowMs());
    const context = city.domains.digest('oprf-request', request.evaluation);
    const { blinded } = evaluation;
    const share = { secret, publicKey };
    const result = await calculator.calculate({ kind: 'evaluate', share, blinded, nonce: drawScalar(), context });
    if (result === undefined) throw malformed();
    await log.note({ ...entry, outcome: EVALUATED }); // guard: P2 no evaluation that is not kept
    if (asked.purpose === 'record') this.#parts.watch.evaluated(from, asked.count, entry.atMs);
    this.#evaluated += asked.count;
    this.#count(EVALUATED);
    return { case: 'evaluated', value: { evaluated: [...result.evaluated], proof: result.proof } as never };
  }

  /** The rules that need no key: form, who asks whom, signature, time. */
  #checked(from: AuthorityIndex, { evaluation: bytes, signature }: OprfEvaluateRequest): OprfEvaluation {
    const { city, book, nowMs } = this.#parts;
    const decoded = decodeStrict(OprfEvaluationSchema, bytes, limits.oprfFrameBytesMax);
    if (!decoded.ok || !isWellFormed(decoded.value)) throw malformed(); // guard: P2 bounded, and complete
    const evaluation = decoded.value;
    const here = evaluation.evaluator === city.self.index + 1;
    if (evaluation.asker !== from + 1 || !here) throw refusals.misdirected(); // guard: P2 nobody asks in another's name
    const asker = city.genesis.authorities[from];
    const message = city.domains.message('oprf-request', bytes);
    const signed = asker !== undefined && city.crypto.ed25519.verify(signature, message, asker.credentialKey);
    if (!signed) throw refusals.unsigned(); // guard: P2 what is asked can be proven
    if (!isVoter(city.genesis, from)) throw askerSuspended(); // guard: P2 lookups are of those who vote (C12)
    if (book.quarantined(from)) throw refusals.quarantined();
    const askedAtMs = safeNumber(evaluation.askedAtMs) ?? 0;
    const old = Math.abs(nowMs() - askedAtMs) > limits.clockDriftMsMax;
    if (old) throw refusals.stale(); // guard: P2 nonces are forgotten, so old requests are refused
    return evaluation;
  }

  async #exhausted(
    what: string,
    entry: Asked & { readonly atMs: number; readonly generation: number },
  ): Promise<never> {
    const { city, log, alarm } = this.#parts;
    const code = 'OPRF_QUOTA_EXHAUSTED';
    await log.note({ ...entry, outcome: code });
    const name = city.genesis.authorities[entry.asker]?.name ?? String(entry.asker);
    alarm({
      code: 'ENUMERATION_SUSPECTED',
      message: `${name}: ${QUOTA_NAMES[what] ?? what} asked for more lookups than the federation's policy allows in an hour (officer ${entry.operator}). Ask that city why.`,
    });
    const message = `${QUOTA_NAMES[what] ?? what} has used up this city's share of the lookups of an hour. Wait, or find out why so many were made.`;
    throw new HansaError(code, message, { retryAfterMs: 60_000 });
  }

  #isNew({ nonce }: OprfEvaluation): boolean {
    const nowMs = this.#parts.nowMs();
    for (const [name, atMs] of this.#nonces) {
      // In the order of time: the rest is younger.
      if (nowMs - atMs <= 2 * limits.clockDriftMsMax) break;
      this.#nonces.delete(name);
    }
    const name = toHex(nonce);
    if (this.#nonces.has(name)) return false;
    this.#nonces.set(name, nowMs);
    return true;
  }

  #count(outcome: string): void {
    this.#outcomes.set(outcome, (this.#outcomes.get(outcome) ?? 0) + 1);
  }
}

export const EVALUATED = 'evaluated';

const QUOTA_NAMES: Readonly<Record<string, string>> = {
  officer: 'One officer',
  matter: 'One matter',
  city: 'The officers together',
  records: 'An import',
};

function isWellFormed({ operator, caseCommitment, nonce, purpose, blinded }: OprfEvaluation): boolean {
  return (
    operator.length === OPERATOR_BYTES &&
    caseCommitment.length === CASE_BYTES &&
    nonce.length === NONCE_BYTES &&
    purpose !== OprfPurpose.UNSPECIFIED &&
    blinded.length > 0 &&
    blinded.length <= limits.oprfElementsMax
  );
}

function askedOf(asker: AuthorityIndex, { operator, caseCommitment, purpose, blinded }: OprfEvaluation): Asked {
  const what = purpose === OprfPurpose.RECORD ? 'record' : 'lookup';
  return { asker, operator: toHex(operator), case: toHex(caseCommitment), purpose: what, count: blinded.length };
}

const refusals = {
  otherGeneration: () =>
    new HansaError('OPRF_GENERATION_OTHER', 'The present key is of another generation. Look at the ledger again.', {
      retryAfterMs: 500,
    }),
  misdirected: () =>
    new HansaError('OPRF_REQUEST_MISDIRECTED', 'The request is of another city, or to another one. Ask for yourself.'),
  unsigned: () =>
    new HansaError(
      'OPRF_SIGNATURE_INVALID',
      'The request is not signed by the credential key of the asking city. Sign it with that key.',
    ),
  quarantined: () =>
    new HansaError('OPRF_ASKER_QUARANTINED', 'The asking city is quarantined. The federation must decide on it first.'),
  stale: () =>
    new HansaError('OPRF_REQUEST_STALE', 'The request is from another time. Compare the clocks of the two cities.'),
} as const;

/** Of a city that votes no more (C12). Also what such a city says to itself, before it asks anybody. */
export function askerSuspended(): HansaError {
  return new HansaError(
    'OPRF_ASKER_SUSPENDED',
    'The asking city is suspended or removed, and looks nobody up. The federation must recover it first; see "hansa membership show".',
  );
}

function malformed(): HansaError {
  return new HansaError(
    'OPRF_REQUEST_MALFORMED',
    `The request is not one of this door. Send the canonical encoding with 1 to ${limits.oprfElementsMax} elements of ristretto255.`,
  );
}

function replayed(): HansaError {
  return new HansaError('OPRF_REQUEST_REPLAYED', 'The request was answered before. Draw a new nonce and ask again.');
}

function shareMissing(): HansaError {
  return new HansaError('OPRF_SHARE_MISSING', 'This city holds no share of the present key. Ask another one.');
}
