import type { VerifiedAccess } from '@hansa/protocol/access';
import { beforeAll, describe, expect, test } from 'vitest';
import { testFederation } from '../../../protocol/test/cities.ts';
import { nativeCrypto as crypto } from '../crypto/index.ts';
import { AccessService } from './accesses.ts';

const RECEIPTS_MAX = 10_000;
const { genesis, domains } = testFederation(crypto, 4, undefined, 'ed25519');
let held: number;
let service: AccessService;

/** A city that holds so many receipts of a period, of which no batch of the other city speaks. */
beforeAll(() => {
  const book = {
    find: async ({ limit }: { readonly limit: number }) =>
      Array.from({ length: Math.min(held, limit) }, (_, number) => receipt(number)),
  };
  const exchange = { book, batches: { ofLane: async () => [] } };
  const city = { genesis, domains, crypto, self: genesis.authorities[0] };
  service = new AccessService({ ...{ city, exchange }, registry: {}, clock: {} } as never);
});

function receipt(number: number): VerifiedAccess {
  const id = new Uint8Array(32);
  new DataView(id.buffer).setUint32(0, number);
  const asked = { kind: 'read', reader: 0, record: { lane: 1, sequence: 1, position: 0 } };
  return { id, bytes: id, asked, answered: { answeredAtMs: 1, refused: undefined } } as never;
}

describe('a testimony is compared with the receipts of its period (P3)', () => {
  const testimony = { city: 'sanya', fromMs: 1, toMs: 2, batches: [], receipts: [] };

  test('with all of them, as many as one answer has', async () => {
    held = RECEIPTS_MAX;
    await expect(service.verify(testimony, [])).resolves.toMatchObject({ city: 'sanya', withheld: [] });
  });

  test('and not at all when there are more: a part of them would call whole what is not', async () => {
    held = RECEIPTS_MAX + 1;
    await expect(service.verify(testimony, [])).rejects.toMatchObject({ code: 'ACCESS_PERIOD_TOO_LONG' });
  });
});
