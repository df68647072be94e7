import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { HansaError } from '@hansa/protocol';
import { SingleBar } from 'cli-progress';
import { Argument } from 'commander';
import type { RefusedRow } from '../../api/ports.ts';
import type { ImportEvent } from '../../client/imports.ts';
import { exitCodes } from '../exit-codes.ts';
import { type AddCommand, type Answer, runs, type Terminal } from '../output.ts';
import { counted } from '../plural.ts';
import { Daemon, type DaemonOptions, daemonOptions, refusalOf, unreachable } from './daemon.ts';

interface ImportCommandOptions extends DaemonOptions {
  readonly dryRun?: boolean;
  readonly mapping?: string;
  readonly wait: boolean;
}

type Report = Extract<ImportEvent, { kind: 'report' }>;

/** A line of the answer. */
type Line = ImportEvent | { readonly kind: 'problem'; readonly code: string; readonly detail: string };

/** Refused rows in text; --json has all. */
const shownMax = 50;

/** `hansa import blacklist|accounts FILE` */
export const addImport: AddCommand = (program, terminal, exit) => {
  const command = daemonOptions(
    program
      .command('import')
      .description('read a centre\u2019s export; importing it twice has no second effect (role operator)'),
  )
    .addArgument(new Argument('<kind>', 'what the file has').choices(['blacklist', 'accounts']))
    .argument('<file>', 'CSV, TSV or JSON lines; UTF-8 or GB18030')
    .option('--dry-run', 'check every row and change nothing')
    .option('--mapping <mapping>', 'mapping file, or name of a built-in mapping; default: the one named like the city')
    .option('--no-wait', 'do not wait until the federation has agreed on the records');
  command.addHelpText(
    'after',
    '\nExample:\n  hansa import blacklist blacklist.csv --dir haikou --dry-run\n\nRefused rows are listed and the others go through; the exit code is then still 0. It is 1 when the import stopped\nearly, 4 when all is sealed and durable but not final within 15 seconds.',
  );
  runs<ImportCommandOptions>(command, terminal, exit, async (options, [kind, file]) => {
    const daemon = await Daemon.find(options, 'operator', terminal);
    const size = await sizeOf(file as string);
    const query = new URLSearchParams({
      dryRun: String(options.dryRun === true),
      wait: options.wait ? 'final' : 'none',
    });
    if (options.mapping !== undefined) query.set('mapping', await mappingOf(options.mapping));
    const path = `/v1/import/${kind}?${query}`;
    const { report, refused } = await collect(await upload(daemon, path, file as string), terminal, size);
    return answerOf(report, refused);
  });
};

function answerOf(report: Report, refused: readonly RefusedRow[]): Answer {
  const { kind: _kind, ...counts } = report;
  const exitCode =
    report.stopped !== undefined ? exitCodes.refused : report.state === 'pending' ? exitCodes.pending : exitCodes.ok;
  return {
    text: textOf(report, refused),
    json: {
      ...counts,
      refusedRows: refused,
      // What every refused command has.
      ...(report.stopped === undefined ? {} : { error: report.stopped }),
    },
    exitCode,
  };
}

/** Sends the file as it is read, while the answer comes in line by line. */
async function upload(daemon: Daemon, path: string, file: string): Promise<IncomingMessage> {
  const send = daemon.url.protocol === 'https:' ? httpsRequest : httpRequest;
  const request = send(new URL(path, daemon.url), {
    method: 'POST',
    headers: { ...daemon.headers, 'content-type': 'application/octet-stream', accept: 'application/x-ndjson' },
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve);
    request.once('error', (error) => reject(unreachable(daemon.url, error)));
  });
  // A refusal may come before the whole file is sent; then the rest of it is of no interest.
  pipeline(createReadStream(file), request).catch(() => undefined);
  const response = await answered;
  if (response.statusCode === 200) return response;
  let text = '';
  for await (const chunk of response) text += String(chunk);
  throw refusalOf(parsed(text));
}

async function collect(
  response: IncomingMessage,
  terminal: Terminal,
  size: number,
): Promise<{ readonly report: Report; readonly refused: readonly RefusedRow[] }> {
  const bar =
    terminal.interactive && size > 0
      ? new SingleBar({ format: '{bar} {percentage}% | {rows} rows', clearOnComplete: true, stream: process.stderr })
      : undefined;
  bar?.start(size, 0, { rows: 0 });
  const refused: RefusedRow[] = [];
  let report: Report | undefined;
  try {
    for await (const text of linesOf(response)) {
      const line = parsed(text) as Line | undefined;
      // Cut off in the middle of a line.
      if (line === undefined) break;
      if (line.kind === 'progress') bar?.update(Math.min(size, line.bytes), { rows: line.rows });
      else if (line.kind === 'refused') refused.push(withoutKind(line));
      else if (line.kind === 'problem') throw refusalOf(line);
      else report = line;
    }
  } finally {
    bar?.stop();
  }
  if (report === undefined) {
    throw new HansaError(
      'IMPORT_CUT_OFF',
      'The daemon ended before the import was done. What it sealed stands; import the file again to go on.',
    );
  }
  // A batch tells its contradictions after the reader's refusals.
  return { report, refused: refused.sort((a, b) => a.line - b.line) };
}

/** Lines of the answer. When the daemon dies they end, and the report is missing. */
async function* linesOf(response: IncomingMessage): AsyncGenerator<string> {
  const lines = createInterface({ input: response })[Symbol.asyncIterator]();
  for (;;) {
    const next = await lines.next().catch(() => undefined);
    if (next === undefined || next.done === true) return;
    yield next.value;
  }
}

function textOf(report: Report, refused: readonly RefusedRow[]): string {
  const shown = refused.slice(0, shownMax).map(({ line, column, code, message }) => {
    return `line ${line}${column === undefined ? '' : `, column ${column}`}: ${message} [${code}]`;
  });
  if (refused.length > shownMax) shown.push(`... and ${refused.length - shownMax} more; --json lists all`);
  const verb = report.dryRun ? 'would be accepted' : 'accepted';
  const summary = `${counted(report.rows, 'row', 'rows')}: ${report.accepted} ${verb}, ${report.unchanged} known before, ${report.refused} refused.`;
  const last = report.lastLocation === undefined ? [] : [finalityOf(report.lastLocation, report)];
  const stopped =
    report.stopped === undefined
      ? []
      : [`The import stopped early: ${report.stopped.message} [${report.stopped.code}]`];
  return [...shown, summary, ...last, ...stopped].join('\n');
}

function finalityOf(last: string, { state, height }: Report): string {
  if (state === undefined) return `The last record is ${last}; when it is final, so are the others.`;
  if (state === 'pending')
    return `All are sealed and durable, but not all final yet. Ask later, or import the file again: hansa record ${last} --wait`;
  return `All are final: the last record is ${last}, in block ${height}.`;
}

function withoutKind({ line, column, code, message }: RefusedRow): RefusedRow {
  return column === undefined ? { line, code, message } : { line, column, code, message };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) throw new HansaError('FILE_MISSING', `There is no file ${file}. Check the path.`);
  if (!found.isFile()) throw new HansaError('FILE_UNREADABLE', `${file} is not a file. Name the export itself.`);
  return found.size;
}

/** A file's text, or the name of a built-in mapping as it is. */
async function mappingOf(mapping: string): Promise<string> {
  if (/^[a-z0-9-]+$/.test(mapping)) return mapping;
  return readFile(mapping, 'utf8').catch(() => {
    throw new HansaError(
      'FILE_UNREADABLE',
      `${mapping} cannot be read. Name a mapping file, or one of the built-in mappings.`,
    );
  });
}
