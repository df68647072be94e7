import {
  type AccessAsked,
  accessRequestDigest,
  type DeliveryAsked,
  encodeAccessAnswer,
  encodeAccessReceipt,
  encodeAccessRequest,
  type NoticeAsked,
  type ReadAsked,
  signAccessAnswer,
  signAccessRequest,
  type VerifiedAccess,
  verifyAccessReceipt,
} from '../src/access/index.ts';
import { u32be, utf8 } from '../src/bytes.ts';
import { unwrap } from '../src/errors.ts';
import type { TestFederation } from './federation.ts';

/** Accesses between the cities of a test federation; whatever is not said follows from the number of the access. */
export class AccessFixture {
  readonly federation: Pick<TestFederation, 'genesis' | 'domains' | 'crypto' | 'credentialSecrets'>;

  constructor(federation: AccessFixture['federation']) {
    this.federation = federation;
  }

  get context() {
    const { genesis, domains, crypto } = this.federation;
    return { genesis, domains, crypto };
  }

  digest(text: string): Uint8Array {
    return this.federation.crypto.sha256(utf8(text));
  }

  /** City 1 reads what city 0 holds, under a consent. */
  read(changes: Partial<ReadAsked> = {}): ReadAsked {
    return {
      ...this.#common(1, 0),
      kind: 'read',
      basis: {
        kind: 'consent',
        consentId: this.digest('consent').slice(0, 16),
        purpose: 1,
        use: { lane: changes.asker ?? 1, sequence: 7, position: 0 },
      },
      caseCommitment: this.digest('case'),
      operator: this.digest('operator').slice(0, 16),
      ...changes,
    };
  }

  /** City 0 hands a payload over to city 1. */
  delivery(changes: Partial<DeliveryAsked> = {}): DeliveryAsked {
    return {
      ...this.#common(0, 1),
      ...{ kind: 'delivery', consentId: this.digest('consent').slice(0, 16), purpose: 1 },
      ...changes,
    };
  }

  /** City 0 tells city 1 to forget. */
  notice(changes: Partial<NoticeAsked> = {}): NoticeAsked {
    return { ...this.#common(0, 1), kind: 'notice', reason: 1, ...changes };
  }

  /** `AccessReceipt` bytes; signed by whom the request names unless other signers are said. */
  receipt(
    asked: AccessAsked,
    answer: { refused?: string; atMs?: number; digest?: Uint8Array } = {},
    signers: { asker?: number; answerer?: number } = {},
  ): Uint8Array {
    const { crypto, domains, credentialSecrets } = this.federation;
    const secretOf = (city: number) => credentialSecrets[city] as Uint8Array;
    const request = encodeAccessRequest(asked);
    const answered = encodeAccessAnswer({
      requestDigest: answer.digest ?? accessRequestDigest(domains, request),
      refused: answer.refused,
      answeredAtMs: answer.atMs ?? asked.askedAtMs,
    });
    return encodeAccessReceipt({
      request,
      requestSignature: signAccessRequest(crypto, domains, request, secretOf(signers.asker ?? asked.asker)),
      answer: answered,
      answerSignature: signAccessAnswer(crypto, domains, answered, secretOf(signers.answerer ?? asked.answerer)),
    });
  }

  /** A good receipt with its number in the nonce, dated `atMs`. */
  access(number: number, atMs: number, changes: Partial<ReadAsked> = {}): VerifiedAccess {
    const nonce = this.digest(`nonce ${number}`).slice(0, 16);
    return unwrap(verifyAccessReceipt(this.context, this.receipt(this.read({ nonce, askedAtMs: atMs, ...changes }))));
  }

  #common(asker: number, answerer: number) {
    return {
      ...{ asker, answerer },
      record: { lane: 0, sequence: 3, position: 2 },
      commitment: this.digest('payload'),
      nonce: this.federation.crypto.sha256(u32be(1)).slice(0, 16),
      askedAtMs: 1_795_000_000_000,
    };
  }
}
