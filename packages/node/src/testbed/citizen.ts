import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fromHex, toHex, unwrap } from '@hansa/protocol';
import { ConsentMode, ConsentPurpose, consentTypes, encodeConsentGrant } from '@hansa/protocol/families';
import { type Genesis, parseGenesis } from '@hansa/protocol/genesis';
import { cityNamed } from '../city-names.ts';
import { nativeCrypto } from '../crypto/index.ts';
import { consentRecord } from '../wallet/consent-record.ts';
import type { Daemon } from './daemon.ts';
import { until } from './until.ts';

/** A citizen with a key on the phone; cities carry what it signs, and need no token for that. */
export class Citizen {
  /** In hexadecimal, as an officer at a counter binds a certificate to it. */
  readonly holderKey: string;
  readonly #genesis: Genesis;
  readonly #secretKey: Uint8Array;

  private constructor(genesis: Genesis, secretKey: Uint8Array) {
    this.#genesis = genesis;
    this.#secretKey = secretKey;
    this.holderKey = toHex(nativeCrypto.ed25519.publicKey(secretKey));
  }

  static async create(genesisFile: string): Promise<Citizen> {
    const bytes = new Uint8Array(await readFile(genesisFile));
    return new Citizen(unwrap(parseGenesis(nativeCrypto, bytes)), new Uint8Array(randomBytes(32)));
  }

  /** Lets a city open a certificate for a loan, as often as it says; final when it resolves to the consent's id. */
  async consent(at: Daemon, certificate: string, grantee: string, maxUses: number): Promise<string> {
    const consentId = new Uint8Array(randomBytes(16));
    const body = encodeConsentGrant({
      ...{ consentId, certificateId: fromHex(certificate) ?? new Uint8Array(0), maxUses },
      ...{ mode: ConsentMode.COUNT, purpose: ConsentPurpose.LOAN_APPROVAL },
      grantee: cityNamed(this.#genesis, grantee).index + 1,
    });
    const holder = { secretKey: this.#secretKey, scheme: 'ed25519' } as const;
    await knows(at, certificate);
    await at.public().post('/v1/consents', { record: consentRecord(this.#genesis, holder, consentTypes.grant, body) });
    return toHex(consentId);
  }
}

/** What was issued in one city is known in another when it has executed the same block. */
async function knows(daemon: Daemon, certificate: string): Promise<void> {
  await until(`${daemon.name} knows the certificate`, async () => {
    await (await daemon.as('clerk')).get(`/v1/certificates/${certificate}`);
    return true;
  });
}
