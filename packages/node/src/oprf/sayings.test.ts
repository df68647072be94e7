import { HansaError } from '@hansa/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { nativeCrypto } from '../crypto/index.ts';
import { Sayings } from './sayings.ts';

const stepMs = 250;
const againMs = 15_000;
const record = new Uint8Array([7]);

let nowMs: number;
/** What the ledger's trial, or the lane, has against a record now. */
let trialCode: string | undefined;
let submitError: Error | undefined;
let tried: number;
let sealed: number;
let logged: string[];
let sayings: Sayings;

beforeEach(() => {
  [nowMs, tried, sealed] = [0, 0, 0];
  [trialCode, submitError] = [undefined, undefined];
  logged = [];
  const note = (level: string) => (details: object, message: string) =>
    void logged.push(`${level} ${(details as { code?: string }).code ?? ''} ${message}`);
  sayings = new Sayings({
    city: {
      crypto: nativeCrypto,
      trial: () => {
        tried += 1;
        return [trialCode];
      },
      submit: async () => {
        if (submitError !== undefined) throw submitError;
        sealed += 1;
        return { locations: [] };
      },
    },
    log: { info: note('info'), warn: note('warn'), error: note('error') },
    nowMs: () => nowMs,
    times: { stepMs, againMs },
  });
});

/** As the driver does: the same, at each of its steps. */
async function steps(count: number): Promise<void> {
  for (let step = 0; step < count; step++) {
    await sayings.sayNamed('open', 'open', () => record);
    nowMs += stepMs;
  }
}

describe('what is said in a ceremony', () => {
  it('is on the lane once, and again when it did not come on the ledger', async () => {
    await steps(againMs / stepMs);
    expect(sealed).toBe(1);
    await steps(1);
    expect(sealed).toBe(2);
    expect(logged).toEqual([]);
  });

  it('is tried later and later while the ledger would refuse it, with one line a reason, and nothing on the lane', async () => {
    trialCode = 'AUTHORITY_QUARANTINED';
    await steps((10 * 60_000) / stepMs);
    // At most the doubling ones and one each half of the longest pause; at least one each pause.
    expect(tried).toBeLessThanOrEqual(8 + (10 * 60_000) / (againMs / 2));
    expect(tried).toBeGreaterThanOrEqual((10 * 60_000) / (againMs + stepMs));
    expect(sealed).toBe(0);
    expect(logged).toEqual([expect.stringMatching(/^warn AUTHORITY_QUARANTINED .+\. \S/)]);
    trialCode = 'OPRF_CEREMONY_OPEN';
    await steps((2 * againMs) / stepMs);
    trialCode = 'AUTHORITY_QUARANTINED';
    await steps((2 * againMs) / stepMs);
    expect(logged.map((line) => line.split(' ')[1])).toEqual(['AUTHORITY_QUARANTINED', 'OPRF_CEREMONY_OPEN']);
  });

  it('is said at once when the reason has gone, and a reason that comes again is told again', async () => {
    trialCode = 'AUTHORITY_QUARANTINED';
    await steps(1);
    trialCode = undefined;
    await steps(2);
    expect(sealed).toBe(1);
    trialCode = 'AUTHORITY_QUARANTINED';
    await steps((2 * againMs) / stepMs);
    expect(logged).toHaveLength(2);
  });

  it('waits for as long as a full lane asks for, and tells of what is no refusal each time', async () => {
    submitError = new HansaError('LANE_WINDOW_FULL', 'The lane is full. Wait.', { retryAfterMs: 5_000 });
    await steps(5_000 / stepMs);
    expect(tried).toBe(1);
    submitError = new Error('the store is broken');
    await steps((2 * againMs) / stepMs);
    expect(logged.filter((line) => line.startsWith('error')).length).toBe(tried - 1);
  });
});
