import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { problemOf } from '../../src/api/problems.ts';
import { joinPatienceMs } from '../../src/patience.ts';
import { daemonThatSays, daemonThatSaysAt, type Scripted, standing, stopScripted, voter } from './scripted-daemon.ts';
import { transcript } from './transcript.ts';

/** The connection ends instead of an answer. */
const cutOff: Scripted = { status: 0, body: {} };

const ready: Scripted = { body: standing };
const joining: Scripted = { body: { ...standing, joined: false } };
const stuck: Scripted = {
  body: { ...standing, joined: false, alarm: { code: 'OWN_LANE_MISSING', message: 'Nobody has entry 7.' } },
};
const behind: Scripted = { body: { ...standing, behind: true } };
const diverged: Scripted = {
  body: { ...standing, halted: true, alarm: { code: 'STATE_DIVERGED', message: 'Another state was agreed.' } },
};

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hansa-waiting-'));
  await writeFile(join(directory, 'a.token'), 'hansa_x\n', { mode: 0o600 });
});
afterEach(stopScripted);
afterAll(() => rm(directory, { recursive: true, force: true }));

const run = (text: string, port: string) =>
  transcript(text, { values: { at: `--url http://127.0.0.1:${port} --token-file ${directory}/a.token`, port } });

test('status --wait answers when the city takes part: not while it joins (R6), not while it catches up', async () => {
  const daemon = await daemonThatSays(joining, joining, behind, ready);
  await run(
    `
$ hansa status {at} --wait --json
<status>
`,
    daemon.port,
  );
  // Three looks, the ready one, and the status that is shown.
  expect(daemon.asked).toBe(5);
});

test('status --wait outlasts a daemon that is closing its doors, as when a new city takes its seat (C12)', async () => {
  const said = { statusCode: 503, error: 'Service Unavailable', message: 'Service Unavailable' };
  const daemon = await daemonThatSays({ status: 503, body: said }, ready);
  await run(
    `
$ hansa status {at} --wait --json
<status>
`,
    daemon.port,
  );
  expect(daemon.asked).toBe(3);
});

test('status says why a city cannot join, and waiting for it ends with that (R6)', async () => {
  const daemon = await daemonThatSays(stuck);
  await run(
    `
$ hansa status {at} --wait 0
! hansa: Nobody has entry 7. [OWN_LANE_MISSING] [NOT_READY]
[exit 4]
$ hansa status {at}
haikou (测试城市)
  federation    a test federation (0000000000000000)
  policy        <policy>
  epoch         1
  state         CANNOT TAKE PART: Nobody has entry 7. [OWN_LANE_MISSING]
  height        2 final, 2 executed, as of 2026-11-23 02:10:00Z
  records       1, of which 0 rejected
  history root  ab
  state root    cd
  connected     nobody
`,
    daemon.port,
  );
});

test('status shows an alarm that stops nothing, too: a city that was restored from an old backup takes part (R6)', async () => {
  const alarm = { code: 'RESTORED_FROM_BACKUP', message: 'The store was an old backup.' };
  const daemon = await daemonThatSays({ body: { ...standing, alarm } });
  await run(
    `
$ hansa status {at}
haikou (测试城市)
  federation    a test federation (0000000000000000)
  policy        <policy>
  epoch         1
  state         takes part
  ALARM         The store was an old backup. [RESTORED_FROM_BACKUP]
  height        2 final, 2 executed, as of 2026-11-23 02:10:00Z
  records       1, of which 0 rejected
  history root  ab
  state root    cd
  connected     nobody
`,
    daemon.port,
  );
});

test('status says that nothing becomes final while fewer than a quorum are connected (C1)', async () => {
  const peersOf = (...connected: readonly boolean[]) => ({
    body: {
      ...standing,
      ...{ voters: 4, quorum: 3 },
      peers: connected.map((each, index) => ({ ...voter, name: `city${index}`, connected: each })),
    },
  });
  const daemon = await daemonThatSays(peersOf(true, false, false), peersOf(true, true, false));
  await run(
    `
$ hansa status {at}
haikou (测试城市)
  federation    a test federation (0000000000000000)
  policy        <policy>
  epoch         1
  state         WAITS for other cities: 2 of 4 are connected, 3 must be; what is submitted is kept, and final once they are
  height        2 final, 2 executed, as of 2026-11-23 02:10:00Z
  records       1, of which 0 rejected
  history root  ab
  state root    cd
  connected     city0
  absent        city1, city2
$ hansa status {at}
haikou (测试城市)
  federation    a test federation (0000000000000000)
  policy        <policy>
  epoch         1
  state         takes part
  height        2 final, 2 executed, as of 2026-11-23 02:10:00Z
  records       1, of which 0 rejected
  history root  ab
  state root    cd
  connected     city0, city1
  absent        city2
`,
    daemon.port,
  );
});

