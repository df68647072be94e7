import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newKeys } from '../../../protocol/test/membership-fixture.ts';
import { createTokens, Tokens } from '../../src/api/tokens.ts';
import { nativeCrypto } from '../../src/crypto/index.ts';
import { encodeMemberCard } from '../../src/keys/index.ts';
import { type Cities, startCities, until } from '../api/cities.ts';
import { type Door, memoryRegistry, openDoor } from '../api/fixture.ts';
import { transcript } from './transcript.ts';

let cities: Cities;
let doors: readonly Door[];
let directory: string;
let values: Record<string, string>;

beforeAll(async () => {
  cities = await startCities(4);
  directory = await mkdtemp(join(tmpdir(), 'hansa-membership-'));
  values = { card: join(directory, 'qionghai.member.json'), other: join(directory, 'other.member.json') };
  for (const [path, label] of [
    [values.card, 'fresh'],
    [values.other, 'forged'],
  ] as const) {
    await writeFile(path as string, encodeMemberCard(newKeys(nativeCrypto, 'qionghai', label).member));
  }
  doors = await Promise.all(
    cities.cities.slice(0, 3).map(async (city) => {
      const { name } = city.self;
      const home = join(directory, name);
      values[name] = home;
      await createTokens(home);
      const door = await openDoor(city, memoryRegistry(cities, city), await Tokens.read(home));
      await door.app.listen({ host: '127.0.0.1', port: 0 });
      const { port } = door.app.server.address() as AddressInfo;
      await writeFile(join(home, 'config.yaml'), `city: ${name}\nhttp:\n  port: ${port}\n`);
      return door;
    }),
  );
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

describe('hansa membership', () => {
  test('what is missing or does not fit is told, with what to do', () =>
    run(`
$ hansa membership propose recover --dir {haikou} --handler op08 --approver ap02
! hansa: to recover, give the city's member card with --card FILE, without --city [USAGE]
[exit 2]
$ hansa membership propose remove --dir {haikou} --card {card} --handler op08 --approver ap02
! hansa: to remove a city, name it with --city NAME, without --card [USAGE]
[exit 2]
$ hansa membership propose rotate --dir {haikou} --card {card} --handler op08 --approver ap02
! hansa: A city rotates its own keys, and the card is of qionghai. For a city that lost them: recover. [MEMBERSHIP_CHANGE_WRONG]
[exit 1]
$ hansa membership propose recover --dir {haikou} --card {card} --handler op08 --approver op08
! hansa: Handler and approver are the same officer. A second officer must approve. [APPROVERS_NOT_DISTINCT]
[exit 1]
$ hansa membership approve --dir {haikou} sanya/7/0 --handler op08 --approver ap02
! hansa: There is no such proposal. Check its location; only the newest of each city counts. [MEMBERSHIP_PROPOSAL_UNKNOWN]
[exit 1]
`));

  test('a proposal is withdrawn by its city', async () => {
    await run(`
$ hansa membership propose suspend --dir {haikou} --city danzhou --handler op08 --approver ap02
The proposal is made: <first>, final in block <n>.
2 more cities must approve it, each with: hansa membership approve <first>
`);
    await run(`
$ hansa membership withdraw --dir {haikou} <first> --handler op08 --approver ap02
The proposal <first> is withdrawn: <place>, final in block <n>.
$ hansa membership show --dir {haikou} --json
<shown>
`);
    expect(JSON.parse(values.shown as string)).toMatchObject({
      ok: true,
      epoch: 0,
      voters: 4,
      quorum: 3,
      proposals: [],
    });
  });

  test('three cities give the fourth the keys of its card; whoever has another card does not approve', async () => {
    await run(`
$ hansa membership propose recover --dir {haikou} --card {card} --days 3 --handler op08 --approver ap02
The proposal is made: <proposal>, final in block <n>.
2 more cities must approve it, each with: hansa membership approve <proposal>
`);
    await run(`
$ hansa membership approve --dir {sanya} <proposal> --card {other} --handler op03 --approver ap01
! hansa: The proposal <proposal> and the card differ in: laneKey, voteKey, exchangeKey, credentialKey, peerId. Do not approve; ask qionghai and haikou, by telephone, which is right. [MEMBERSHIP_CARD_DIFFERS]
[exit 1]
$ hansa membership approve --dir {sanya} <proposal> --card {card} --handler op03 --approver ap01
The approval is made: <approval>, final in block <n>.
1 more city must approve it, each with: hansa membership approve <proposal>
`);
    await run(`
$ hansa membership show --dir {danzhou}
EPOCH 0: 4 cities vote, 3 of them decide
CITY      NAME        STANDING  LANE KEY          ADDRESSES
haikou    测试城市 0  votes     <hex>  <haikouat>
sanya     测试城市 1  votes     <hex>  <sanyaat>
danzhou   测试城市 2  votes     <hex>  <danzhouat>
qionghai  测试城市 3  votes     <hex>  <qionghaiat>
PROPOSAL <proposal>: recover qionghai
  by              haikou, until <time>
  approved by     haikou, sanya; 1 more must
  lane key        <hex>
  vote key        <hex>
  exchange key    <hex>
  credential key  <hex>
  peer            <peer>
  addresses       /ip4/192.0.2.9/tcp/7400
$ hansa membership approve --dir {danzhou} <proposal> --handler op01 --approver ap03
The approval is made: <last>, final in block <n>.
It is decided: the next block ends the epoch. See: hansa membership show
`);
    await until(() => doors.every(({ city }) => city.genesis.epoch === 1));
    await run(`
$ hansa membership show --dir {sanya}
EPOCH 1: 4 cities vote, 3 of them decide
CITY      NAME           STANDING  LANE KEY          ADDRESSES
haikou    测试城市 0     votes     <hex>  <haikouat>
sanya     测试城市 1     votes     <hex>  <sanyaat>
danzhou   测试城市 2     votes     <hex>  <danzhouat>
qionghai  City qionghai  votes     <hex>  /ip4/192.0.2.9/tcp/7400
No proposal is open.
EPOCH 1 began with: recover qionghai, proposed in <proposal>, decided <time> by haikou, sanya, danzhou
$ hansa status --dir {sanya} --json
<status>
`);
    expect(JSON.parse(values.status as string)).toMatchObject({ ok: true, epoch: 1 });
  });
});
