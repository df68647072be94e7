import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ApiProblem } from '../client/problem.ts';
import { refusalOf } from '../testbed/api-client.ts';
import { check } from '../testbed/checks.ts';
import type { Daemon } from '../testbed/daemon.ts';
import { until } from '../testbed/until.ts';
import { demoCities, demoData, World } from '../testbed/world.ts';
import { normalAccounts, rowsOf } from './demo-rows.ts';
import { askAs } from './desk-queries.ts';
import { deskSteps } from './desk-steps.ts';
import { submitPulse } from './load.ts';
import { evidenceKinds, finalizedSequence, importFile, quarantined, verifyOffline } from './queries.ts';
import { type DemoState, officer, type Step, worldOf } from './state.ts';

interface Submitted {
  readonly location: string;
  readonly state: 'pending' | 'final';
}

interface RecordAnswer {
  readonly state: 'pending' | 'final' | 'rejected';
  readonly code: string | null;
}

const asker = { operator: 'op03', case: 'DEMO-2026-0001' };
const ask = (daemon: Daemon, number: string) => askAs(daemon, number, asker);
const runProgram = promisify(execFile);
/** A person that nobody listed; synthetic, prefix 99. */
const UNLISTED = '990101199001010019';

export const steps: readonly Step[] = [
  { name: 'a genesis and four cities', run: foundFederation },
  { name: 'imports of four dissimilar exports', run: importExports },
  { name: 'one height, one history, one state', run: compareRoots },
  { name: 'a hit, and a proven absence', run: checkPersons },
  { name: 'a certificate is used once', run: useCertificates },
  ...deskSteps,
  { name: 'a killed city comes back', run: killAndRestart },
  { name: 'a lying city is caught', run: catchLiar },
  { name: 'a receipt convinces anybody', run: verifyReceipts },
];

async function foundFederation(state: DemoState): Promise<string> {
  state.world = await World.create();
  await state.world.startAll();
  // The ceremony of the OPRF key, which all the rest needs, stands on the lanes before the first row.
  const [first] = await state.world.settled();
  state.ceremonyRecords = first?.records ?? 0;
  return `four daemons, genesis in ${state.world.genesisFile}`;
}

async function importExports(state: DemoState): Promise<string> {
  const world = worldOf(state);
  const reports = await Promise.all(
    demoCities.map(async ({ name, blacklist, accounts }) => {
      const operator = await world.city(name).as('operator');
      const kept = await importFile(operator, 'accounts', await demoData(name, accounts));
      const listed = await importFile(operator, 'blacklist', await demoData(name, blacklist));
      check(listed.accepted + listed.refused + listed.unchanged === listed.rows, `${name} accounts for all its rows`);
      check(kept.refused === 0, `${name} keeps all its accounts`);
      state.refusedRows += listed.refused;
      return `${name} ${listed.accepted}/${listed.rows}`;
    }),
  );
  return `listings accepted: ${reports.join(', ')}; refused ${state.refusedRows}`;
}

async function compareRoots(state: DemoState): Promise<string> {
  const world = worldOf(state);
  let rows = 0;
  for (const { name, blacklist } of demoCities) rows += rowsOf(blacklist, await demoData(name, blacklist)).length;
  await until('every accepted row is final', async () => {
    const statuses = await Promise.all(world.daemons.map((daemon) => world.status(daemon)));
    return statuses.every(({ records }) => records - state.ceremonyRecords + state.refusedRows >= rows);
  });
  const [first] = await world.converged();
  check(rows === 480 && first !== undefined, 'the four exports have 480 rows');
  const final = first.records - state.ceremonyRecords;
  check(final + state.refusedRows === rows, 'each of the 480 rows is final or refused, and none counts twice');
  for (const daemon of world.daemons) state.finalityMs.push(...(await submitPulse(daemon, 10)));
  await world.converged();
  return `480 rows = ${final} final + ${state.refusedRows} refused; state root ${first.stateRoot.slice(0, 16)}…`;
}

