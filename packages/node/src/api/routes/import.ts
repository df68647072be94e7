import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { HansaError } from '@hansa/protocol';
import { formatLocation } from '@hansa/protocol/records';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { ImportLine } from '../../services/imports.ts';
import { type Claim, type KeptAnswer, replay } from '../idempotency.ts';
import type { CityPort, ImportKind } from '../ports.ts';
import { problemOf, rejectionOf } from '../problems.ts';
import type { RouteContext } from '../route-context.ts';
import { Choice, problemAnswer, WaitQuery } from '../schemas.ts';

const ndjson = 'application/x-ndjson';

const ImportQuery = Type.Object(
  {
    mapping: Type.Optional(
      Type.String({
        maxLength: 64 * 1024,
        description:
          'Name of a built-in mapping, or a mapping file\u2019s text. Default: the mapping named like this city.',
        examples: ['haikou'],
      }),
    ),
    dryRun: Type.Boolean({ default: false, description: 'Check every row, change nothing.' }),
    ...WaitQuery('final').properties,
  },
  { additionalProperties: false },
);

const exportContents = Object.fromEntries(
  ['text/csv', 'text/tab-separated-values', ndjson, 'application/octet-stream'].map((type) => [
    type,
    { schema: Type.Unsafe<Readable>({ type: 'string', format: 'binary', description: 'The export as it is.' }) },
  ]),
);

const ImportLineSchema = Type.Object(
  { kind: Choice(['progress', 'refused', 'report', 'problem']) },
  {
    description: 'docs/operating/http-api.md has the fields of each kind. No line has a value of a row.',
  },
);

/**
 * Uploads of a centre's exports. The file is the raw body, read as it comes, in constant memory; the answer is one JSON
 * object a line: progress, refused rows, and at the end the report or a problem.
 */
export function addImportRoutes(context: RouteContext): void {
  void context.app.register(async (scope) => {
    // Inside this scope a body is a stream whatever its content type says: exports come from many systems.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    for (const kind of ['blacklist', 'accounts'] as const) {
      scope.route({
        method: 'POST',
        url: `/v1/import/${kind}`,
        config: { route: `POST /v1/import/${kind}`, streams: true },
        schema: {
          summary: kind === 'blacklist' ? 'Import listings.' : 'Import accounts.',
          description:
            'Body: the export (CSV, TSV, JSON lines; UTF-8 or GB18030). Importing a file twice has no second effect.',
          querystring: ImportQuery,
          body: { content: exportContents },
          response: {
            200: {
              description: 'One JSON object a line, as the import goes on; the last one is a report or a problem.',
              content: { [ndjson]: { schema: ImportLineSchema } },
            },
            '4xx': problemAnswer,
            '5xx': problemAnswer,
          },
        },
        handler: (request, reply) =>
          runImport(context, kind, request as ImportRequest, reply as unknown as FastifyReply),
      });
    }
  });
}

type ImportRequest = FastifyRequest & { readonly query: Type.Static<typeof ImportQuery> };

async function runImport(
  context: RouteContext,
  kind: ImportKind,
  request: ImportRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { services, idempotency, city } = context;
  const source = request.body as Readable | undefined | null;
  if (source === undefined || source === null) {
    throw new HansaError(
      'BODY_EMPTY',
      'The body is empty. Send the export file as the body, with Content-Type text/csv for instance.',
    );
  }
  const claim = idempotency.claimOf(request);
  if (claim !== undefined) idempotency.begin(claim);
  const release = once(() => {
    if (claim !== undefined) idempotency.end(claim);
  });
  const stopped = new AbortController();
  // Also when the client went away before the first line was asked for.
  reply.raw.once('close', () => {
    stopped.abort();
    release();
  });
  const hash = createHash('sha256');
  const options = {
    mapping: request.query.mapping ?? city.self.name,
    dryRun: request.query.dryRun,
    wait: request.query.wait ?? 'final',
    signal: stopped.signal,
  };

  try {
    const kept = claim === undefined ? undefined : await keptReport(context, claim, source);
    if (kept !== undefined) {
      release();
      return replay(reply, kept);
    }
  } catch (error) {
    release();
    throw error;
  }

  const lines = async function* (): AsyncGenerator<string> {
    try {
      for await (const event of services.imports.run(kind, hashed(source, hash), options)) {
        const line = lineOf(city, event);
        // An import that stopped, or has yet to be agreed on, goes on when it comes again.
        const done = event.kind === 'report' && event.stopped === undefined && event.state !== 'pending';
        // With refused rows it is done again, which has no second effect and names them again: they are not kept.
        if (claim !== undefined && done && event.refused === 0) {
          const body = Buffer.from(line, 'utf8').toString('base64');
          await idempotency.keep(withBody(claim, hash.digest()), { status: 200, contentType: ndjson, body });
        }
        yield line;
      }
    } catch (error) {
      // The status line is long gone: the last line says that it failed, and why.
      const rejection = rejectionOf(error);
      if (rejection === undefined) request.log.error({ err: error, requestId: request.id }, 'import failed');
      const problem = problemOf(
        rejection ?? {
          code: 'INTERNAL',
          message: 'The import failed in a way that it should not. Rows before it are kept; import the file again.',
        },
        request.id,
      );
      yield `${JSON.stringify({ kind: 'problem', ...problem })}\n`;
    } finally {
      release();
    }
  };
  return reply.type(ndjson).header('cache-control', 'no-store').send(Readable.from(lines()));
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (!done) work();
    done = true;
  };
}

/** The report of the same import under the same key; its body has to be read to know that it is the same. */
async function keptReport(
  { idempotency }: RouteContext,
  claim: Claim,
  source: Readable,
): Promise<KeptAnswer | undefined> {
  if (!(await idempotency.has(claim))) return undefined;
  const hash = createHash('sha256');
  for await (const chunk of source) hash.update(chunk as Buffer);
  return idempotency.kept(withBody(claim, hash.digest()));
}

function withBody(claim: Claim, bodyDigest: Uint8Array): Claim {
  return { ...claim, fingerprint: createHash('sha256').update(claim.fingerprint).update(bodyDigest).digest() };
}

async function* hashed(source: Readable, hash: ReturnType<typeof createHash>): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    hash.update(chunk as Buffer);
    yield chunk as Buffer;
  }
}

function lineOf(city: CityPort, event: ImportLine): string {
  const last = event.kind === 'report' ? event.lastLocation : undefined;
  const view = last === undefined ? event : { ...event, lastLocation: formatLocation(city.genesis, last) };
  return `${JSON.stringify(view)}\n`;
}
