import { limits } from '@hansa/protocol';
import { encodeRecord } from '@hansa/protocol/records';
import { describe, expect, it } from 'vitest';
import { Submissions } from './submissions.ts';

/** Records with as many actor signatures as a record may have, none of them good. */
function signed(count: number): Uint8Array[] {
  const actors = Array.from({ length: limits.actorSignaturesMax }, (_, i) => ({
    publicKey: new Uint8Array(32).fill(i + 1),
    signature: new Uint8Array(64).fill(1),
  }));
  const requestId = new Uint8Array(limits.requestIdBytes).fill(1);
  const record = encodeRecord({ family: 1, type: 1, requestId, body: new Uint8Array(1), actors });
  return Array.from({ length: count }, () => record);
}

describe('submissions that wait for an entry', () => {
  const inEntry = limits.entrySignaturesMax / limits.actorSignaturesMax;

  it('C3: have at most so many actor signatures each', async () => {
    const submissions = new Submissions(100);
    await expect(submissions.add(signed(inEntry + 1))).rejects.toMatchObject({ code: 'BATCH_SIZE' });
    expect(submissions.waiting).toBe(false);
  });

  it('C3: share one while their actor signatures fit', () => {
    const submissions = new Submissions(100);
    for (const count of [inEntry - 1, 1, 1]) void submissions.add(signed(count));
    expect(submissions.take()?.records).toHaveLength(inEntry);
    expect(submissions.take()?.records).toHaveLength(1);
    expect(submissions.take()).toBeUndefined();
  });
});
