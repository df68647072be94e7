import { writeFile } from 'node:fs/promises';
import { HansaError } from '@hansa/protocol';
import { readSmallFile } from '../../files.ts';
import type { AccessView, TestimonyVerdict, TestimonyView } from '../../services/accesses.ts';
import { positive } from '../options.ts';
import { type AddCommand, runs } from '../output.ts';
import { Daemon, type DaemonOptions, daemonOptions } from './daemon.ts';
import { shortTime, table } from './text.ts';

interface ListOptions extends DaemonOptions {
  readonly record?: string;
  readonly officer?: string;
  readonly case?: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit: number;
}

interface OutOptions extends DaemonOptions {
  readonly out: string;
}

interface Notice {
  readonly at: string;
  readonly from: string;
  readonly record: string;
  readonly reason: string;
}

/** A testimony of ten thousand receipts. */
const testimonyBytesMax = 32 * 1024 * 1024;

/** `hansa access list|testimony|verify|prove|notices` */
export const addAccess: AddCommand = (program, terminal, exit) => {
  const group = program.command('access').description('who looked: list, take a city\u2019s word for it, and check it');

  const list = daemonOptions(group.command('list').description('accesses that this city took part in (role auditor)'))
    .option('--record <location>', 'of this record')
    .option('--officer <name>', 'by this officer of this city')
    .option('--case <reference>', 'in this matter of this city')
    .option('--from <time>', 'from this time, like 2026-11-23T02:10:00Z')
    .option('--to <time>', 'until before this time')
    .option('--limit <count>', 'at most so many, up to 1000', positive(1000), 100);
  list.addHelpText(
    'after',
    '\nExample:\n  hansa access list --dir haikou --record haikou/12/0 --from 2026-11-01T00:00:00Z',
  );
  runs<ListOptions>(list, terminal, exit, async (options) => {
    const daemon = await Daemon.find(options, 'auditor', terminal);
    const { record, officer, case: matter, from, to, limit } = options;
    const path = `/v1/access?${query({ record, officer, case: matter, from, to, limit: String(limit) })}`;
    const answer = await daemon.get<{ accesses: readonly AccessView[] }>(path);
    return { text: accessTable(answer.accesses, nobodyIn(options)), json: answer };
  });

  const testimony = daemonOptions(
    group.command('testimony').description('all that this city shows of a period, into a file (role auditor)'),
  )
    .option('--from <time>', 'from this time, like 2026-11-23T02:10:00Z')
    .option('--to <time>', 'until before this time')
    .requiredOption('--out <file>', 'where to write it');
  testimony.addHelpText(
    'after',
    '\nExample:\n  hansa access testimony --dir haikou --from 2026-11-01T00:00:00Z --out haikou.json',
  );
  runs<OutOptions & { from?: string; to?: string }>(
    testimony,
    terminal,
    exit,
    async ({ from, to, out, ...options }) => {
      const daemon = await Daemon.find(options, 'auditor', terminal);
      const view = await daemon.get<TestimonyView>(`/v1/access/testimony?${query({ from, to })}`);
      await writeFile(out, `${JSON.stringify(view)}\n`, { mode: 0o600 });
      const text = `${out}: ${view.receipts.length} receipts in ${view.batches.length} batches of ${view.city}`;
      return { text, json: { file: out, receipts: view.receipts.length, batches: view.batches.length } };
    },
  );

  const verify = daemonOptions(
    group
      .command('verify')
      .description('check a city\u2019s testimony with another city (role auditor), or a proof offline'),
  )
    .argument('<file>', 'the testimony; with --genesis the proof')
    .option(
      '--genesis <file>',
      'genesis file of the federation: verify a proof of "hansa access prove", with no daemon',
    );
  verify.addHelpText(
    'after',
    '\nExample:\n  hansa access verify --dir sanya haikou.json\n  hansa access verify proof.bin --genesis genesis.json',
  );
  runs<DaemonOptions & { genesis?: string }>(verify, terminal, exit, async ({ genesis, ...options }, [file]) => {
    if (genesis !== undefined) {
      const { verifyProofFile } = await import('./access-proof.ts');
      return verifyProofFile(file as string, genesis, terminal.environment);
    }
    const daemon = await Daemon.find(options, 'auditor', terminal);
    const view = await testimonyOf(file as string);
    const verdict = await daemon.post<TestimonyVerdict>('/v1/access/verify', { testimony: view });
    return { text: verdictText(verdict), json: { ...verdict } };
  });

  const notices = daemonOptions(
    group
      .command('notices')
      .description(
        'what other cities told this one to forget: it was read here, and is lifted or erased (role operator)',
      ),
  ).option('--limit <count>', 'at most so many, up to 1000', positive(1000), 100);
  notices.addHelpText('after', '\nExample:\n  hansa access notices --dir sanya');
  runs<DaemonOptions & { limit: number }>(notices, terminal, exit, async ({ limit, ...options }) => {
    const daemon = await Daemon.find(options, 'operator', terminal);
    const answer = await daemon.get<{ notices: readonly Notice[] }>(`/v1/notices?limit=${limit}`);
    const rows = answer.notices.map(({ at, from, record, reason }) => [shortTime(at), from, record, reason]);
    const text =
      rows.length === 0
        ? 'No city has told this one to forget anything.'
        : table(['TIME', 'FROM', 'RECORD', 'REASON'], rows);
    return { text, json: answer };
  });

  const prove = daemonOptions(
    group.command('prove').description('a proof that a batch has a receipt, or lacks it, into a file (role auditor)'),
  )
    .argument('<receipt>', 'id of the receipt, as "hansa access list" shows it')
    .option('--testimony <file>', 'of the other city that took part; default: of this city')
    .requiredOption('--out <file>', 'where to write it');
  prove.addHelpText(
    'after',
    '\nExample:\n  hansa access prove --dir sanya RECEIPT-ID --testimony haikou.json --out proof.bin',
  );
  runs<OutOptions & { testimony?: string }>(
    prove,
    terminal,
    exit,
    async ({ out, testimony: file, ...options }, [id]) => {
      const daemon = await Daemon.find(options, 'auditor', terminal);
      const more = file === undefined ? {} : { testimony: await testimonyOf(file) };
      const { proof } = await daemon.post<{ proof: string }>('/v1/access/prove', { receipt: id, ...more });
      await writeFile(out, Buffer.from(proof, 'base64'), { mode: 0o600 });
      const text = `${out}: written. Verify it anywhere: hansa access verify ${out} --genesis genesis.json`;
      return { text, json: { file: out } };
    },
  );
};

