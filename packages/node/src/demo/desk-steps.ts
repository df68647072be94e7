import { refusalOf } from '../testbed/api-client.ts';
import { check } from '../testbed/checks.ts';
import type { Daemon } from '../testbed/daemon.ts';
import { until } from '../testbed/until.ts';
import { demoData } from '../testbed/world.ts';
import { normalAccounts, rowsOf } from './demo-rows.ts';
import { type Access, accessesOf, acknowledgedBy, askAs, askRefusal, oprfAlarms } from './desk-queries.ts';
import { type DemoState, officer, type Step, stateOf, worldOf } from './state.ts';

/** What clerks and citizens do: consents, private papers, due process, and what an insider cannot do (P1, P2, P3). */
export const deskSteps: readonly Step[] = [
  { name: 'a consent delivers the papers', run: deliverPapers },
  { name: 'opened while the issuer is killed', run: openWithoutIssuer },
  { name: 'receipts in both cities', run: compareReceipts },
  { name: 'an insider is stopped', run: stopInsider },
  { name: 'a dispute and a lift reach all cities', run: disputeAndLift },
  { name: 'an erasure reaches every holder', run: eraseEverywhere },
];

const matter = { case: 'DEMO-LOAN-0117', handler: 'op03' };

async function deliverPapers(state: DemoState): Promise<string> {
  const world = worldOf(state);
  const [haikou, sanya] = [world.city('haikou'), world.city('sanya')];
  const citizen = await world.citizen();
  // The third account: two have a certificate of an earlier step.
  const account = normalAccounts('accounts.csv', await demoData('haikou', 'accounts.csv'))[2];
  const wish = { account, addressedTo: 'sanya', holderKey: citizen.holderKey, ...officer };
  const { code, location } = await (await haikou.as('issuer')).post<{ code: string; location: string }>(
    '/v1/certificates',
    wish,
  );
  // Any city carries what the citizen signed.
  const consent = await citizen.consent(world.city('qionghai'), code, 'sanya', 2);
  await until('Sanya holds the papers', async () => (await accessesOf(sanya, location)).length === 1);
  const [delivery] = await accessesOf(sanya, location);
  check(delivery?.kind === 'delivery' && delivery.outcome === 'granted', 'Haikou delivered by itself');
  check(delivery.consent === consent, 'it did so under the citizen’s consent');
  state.papers = { code, location, consent };
  return `certificate ${code.slice(0, 8)}… went to Sanya sealed, under consent ${consent.slice(0, 8)}…`;
}

async function openWithoutIssuer(state: DemoState): Promise<string> {
  const world = worldOf(state);
  const [haikou, sanya] = [world.city('haikou'), world.city('sanya')];
  const { code } = stateOf(state.papers, 'papers');
  await haikou.stop('SIGKILL');
  const opened = await open(sanya, state, 'loan-approval');
  check(opened.source === 'delivered', 'Sanya opens from its own vault');
  const { balanceFen, code: printed } = opened.document;
  check(printed === code && Number.isInteger(balanceFen), 'the papers are those that the ledger has the commitment of');
  // What is no loan is refused by the agreed order, with nobody at Haikou.
  const refused = await refusalOf(open(sanya, state, 'loan-review'));
  check(refused === 'CONSENT_WRONG_PURPOSE', `another purpose is refused (${refused})`);
  await haikou.start();
  return `Haikou is down, and Sanya reads ${Object.keys(opened.document).length} fields; for another purpose: ${refused}`;
}

async function compareReceipts(state: DemoState): Promise<string> {
  const world = worldOf(state);
  const [haikou, sanya] = [world.city('haikou'), world.city('sanya')];
  const { location } = stateOf(state.papers, 'papers');
  let both: readonly [Access[], Access[]] = [[], []];
  await until('both cities hold the same receipts', async () => {
    both = [await accessesOf(haikou, location), await accessesOf(sanya, location)];
    return both[0].length > 2 && ids(both[0]) === ids(both[1]);
  });
  const kinds = both[0].map(({ kind, outcome, code }) => `${kind} ${code ?? outcome}`);
  for (const kind of ['delivery granted', 'read granted', 'read CONSENT_WRONG_PURPOSE']) {
    check(kinds.includes(kind), `both have a receipt of: ${kind}`);
  }
  return `the same ${both[0].length} receipts in Haikou and Sanya, signed by both: the delivery, the look while Haikou was down, a refusal`;
}

