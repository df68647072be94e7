import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toHex } from '@hansa/protocol';
import { encodeGenesis } from '@hansa/protocol/genesis';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testFederation } from '../../protocol/test/federation.ts';
import { nativeCrypto } from '../src/crypto/index.ts';
import { checkedGenesisOf, checkedGenesisOfUser, parseGenesisOnce } from '../src/setup/checked-genesis.ts';

const many = testFederation(nativeCrypto, 16);
const few = testFederation(nativeCrypto, 4);

/** A genesis file in which one city does not prove that it holds the secret of its vote key. */
const unproven = (() => {
  const [first, second, ...others] = many.draft.authorities;
  if (first === undefined || second === undefined) throw new Error('sixteen cities');
  const authorities = [{ ...first, voteKeyProof: second.voteKeyProof }, second, ...others];
  return encodeGenesis({ ...many.draft, authorities });
})();

let root: string;
let directory: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'hansa-checked-'));
});
beforeEach(async () => {
  directory = await mkdtemp(join(root, 'city-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('the proofs of a genesis file are verified once (R1)', () => {
  test('what was verified is remembered by the identity of the federation', async () => {
    const memory = checkedGenesisOf(join(directory, 'data'));
    expect(await parseGenesisOnce(many.bytes, memory)).toEqual(many.genesis);
    await expect(parseGenesisOnce(unproven, memory)).rejects.toMatchObject({ code: 'GENESIS_POSSESSION_UNPROVEN' });
    expect(await parseGenesisOnce(many.bytes, memory)).toEqual(many.genesis);
  });

  test('and not verified again', async () => {
    const memory = checkedGenesisOf(directory);
    await writeFile(memory, `${toHex(nativeCrypto.sha256(unproven))}\n`);
    expect((await parseGenesisOnce(unproven, memory)).name).toBe(many.genesis.name);
  });

  test.each(['', 'not hexadecimal', 'ab'.repeat(5000)])('a memory that is damaged is none: %#', async (text) => {
    const memory = checkedGenesisOf(directory);
    await writeFile(memory, text);
    await expect(parseGenesisOnce(unproven, memory)).rejects.toMatchObject({ code: 'GENESIS_POSSESSION_UNPROVEN' });
  });

  test('of a few cities nothing is kept, and where nothing can be kept it works too', async () => {
    const memory = checkedGenesisOfUser({ HOME: directory }, few.bytes);
    await parseGenesisOnce(few.bytes, memory);
    expect(await readdir(directory)).toEqual([]);
    await writeFile(join(directory, 'file'), '');
    expect((await parseGenesisOnce(many.bytes, join(directory, 'file', 'memory'))).name).toBe(many.genesis.name);
    expect(checkedGenesisOfUser({}, few.bytes)).toBeUndefined();
  });

  test('whoever verifies receipts remembers each file by itself', async () => {
    const memory = checkedGenesisOfUser({ HOME: '/nowhere', XDG_CACHE_HOME: directory }, many.bytes);
    await parseGenesisOnce(many.bytes, memory);
    expect(await readdir(join(directory, 'hansa'))).toEqual([`${toHex(many.genesis.federationId)}.checked`]);
  });
});
