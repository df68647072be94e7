import { meaningOf } from '../../services/meanings.ts';
import { exitCodes } from '../exit-codes.ts';
import { wholeSeconds } from '../options.ts';
import { type AddCommand, runs } from '../output.ts';
import { Daemon, type DaemonOptions, daemonOptions } from './daemon.ts';
import { locationOf } from './location.ts';
import { type RecordAnswer, recordOutcome } from './record-outcome.ts';
import { groupedCode, pairs } from './text.ts';

interface RecordOptions extends DaemonOptions {
  readonly wait?: number | true;
}

const waitSecondsPreset = 60;

/** `hansa record` */
export const addRecord: AddCommand = (program, terminal, exit) => {
  const command = daemonOptions(program.command('record').description('one record: what it says and what became of it'))
    .argument('<location>', 'where it stands, for instance haikou/12/0')
    .option(
      '--wait [seconds]',
      `wait until this city knows what became of it, for at most so many seconds; without a number ${waitSecondsPreset}`,
      wholeSeconds,
    );
  command.addHelpText(
    'after',
    '\nExample:\n  hansa record haikou/12/0 --dir sanya --wait\n\nThe exit code is 0 for a final record, also when the ledger rejected it: read the answer. It is 4 while it is pending.\nIt says what was recorded. Amendments, disputes and lifts are records of their own; "now" is what they have made of it.',
  );
  runs<RecordOptions>(command, terminal, exit, async (options, [text]) => {
    const location = locationOf(text, 'record');
    const daemon = await Daemon.find(options, 'operator', terminal);
    const { wait = 0 } = options;
    const record = await recordOutcome(daemon, location, wait === true ? waitSecondsPreset : wait);
    return {
      text: textOf(record),
      json: { ...record },
      ...(record.state === 'pending' ? { exitCode: exitCodes.pending } : {}),
    };
  });
};

function textOf({ location, family, type, state, height, code, provable, fields, now }: RecordAnswer): string {
  const standing =
    state === 'pending'
      ? 'pending: durable here, and not agreed on yet'
      : state === 'final'
        ? `final in block ${height}`
        : `REJECTED in block ${height}: ${meaningOf(code ?? '')} [${code}]`;
  return `${location}  ${family} ${type}\n${pairs([
    ['state', standing],
    ...(now === null ? [] : [['now', standingText(family, now)] as const]),
    ['receipt', provable ? 'can be exported' : 'not yet'],
    ...Object.entries(fields).map(([name, value]) => [name, shown(value)] as const),
  ])}`;
}

function standingText(family: string, { of, status, disputed }: NonNullable<RecordAnswer['now']>): string {
  const what = family === 'blacklist' ? `listing ${of}` : `certificate ${groupedCode(of)}`;
  return `${what}: ${status === 'ended' ? 'ended: lifted, or its dates are over' : status}${disputed ? ', DISPUTED' : ''}`;
}

function shown(value: unknown): string {
  if (value === null) return '-';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
