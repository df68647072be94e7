import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { ConsentMaker, type Signer } from '../../../test/consent-fixture.ts';
import { fixtureGenesis, LedgerDriver, noonOf, RecordMaker, TODAY } from '../../../test/ledger-fixture.ts';
import { toHex } from '../../bytes.ts';
import { portableCrypto as crypto, Domains } from '../../crypto/index.ts';
import { unwrap } from '../../errors.ts';
import { ConsentMode, ConsentPurpose } from '../../gen/hansa/v1/families_pb.ts';
import { Ledger } from '../../ledger/index.ts';
import { actorMessage, decodeRecord, recordId } from '../../records/index.ts';
import { consentBalance, consentFactKey, consentStatus, readConsentFact } from './fact.ts';

const FILE = fileURLToPath(new URL('../../../../../test/vectors/consents.vectors.json', import.meta.url));

/** What another implementation must come to. To make the file anew: `npx vitest run packages/protocol/src/families/consent/vectors.test.ts -u`. */
it('consents, their judgements and their balances are those of the golden vectors (P3)', async () => {
  const genesis = fixtureGenesis(crypto, 4, 'consent vectors');
  const domains = new Domains(crypto, genesis.federationId);
  const maker = new RecordMaker(crypto);
  const consents = new ConsentMaker(maker, domains);
  const driver = new LedgerDriver(new Ledger({ genesis, crypto, domains }), crypto);
  const phone: Signer = { name: 'phone', scheme: 'p256' };
  const noon = noonOf(TODAY);
  const bounded = { mode: ConsentMode.TIME_COUNT, fromMs: BigInt(noon), toMs: BigInt(noon + 1000), maxUses: 3 };

  const steps: readonly (readonly [string, number, Uint8Array])[] = [
    ['a certificate with a holder of Ed25519', 0, maker.issue('c', { holderKey: consents.holderKey('c') })],
    [
      'a certificate with a holder of P-256',
      0,
      maker.issue('phone', { holderKey: consents.holderKey('phone', 'p256') }),
    ],
    ['a certificate without a holder', 0, maker.issue('bare')],
    ['a grant of two uses', 3, consents.grant('c')],
    ['a grant signed by a phone', 2, consents.grant('phone', bounded, phone)],
    ['the same consent again', 3, consents.grant('c')],
    ['a grant signed by another', 3, consents.grant('c', { consentId: consents.id('forged') }, { name: 'mallory' })],
    ['a grant without a holder', 3, consents.grant('bare')],
    ['a use by another than the grantee', 2, consents.use('c')],
    ['a use for another purpose', 1, consents.use('c', { purpose: ConsentPurpose.TRANSFER })],
    ['the first use', 1, consents.use('c')],
    ['the second use', 1, consents.use('c')],
    ['the third use of two', 1, consents.use('c')],
    ['a withdrawal signed by another', 0, consents.withdraw('c', { name: 'mallory' })],
    ['a withdrawal', 0, consents.withdraw('c')],
    ['a withdrawal again', 2, consents.withdraw('c')],
    ['a use after the withdrawal', 1, consents.use('c')],
    ['a use in time', 1, consents.use('phone')],
    ['a use of a consent that nobody gave', 1, consents.use('nobody')],
  ];
  const records = steps.map(([name, lane, bytes]) => {
    const { location, code } = driver.one(lane, bytes);
    const record = unwrap(decodeRecord(bytes));
    const { height } = driver.ledger;
    return {
      ...{
        name,
        lane,
        timestampMs: noon + height,
        location,
        bytes: toHex(bytes),
        recordId: toHex(recordId(domains, bytes)),
      },
      ...(record.actors.length === 0 ? {} : { actorMessage: toHex(actorMessage(domains, crypto, record)) }),
      judged: code ?? 'accepted',
    };
  });
  const facts = ['c', 'phone'].map((name) => {
    const key = consentFactKey(domains, consents.id(name));
    const value = driver.ledger.fact(key) as Uint8Array;
    const fact = readConsentFact(value);
    const moments = [noon - 1, noon, noon + 999, noon + 1000].map((nowMs) => {
      const { usesLeft = null, msLeft = null } = consentBalance(fact, nowMs);
      return { nowMs, status: consentStatus(fact, nowMs), usesLeft, msLeft };
    });
    return { consentId: toHex(consents.id(name)), key: toHex(key), value: toHex(value), moments };
  });
  const vectors = {
    about:
      'Bytes are hexadecimal, times milliseconds. One record a block, in this order; lanes are places of authorities in the genesis file, of which there are four.',
    federationId: toHex(genesis.federationId),
    utcOffsetMinutes: genesis.utcOffsetMinutes,
    holders: {
      c: { scheme: 'Ed25519', secretKey: toHex(consents.holderSecret('c')), publicKey: toHex(consents.holderKey('c')) },
      phone: {
        ...{ scheme: 'P-256', secretKey: toHex(consents.holderSecret('phone')) },
        publicKey: toHex(consents.holderKey('phone', 'p256')),
      },
    },
    records,
    facts,
  };
  const judged = new Set(records.map((each) => each.judged));
  expect(judged.size).toBeGreaterThan(8);
  await expect(`${JSON.stringify(vectors, undefined, 2)}\n`).toMatchFileSnapshot(FILE);
});