test('a certificate that is not final yet is named by its code: the place alone is on no paper', async () => {
  const issued = { location: 'haikou/1/0', state: 'pending', height: null, code: '0f1e2d3c4b5a69788796a5b4c3d2e1f0' };
  const daemon = await daemonThatSays({ body: issued });
  await run(
    `
$ hansa certificate issue --account 1 --handler op08 {at}
Certificate 0f1e2d3c-4b5a6978-8796a5b4-c3d2e1f0: haikou/1/0 is accepted and durable, but not final yet. Do not send it again; ask later: hansa record haikou/1/0 --wait
[exit 4]
$ hansa application approve 3f0a4b439a5e0d9c1f3b7a10b5cf9c2e --handler op08 {at}
Certificate 0f1e2d3c-4b5a6978-8796a5b4-c3d2e1f0: haikou/1/0 is accepted and durable, but not final yet. Do not send it again; ask later: hansa record haikou/1/0 --wait
[exit 4]
`,
    daemon.port,
  );
});

test('status --wait outlasts a daemon that does not listen yet', async () => {
  const first = await daemonThatSays(ready);
  const port = Number(first.port);
  await stopScripted();
  const waiting = run(
    `
$ hansa status {at} --wait 300 --json
<status>
`,
    first.port,
  );
  await daemonThatSaysAt(port, ready);
  await waiting;
});

test('status --wait says what is missing when the time is over, with an exit code for scripts', async () => {
  const daemon = await daemonThatSays(joining);
  await run(
    `
$ hansa status {at} --wait 0
! hansa: The city has not heard from a quorum since its start. Check the network and the other cities. [NOT_READY]
[exit 4]
$ hansa status {at} --wait soon
! hansa: option '--wait [seconds]' argument 'soon' is invalid. Seconds are a whole number from 0 to 86400. See: hansa status --help [USAGE]
[exit 2]
`,
    daemon.port,
  );
  await stopScripted();
  await run(
    `
$ hansa status {at} --wait 0
! hansa: No daemon answers at http://127.0.0.1:{port}. Start it with "hansa start --dir DIR", or correct --url. [DAEMON_UNREACHABLE]
[exit 3]
`,
    daemon.port,
  );
});

test('status --wait does not wait for a city that stopped voting', async () => {
  const daemon = await daemonThatSays(diverged);
  await run(
    `
$ hansa status {at} --wait 86400
! hansa: The city stopped voting: STATE_DIVERGED. See "hansa status" and docs/operating. [STATE_DIVERGED]
[exit 1]
`,
    daemon.port,
  );
});

const refusal = (code: string, retryAfterMs: number): Scripted => {
  const problem = problemOf({ code, message: 'Not yet.', retryAfterMs });
  return { status: problem.status, body: problem };
};
const revoke =
  'hansa certificate revoke {at} 0f1e2d3c-4b5a6978-8796a5b4-c3d2e1f0 --reason account-changed --handler op08';

test('a submitting command waits while the city joins (R6) or its lane is full (R5)', async () => {
  const sealed = { body: { location: 'haikou/1/0', state: 'final', height: 7 } };
  const daemon = await daemonThatSays(refusal('NOT_JOINED', 1), refusal('LANE_WINDOW_FULL', 1), sealed);
  await run(
    `
$ ${revoke}
! hansa: Not yet. Waiting.
The certificate is revoked: haikou/1/0, final in block 7.
`,
    daemon.port,
  );
  expect(daemon.asked).toBe(3);
});

test('a submitting command gives up when the city does not join in reasonable time, and at once when it is refused', async () => {
  const never = await daemonThatSays(refusal('NOT_JOINED', joinPatienceMs + 1));
  await run(
    `
$ ${revoke}
! hansa: Not yet. [NOT_JOINED]
[exit 1]
`,
    never.port,
  );
  await stopScripted();
  const refused = await daemonThatSays(refusal('CERTIFICATE_USED', 1));
  await run(
    `
$ ${revoke}
! hansa: Not yet. [CERTIFICATE_USED]
[exit 1]
`,
    refused.port,
  );
  expect(refused.asked).toBe(1);
});

test('a submitting command that is cut off sends the same again under the same key, until it is answered', async () => {
  const sealed = { body: { location: 'haikou/1/0', state: 'final', height: 7 } };
  const stopping = refusal('STOPPING', 1);
  const daemon = await daemonThatSays(cutOff, stopping, refusal('IDEMPOTENCY_KEY_IN_USE', 1), sealed);
  await run(
    `
$ ${revoke}
! hansa: The daemon at http://127.0.0.1:{port} ended the connection before it answered. Look at its log. Waiting.
The certificate is revoked: haikou/1/0, final in block 7.
`,
    daemon.port,
  );
  expect(daemon.keys).toHaveLength(4);
  expect(new Set(daemon.keys).size).toBe(1);
  expect(daemon.keys[0]).toMatch(/^[0-9a-f-]{36}$/);
});

