import { equalBytes, HansaError } from '@hansa/protocol';
import { certificateFactKey, readCertificateFact } from '@hansa/protocol/families';
import { credentialKeySince } from '@hansa/protocol/genesis';
import type { AsOf, CertificateDocument, CityPort, RegistryPort } from '../api/ports.ts';
import { issueCredential } from '../credential/issue.ts';
import { Turn } from '../registry/turn.ts';
import { readCode } from './certificates.ts';
import type { Clock } from './clock.ts';
import { asOfView, type CertificateView, certificateView } from './views.ts';

/** What a holder gets of the own certificate, at any city; the copy and the document at the one that issued it. */
export interface HolderCertificate {
  readonly certificate: CertificateView;
  readonly asOf: AsOf;
  /** A fresh receipt of its status. */
  readonly receipt: Uint8Array;
  readonly credential?: string;
  readonly document?: CertificateDocument;
}

/** The holder's side of certificates: whoever has the key of one needs no token and no officer to see it. */
export class HolderService {
  readonly #city: CityPort;
  readonly #registry: RegistryPort;
  readonly #clock: Clock;
  readonly #credentialKey: Uint8Array;
  readonly #turn = new Turn();

  constructor(city: CityPort, registry: RegistryPort, clock: Clock, credentialKey: Uint8Array) {
    this.#city = city;
    this.#registry = registry;
    this.#clock = clock;
    this.#credentialKey = credentialKey;
  }

  /** Throws CERTIFICATE_UNKNOWN, NOT_CERTIFICATE_HOLDER and the errors of receipts. */
  async certificate(code: string, holderKey: Uint8Array): Promise<HolderCertificate> {
    const { genesis, domains } = this.#city;
    const certificateId = readCode(code);
    const factKey = certificateFactKey(domains, certificateId);
    const { value, asOf } = this.#city.fact(factKey);
    if (value === undefined) {
      throw new HansaError(
        'CERTIFICATE_UNKNOWN',
        'No certificate with this code is final here. Compare the code; a new one takes a moment.',
      );
    }
    const fact = readCertificateFact(value);
    // guard: P4 a certificate is its holder's
    if (!equalBytes(fact.holderKey, holderKey)) {
      throw new HansaError(
        'NOT_CERTIFICATE_HOLDER',
        "The certificate is of another key. Use the wallet that applied for it, or have it issued anew on this wallet's key.",
      );
    }
    const receipt = await this.#city.receipt({ factKeys: [factKey] });
    const document = await this.#registry.certificateDocument(certificateId);
    const credential =
      document === undefined
        ? undefined
        : await this.#turn.take(() => this.#copy(fact.commitment, { certificateId, ...fact, document }));
    return {
      certificate: certificateView(genesis, certificateId, fact, this.#clock.today(asOf)),
      asOf: asOfView(genesis, asOf),
      receipt,
      ...(credential === undefined ? {} : { credential }),
      ...(document === undefined ? {} : { document }),
    };
  }

  /** The one copy that this city made: two with different salts would be two things to explain. */
  async #copy(
    commitment: Uint8Array,
    content: {
      readonly certificateId: Uint8Array;
      readonly validUntil: number;
      readonly issuedAtMs: number;
      readonly holderKey: Uint8Array;
      readonly document: CertificateDocument;
    },
  ): Promise<string> {
    const kept = await this.#registry.credentialCopy(commitment);
    if (kept !== undefined) return kept;
    const { genesis, self, crypto } = this.#city;
    const { certificateId, validUntil, holderKey } = content;
    // C12: a copy that is made after the city's keys changed is dated when they did; not later, which would tell when it was fetched.
    const issuedAtMs = Math.max(content.issuedAtMs, credentialKeySince(genesis, self.index));
    const document = content.document as Readonly<Record<string, unknown>>;
    const credential = await issueCredential(
      { genesis, self, crypto, secretKey: this.#credentialKey },
      { certificateId, validUntil, issuedAtMs, holderKey, document },
    );
    await this.#registry.keepCredentialCopy(commitment, credential);
    return credential;
  }
}
