import { describe, expect, test } from 'vitest';
import type { Application } from '../api/ports.ts';
import { ApplicationService } from './applications.ts';

const nowMs = Date.UTC(2026, 10, 23, 4);
const request = { account: '7777', purpose: 'loan-approval' } as const;

function waiting(count: number): Application[] {
  return Array.from({ length: count }, (_, number) => ({
    ...{ id: `${number}`.padStart(32, '0'), state: 'pending', holderKey: `${number}`.padStart(64, '0') },
    ...{ ...request, appliedAtMs: nowMs },
  }));
}

/** Applications that wait, and nothing else of a city: its officers look through them. */
function serviceWith(pending: Application[]): ApplicationService {
  const book = {
    pending: async () => pending,
    add: async (application: Application) => void pending.push(application),
  };
  return new ApplicationService({} as never, book as never, {} as never, { nowMs: () => nowMs } as never);
}

describe('applications that wait for an officer (P4)', () => {
  test('are at most as many as officers can look through: one more is told to come again', async () => {
    const pending = waiting(999);
    const service = serviceWith(pending);
    const key = (fill: number) => new Uint8Array(32).fill(fill);
    await service.apply(key(0xa1), request);
    expect(pending).toHaveLength(1000);
    await expect(service.apply(key(0xa2), request)).rejects.toMatchObject({
      code: 'RATE_EXCEEDED',
      retryAfterMs: 60_000,
    });
    expect(pending).toHaveLength(1000);
    // Who waits already is told so, and when one is decided there is room for the next.
    await expect(service.apply(key(0xa1), request)).resolves.toBe(pending[999]);
    pending.shift();
    await service.apply(key(0xa2), request);
    expect(pending).toHaveLength(1000);
  });
});
