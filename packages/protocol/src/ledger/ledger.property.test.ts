import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConsentMaker } from '../../test/consent-fixture.ts';
import { fixtureGenesis, LedgerDriver, RecordMaker } from '../../test/ledger-fixture.ts';
import { type BlockChoice, blockChoices, runBlocks } from '../../test/random-records.ts';
import { portableCrypto as crypto, Domains } from '../crypto/index.ts';
import { errorCodes } from '../error-codes.ts';
import {
  blacklistFactKey,
  certificateFactKey,
  checkRecord,
  families,
  LiftReason,
  liveListings,
  readBlacklistFact,
  readCertificateFact,
} from '../families/index.ts';
import { verifyMapProof } from '../merkle/index.ts';
import { Ledger, readExecutionLog } from './index.ts';

const genesis = fixtureGenesis(crypto, 4);
const domains = new Domains(crypto, genesis.federationId);
const newLedger = () => new Ledger({ genesis, crypto, domains });

function run(blocks: readonly BlockChoice[]) {
  const driver = new LedgerDriver(newLedger(), crypto);
  const maker = new RecordMaker(crypto);
  return { driver, maker, ...runBlocks(driver, maker, new ConsentMaker(maker, domains), blocks) };
}

describe('random record streams', () => {
  it('give two ledgers the same outcomes, logs and roots (L1)', () => {
    fc.assert(
      fc.property(blockChoices, (blocks) => {
        expect(run(blocks).driver.blocks).toEqual(run(blocks).driver.blocks);
      }),
      { numRuns: 30 },
    );
  });

  it('give the same ledger when it is restored from its logs, at any height', () => {
    fc.assert(
      fc.property(blockChoices, fc.nat(), (blocks, cutAt) => {
        const { driver } = run(blocks);
        const { ledger } = driver;
        const restored = newLedger();
        const keep = cutAt % (driver.blocks.length + 1);
        driver.blocks.forEach(({ log, height, checkpoint }) => {
          restored.restore(log);
          expect(restored.checkpoint()).toEqual(checkpoint);
          // Forgetting old states changes nothing.
          restored.prune(Math.min(height, keep));
        });
        expect(restored.requestCount).toBe(ledger.requestCount);
        expect(restored.factCount).toBe(ledger.factCount);
      }),
      { numRuns: 30 },
    );
  });

  it('never drop a record, and name a known reason for each that has no effect (L1)', () => {
    fc.assert(
      fc.property(blockChoices, (blocks) => {
        const { driver } = run(blocks);
        driver.blocks.forEach(({ outcomes, log }, index) => {
          expect(outcomes).toHaveLength(blocks[index]?.records.length ?? -1);
          const rejected = outcomes.flatMap((outcome) => outcome.rejected ?? []);
          for (const code of rejected) expect(Object.keys(errorCodes)).toContain(code);
          expect(readExecutionLog(log).rejected.map(({ code }) => code)).toEqual(rejected);
        });
      }),
      { numRuns: 30 },
    );
  });

  it('leave the facts that their accepted records describe, and prove them', () => {
    fc.assert(
      fc.property(blockChoices, (blocks) => {
        const { driver, maker, today } = run(blocks);
        const { ledger } = driver;
        const root = ledger.checkpoint()?.factsRoot as Uint8Array;
        for (let who = 0; who < 5; who++) {
          const listKey = blacklistFactKey(domains, maker.tag(`person ${who}`));
          const certificateKey = certificateFactKey(domains, maker.id(`code ${who}`));
          for (const key of [listKey, certificateKey]) {
            const proof = ledger.proveFact(key, ledger.height);
            expect(verifyMapProof(crypto, proof, root)).toBe(true);
            expect(proof.value).toEqual(ledger.fact(key));
          }
          const listed = ledger.fact(listKey);
          if (listed !== undefined) {
            const fact = readBlacklistFact(listed);
            // A fact stays only for a listing that nobody lifted.
            expect(fact.listings.some(({ lifted }) => lifted === LiftReason.UNSPECIFIED)).toBe(true);
            for (const { lifted } of liveListings(fact, today)) expect(lifted).toBe(LiftReason.UNSPECIFIED);
          }
          const issued = ledger.fact(certificateKey);
          if (issued !== undefined) {
            const { state, endedBy, endedAtMs } = readCertificateFact(issued);
            expect([endedBy === undefined, endedAtMs === 0]).toEqual([state === 1, state === 1]);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('use a certificate at most once, whatever the order', () => {
    fc.assert(
      fc.property(blockChoices, (blocks) => {
        const { driver, choices } = run(blocks);
        const uses = new Map<number, number>();
        driver.blocks
          .flatMap(({ outcomes }) => outcomes)
          .forEach(({ family, type, rejected }, index) => {
            if (family !== 2 || type !== 4 || rejected !== undefined) return;
            const code = choices[index]?.who ?? -1;
            uses.set(code, (uses.get(code) ?? 0) + 1);
          });
        for (const count of uses.values()) expect(count).toBe(1);
      }),
      { numRuns: 30 },
    );
  });

  it('are rejected by the ledger with the code of the stateless check, when that refuses them', () => {
    fc.assert(
      fc.property(blockChoices, (blocks) => {
        const { driver, records } = run(blocks);
        driver.blocks
          .flatMap(({ outcomes }) => outcomes)
          .forEach(({ rejected }, index) => {
            const checked = checkRecord(records[index] as Uint8Array, { genesis, crypto, domains, families });
            if (!checked.ok && rejected !== 'REQUEST_ALREADY_APPLIED') expect(rejected).toBe(checked.error.code);
          });
      }),
      { numRuns: 30 },
    );
  });

  it('reach the accepting side of every record type, and most refusals', () => {
    const reached = new Set<string>();
    for (const blocks of fc.sample(blockChoices, { numRuns: 120, seed: 7 })) {
      for (const { outcomes } of run(blocks).driver.blocks) {
        for (const { family, type, rejected } of outcomes) reached.add(rejected ?? `${family}/${type}`);
      }
    }
    const accepted = ['1/1', '1/2', '1/3', '1/4', '2/1', '2/2', '2/3', '2/4', '3/1', '3/2', '3/3', '4/1', '4/2'];
    const refused = ['REQUEST_ALREADY_APPLIED', 'LISTING_LIFTED', 'CONSENT_NOT_BY_HOLDER', 'CONSENT_NOT_GRANTEE'];
    const periods = ['ACCESS_PERIOD_NOT_NEXT', 'ERASURE_KNOWN', 'CONSENT_WITHDRAWN'];
    expect([...reached]).toEqual(expect.arrayContaining([...accepted, ...refused, ...periods]));
    expect(reached.size).toBeGreaterThan(38);
  });
});
