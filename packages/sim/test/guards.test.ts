import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { agreementGuards, huntGuard } from '../../../scripts/swarm-mutants.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

/** Guards that few seeds catch, each by another check; the seeds that are passed over. `pnpm guards:swarm` looks for all of them. */
const quick = [
  ['C2', 'one proposal per view', 'no-contradiction', 0],
  ['C4', 'nullifications are broadcast', 'relay-due', 0],
  ['C6', 'n - f signers', 'valid-certificate', 0],
  ['C9', 'own votes are durable before they leave', 'durable-first', 0],
  ['C12', 'a key that was given up never comes back', 'lawful-changes', 16],
] as const;
const SEEDS_MAX = 8;

describe('the swarm', () => {
  const guards = agreementGuards(root);

  test.each(quick)('catches a protocol without the guard of %s, %s, by %s', async (rule, text, check, passed) => {
    const guard = guards.find((each) => each.rule === rule && each.text === text);
    expect(guard, `${rule} ${text} is marked in the sources`).toBeDefined();
    const from = (guard?.firstSeed ?? 1) + passed;
    const found = await huntGuard({ root, guard, from, seeds: SEEDS_MAX, name: `test-${rule}` });
    expect(found).toMatchObject({ checks: expect.arrayContaining([check]) });
  });

  test('finds nothing in the protocol as it is', async () => {
    expect(await huntGuard({ root, guard: undefined, seeds: SEEDS_MAX, name: 'test-none' })).toEqual({
      seeds: SEEDS_MAX,
    });
  });
});