async function checkPersons(state: DemoState): Promise<string> {
  const world = worldOf(state);
  const sanya = world.city('sanya');
  const persons = rowsOf('blacklist.csv', await demoData('haikou', 'blacklist.csv'));
  for (const { number } of persons) {
    const { listings } = await ask(sanya, number);
    const location = listings.find(({ city }) => city === 'haikou')?.location;
    if (location === undefined || location === state.listing) continue;
    if (state.listing !== undefined) state.wronged = { number, location };
    state.listing ??= location;
    if (state.wronged !== undefined) break;
  }
  check(state.listing !== undefined, 'Sanya finds a person whom Haikou listed');
  const absent = await ask(sanya, UNLISTED);
  check(absent.result === 'none' && absent.listings.length === 0, 'Sanya finds nothing about an unlisted person');
  const receipt = await (await sanya.as('clerk')).receipt({ proof: absent.proof });
  const verdict = await verifyOffline(world, receipt, ['--proof', absent.proof]);
  check(verdict.ok, `the absence verifies offline (${verdict.output})`);
  return `hit at ${state.listing}; the absence of another is proven by ${receipt.length} bytes`;
}

async function useCertificates(state: DemoState): Promise<string> {
  const world = worldOf(state);
  const [sanya, danzhou] = [world.city('sanya'), world.city('danzhou')];
  const accounts = normalAccounts('accounts.csv', await demoData('haikou', 'accounts.csv'));

  const code = await issue(state, accounts[0]);
  await known(code, [sanya, danzhou]);
  const clerk = await sanya.as('clerk');
  const seen = await clerk.get<{ certificate: { status: string; issuer: string } }>(`/v1/certificates/${code}`);
  check(seen.certificate.status === 'active' && seen.certificate.issuer === 'haikou', 'Sanya verifies it');
  const used = await timed(state, use(sanya, code));
  check((await outcomeOf(sanya, used)).state === 'final', 'Sanya uses it');
  const again = await useRefusal(danzhou, code);
  check(again === 'CERTIFICATE_USED', `Danzhou’s second use is refused (${again})`);

  const contested = await issue(state, accounts[1]);
  await known(contested, [sanya, danzhou]);
  const race = await Promise.all([sanya, danzhou].map((daemon) => useRefusal(daemon, contested)));
  const winner = race.indexOf(undefined);
  const exactlyOne = winner >= 0 && race[1 - winner] === 'CERTIFICATE_USED';
  check(exactlyOne, 'exactly one of two simultaneous uses wins');
  return `Sanya used it, Danzhou was refused; of two simultaneous uses ${winner === 0 ? 'Sanya’s' : 'Danzhou’s'} won`;
}

async function killAndRestart(state: DemoState): Promise<string> {
  const world = worldOf(state);
  const qionghai = world.city('qionghai');
  const rest = world.daemons.filter((daemon) => daemon !== qionghai);
  const before = await world.status(qionghai);
  await qionghai.stop('SIGKILL');
  for (const daemon of rest) await submitPulse(daemon, 3);
  const [meanwhile] = await world.converged(rest);
  const missed = (meanwhile?.finalizedHeight ?? 0) - before.finalizedHeight;
  check(missed > 0, 'the other three go on finalizing');
  await qionghai.start();
  const [after] = await world.converged();
  return `it missed ${missed} blocks and is at height ${after?.executedHeight} with the same roots`;
}

