import { describe, expect, it } from 'vitest';
import { meshOf } from './gossip.ts';

describe('the gossip mesh', () => {
  it('has sizes that gossipsub can work with, from one other member to hundreds', () => {
    for (let peers = 1; peers <= 1024; peers++) {
      const { D, Dlo, Dhi, Dout, Dlazy, Dscore } = meshOf(peers);
      expect(Dlo).toBeGreaterThan(0);
      expect(Dlo).toBeLessThanOrEqual(D);
      expect(D).toBeLessThanOrEqual(Dhi);
      expect(Dout).toBeLessThan(Dlo);
      expect(Dout).toBeLessThanOrEqual(D / 2);
      expect(Dscore).toBeLessThanOrEqual(D);
      expect(Dlazy).toBeGreaterThan(0);
      expect(D).toBeLessThanOrEqual(Math.min(peers, 8));
    }
    expect(meshOf(3)).toMatchObject({ D: 3, Dlo: 2 });
    expect(meshOf(340)).toMatchObject({ D: 8, Dlo: 6, Dhi: 12 });
  });
});
