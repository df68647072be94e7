import { randomBytes } from 'node:crypto';
import { unwrap } from '@hansa/protocol';
import type { Genesis } from '@hansa/protocol/genesis';
import { cityUrn, issueCredential, presentCredential, verifyPresentation } from '../credential/index.ts';
import { nativeCrypto as crypto } from '../crypto/index.ts';

export interface CredentialFigures {
  /** On one core, with every field of a certificate. */
  readonly issuedPerSecond: number;
  /** Presentations of five fields on an Ed25519 and on a P-256 key, signed by their holder. */
  readonly presentedPerSecond: number;
  readonly verifiedPerSecond: number;
  readonly verifiedEs256PerSecond: number;
  readonly credentialCharacters: number;
  readonly presentationCharacters: number;
}

const MEASURE_MS = 1000;
const fields = ['holderName', 'balanceFen', 'continuousMonths', 'monthlyDepositFen', 'loanOutstandingFen'] as const;

/** A certificate as centres print it, of nobody. */
const document = {
  ...{ number: 'HAIKOU-2026-000001', issuedBy: '海口市住房公积金管理局', holderName: '测试一' },
  ...{ holderIdentityNumber: '990101199001010019', accountNumber: '01100000014', openedOn: '2012-03-01' },
  ...{ employerName: '海口测试有限公司', employerCode: '91990100MA5T00000X', baseFen: 850_000 },
  ...{ employerRate: '12%', personalRate: '12%', monthlyDepositFen: 204_000, balanceFen: 12_345_678 },
  ...{ accountStatus: 'normal', continuousSince: '2019-01', continuousThrough: '2026-10', continuousMonths: 94 },
  ...{ everBorrowed: false, loanCount: 0, loanOutstandingFen: 0, handler: 'op08', issuedOn: '2026-11-24' },
};

/** SD-JWT issue and verification a second, in this process and on one core: the daemon does nothing else for them. */
export async function credentials(genesis: Genesis): Promise<CredentialFigures> {
  const secretKey = new Uint8Array(randomBytes(32));
  const [first, ...others] = genesis.authorities;
  if (first === undefined) throw new Error('the federation has no city');
  // The daemons' keys are theirs: here the first city has one that this process knows.
  const self = { ...first, credentialKey: crypto.ed25519.publicKey(secretKey) };
  const own: Genesis = { ...genesis, authorities: [self, ...others] };
  const atMs = Date.now();
  const validUntil = Math.floor(atMs / 86_400_000) + 30;
  const [ed25519, p256] = (['ed25519', 'p256'] as const).map((scheme) => {
    const secret = new Uint8Array(randomBytes(32)).fill(1, 0, 1);
    return { secretKey: secret, publicKey: crypto[scheme].publicKey(secret) };
  });
  if (ed25519 === undefined || p256 === undefined) throw new Error('two keys were made');
  const issue = (holderKey: Uint8Array) =>
    issueCredential(
      { genesis: own, self, crypto, secretKey },
      { certificateId: new Uint8Array(randomBytes(16)), validUntil, issuedAtMs: atMs, holderKey, document },
    );
  const present = (credential: string, holder: typeof ed25519) =>
    presentCredential(crypto, holder, {
      ...{ credential, disclose: fields, audience: cityUrn(own, self.name), nonce: 'bench', signedAtMs: atMs },
    });
  const credential = await issue(ed25519.publicKey);
  const presentation = await present(credential, ed25519);
  const es256 = await present(await issue(p256.publicKey), p256);
  const verify = async (text: string) => {
    unwrap(verifyPresentation({ genesis: own, crypto }, text, { city: self.name, nonce: 'bench' }, atMs));
  };
  return {
    issuedPerSecond: await perSecond(() => issue(ed25519.publicKey)),
    presentedPerSecond: await perSecond(() => present(credential, ed25519)),
    verifiedPerSecond: await perSecond(() => verify(presentation)),
    verifiedEs256PerSecond: await perSecond(() => verify(es256)),
    credentialCharacters: credential.length,
    presentationCharacters: presentation.length,
  };
}

async function perSecond(work: () => Promise<unknown>): Promise<number> {
  for (let warm = 0; warm < 50; warm++) await work();
  const startMs = performance.now();
  let times = 0;
  for (; performance.now() - startMs < MEASURE_MS; times++) await work();
  return Math.round((1000 * times) / (performance.now() - startMs));
}