async function stopInsider(state: DemoState): Promise<string> {
  const world = worldOf(state);
  const danzhou = world.city('danzhou');
  const persons = [
    ...new Set(rowsOf('blacklist.csv', await demoData('haikou', 'blacklist.csv')).map((row) => row.number)),
  ];
  const curious = { operator: 'op99', case: 'DEMO-CURIOUS' };
  let answered = 0;
  let stopped: string | undefined;
  const next = persons.values();
  const enumerate = async () => {
    for (const number of next) {
      if (stopped !== undefined) return;
      const refused = await askRefusal(danzhou, number, curious);
      if (refused === undefined) answered += 1;
      else stopped = refused;
    }
  };
  await Promise.all(Array.from({ length: 4 }, enumerate));
  check(stopped === 'OPRF_QUOTA_EXHAUSTED', `the lookups end (${stopped ?? 'they do not'})`);
  check(answered < persons.length, `of ${persons.length} persons only ${answered} were looked up`);
  const others = world.daemons.filter((daemon) => daemon !== danzhou);
  const alarms = (await Promise.all(others.map((daemon) => oprfAlarms(daemon)))).flat();
  const named = alarms.some(({ code, message }) => code === 'ENUMERATION_SUSPECTED' && message.startsWith('danzhou'));
  check(named, 'the other cities have an alarm that names Danzhou');
  const colleague = await askRefusal(danzhou, persons.at(-1) as string, { operator: 'op98', case: 'DEMO-HONEST' });
  check(colleague === undefined, 'an officer with a matter in hand is answered');
  return `after ${answered} of ${persons.length} persons: ${stopped}, and an alarm in the other cities`;
}

async function disputeAndLift(state: DemoState): Promise<string> {
  const world = worldOf(state);
  const { number, location } = stateOf(state.wronged, 'wronged person');
  const [haikou, sanya] = [world.city('haikou'), world.city('sanya')];
  const seen = async (holds: (listing: { disputed: boolean } | undefined) => boolean) => {
    for (const daemon of world.daemons) {
      const { listings } = await askAs(daemon, number, { operator: 'op03', case: 'DEMO-DISPUTE' });
      if (!holds(listings.find((listing) => listing.location === location))) return false;
    }
    return true;
  };
  const basis = { basis: 'LOAN_DECISION', ...matter };
  const details = await (await sanya.as('clerk')).post<{ receipt: string | null }>(
    `/v1/blacklist/${location}/open`,
    basis,
  );
  check(details.receipt !== null, 'Sanya reads behaviour and amount, and has a receipt of it');
  await (await sanya.as('clerk')).post(`/v1/blacklist/${location}/dispute`, { state: 'open', handler: 'op03' });
  await until('every city shows the dispute', () => seen((listing) => listing?.disputed === true));
  const lift = { reason: 'void', ...officer, approver: 'ap01' };
  await (await haikou.as('approver')).post(`/v1/blacklist/${location}/lift`, lift);
  await until('no city answers with it any more', () => seen((listing) => listing === undefined));
  await until(
    'every city signed that it holds nothing of it',
    async () => (await acknowledgedBy(haikou, location)).length === world.daemons.length,
  );
  await until('Sanya, which had read it, was told', async () => {
    const operator = await sanya.as('operator');
    const { notices } = await operator.get<{ notices: { record: string; reason: string }[] }>('/v1/notices');
    return notices.some(({ record, reason }) => record === location && reason === 'lifted');
  });
  const ended = await refusalOf((await sanya.as('clerk')).post(`/v1/blacklist/${location}/open`, basis));
  check(ended === 'LISTING_LIFTED', `its details open no more (${ended})`);
  return `${location}: disputed in Sanya, shown in four cities; lifted in Haikou, and four signatures that nothing is left`;
}

async function eraseEverywhere(state: DemoState): Promise<string> {
  const world = worldOf(state);
  const [haikou, sanya] = [world.city('haikou'), world.city('sanya')];
  const { code, location } = stateOf(state.papers, 'papers');
  const wish = { reason: 'holder-request', ...officer };
  await (await haikou.as('issuer')).post(`/v1/certificates/${code}/erase`, wish);
  await until('Haikou and Sanya signed that they hold it no more', async () => {
    const cities = await acknowledgedBy(haikou, location);
    return cities.includes('haikou') && cities.includes('sanya');
  });
  // The consent has a use left; the papers are gone.
  const refused = await refusalOf(open(sanya, state, 'loan-approval'));
  check(refused === 'PAYLOAD_ERASED', `nothing is left to open (${refused})`);
  return `payload and salt are gone in Haikou and Sanya, signed by both on the ledger; to open it: ${refused}`;
}

interface Opened {
  readonly source: 'delivered' | 'issuer';
  readonly document: { readonly code: string; readonly balanceFen: number };
}

async function open(daemon: Daemon, state: DemoState, purpose: string): Promise<Opened> {
  const { code, consent } = stateOf(state.papers, 'papers');
  return (await daemon.as('clerk')).postPatiently<Opened>(`/v1/certificates/${code}/open`, {
    consent,
    purpose,
    ...matter,
  });
}

function ids(accesses: readonly Access[]): string {
  return accesses
    .map(({ id }) => id)
    .sort()
    .join();
}
