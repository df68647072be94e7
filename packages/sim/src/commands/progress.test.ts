import { expect, test } from 'vitest';
import { clockText } from './progress.ts';

test('a run in real time says when it ends, and guesses nothing from how long its daemons took to start', () => {
  expect(clockText(1_000, 48_000, 120_000)).toBe('1 s; ends soon after 48 s, at 2 m at the latest');
  expect(clockText(0, 600_000, 3_600_000)).toBe('0 s; ends soon after 10 m, at 1 h at the latest');
  expect(clockText(48_200, 48_000, 120_000)).toBe(
    '48 s; the work is over, waiting for all cities to stand together until 2 m',
  );
});
