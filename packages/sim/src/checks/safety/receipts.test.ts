import { verifyReceipt } from '@hansa/protocol/receipt';
import { describe, expect, it } from 'vitest';
import { quick } from '../../../test/fault-run.ts';
import type { Scenario } from '../../scenario/schema.ts';
import { installWorkload } from '../../workload/workload.ts';
import { createWorld, type SimWorld } from '../../world/sim-world.ts';
import { Chronicle } from '../chronicle.ts';
import { Feed } from '../feed.ts';
import { receipts } from './receipts.ts';

const scenario: Scenario = { ...quick, workload: { recordsPerSecond: 2, end: '8s' }, stop: { at: '12s' } };

async function found(prepare: (world: SimWorld) => void, verify?: (world: SimWorld) => (bytes: Uint8Array) => boolean) {
  const world = await createWorld({ scenario, seed: 1 });
  const chronicle = new Chronicle(world, () => false);
  let receiptsSeen = 0;
  const judge = verify?.(world) ?? ((bytes) => verifyReceipt(world.federation, bytes).ok);
  const counted = (bytes: Uint8Array) => {
    receiptsSeen += 1;
    return judge(bytes);
  };
  world.addProbe(new Feed(chronicle, [receipts(chronicle, counted)], false).probe());
  installWorkload(world);
  await world.start();
  prepare(world);
  await world.run({ untilUs: 12e6 });
  expect(receiptsSeen).toBeGreaterThan(10);
  return [...new Set(chronicle.violations.map(({ message }) => message.replace(/^a receipt of city-\d+ /, '')))].sort();
}

/** City 1 hands out something else. */
function instead(world: SimWorld, change: (replica: NonNullable<SimWorld['nodes'][number]['replica']>) => void): void {
  const { replica } = world.nodes[1] ?? {};
  if (replica !== undefined) change(replica);
}

describe('receipts (C6, C11, L3)', () => {
  it('are right in a run that is, and wrong ones are refused', async () => {
    expect(await found(() => undefined)).toEqual([]);
  });

  it('of another state than the block’s do not prove it', async () => {
    const messages = await found((world) =>
      instead(world, ({ ledger }) => {
        const checkpoint = ledger.checkpoint.bind(ledger);
        ledger.checkpoint = (height) => {
          const state = checkpoint(height);
          return state && { ...state, requestsDigest: new Uint8Array(32) };
        };
      }),
    );
    expect(messages).toEqual(expect.arrayContaining(['does not prove it: its state is not that of the checkpoint']));
  });

  it('of a fact that is not so do not prove it', async () => {
    const messages = await found((world) =>
      instead(world, ({ ledger }) => {
        const prove = ledger.proveFact.bind(ledger);
        ledger.proveFact = (key, height) => ({ ...prove(key, height), value: Uint8Array.of(7), other: undefined });
      }),
    );
    expect(messages).toEqual(expect.arrayContaining(['does not prove it: a fact is not in its state']));
  });

  it('of a block that nobody finalized do not prove it', async () => {
    const messages = await found((world) =>
      instead(world, (replica) => {
        const base = replica.proofBase.bind(replica);
        let first: ReturnType<typeof base>;
        replica.proofBase = () => {
          const now = base();
          first ??= now;
          return now && first && { ...now, block: first.block };
        };
      }),
    );
    expect(messages).toEqual(expect.arrayContaining(['does not prove it: another block is final']));
  });

  it('that are wrong and taken for true are reported, each of them', async () => {
    expect(
      await found(
        () => undefined,
        () => () => true,
      ),
    ).toEqual([
      'with a block with the same state that nobody made is taken for true',
      'with a fact that was changed is taken for true',
      'with a notarization is taken for true',
      'with another final block is taken for true',
      'with the roots of another state is taken for true',
    ]);
  });

  it('that are right and refused are reported', async () => {
    expect(
      await found(
        () => undefined,
        () => () => false,
      ),
    ).toEqual(['is refused by those who verify it']);
  });
});
