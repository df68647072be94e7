import { randomBytes } from 'node:crypto';
import { HansaError, limits, toHex } from '@hansa/protocol';
import type { OprfKey } from '@hansa/protocol/families';
import { type AuthorityIndex, isVoter } from '@hansa/protocol/genesis';
import type { Blinded, Partial as PartialEvaluation, Scalar } from '@hansa/protocol/oprf';
import {
  type Subject,
  type SubjectTagger,
  subjectInput,
  subjectTag,
  type TagContext,
  type TagFamily,
} from '@hansa/protocol/subjects';
import {
  create,
  decodeStrict,
  encodeMessage,
  OprfEvaluationSchema,
  OprfPurpose,
  OprfReplySchema,
  OprfRequestSchema,
} from '@hansa/protocol/wire';
import type { Calculator } from './calculations.ts';
import { askerSuspended, NONCE_BYTES } from './evaluator.ts';
import type { KeyBook } from './key-book.ts';
import type { OprfCity, RaiseAlarm } from './ports.ts';
import { HourlyCounts } from './quotas.ts';
import { breathe, drawScalar } from './random.ts';
import { TagCache } from './tag-cache.ts';

const ASK_TIMEOUT_MS = 10_000;
/** Batches of one request for tags that are under way at a time: every evaluator has some to do. */
const BATCHES_MAX = 6;
/** An evaluator whose proof was wrong is left alone for so long. */
const STRUCK_MS = 10 * 60_000;
/** The key may change between the look at the ledger and the evaluator's. */
const ATTEMPTS_MAX = 4;
const noKeyRetryMs = 1_000;
const retryMs = 2_000;

interface AskerParts {
  readonly city: OprfCity;
  readonly calculator: Calculator;
  readonly book: KeyBook;
  /** Signs what is asked. */
  readonly credentialSecret: Uint8Array;
  readonly ownShare: () => Promise<Scalar | undefined>;
  readonly alarm: RaiseAlarm;
  readonly nowMs: () => number;
}

/**
 * Subjects become tags with the help of other cities (P2). Each batch goes, blinded, to as many evaluators as the
 * threshold asks for, the own share among them; one that refuses, does not answer or proves wrongly is replaced by another.
 */
export class Asker implements SubjectTagger {
  readonly #parts: AskerParts;
  readonly #cache: TagCache;
  readonly #struck = new Map<AuthorityIndex, number>();
  /** What each evaluator was asked for an officer, and for a matter: it grants each a share of the quota only. */
  readonly #asked = new HourlyCounts();
  #turn = 0;

  constructor(parts: AskerParts) {
    this.#parts = parts;
    this.#cache = new TagCache(parts.nowMs);
  }

