import { describe, expect, it } from 'vitest';
import { greatCircleKm } from '../world/link-model.ts';
import { prefectures } from './china.ts';
import { placesOf } from './places.ts';

describe('the places of the nation', () => {
  const { authorities } = placesOf(341, 0, true);

  it('are 337 prefecture-level cities and four that are marked as made up', () => {
    expect(prefectures).toHaveLength(337);
    const madeUp = authorities.filter(({ place }) => place?.synthetic === true);
    expect(madeUp.map(({ name }) => name)).toEqual([
      'synthetic-north',
      'synthetic-east',
      'synthetic-south',
      'synthetic-west',
    ]);
    expect(authorities.slice(-4)).toEqual(madeUp);
  });

  it('have names that a genesis file takes, each its own', () => {
    for (const { name } of authorities) expect(name).toMatch(/^[a-z][a-z0-9-]{0,31}$/);
    expect(new Set(authorities.map(({ name }) => name)).size).toBe(341);
    expect(new Set(authorities.map(({ displayName }) => displayName)).size).toBe(341);
  });

  it('lie in China, and where they are known to lie', () => {
    for (const { place } of authorities) {
      expect(place?.latitude).toBeGreaterThan(16);
      expect(place?.latitude).toBeLessThan(54);
      expect(place?.longitude).toBeGreaterThan(73);
      expect(place?.longitude).toBeLessThan(136);
    }
    const km = (a: string, b: string) => {
      const [from, to] = [a, b].map((name) => authorities.find((each) => each.name === name)?.place);
      return from === undefined || to === undefined ? Number.NaN : greatCircleKm(from, to);
    };
    // Published great-circle distances.
    expect(km('beijing', 'shanghai')).toBeCloseTo(1068, -1);
    expect(km('haikou', 'harbin')).toBeGreaterThan(3200);
    expect(km('haikou', 'harbin')).toBeLessThan(3350);
    expect(km('urumqi', 'guangzhou')).toBeGreaterThan(3200);
    expect(km('urumqi', 'guangzhou')).toBeLessThan(3350);
  });

  it('begin with the largest, and go on beyond 341 with made-up second cities', () => {
    expect(placesOf(3, 0, true).authorities.map(({ name }) => name)).toEqual(['shanghai', 'beijing', 'tianjin']);
    const more = placesOf(1024, 2, true);
    expect(new Set(more.authorities.map(({ name }) => name)).size).toBe(1024);
    expect(more.authorities[341]).toMatchObject({ name: 'shanghai-2', place: { synthetic: true } });
    expect(more.observers[1]).toMatchObject({ name: 'observer-1', place: { name: '北京市' } });
  });
});
