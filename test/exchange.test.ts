import { readFile, rm } from 'node:fs/promises';
import { unwrap } from '@hansa/protocol';
import { verifyAccessReceipt } from '@hansa/protocol/access';
import { Domains } from '@hansa/protocol/crypto';
import { parseGenesis } from '@hansa/protocol/genesis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nativeCrypto } from '../packages/node/src/crypto/index.ts';
import { normalAccounts } from '../packages/node/src/demo/demo-rows.ts';
import { importFile } from '../packages/node/src/demo/queries.ts';
import type { AccessView, TestimonyVerdict, TestimonyView } from '../packages/node/src/services/accesses.ts';
import type { Citizen } from '../packages/node/src/testbed/citizen.ts';
import type { Daemon } from '../packages/node/src/testbed/daemon.ts';
import { until } from '../packages/node/src/testbed/until.ts';
import { demoData, World } from '../packages/node/src/testbed/world.ts';

/** Haikou issues and lists, Sanya reads; batches close when a daemon stops, the next one by itself only after an hour. */
let world: World;
let haikou: Daemon;
let sanya: Daemon;
let accounts: string[];
let listing: string;

beforeAll(async () => {
  world = await World.create();
  await world.startAll();
  [haikou, sanya] = [world.city('haikou'), world.city('sanya')];
  const operator = await haikou.as('operator');
  const exported = await demoData('haikou', 'accounts.csv');
  accounts = normalAccounts('accounts.csv', exported);
  await importFile(operator, 'accounts', exported);
  await importFile(operator, 'blacklist', await demoData('haikou', 'blacklist.csv'));
  listing = await someListing();
}, 300_000);

afterAll(async () => {
  await world.stopAll();
  await rm(world.directory, { recursive: true, force: true });
}, 60_000);

/** A listing of Haikou that Sanya may read. */
async function someListing(): Promise<string> {
  const auditor = await haikou.as('auditor');
  const heldSequence = await laneOf(haikou, 'haikou');
  for (let sequence = 1; sequence <= heldSequence; sequence++) {
    const entry = await auditor.get<{ records: { family: string; state: string }[] }>(`/v1/lanes/haikou/${sequence}`);
    const position = entry.records.findIndex(({ family }) => family === 'blacklist');
    if (position >= 0) return `haikou/${sequence}/${position}`;
  }
  throw new Error('Haikou has listed nobody');
}

async function issue(citizen: Citizen): Promise<string> {
  const issuer = await haikou.as('issuer');
  const wish = { account: accounts.shift(), handler: 'op08', holderKey: citizen.holderKey };
  return (await issuer.post<{ code: string }>('/v1/certificates', wish)).code;
}

async function accesses(daemon: Daemon): Promise<AccessView[]> {
  const auditor = await daemon.as('auditor');
  return (await auditor.get<{ accesses: AccessView[] }>('/v1/access?limit=1000')).accesses;
}

/** Receipts under a consent, in a city's book. */
const under = async (daemon: Daemon, consent: string) =>
  (await accesses(daemon)).filter((access) => access.consent === consent);

const openCertificate = async (certificate: string, consent: string, purpose = 'loan-approval') =>
  (await sanya.as('clerk')).postPatiently<{ source: string; document: { code: string } }>(
    `/v1/certificates/${certificate}/open`,
    {
      ...{ consent, purpose, case: 'LOAN-2026-0117', handler: 'op03' },
    },
  );

const openListing = async () =>
  (await sanya.as('clerk')).post<{ receipt: string }>(`/v1/blacklist/${listing}/open`, {
    ...{ basis: 'LOAN_DECISION', case: 'LOAN-2026-0117', handler: 'op03' },
  });

/** Stops cities cleanly, and starts them again, until every receipt of theirs is in a batch that is final. */
async function batched(...daemons: readonly Daemon[]): Promise<void> {
  for (const daemon of daemons) {
    await until(`every receipt of ${daemon.name} is in a batch`, async () => {
      if ((await accesses(daemon)).every(({ batch }) => batch !== null)) return true;
      await daemon.stop('SIGTERM');
      await daemon.start();
      return false;
    });
  }
}

/** A city's testimony, judged by another city. */
async function judged(of: Daemon, by: Daemon): Promise<TestimonyVerdict> {
  const testimony = await (await of.as('auditor')).get<TestimonyView>('/v1/access/testimony');
  return (await by.as('auditor')).post<TestimonyVerdict>('/v1/access/verify', { testimony });
}

