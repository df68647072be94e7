import { fileURLToPath } from 'node:url';
import openapiTypescript, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Door, type Doors, openDoors } from './fixture.ts';

let doors: Doors;
let description: OpenAPI3;
beforeAll(async () => {
  doors = await openDoors(1);
  const haikou = doors.doors[0] as Door;
  description = (await haikou.call(undefined, 'GET', '/openapi.json')).json();
});
afterAll(() => doors.close());

// `pnpm generate` writes both files.
test('openapi.json, for clients in other languages, is what the daemon serves', async () => {
  await expect(`${JSON.stringify(description, undefined, 2)}\n`).toMatchFileSnapshot(
    fileURLToPath(new URL('../../openapi.json', import.meta.url)),
  );
});

test('the types of the client are generated from what the daemon serves', async () => {
  const types = `// Generated from openapi.json by openapi-typescript.\n${astToString(await openapiTypescript(description))}`;
  await expect(types).toMatchFileSnapshot(fileURLToPath(new URL('../../src/gen/http-api.ts', import.meta.url)));
});
