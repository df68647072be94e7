import { readFile } from 'node:fs/promises';
import { HansaError } from '@hansa/protocol';
import { type Command, Option } from 'commander';
import type { SubjectInput } from '../../services/subjects.ts';
import type { Terminal } from '../output.ts';
import { askHidden } from './prompt.ts';

export interface SubjectOptions {
  readonly kind: SubjectInput['kind'];
  readonly number?: string;
  readonly numberFile?: string;
}

/** Options that name a person or an organisation. */
export function subjectOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--kind <kind>', 'citizen number or credit code of an organisation')
        .choices(['id', 'org'])
        .default('id'),
    )
    .option('--number-file <file>', 'file with the number ("-": standard input); without it the number is asked for')
    .addOption(
      new Option(
        '--number <number>',
        'the number itself; other users of this machine can see it, so prefer the other ways',
      ).conflicts('numberFile'),
    );
}

/** The number from wherever it is; by default asked for without echo, so that it stays in no history and no process list. */
export async function readSubjectInput(options: SubjectOptions, terminal: Terminal): Promise<SubjectInput> {
  const number = (await readNumber(options, terminal)).trim();
  if (number === '') throw new HansaError('USAGE', 'no number was given. See: hansa check --help');
  return { kind: options.kind, number };
}

async function readNumber({ number, numberFile }: SubjectOptions, terminal: Terminal): Promise<string> {
  if (number !== undefined) {
    terminal.stderr(
      'hansa: other users of this machine can see a number given with --number; prefer --number-file or the prompt.\n',
    );
    return number;
  }
  if (numberFile === undefined || numberFile === '-') return (terminal.ask ?? askHidden)('Number (not shown): ');
  return readFile(numberFile, 'utf8').catch(() => {
    throw new HansaError(
      'FILE_UNREADABLE',
      `${numberFile} cannot be read. Check the path of --number-file and its permissions.`,
    );
  });
}
