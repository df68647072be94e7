import { positive } from '../options.ts';
import { type AddCommand, runs } from '../output.ts';
import { Daemon, type DaemonOptions, daemonOptions } from './daemon.ts';
import { shortTime, table } from './text.ts';

interface Check {
  readonly number: number;
  readonly at: string;
  readonly role: string;
  readonly operator: string;
  readonly purpose: string;
  readonly case: string;
  readonly given: 'answer' | 'receipt';
  readonly result: 'hit' | 'none';
  readonly proof: string;
}

interface ChecksOptions extends DaemonOptions {
  readonly from?: number;
  readonly limit: number;
}

/** `hansa checks` */
export const addChecks: AddCommand = (program, terminal, exit) => {
  const command = daemonOptions(
    program.command('checks').description('who asked about persons, for which purpose and matter (role auditor)'),
  )
    .option('--from <number>', 'first number; default: the newest', positive())
    .option('--limit <count>', 'at most so many, up to 1000', positive(1000), 100);
  command.addHelpText('after', '\nExample:\n  hansa checks --dir sanya --from 1 --limit 1000 --json');
  runs<ChecksOptions>(command, terminal, exit, async (options) => {
    const daemon = await Daemon.find(options, 'auditor', terminal);
    const from = options.from === undefined ? '' : `&from=${options.from}`;
    const { checks } = await daemon.get<{ checks: readonly Check[] }>(`/v1/checks?limit=${options.limit}${from}`);
    const rows = checks.map(({ number, at, role, operator, purpose, case: matter, given, result, proof }) => [
      ...[String(number), shortTime(at), role, operator, purpose, matter],
      ...[given, result, proof],
    ]);
    const head = ['NUMBER', 'TIME', 'ROLE', 'OFFICER', 'PURPOSE', 'CASE', 'GIVEN', 'RESULT', 'PROOF'];
    return { text: checks.length === 0 ? 'No check was answered.' : table(head, rows), json: { checks } };
  });
};
