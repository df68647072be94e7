import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConsentMaker } from '../../../test/consent-fixture.ts';
import { fixtureGenesis, LedgerDriver, noonOf, RecordMaker, TODAY } from '../../../test/ledger-fixture.ts';
import { Domains, portableCrypto } from '../../crypto/index.ts';
import { Ledger } from '../../ledger/index.ts';
import { ConsentMode, type ConsentPurpose, consentFactKey, readConsentFact } from './index.ts';

// Signatures are the subject of other tests; here they are quick.
const scheme = {
  publicKey: (secret: Uint8Array) => secret.slice(0, 32),
  sign: (_message: Uint8Array, secret: Uint8Array) => Uint8Array.of(...secret, ...secret),
  verify: () => true,
};
const crypto = { ...portableCrypto, ed25519: scheme };
const genesis = fixtureGenesis(crypto, 4);
const domains = new Domains(crypto, genesis.federationId);

/** What happens to one of three consents of one certificate. */
interface Step {
  readonly act: 'grant' | 'use' | 'withdraw';
  readonly which: number;
  readonly lane: number;
  readonly mode: ConsentMode;
  readonly purpose: ConsentPurpose;
  readonly byHolder: boolean;
  readonly maxUses: number;
  readonly daysLater: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  act: fc.constantFrom('grant', 'use', 'use', 'use', 'withdraw'),
  which: fc.integer({ min: 0, max: 2 }),
  lane: fc.constantFrom(1, 1, 1, 2),
  mode: fc.constantFrom(ConsentMode.TIME, ConsentMode.COUNT, ConsentMode.TIME_COUNT),
  purpose: fc.constantFrom(1, 1, 1, 2),
  byHolder: fc.constantFrom(true, true, true, false),
  maxUses: fc.integer({ min: 1, max: 3 }),
  daysLater: fc.constantFrom(0, 0, 0, 0, 1),
});

/** One consent as a person would keep it in a notebook. */
interface Note {
  readonly grantee: number;
  readonly purpose: number;
  readonly count: boolean;
  readonly time: boolean;
  readonly from: number;
  readonly to: number;
  left: number;
  uses: number;
  withdrawn: boolean;
}

describe('consents in random order', () => {
  it('are judged like a naive model judges them, and count alike', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40, size: 'max' }), (steps) => {
        const driver = new LedgerDriver(new Ledger({ genesis, crypto, domains }), crypto);
        const maker = new RecordMaker(crypto);
        const consents = new ConsentMaker(maker, domains);
        driver.one(0, maker.issue('c', { holderKey: consents.holderKey('c') }));
        const notes = new Map<number, Note>();
        let day = TODAY;
        for (const each of steps) {
          day += each.daysLater;
          const expected = judge(notes, each, day);
          const record = recordOf(consents, each, day);
          const code = driver.one(each.lane, record, day).code ?? 'accepted';
          seen.add(`${each.act} ${code}`);
          expect(code).toBe(expected);
        }
        for (const [which, note] of notes) {
          const value = driver.ledger.fact(consentFactKey(domains, consents.id(`${which}`)));
          const fact = value === undefined ? undefined : readConsentFact(value);
          expect(fact).toMatchObject({ uses: note.uses, grantee: note.grantee });
          expect(fact?.withdrawnBy !== undefined).toBe(note.withdrawn);
          if (note.count) expect(fact?.uses).toBeLessThanOrEqual(fact?.maxUses ?? 0);
        }
      }),
      { numRuns: 60 },
    );
    const codes = 'EXHAUSTED EXPIRED NOT_GRANTEE NOT_YET UNKNOWN WITHDRAWN WRONG_PURPOSE'.split(' ');
    expect([...seen]).toEqual(expect.arrayContaining(codes.map((code) => `use CONSENT_${code}`)));
  });
});

/** The window of TIME depends on the number, so that some have not begun and some are short. */
function window(which: number, day: number): { from: number; to: number } {
  return { from: day + (which === 2 ? 1 : 0), to: day + 2 + which };
}

function judge(notes: Map<number, Note>, each: Step, day: number): string {
  const note = notes.get(each.which);
  if (each.act === 'grant') {
    if (note !== undefined) return 'CONSENT_EXISTS';
    if (!each.byHolder) return 'CONSENT_NOT_BY_HOLDER';
    const count = each.mode !== ConsentMode.TIME;
    const time = each.mode !== ConsentMode.COUNT;
    const bounds = { count, time, left: each.maxUses, ...window(each.which, day) };
    notes.set(each.which, { ...bounds, grantee: 1, purpose: each.purpose, uses: 0, withdrawn: false });
    return 'accepted';
  }
  if (note === undefined) return 'CONSENT_UNKNOWN';
  if (each.act === 'withdraw') {
    if (!each.byHolder) return 'CONSENT_NOT_BY_HOLDER';
    if (note.withdrawn) return 'CONSENT_WITHDRAWN';
    note.withdrawn = true;
    return 'accepted';
  }
  if (each.lane !== note.grantee) return 'CONSENT_NOT_GRANTEE';
  if (each.purpose !== note.purpose) return 'CONSENT_WRONG_PURPOSE';
  if (note.withdrawn) return 'CONSENT_WITHDRAWN';
  if (note.time && day >= note.to) return 'CONSENT_EXPIRED';
  if (note.count && note.left === 0) return 'CONSENT_EXHAUSTED';
  if (note.time && day < note.from) return 'CONSENT_NOT_YET';
  note.left -= 1;
  note.uses += 1;
  return 'accepted';
}

function recordOf(consents: ConsentMaker, each: Step, day: number): Uint8Array {
  const name = `${each.which}`;
  const signer = { name: each.byHolder ? 'c' : 'stranger' };
  if (each.act === 'withdraw') return consents.withdraw(name, signer);
  if (each.act === 'use') return consents.use(name, { purpose: each.purpose });
  const { from, to } = window(each.which, day);
  const time = each.mode === ConsentMode.COUNT ? {} : { fromMs: BigInt(noonOf(from)), toMs: BigInt(noonOf(to)) };
  const maxUses = each.mode === ConsentMode.TIME ? 0 : each.maxUses;
  const common = { certificateId: new RecordMaker(crypto).id('c'), mode: each.mode, purpose: each.purpose };
  return consents.grant(name, { ...common, ...time, maxUses }, signer);
}