  /**
   * Errors, all but the last with `retryAfterMs`: OPRF_NO_KEY before the first ceremony is settled, OPRF_QUOTA_EXHAUSTED,
   * OPRF_TOO_FEW_EVALUATORS; OPRF_ASKER_SUSPENDED of a city that does not vote (C12), which nobody would answer.
   */
  async tag(family: TagFamily, subjects: readonly Subject[], context: TagContext): Promise<readonly Uint8Array[]> {
    const { genesis, self } = this.#parts.city;
    if (!isVoter(genesis, self.index)) throw askerSuspended();
    const tags = new Map<string, Uint8Array>();
    const missing = new Map<string, Subject>();
    for (const subject of subjects) {
      const name = `${subject.kind}:${subject.number}`;
      const known = this.#cache.get(family, name, context);
      if (known === undefined) missing.set(name, subject);
      else tags.set(name, known);
    }
    // Lookups go alone: those of an officer spread evenly over the evaluators, each of which grants a share.
    const sizeMax = context.purpose === 'lookup' ? 1 : limits.oprfElementsMax;
    const batches = batchesOf([...missing.entries()], sizeMax);
    const work = batches.values();
    const carry = async (): Promise<void> => {
      for (const batch of work) {
        const made = await this.#batch(
          family,
          batch.map(([, subject]) => subject),
          context,
        );
        for (const [i, [name]] of batch.entries()) {
          const tag = made[i] as Uint8Array;
          tags.set(name, tag);
          this.#cache.set(family, name, context, tag);
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(BATCHES_MAX, batches.length) }, carry));
    return subjects.map(({ kind, number }) => tags.get(`${kind}:${number}`) as Uint8Array);
  }

  async #batch(family: TagFamily, subjects: readonly Subject[], context: TagContext): Promise<Uint8Array[]> {
    const { calculator, city } = this.#parts;
    await breathe();
    const inputs = await calculator.calculate({
      kind: 'blind',
      inputs: subjects.map((subject) => subjectInput(family, subject)),
      blinds: subjects.map(() => drawScalar()),
    });
    for (let attempt = 1; ; attempt++) {
      const outputs = await this.#evaluated(inputs, context, attempt);
      if (outputs !== undefined) return outputs.map((output) => subjectTag(city.domains, family, output));
    }
  }

  /** Outputs in order; undefined when the key changed meanwhile. */
  async #evaluated(
    inputs: readonly Blinded[],
    context: TagContext,
    attempt: number,
  ): Promise<readonly Uint8Array[] | undefined> {
    const { book, city, calculator, ownShare, nowMs } = this.#parts;
    const key = book.key();
    if (key === undefined) throw noKey();
    const secret = await ownShare();
    const own = secret === undefined ? undefined : { authority: city.self.index, secret };
    const asking = new Asking(this.#candidates(key, context), key.threshold - (own === undefined ? 0 : 1));
    const elements = inputs.map(({ element }) => element);
    await asking.run(async (evaluator) => {
      if (context.purpose === 'lookup') {
        for (const name of countedNames(evaluator, context)) this.#asked.add(name, elements.length, nowMs());
      }
      const evaluated = await this.#ask(key, evaluator, elements, context);
      return { authority: evaluator, evaluated };
    });
    if (asking.partials.length < asking.wanted) {
      const changed = book.key()?.generation !== key.generation || asking.refusals.includes('OPRF_GENERATION_OTHER');
      if (!changed || attempt >= ATTEMPTS_MAX) throw this.#tooFew(asking);
      await new Promise((resolve) => setTimeout(resolve, 300 * attempt));
      return undefined;
    }
    await breathe();
    const { partials } = asking;
    const outputs = await calculator.calculate({ kind: 'finalize', inputs, partials, own });
    if (outputs === undefined) throw new Error('invariant broken: verified evaluations cannot be combined');
    return outputs;
  }

  /**
   * Connected ones first, of these those that were asked least for this officer and matter, of these another one at the
   * beginning each time, so that all have as much to do.
   */
  #candidates(key: OprfKey, context: TagContext): AuthorityIndex[] {
    const { city, nowMs } = this.#parts;
    const others = key.evaluators.filter(
      (each) => each !== city.self.index && nowMs() >= (this.#struck.get(each) ?? 0),
    );
    this.#turn += 1;
    const start = others.length === 0 ? 0 : this.#turn % others.length;
    const turned = [...others.slice(start), ...others.slice(0, start)].map((each) => {
      const counts = countedNames(each, context).map((name) => this.#asked.count(name, nowMs()));
      return { each, asked: Math.max(...counts), away: city.connected(each) ? 0 : 1 };
    });
    return turned.sort((a, b) => a.away - b.away || a.asked - b.asked).map(({ each }) => each);
  }

  /** The verified evaluation of one city. Throws its refusal, the network's error, or OPRF_EVALUATOR_LIED. */
  async #ask(
    key: OprfKey,
    evaluator: AuthorityIndex,
    blinded: readonly Uint8Array[],
    context: TagContext,
  ): Promise<readonly Uint8Array[]> {
    const { city, book, calculator, credentialSecret, nowMs } = this.#parts;
    const publicKey = book.publicShare(key, evaluator);
    if (publicKey === undefined) throw new HansaError('OPRF_NO_KEY', 'The key of the ledger cannot be read.');
    const evaluation = encodeMessage(
      OprfEvaluationSchema,
      create(OprfEvaluationSchema, {
        evaluator: evaluator + 1,
        asker: city.self.index + 1,
        generation: key.generation,
        purpose: context.purpose === 'lookup' ? OprfPurpose.LOOKUP : OprfPurpose.RECORD,
        operator: context.operator,
        caseCommitment: context.caseCommitment,
        nonce: new Uint8Array(randomBytes(NONCE_BYTES)),
        askedAtMs: BigInt(nowMs()),
        blinded: [...blinded],
      }),
    );
    const signature = city.crypto.ed25519.sign(city.domains.message('oprf-request', evaluation), credentialSecret);
    const request = create(OprfRequestSchema, { request: { case: 'evaluate', value: { evaluation, signature } } });
    const bytes = await city.ask(evaluator, encodeMessage(OprfRequestSchema, request), ASK_TIMEOUT_MS);
    const reply = decodeStrict(OprfReplySchema, bytes, limits.oprfFrameBytesMax);
    const answer = reply.ok ? reply.value.reply : undefined;
    if (answer?.case === 'refusal') throw refused(answer.value.code, Number(answer.value.retryAfterMs));
    if (answer?.case !== 'evaluated') throw this.#lied(evaluator);
    await breathe();
    const { evaluated, proof } = answer.value;
    const proofContext = city.domains.digest('oprf-request', evaluation);
    const statement = { publicKey, blinded, evaluated, context: proofContext };
    const proven = await calculator.calculate({ kind: 'verify', statement, proof });
    if (!proven) throw this.#lied(evaluator); // guard: P2 a wrong share is caught, and named
    return evaluated;
  }

  #lied(evaluator: AuthorityIndex): HansaError {
    const { city, alarm, nowMs } = this.#parts;
    this.#struck.set(evaluator, nowMs() + STRUCK_MS);
    const name = city.genesis.authorities[evaluator]?.name ?? String(evaluator);
    const message = `${name} answered with an evaluation that it cannot prove. It is not asked for ten minutes; call that city.`;
    alarm({ code: 'OPRF_EVALUATOR_LIED', message });
    return new HansaError('OPRF_EVALUATOR_LIED', message);
  }

  #tooFew({ refusals, exhausted, wanted, partials }: Asking): HansaError {
    if (exhausted !== undefined) return exhausted;
    const why = refusals.length === 0 ? '' : ` (${[...new Set(refusals)].join(', ')})`;
    return new HansaError(
      'OPRF_TOO_FEW_EVALUATORS',
      `Only ${partials.length} of the ${wanted} other cities that are needed helped to look the subject up${why}. Wait until more cities are connected, and ask again.`,
      { retryAfterMs: retryMs },
    );
  }
}

