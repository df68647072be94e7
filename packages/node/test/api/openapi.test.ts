import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Door, type Doors, openDoors } from './fixture.ts';

let doors: Doors;
let haikou: Door;
beforeAll(async () => {
  doors = await openDoors(1);
  haikou = doors.doors[0] as Door;
});
afterAll(() => doors.close());

interface Operation {
  readonly summary?: string;
  readonly security?: readonly object[];
  readonly responses?: Readonly<Record<string, object>>;
}

async function operations(): Promise<readonly (readonly [string, Operation])[]> {
  const { openapi, paths } = (await haikou.call(undefined, 'GET', '/openapi.json')).json();
  expect(openapi).toMatch(/^3\.1\./);
  return Object.entries(paths as Record<string, Record<string, Operation>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const),
  );
}

test('the description is open, and every operation in it has a summary and says who may call it', async () => {
  for (const [name, operation] of await operations()) {
    expect(operation.summary, name).toBeTruthy();
    expect(operation.security, name).toBeDefined();
  }
});

test('an operation that waits for the agreement says that it may answer "pending"', async () => {
  const waiting = (await operations()).filter(([name, { responses }]) => {
    return name.startsWith('POST') && responses?.['202'] !== undefined;
  });
  expect(waiting.map(([name]) => name).sort()).toEqual([
    'POST /v1/applications/{id}/approve',
    'POST /v1/blacklist/{city}/{sequence}/{position}/amend',
    'POST /v1/blacklist/{city}/{sequence}/{position}/dispute',
    'POST /v1/blacklist/{city}/{sequence}/{position}/lift',
    'POST /v1/certificates',
    'POST /v1/certificates/{code}/revoke',
    'POST /v1/certificates/{code}/use',
    'POST /v1/consents',
    'POST /v1/consents/{id}/withdraw',
    'POST /v1/membership/approvals',
    'POST /v1/membership/proposals',
    'POST /v1/membership/withdrawals',
    'POST /v1/oprf/ceremony',
    'POST /v1/records',
  ]);
});
