import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTokens, Tokens } from '../../src/api/tokens.ts';
import { type Cities, startCities } from '../api/cities.ts';
import { type Door, memoryRegistry, openDoor } from '../api/fixture.ts';
import { listing } from '../federation.ts';
import { transcript } from './transcript.ts';

let cities: Cities;
let door: Door;
let directory: string;
let values: Record<string, string>;

beforeAll(async () => {
  cities = await startCities(1);
  directory = await mkdtemp(join(tmpdir(), 'hansa-federation-'));
  const [city] = cities.cities;
  if (city === undefined) throw new Error('no city');
  values = { dir: join(directory, 'haikou'), temp: directory };
  await createTokens(values.dir as string);
  const tokens = await Tokens.read(values.dir as string);
  const more = { genesisFile: cities.federation.bytes };
  door = await openDoor(city, memoryRegistry(cities, city), tokens, undefined, more);
  await door.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = door.app.server.address() as AddressInfo;
  await writeFile(join(values.dir as string, 'config.yaml'), `city: haikou\nhttp:\n  port: ${port}\n`);
  const { locations } = await city.submit([listing('of a receipt')]);
  await city.waitFinal(locations[0] ?? { lane: 0, sequence: 0, position: 0 });
});
afterAll(async () => {
  await door.app.close();
  await cities.stop();
  await rm(directory, { recursive: true, force: true });
});

test('C12: the federation file is exported, and stands in for the genesis file where a receipt is verified', async () => {
  await transcript(
    `
$ hansa genesis export --dir {dir} --out {temp}/api.federation
{temp}/api.federation: <n> bytes. Give it wherever a receipt is verified with --genesis.
$ hansa genesis export --dir {dir} --out {temp}/api.federation
! hansa: {temp}/api.federation exists and is not overwritten. Name another file or move it away. [FILE_EXISTS]
[exit 1]
$ hansa receipt export --dir {dir} --record haikou/1/0 --out {temp}/listing.receipt
{temp}/listing.receipt: <n> bytes. Verify it anywhere: hansa receipt verify {temp}/listing.receipt --genesis genesis.json
$ hansa receipt verify {temp}/listing.receipt --genesis {temp}/api.federation --json
<verified>
$ hansa certificate page --genesis {temp}/api.federation --out {temp}/page.html --json
<page>
`,
    { values },
  );
  expect(JSON.parse(values.verified as string)).toMatchObject({ record: { location: 'haikou/1/0' } });
  expect(JSON.parse(values.page as string)).toMatchObject({ federation: 'api test federation' });
});
