import { describe, expect, it } from 'vitest';
import { nearest } from './nearest.ts';

describe('the nearest known word', () => {
  const known = ['loss', 'latency', 'jitter', 'duplication', 'bandwidthMbps', 'crash', 'crash-all'];

  it.each([
    ['los', 'loss'],
    ['latncy', 'latency'],
    ['jtiter', 'jitter'],
    ['duplicaton', 'duplication'],
    ['bandwidth_mbps', 'bandwidthMbps'],
    ['crashAll', 'crash-all'],
    ['Crash', 'crash'],
  ])('of %s is %s', (word, meant) => {
    expect(nearest(word, known)).toBe(meant);
  });

  it('is none when nothing is near: a wrong hint is worse than none', () => {
    expect(nearest('weather', known)).toBeUndefined();
    expect(nearest('x', known)).toBeUndefined();
    expect(nearest('loss', [])).toBeUndefined();
  });
});
