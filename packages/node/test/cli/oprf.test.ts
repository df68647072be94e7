import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test, vi } from 'vitest';
import { createTokens, Tokens } from '../../src/api/tokens.ts';
import type { OprfService } from '../../src/oprf/index.ts';
import { type Cities, startCities, testNowMs } from '../api/cities.ts';
import { type Door, memoryRegistry, openDoor } from '../api/fixture.ts';
import { oprfAt } from '../oprf-at-city.ts';
import { transcript } from './transcript.ts';

let cities: Cities;
let directory: string;
const doors: Door[] = [];
const oprfs: OprfService[] = [];
const values: Record<string, string> = {};

beforeAll(async () => {
  cities = await startCities(4);
  directory = await mkdtemp(join(tmpdir(), 'hansa-oprf-'));
  for (const city of cities.cities.slice(0, 2)) {
    const { name } = city.self;
    const home = join(directory, name);
    values[name] = home;
    await createTokens(home);
    const oprf = await oprfAt(city, testNowMs);
    const door = await openDoor(city, memoryRegistry(cities, city), await Tokens.read(home), undefined, { oprf });
    await door.app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = door.app.server.address() as AddressInfo;
    await writeFile(join(home, 'config.yaml'), `city: ${name}\nhttp:\n  port: ${port}\n`);
    doors.push(door);
    oprfs.push(oprf);
  }
});
afterAll(async () => {
  for (const { app } of doors) await app.close();
  await cities.stop();
  await rm(directory, { recursive: true, force: true });
});

async function run(text: string): Promise<void> {
  await cities.settled();
  await transcript(text, { values });
}

describe('hansa oprf ceremony', () => {
  test('says what the ledger made of it: opened, refused before it is on the lane, or refused on the ledger', async () => {
    // Prepared by Sanya's daemon before it sees Haikou's ceremony.
    const late = (oprfs[1] as OprfService).opening({ id: randomBytes(16), kind: 'fresh' });
    await run(`
$ hansa oprf ceremony --dir {haikou} --reshare
! hansa: The federation has no OPRF key to reshare. Open a ceremony for a fresh one. [OPRF_KEY_MISSING]
[exit 1]
$ hansa oprf ceremony --dir {haikou} --threshold 9
! hansa: The threshold is not between f + 1 and n - 2f. Choose one of these. [OPRF_THRESHOLD_OUT_OF_RANGE]
[exit 1]
$ hansa oprf ceremony --dir {haikou}
The ceremony is opened: haikou/1/0, final in block <n>.
Follow it with: hansa oprf status
`);
    vi.spyOn(oprfs[1] as OprfService, 'opening').mockReturnValueOnce(late);
    await run(`
$ hansa oprf ceremony --dir {sanya}
! hansa: A ceremony is under way, and was opened less than ten minutes ago. Let it come to its end, or open another one then. The refusal is on the ledger at sanya/1/0. [OPRF_CEREMONY_OPEN]
[exit 1]
$ hansa oprf status --dir {sanya}
NO KEY YET: nobody can be looked up until enough cities have made it together
CEREMONY (fresh) for generation 1, opened <time>; dealt: nobody yet
`);
  });
});