test('a submitting command that was not answered says under which key to repeat it', async () => {
  const daemon = await daemonThatSays(refusal('STOPPING', joinPatienceMs + 1));
  await run(
    `
$ ${revoke} --idempotency-key matter-17
! hansa: Not yet. It is not known whether the request was done: repeat the command with --idempotency-key matter-17, and it is done once. [STOPPING]
[exit 1]
`,
    daemon.port,
  );
  expect(daemon.keys).toEqual(['matter-17']);
});

const pending: Scripted = {
  body: {
    ...{
      location: 'haikou/1/0',
      recordId: 'ab',
      family: 'certificate',
      type: 'use',
      requestId: 'cd',
      fields: { handler: 'ef', until: null },
    },
    ...{ state: 'pending', height: null, code: null, provable: false, now: null },
  },
};
const rejected: Scripted = {
  body: { ...(pending.body as object), state: 'rejected', height: 9, code: 'CERTIFICATE_USED', provable: true },
};
const unheard = {
  status: 404,
  body: problemOf({ code: 'RECORD_UNKNOWN', message: 'Nothing stands at haikou/1/0 here.' }),
};

test('record --wait outlasts that the city has not heard of it, and that it is pending', async () => {
  const daemon = await daemonThatSays(unheard, pending, rejected);
  await run(
    `
$ hansa record haikou/1/0 {at} --wait 300
haikou/1/0  certificate use
  state    REJECTED in block 9: The certificate is used, once and for good: it can be neither used again nor revoked. Refuse it, or ask the holder for a new one. [CERTIFICATE_USED]
  receipt  can be exported
  handler  ef
  until    -
`,
    daemon.port,
  );
  expect(daemon.asked).toBe(3);
});

test('record says what later records have made of it', async () => {
  const listed = { ...(pending.body as object), family: 'blacklist', type: 'list', state: 'final', height: 9 };
  const now = { of: 'haikou/1/0', status: 'active', disputed: true };
  const daemon = await daemonThatSays(
    { body: { ...listed, now } },
    { body: { ...listed, now: { ...now, status: 'ended', disputed: false } } },
  );
  await run(
    `
$ hansa record haikou/1/0 {at}
haikou/1/0  blacklist list
  state    final in block 9
  now      listing haikou/1/0: active, DISPUTED
  receipt  not yet
  handler  ef
  until    -
$ hansa record haikou/1/0 {at}
haikou/1/0  blacklist list
  state    final in block 9
  now      listing haikou/1/0: ended: lifted, or its dates are over
  receipt  not yet
  handler  ef
  until    -
`,
    daemon.port,
  );
});

test('record tells scripts by its exit code that it is pending, or unknown', async () => {
  const daemon = await daemonThatSays(pending, unheard);
  await run(
    `
$ hansa record haikou/1/0 {at}
haikou/1/0  certificate use
  state    pending: durable here, and not agreed on yet
  receipt  not yet
  handler  ef
  until    -
[exit 4]
$ hansa record haikou/1/0 {at} --wait 0
! hansa: Nothing stands at haikou/1/0 here. [RECORD_UNKNOWN]
[exit 1]
`,
    daemon.port,
  );
});

const reportLine = {
  ...{ kind: 'report', rows: 2, accepted: 2, unchanged: 0, refused: 0, dryRun: false },
  lastLocation: 'haikou/1/1',
};

test('an import tells scripts by its exit code whether all is final', async () => {
  await writeFile(join(directory, 'two.csv'), 'irrelevant to this daemon\n');
  const final = await daemonThatSays({ body: { ...reportLine, state: 'final', height: 9 } });
  await run(
    `
$ hansa import blacklist ${directory}/two.csv {at}
2 rows: 2 accepted, 0 known before, 0 refused.
All are final: the last record is haikou/1/1, in block 9.
`,
    final.port,
  );
  await stopScripted();
  const late = await daemonThatSays({ body: { ...reportLine, state: 'pending' } }, { body: reportLine });
  await run(
    `
$ hansa import blacklist ${directory}/two.csv {at}
2 rows: 2 accepted, 0 known before, 0 refused.
All are sealed and durable, but not all final yet. Ask later, or import the file again: hansa record haikou/1/1 --wait
[exit 4]
$ hansa import blacklist ${directory}/two.csv {at} --no-wait
2 rows: 2 accepted, 0 known before, 0 refused.
The last record is haikou/1/1; when it is final, so are the others.
`,
    late.port,
  );
});
