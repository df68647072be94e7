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
    .option('--number <number>', 'the number itself; other users of this machine can see it, so prefer the other ways');
}

/** The number from wherever it is; by default asked for without echo, so that it stays in no history and no process list. */
export async function readSubjectInput(options: SubjectOptions, terminal: Terminal): Promise<SubjectInput> {
  const { kind } = options;
  if (options.number !== undefined) {
    terminal.stderr(
      'hansa: other users of this machine can see a number given with --number; prefer --number-file or the prompt.\n',
    );
    return { kind, number: options.number.trim() };
  }
  if (options.numberFile !== undefined && options.numberFile !== '-') {
    const text = await readFile(options.numberFile, 'utf8').catch(() => {
      throw new HansaError(
        'FILE_UNREADABLE',
        `${options.numberFile} cannot be read. Check the path of --number-file and its permissions.`,
      );
    });
    return { kind, number: text.trim() };
  }
  const number = (await (terminal.ask ?? askHidden)('Number (not shown): ')).trim();
  if (number === '') throw new HansaError('USAGE', 'no number was given. See: hansa check --help');
  return { kind, number };
}
