import { Option } from 'commander';
import { refusalReasons } from '../../api/ports.ts';
import type { Submitted } from '../../services/submission.ts';
import { type AddCommand, runs } from '../output.ts';
import { Daemon, type DaemonOptions, daemonOptions } from './daemon.ts';
import { submittedAnswer } from './submitted.ts';
import { type SubmittingOptions, submit, submittingOptions } from './submitting.ts';
import { groupedCode, shortTime, table } from './text.ts';

interface Pending {
  readonly id: string;
  readonly account: string;
  readonly addressedTo: string | null;
  readonly purpose: string;
  readonly phone: string | null;
  readonly appliedAt: string;
  readonly holderKey: string;
}

/** `hansa application list|approve|refuse` */
export const addApplication: AddCommand = (program, terminal, exit) => {
  const group = program
    .command('application')
    .description('applications from citizens\u2019 phones: list, approve, refuse (role issuer)');

  const list = daemonOptions(group.command('list').description('applications that wait for an officer, oldest first'));
  list.addHelpText('after', '\nExample:\n  hansa application list --dir haikou\n\nIt prints account numbers.');
  runs<DaemonOptions>(list, terminal, exit, async (options) => {
    const daemon = await Daemon.find(options, 'issuer', terminal);
    const { applications } = await daemon.get<{ applications: readonly Pending[] }>('/v1/applications');
    const rows = applications.map((each) => [
      each.id,
      shortTime(each.appliedAt),
      each.account,
      each.purpose,
      each.addressedTo ?? 'any city',
      // As the wallet shows it: the officer and the citizen compare.
      each.holderKey.slice(0, 16),
    ]);
    const text =
      rows.length === 0
        ? 'No application waits.'
        : table(['application', 'applied at', 'account', 'purpose', 'addressed to', 'key'], rows);
    return { text, json: { applications } };
  });

  const approve = submittingOptions(
    group
      .command('approve')
      .description('issue the certificate on the applicant\u2019s key; confirm first who applies'),
  )
    .argument('<id>', 'id of the application')
    .requiredOption('--handler <officer>', 'officer who approves it')
    .option('--phone <number>', 'of the counter, printed on the certificate');
  approve.addHelpText(
    'after',
    '\nExample:\n  hansa application approve --dir haikou 3f0a4b439a5e0d9c1f3b7a10b5cf9c2e --handler op08',
  );
  runs<SubmittingOptions & { handler: string; phone?: string }>(approve, terminal, exit, async (options, [id]) => {
    const daemon = await Daemon.find(options, 'issuer', terminal);
    const body = { handler: options.handler, ...(options.phone === undefined ? {} : { phone: options.phone }) };
    const path = `/v1/applications/${encodeURIComponent(id as string)}/approve`;
    const issued = await submit<Submitted & { code: string }>(daemon, terminal, options, path, body);
    const certificate = `Certificate ${groupedCode(issued.code)}`;
    return submittedAnswer(`${certificate} is issued`, issued, certificate);
  });

  const refuse = daemonOptions(group.command('refuse').description('refuse an application; the citizen sees why'))
    .argument('<id>', 'id of the application')
    .requiredOption('--handler <officer>', 'officer who refuses it')
    .addOption(new Option('--reason <reason>', 'why').choices(refusalReasons).makeOptionMandatory());
  refuse.addHelpText(
    'after',
    '\nExample:\n  hansa application refuse --dir haikou 3f0a4b439a5e0d9c1f3b7a10b5cf9c2e --handler op08 --reason duplicate',
  );
  runs<DaemonOptions & { handler: string; reason: string }>(refuse, terminal, exit, async (options, [id]) => {
    const daemon = await Daemon.find(options, 'issuer', terminal);
    const path = `/v1/applications/${encodeURIComponent(id as string)}/refuse`;
    const application = await daemon.post<object>(path, { handler: options.handler, reason: options.reason });
    return { text: 'The application is refused.', json: { application } };
  });
};
