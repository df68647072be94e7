import { basename } from 'node:path';
import type { Command } from 'commander';
import { readSmallFile, writeNewFile } from '../../files.ts';
import type { DocumentInfo } from '../../registry/index.ts';
import { type AddCommand, groupOf, runs, type Terminal } from '../output.ts';
import { counted } from '../plural.ts';
import { Daemon, type DaemonOptions, daemonOptions } from './daemon.ts';
import { listingPath } from './location.ts';
import { readSubjectInput, type SubjectOptions, subjectOptions } from './subject-input.ts';

interface DecisionOptions extends DaemonOptions, SubjectOptions {
  readonly judgement: string;
  readonly decided: string;
}

interface PaperOptions extends DaemonOptions {
  readonly out: string;
  readonly basis: string;
  readonly case: string;
  readonly handler: string;
}

/** `hansa blacklist attach|discard|paper`: added to the group that is there. */
export const addPapers: AddCommand = (program, terminal, exit) => {
  const group = groupOf(program, 'blacklist');

  const attach = decisionOptions(
    group.command('attach').description('attach a paper to a decision before it is imported (role clerk)'),
  ).argument('<file>', 'PDF, JPEG or PNG, at most 511 KiB; eight of a decision');
  attach.addHelpText(
    'after',
    '\nExample:\n  hansa blacklist attach --dir haikou decision.pdf --judgement HK-2026-0117 --decided 2026-11-20',
  );
  runs<DecisionOptions>(attach, terminal, exit, async (options, [file]) => {
    const daemon = await Daemon.find(options, 'clerk', terminal);
    const { documentBytesMax } = await import('../../registry/index.ts');
    const path = file ?? '';
    // One byte more comes through: the daemon says what to do about a large one.
    const content = await readSmallFile(path, documentBytesMax + 1);
    const body = { name: basename(path), content: Buffer.from(content).toString('base64') };
    const decision = await decisionOf(options, terminal);
    const given = await daemon.post<{ documents: DocumentInfo[] }>('/v1/blacklist/documents', { ...decision, ...body });
    const lines = given.documents.map(({ name, bytes, sha256 }) => `  ${name}  ${bytes} bytes  SHA-256 ${sha256}`);
    return { text: ['Waits for the listing:', ...lines].join('\n'), json: { ...given } };
  });

  const discard = decisionOptions(
    group.command('discard').description('delete the papers that wait for a decision\u2019s listing (role clerk)'),
  );
  discard.addHelpText(
    'after',
    '\nExample:\n  hansa blacklist discard --dir haikou --judgement HK-2026-0117 --decided 2026-11-20',
  );
  runs<DecisionOptions>(discard, terminal, exit, async (options) => {
    const daemon = await Daemon.find(options, 'clerk', terminal);
    const decision = await decisionOf(options, terminal);
    const { discarded } = await daemon.post<{ discarded: number }>('/v1/blacklist/documents/discard', decision);
    return { text: `${counted(discarded, 'paper is', 'papers are')} deleted.`, json: { discarded } };
  });

  const paper = daemonOptions(
    group.command('paper').description('a paper of a listing as a file, on a legal basis (role clerk)'),
  )
    .argument('<listing>', 'location of the listing, as a check shows it')
    .argument('<document>', 'commitment of the paper, as "hansa blacklist open --json" shows it')
    .requiredOption('--out <file>', 'where to write it')
    .requiredOption('--basis <code>', 'one of the policy\u2019s legal bases, for instance LOAN_DECISION')
    .requiredOption('--case <reference>', 'reference of the matter in hand')
    .requiredOption('--handler <officer>', 'officer who handles the matter');
  paper.addHelpText(
    'after',
    '\nExample:\n  hansa blacklist paper --dir sanya haikou/12/0 COMMITMENT --out decision.pdf --basis LOAN_DECISION --case LOAN-2026-0117 --handler op03',
  );
  runs<PaperOptions>(paper, terminal, exit, async (options, [listing, document]) => {
    const daemon = await Daemon.find(options, 'clerk', terminal);
    const { out, basis, case: matter, handler } = options;
    const path = `${listingPath(listing)}/documents/${encodeURIComponent(document ?? '')}`;
    const { bytes, headers } = await daemon.file(path, { basis, case: matter, handler });
    await writeNewFile(out, bytes, 0o600);
    const receipt = headers.get('hansa-receipt');
    const said = receipt === null ? 'in the book of checks' : `receipt ${receipt}`;
    return { text: `${out}: ${bytes.length} bytes; ${said}.`, json: { out, bytes: bytes.length, receipt } };
  });
};

function decisionOptions(command: Command): Command {
  return subjectOptions(daemonOptions(command))
    .requiredOption('--judgement <number>', 'number of the decision, as the export or the form has it')
    .requiredOption('--decided <date>', 'day of the decision');
}

async function decisionOf(options: DecisionOptions, terminal: Terminal) {
  const subject = await readSubjectInput(options, terminal);
  return { subject, judgementNumber: options.judgement, decidedOn: options.decided };
}