describe('the exchange between real daemons', () => {
  it('P3: delivers at once what the holder consented to; the grantee opens it while the issuer is killed, and both keep the receipt', {
    timeout: 600_000,
  }, async () => {
    const citizen = await world.citizen();
    const certificate = await issue(citizen);
    const consent = await citizen.consent(haikou, certificate, 'sanya', 2);
    await until('Sanya holds the payload', async () => (await under(sanya, consent)).length === 1);
    await haikou.stop('SIGKILL');
    expect(await openCertificate(certificate, consent)).toMatchObject({
      source: 'delivered',
      document: { code: certificate },
    });
    await expect(openCertificate(certificate, consent, 'loan-review')).rejects.toMatchObject({
      code: 'CONSENT_WRONG_PURPOSE',
    });
    // What is to be told to Haikou outlasts Sanya's end, too.
    await sanya.stop('SIGKILL');
    await sanya.start();
    await haikou.start();
    // Of the delivery, of the look that Sanya took meanwhile, and of the one that it was refused.
    await until('both have all three receipts', async () => {
      const counts = await Promise.all([haikou, sanya].map(async (daemon) => (await under(daemon, consent)).length));
      return counts.every((count) => count === 3);
    });
    const [atHaikou, atSanya] = [await under(haikou, consent), await under(sanya, consent)];
    expect(atHaikou).toMatchObject([
      { kind: 'delivery', outcome: 'granted', reader: 'sanya', holder: 'haikou' },
      { kind: 'read', outcome: 'granted', reader: 'sanya', holder: 'haikou' },
      { kind: 'read', outcome: 'refused', code: 'CONSENT_WRONG_PURPOSE', reader: 'sanya', holder: 'haikou' },
    ]);
    expect(atHaikou.map(({ id }) => id)).toEqual(atSanya.map(({ id }) => id));

    await batched(haikou, sanya);
    const genesis = unwrap(parseGenesis(nativeCrypto, new Uint8Array(await readFile(world.genesisFile))));
    const context = { genesis, crypto: nativeCrypto, domains: new Domains(nativeCrypto, genesis.federationId) };
    for (const [daemon, other] of [
      [haikou, sanya],
      [sanya, haikou],
    ] as const) {
      const [access] = await under(daemon, consent);
      expect(access?.batch).toMatch(new RegExp(`^${daemon.name}/`));
      const record = await (await other.as('auditor')).get<{ state: string }>(`/v1/records/${access?.batch}`);
      expect(record.state).toBe('final');
      const verdict = await judged(daemon, other);
      expect(verdict).toMatchObject({ withheld: [], missing: [] });
      expect(verdict.accesses.map(({ id }) => id)).toContain(access?.id);
      const { receipts } = await (await daemon.as('auditor')).get<TestimonyView>('/v1/access/testimony');
      // Both signatures of each, by the genesis file alone.
      for (const receipt of receipts)
        unwrap(verifyAccessReceipt(context, new Uint8Array(Buffer.from(receipt, 'base64'))));
    }
  });

  it('P3: makes one receipt of a delivery, though its issuer is killed before the acknowledgement', {
    timeout: 600_000,
  }, async () => {
    const citizen = await world.citizen();
    const certificate = await issue(citizen);
    const consents = await Promise.all(
      Array.from({ length: 6 }, () => citizen.consent(world.city('danzhou'), certificate, 'sanya', 1)),
    );
    await until('some are delivered', async () => (await under(sanya, consents[0] as string)).length > 0);
    // What it had not heard of by now, it asks again.
    await haikou.stop('SIGKILL');
    await haikou.start();
    await until('all are delivered and acknowledged', async () => {
      for (const consent of consents) if ((await under(haikou, consent)).length === 0) return false;
      return true;
    });
    for (const consent of consents) {
      const [atHaikou, atSanya] = [await under(haikou, consent), await under(sanya, consent)];
      expect(atSanya).toHaveLength(1);
      expect(atHaikou.map(({ id }) => id)).toEqual(atSanya.map(({ id }) => id));
    }
  });

  it('P3: loses no receipt when a city is killed in the middle of a batch; a clean stop closes one', {
    timeout: 600_000,
  }, async () => {
    const opened: string[] = [];
    for (const victim of [haikou, sanya]) {
      const load = Array.from({ length: 12 }, () => openListing().catch(() => undefined));
      await Promise.race(load);
      const watcher = world.city('danzhou');
      const before = await laneOf(watcher, victim.name);
      // Its last batch is sealed, and on its way to the others.
      const stopped = victim.stop('SIGTERM');
      const hasLeft = async () => victim.pid === undefined || (await laneOf(watcher, victim.name)) > before;
      await until('the batch has left', hasLeft);
      await victim.stop('SIGKILL');
      await stopped;
      for (const answer of await Promise.all(load)) if (answer !== undefined) opened.push(answer.receipt);
      await victim.start();
    }
    expect(opened.length).toBeGreaterThan(0);
    await batched(haikou, sanya);
    for (const daemon of [haikou, sanya]) {
      const ids = (await accesses(daemon)).map(({ id }) => id);
      for (const receipt of opened) expect(ids).toContain(receipt);
    }
    expect(await judged(haikou, sanya)).toMatchObject({ withheld: [], missing: [] });
    // What Sanya never got the answer of is not in its batches; nothing else is missing.
    const { withheld, missing } = await judged(sanya, haikou);
    expect(withheld).toEqual([]);
    expect(missing.filter(({ hidden }) => hidden)).toEqual([]);
    expect(missing.filter(({ access }) => opened.includes(access.id))).toEqual([]);
  });
});

/** How far a city holds another one's lane. */
async function laneOf(daemon: Daemon, lane: string): Promise<number> {
  const auditor = await daemon.as('auditor');
  return (await auditor.get<{ heldSequence: number }>(`/v1/lanes/${lane}`)).heldSequence;
}