function query(parameters: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(parameters).filter((each): each is [string, string] => each[1] !== undefined);
  return new URLSearchParams(given).toString();
}

async function testimonyOf(file: string): Promise<TestimonyView> {
  try {
    return JSON.parse(new TextDecoder().decode(await readSmallFile(file, testimonyBytesMax))) as TestimonyView;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new HansaError('USAGE', 'The file is not a testimony: take it from "hansa access testimony --out FILE"');
  }
}

function accessTable(accesses: readonly AccessView[], ifNone: string): string {
  if (accesses.length === 0) return ifNone;
  const rows = accesses.map(({ at, kind, record, reader, outcome, code, purpose, legalBasis, officer, id }) => [
    ...[shortTime(at), kind, record, reader, code ?? outcome],
    ...[purpose ?? legalBasis ?? '', officer ?? '', id],
  ]);
  return table(['TIME', 'KIND', 'RECORD', 'READER', 'OUTCOME', 'WHY', 'OFFICER', 'RECEIPT'], rows);
}

/** The other city that took part knows neither the officer nor the matter, only that city's pseudonyms of them (P1). */
function nobodyIn({ officer, case: matter }: ListOptions): string {
  if (officer === undefined && matter === undefined) return 'Nobody looked.';
  return 'No look of this city\u2019s own officers. Those of other cities\u2019 officers are found without --case and --officer, or in their city.';
}

function verdictText({ city, covered, accesses, withheld, missing }: TestimonyVerdict): string {
  const period =
    covered === null
      ? `No batch of ${city} covers the period yet: one is made at the latest after policy.access.batchMs`
      : `Complete from ${shortTime(covered.from)} until ${shortTime(covered.to)}`;
  const lines = missing.map(
    ({ access, batch, hidden }) => `${hidden ? 'HIDDEN' : 'not acknowledged'}: ${access.id} is not in ${batch}`,
  );
  return [
    accessTable(accesses, covered === null ? 'Nothing can be said of the period yet.' : 'Nobody looked.'),
    `${period}; ${withheld.length} receipts withheld, ${missing.length} missing.`,
    ...lines,
  ].join('\n');
}