/** One batch on its way: asks as many evaluators at a time as are still wanted, until there are enough or none are left. */
class Asking {
  readonly wanted: number;
  readonly partials: PartialEvaluation[] = [];
  /** Codes of those who did not help. */
  readonly refusals: string[] = [];
  exhausted: HansaError | undefined;
  readonly #candidates: AuthorityIndex[];

  constructor(candidates: readonly AuthorityIndex[], wanted: number) {
    this.#candidates = [...candidates];
    this.wanted = Math.max(0, wanted);
  }

  async run(ask: (evaluator: AuthorityIndex) => Promise<PartialEvaluation>): Promise<void> {
    const fill = async (): Promise<void> => {
      for (;;) {
        const evaluator = this.#candidates.shift();
        if (evaluator === undefined) return;
        try {
          this.partials.push(await ask(evaluator));
          return;
        } catch (error) {
          if (!(error instanceof HansaError)) throw error;
          this.refusals.push(error.code);
          if (error.code === 'OPRF_QUOTA_EXHAUSTED') this.exhausted = error;
        }
      }
    };
    await Promise.all(Array.from({ length: this.wanted }, fill));
  }
}

function countedNames(evaluator: AuthorityIndex, { operator, caseCommitment }: TagContext): string[] {
  return [`o/${evaluator}/${toHex(operator)}`, `m/${evaluator}/${toHex(caseCommitment)}`];
}

function batchesOf<T>(items: readonly T[], sizeMax: number): T[][] {
  const batches: T[][] = [];
  for (let i = 0; i < items.length; i += sizeMax) batches.push(items.slice(i, i + sizeMax));
  return batches;
}

function noKey(): HansaError {
  return new HansaError(
    'OPRF_NO_KEY',
    'The federation has no OPRF key yet, so nobody can be looked up. The cities make it by themselves when enough of them are connected; see "hansa oprf status".',
    { retryAfterMs: noKeyRetryMs },
  );
}

/** A refusal of the other city: its code is only believed to be one. */
function refused(code: string, retryAfterMs: number): HansaError {
  const known = /^[A-Z][A-Z_]{2,40}$/.test(code) ? code : 'OPRF_REQUEST_MALFORMED';
  const wait =
    Number.isSafeInteger(retryAfterMs) && retryAfterMs > 0 ? { retryAfterMs: Math.min(retryAfterMs, 60_000) } : {};
  if (known === 'OPRF_QUOTA_EXHAUSTED') {
    return new HansaError(
      known,
      'The lookups of this officer, or of this matter, are used up for this hour. Wait, or ask the supervisor why so many were made.',
      wait,
    );
  }
  return new HansaError(known, 'The other city refused the request. Ask another one.', wait);
}
