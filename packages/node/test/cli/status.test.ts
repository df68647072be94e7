import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, test } from 'vitest';
import { daemonThatSays, standing, stopScripted, voter } from './scripted-daemon.ts';
import { transcript } from './transcript.ts';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hansa-status-'));
  await writeFile(join(directory, 'a.token'), 'hansa_x\n', { mode: 0o600 });
});
afterEach(stopScripted);
afterAll(() => rm(directory, { recursive: true, force: true }));

test('C12: status counts those who vote: who is suspended is neither of the quorum nor missing in it', async () => {
  const suspended = { ...voter, votes: false };
  const peersOf = (...voting: readonly boolean[]) => [
    ...voting.map((connected, index) => ({ ...voter, name: `city${index}`, connected })),
    ...[5, 6].map((index) => ({ ...suspended, name: `city${index}`, connected: true })),
  ];
  const set = { ...standing, voters: 5, quorum: 4 };
  const daemon = await daemonThatSays(
    { body: { ...set, peers: peersOf(true, true, true, false) } },
    { body: { ...set, peers: peersOf(true, true, false, false) } },
    { body: { ...set, votes: false, peers: [], alarm: { code: 'NO_LONGER_VOTING', message: 'It was suspended.' } } },
  );
  const shown = (state: string, ...connections: readonly string[]) => `
$ hansa status {at}
haikou (测试城市)
  federation    a test federation (0000000000000000)
  policy        <policy>
  epoch         1
  state         ${state}
  height        2 final, 2 executed, as of 2026-11-23 02:10:00Z
  records       1, of which 0 rejected
  history root  ab
  state root    cd
  ${connections.join('\n  ')}`;
  const waits =
    'WAITS for other cities: 3 of 5 are connected, 4 must be; what is submitted is kept, and final once they are';
  await transcript(
    [
      shown('takes part', 'connected     city0, city1, city2, city5, city6', 'absent        city3'),
      shown(waits, 'connected     city0, city1, city5, city6', 'absent        city2, city3'),
      shown('ONLY FOLLOWS: It was suspended. [NO_LONGER_VOTING]', 'connected     nobody'),
    ].join(''),
    { values: { at: `--url http://127.0.0.1:${daemon.port} --token-file ${directory}/a.token` } },
  );
});
