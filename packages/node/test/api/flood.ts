import type { InjectOptions } from 'fastify';
import { expect } from 'vitest';
import type { Role } from '../../src/api/roles.ts';
import { floodCount } from '../flood.ts';
import type { Door } from './fixture.ts';

/**
 * Sends a flood to one route; each must be refused as the sender's fault, with a code, and leave nothing on the lane. The
 * codes that were given.
 */
export async function flood(
  door: Door,
  role: Role | undefined,
  url: string,
  request: (i: number) => InjectOptions,
): Promise<Set<string>> {
  const tip = () => door.city.lanes()[door.city.self.index]?.heldSequence;
  const before = tip();
  const codes = new Set<string>();
  for (let i = 0; i < floodCount; i++) {
    const answer = await door.call(role, 'POST', url, request(i));
    if (answer.statusCode < 400 || answer.statusCode >= 500) throw new Error(`${answer.statusCode} ${answer.body}`);
    codes.add(answer.json().code);
    door.log.length = 0;
  }
  expect(tip()).toBe(before);
  return codes;
}

export const json = { 'content-type': 'application/json' };