async function catchLiar(state: DemoState): Promise<string> {
  const world = worldOf(state);
  const [haikou, sanya, danzhou] = [world.city('haikou'), world.city('sanya'), world.city('danzhou')];
  const honest = world.daemons.filter((daemon) => daemon !== danzhou);
  await world.converged();
  const laneBefore = await finalizedSequence(haikou, 'haikou');
  await danzhou.stop('SIGTERM');
  const polyfill = new URL('../polyfill.js', import.meta.url).href;
  const impostor = fileURLToPath(new URL('./impostor.js', import.meta.url));
  await runProgram(process.execPath, ['--import', polyfill, impostor, danzhou.directory, sanya.directory, 'haikou']);

  await until('every honest city keeps both proofs', async () => {
    const kinds = await Promise.all(honest.map((daemon) => evidenceKinds(daemon)));
    return kinds.every((kept) => kept.has('danzhou:lane-fork') && kept.has('danzhou:conflicting-votes'));
  });
  await until('the evidence is final and Danzhou quarantined', async () => {
    const cities = await Promise.all(honest.map((daemon) => quarantined(daemon)));
    return cities.every((names) => names.length === 1 && names[0] === 'danzhou');
  });
  await world.converged(honest);

  // Of Haikou's lane only Haikou's own evidence reports were added: its entries are all its own signatures.
  const operator = await haikou.as('operator');
  for (let sequence = laneBefore + 1; sequence <= (await finalizedSequence(sanya, 'haikou')); sequence++) {
    const entry = await operator.get<{ records: { family: string }[] }>(`/v1/lanes/haikou/${sequence}`);
    check(
      entry.records.every(({ family }) => family === 'membership'),
      'nothing that Sanya signed stands in Haikou’s lane',
    );
  }
  const lift = { reason: 'void', ...officer, approver: 'ap01' };
  const refusal = await refusalOf((await sanya.as('approver')).post(`/v1/blacklist/${state.listing}/lift`, lift));
  await danzhou.start();
  await world.converged();
  return `fork and double vote are evidence on the ledger, Danzhou is quarantined; Sanya may not speak for Haikou (${refusal})`;
}

async function verifyReceipts(state: DemoState): Promise<string> {
  const world = worldOf(state);
  const receipt = await (await world.city('sanya').as('auditor')).receipt({ record: state.listing });
  const good = await verifyOffline(world, receipt);
  check(good.ok, `the receipt verifies in a process that has the genesis file alone (${good.output})`);
  const flipped = receipt.slice();
  const middle = Math.floor(flipped.length / 2);
  flipped[middle] = (flipped[middle] as number) ^ 1;
  const bad = await verifyOffline(world, flipped);
  check(!bad.ok, 'a receipt with one flipped bit is refused');
  return `${receipt.length} bytes verified offline; with one bit flipped: ${/RECEIPT_\w+|MALFORMED/.exec(bad.output)?.[0] ?? 'refused'}`;
}

async function timed<T>(state: DemoState, call: Promise<T>): Promise<T> {
  const startMs = performance.now();
  const answer = await call;
  state.finalityMs.push(performance.now() - startMs);
  return answer;
}

async function issue(state: DemoState, account: string | undefined): Promise<string> {
  const issuer = await worldOf(state).city('haikou').as('issuer');
  const issued = await timed(state, issuer.post<{ code: string }>('/v1/certificates', { account, ...officer }));
  return issued.code;
}

/** What was issued in one city is known in another when it has executed the same block. */
async function known(code: string, daemons: readonly Daemon[]): Promise<void> {
  await until('the certificate is known in the other cities', async () => {
    for (const daemon of daemons) await (await daemon.as('clerk')).get(`/v1/certificates/${code}`);
    return true;
  });
}

/** Why a use is refused, at once or by the agreed order; undefined: it is final. */
async function useRefusal(daemon: Daemon, code: string): Promise<string | undefined> {
  try {
    const { state, code: refusal } = await outcomeOf(daemon, await use(daemon, code));
    return state === 'final' ? undefined : (refusal ?? state);
  } catch (error) {
    if (error instanceof ApiProblem) return error.code;
    throw error;
  }
}

/** What the federation agreed on, also when the answer came before that. */
async function outcomeOf(daemon: Daemon, { location }: Submitted): Promise<RecordAnswer> {
  const auditor = await daemon.as('auditor');
  let record: RecordAnswer | undefined;
  await until(`${location} is final`, async () => {
    record = await auditor.get<RecordAnswer>(`/v1/records/${location}`);
    return record.state !== 'pending';
  });
  return record as RecordAnswer;
}

async function use(daemon: Daemon, code: string): Promise<Submitted> {
  const body = { loanReference: `DEMO-${daemon.name}`, ...officer };
  return (await daemon.as('clerk')).post<Submitted>(`/v1/certificates/${code}/use`, body);
}
