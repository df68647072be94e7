import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTokens, Tokens } from '../../src/api/tokens.ts';
import { type Cities, startCities } from '../api/cities.ts';
import { type Door, memoryRegistry, openDoor } from '../api/fixture.ts';
import { transcript } from './transcript.ts';

let cities: Cities;
let door: Door;
let directory: string;
let values: Record<string, string>;

beforeAll(async () => {
  cities = await startCities(1);
  directory = await mkdtemp(join(tmpdir(), 'hansa-papers-'));
  const centres = new URL('../../data/centres', import.meta.url).pathname;
  const [city] = cities.cities;
  if (city === undefined) throw new Error('no city');
  values = { dir: join(directory, 'haikou'), temp: directory, centres };
  await createTokens(values.dir as string);
  door = await openDoor(city, memoryRegistry(cities, city), await Tokens.read(values.dir as string));
  await door.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = door.app.server.address() as AddressInfo;
  await writeFile(join(values.dir as string, 'config.yaml'), `city: haikou\nhttp:\n  port: ${port}\n`);
});
afterAll(async () => {
  await door.app.close();
  await cities.stop();
  await rm(directory, { recursive: true, force: true });
});

const decision = '--judgement 海口公积金认字〔2024〕486号 --decided 2024-06-02';

test('a paper is attached to a decision, another one discarded, and opened with the listing as a file', async () => {
  await writeFile(join(directory, 'decision.pdf'), '%PDF-1.7 whole');
  await writeFile(join(directory, 'page.html'), '<html>');
  await transcript(
    `
$ hansa blacklist attach --dir {dir} {temp}/page.html ${decision}
! hansa: A paper is a PDF, JPEG or PNG file. Convert it and attach it again. [DOCUMENT_TYPE_UNKNOWN]
[exit 1]
$ hansa blacklist attach --dir {dir} {temp}/decision.pdf --judgement another --decided 2024-06-02
Waits for the listing:
  decision.pdf  14 bytes  SHA-256 <sha>
$ hansa blacklist discard --dir {dir} --judgement another --decided 2024-06-02
1 paper is deleted.
$ hansa blacklist attach --dir {dir} {temp}/decision.pdf ${decision}
Waits for the listing:
  decision.pdf  14 bytes  SHA-256 {sha}
$ hansa import blacklist {centres}/haikou/blacklist.csv --dir {dir} --json
<imported>
`,
    { values, typed: '990112197311221719' },
  );
  // The decision is the export's first row, and the entry's first record.
  values.listing = String(JSON.parse(values.imported as string).lastLocation).replace(/\d+$/, '0');
  const look = '--basis LISTING_REVIEW --case C-1 --handler op08';
  await transcript(`\n$ hansa blacklist open --dir {dir} {listing} ${look} --json\n<details>\n`, { values });
  values.paper = JSON.parse(values.details as string).details.documents[0].commitment;
  await transcript(
    `
$ hansa blacklist paper --dir {dir} {listing} {paper} --out {temp}/got.pdf ${look}
{temp}/got.pdf: 14 bytes; in the book of checks.
$ hansa blacklist paper --dir {dir} {listing} {sha} --out {temp}/none.pdf ${look}
! hansa: The listing has no such paper. Open its details and take the commitment of one of its documents. [LISTING_DOCUMENT_UNKNOWN]
[exit 1]
`,
    { values },
  );
  expect(await readFile(join(directory, 'got.pdf'), 'utf8')).toBe('%PDF-1.7 whole');
});
