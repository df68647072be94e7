import type { MessageInitShape } from '@bufbuild/protobuf';
import type { Domains } from '../src/crypto/index.ts';
import { unwrap } from '../src/errors.ts';
import { encodeConsentGrant, encodeConsentUse, encodeConsentWithdraw } from '../src/families/index.ts';
import {
  type ConsentGrantSchema,
  ConsentMode,
  ConsentPurpose,
  type ConsentUseSchema,
} from '../src/gen/hansa/v1/families_pb.ts';
import { type ActorSchemeName, decodeRecord, encodeRecord, signAsActor } from '../src/records/index.ts';
import { type RecordMaker, seeded } from './ledger-fixture.ts';

/** Consents about the certificates of a `RecordMaker`, signed with holders' keys that follow from their names. */
export class ConsentMaker {
  readonly #maker: RecordMaker;
  readonly #domains: Domains;

  constructor(maker: RecordMaker, domains: Domains) {
    this.#maker = maker;
    this.#domains = domains;
  }

  id(name: string): Uint8Array {
    return seeded(this.#maker.crypto, `consent ${name}`, 16);
  }

  holderSecret(holder: string): Uint8Array {
    return seeded(this.#maker.crypto, `holder ${holder}`, 32);
  }

  holderKey(holder: string, scheme: ActorSchemeName = 'ed25519'): Uint8Array {
    return this.#maker.crypto[scheme].publicKey(this.holderSecret(holder));
  }

  /** A grant of two loan approvals to lane 1, for the certificate of the same name. */
  granting(name: string): MessageInitShape<typeof ConsentGrantSchema> {
    return {
      consentId: this.id(name),
      certificateId: this.#maker.id(name),
      grantee: 2,
      purpose: ConsentPurpose.LOAN_APPROVAL,
      mode: ConsentMode.COUNT,
      maxUses: 2,
    };
  }

  grant(name: string, parts: MessageInitShape<typeof ConsentGrantSchema> = {}, signer: Signer = { name }): Uint8Array {
    return this.signed(1, encodeConsentGrant({ ...this.granting(name), ...parts }), signer);
  }

  withdraw(name: string, signer: Signer = { name }): Uint8Array {
    return this.signed(2, encodeConsentWithdraw({ consentId: this.id(name) }), signer);
  }

  use(name: string, parts: MessageInitShape<typeof ConsentUseSchema> = {}): Uint8Array {
    const body = {
      consentId: this.id(name),
      purpose: ConsentPurpose.LOAN_APPROVAL,
      caseCommitment: this.#maker.commitment(`case ${name}`),
      handler: this.#maker.officer('loans'),
      ...parts,
    };
    return this.#maker.record(3, 3, encodeConsentUse(body));
  }

  signed(type: number, body: Uint8Array, signer: Signer): Uint8Array {
    const { crypto } = this.#maker;
    const { family, requestId } = unwrap(decodeRecord(this.#maker.record(3, type, body)));
    const draft = { family, type, requestId, body };
    const secret = this.holderSecret(signer.name);
    return encodeRecord({ ...draft, actors: [signAsActor(crypto, this.#domains, draft, secret, signer.scheme)] });
  }
}

export interface Signer {
  readonly name: string;
  readonly scheme?: ActorSchemeName;
}
