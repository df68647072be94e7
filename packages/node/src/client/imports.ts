import { authorization, type Connection } from './connection.ts';
import { ApiProblem, problemOf } from './problem.ts';

export interface ImportOptions {
  /** Name of a built-in mapping, or a mapping file's text; default: the mapping named like the city. */
  readonly mapping?: string;
  /** Check every row, change nothing. */
  readonly dryRun?: boolean;
  /** Of the body, for instance `text/csv`. */
  readonly contentType?: string;
  /** Keep it to send the same file again after a crash: the report comes again, and nothing is done twice. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

/** What became of a file, the last thing that an import says. */
export interface ImportReport {
  readonly rows: number;
  readonly accepted: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly dryRun: boolean;
  readonly lastLocation?: string;
  readonly state?: 'final' | 'pending';
  readonly height?: number;
  readonly stopped?: { readonly code: string; readonly message: string; readonly line?: number };
}

/** What an import says as it goes on. No event has a value of a row. */
export type ImportEvent =
  | { readonly kind: 'progress'; readonly rows: number; readonly bytes: number }
  | {
      readonly kind: 'refused';
      readonly line: number;
      readonly column?: string;
      readonly code: string;
      readonly message: string;
    }
  | ({ readonly kind: 'report' } & ImportReport);

/**
 * Uploads an export as it is, and gives the events of the import as they come, the report last. Throws `ApiProblem`
 * when the import is refused or fails on the way; rows before that stand, and the same file may be sent again.
 */
export async function* importFile(
  connection: Connection,
  kind: 'blacklist' | 'accounts',
  file: NonNullable<RequestInit['body']>,
  options: ImportOptions = {},
): AsyncGenerator<ImportEvent, void> {
  const fetch = connection.fetch ?? globalThis.fetch;
  const url = new URL(`/v1/import/${kind}`, connection.url);
  if (options.mapping !== undefined) url.searchParams.set('mapping', options.mapping);
  if (options.dryRun === true) url.searchParams.set('dryRun', 'true');
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      ...authorization(connection),
      'content-type': options.contentType ?? 'application/octet-stream',
      'idempotency-key': options.idempotencyKey ?? globalThis.crypto.randomUUID(),
    },
    body: file,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  if (!answer.ok) throw await problemOf(answer);
  if (answer.body === null) throw new TypeError('The answer has no body.');
  for await (const line of linesOf(answer.body.pipeThrough(new TextDecoderStream()))) {
    const event = JSON.parse(line) as ImportEvent | ImportProblem;
    if (event.kind === 'problem') throw new ApiProblem(event);
    yield event;
  }
}

type ImportProblem = { readonly kind: 'problem' } & ConstructorParameters<typeof ApiProblem>[0];

async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of text) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line !== '');
  }
  if (rest !== '') yield rest;
}
