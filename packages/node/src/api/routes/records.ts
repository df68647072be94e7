import { fromHex, HansaError, limits } from '@hansa/protocol';
import { encodeRecord } from '@hansa/protocol/records';
import { Type } from 'typebox';
import { recordsType, splitRecords } from '../record-stream.ts';
import type { RouteContext } from '../route-context.ts';
import { answersOrPending, Choice, Hex, Location, WaitQuery, Whole } from '../schemas.ts';

const base64 = '^[A-Za-z0-9+/]*={0,2}$';
const bodyCharactersMax = Math.ceil(limits.recordBytesMax / 3) * 4;

const Draft = Type.Object(
  {
    family: Type.Integer({ minimum: 1, maximum: 0xffff_ffff }),
    type: Type.Integer({ minimum: 1, maximum: 0xffff_ffff }),
    requestId: Type.Optional(Hex(limits.requestIdBytes)),
    body: Type.String({
      pattern: base64,
      maxLength: bodyCharactersMax,
      description: 'The family\u2019s own message, encoded, in base64.',
    }),
    actors: Type.Optional(
      Type.Array(Type.Object({ publicKey: Hex(32), signature: Hex(64) }, { additionalProperties: false }), {
        maxItems: limits.actorSignaturesMax,
      }),
    ),
  },
  { additionalProperties: false },
);

const Drafts = Type.Object(
  { records: Type.Array(Draft, { minItems: 1, maxItems: limits.entryRecordsMax }) },
  {
    additionalProperties: false,
  },
);

const Sealed = Type.Object({
  sealed: Type.Array(Type.Object({ first: Location, count: Whole }), {
    description: 'Consecutive records: the first one\u2019s location and how many follow it, itself included.',
  }),
  count: Whole,
  state: Choice(['pending', 'final']),
  rejected: Type.Array(Type.Object({ location: Location, code: Type.String() })),
});

/** The integrators' door: records that another system made. All of a request are sealed in one entry, or none. */
export function addRecordRoutes({ app, services, idempotency }: RouteContext): void {
  app.route({
    method: 'POST',
    url: '/v1/records',
    config: { route: 'POST /v1/records', binary: recordsType },
    bodyLimit: 2 * limits.entryBytesMax,
    schema: {
      summary: 'Seal records.',
      description: `Either JSON drafts, or \`${recordsType}\`: each record's protobuf bytes behind their length as a varint.`,
      querystring: WaitQuery('none'),
      // One schema per content type: the binary form has no JSON to check.
      body: {
        content: {
          'application/json': { schema: Drafts },
          [recordsType]: { schema: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }) },
        },
      },
      response: answersOrPending(201, Sealed),
    },
    handler: async (request, reply) => {
      const attempt = idempotency.attemptOf(request);
      const records = Buffer.isBuffer(request.body)
        ? splitRecords(request.body)
        : (request.body as Type.Static<typeof Drafts>).records.map((draft, index) =>
            encodeDraft(draft, attempt.requestId(index)),
          );
      const wait = request.query.wait ?? 'none';
      const outcome = await services.submission.batch(attempt, records, wait);
      return reply.code(wait === 'final' && outcome.state === 'pending' ? 202 : 201).send(outcome);
    },
  });
}

function encodeDraft(draft: Type.Static<typeof Draft>, requestId: Uint8Array): Uint8Array {
  const { family, type, body, actors } = draft;
  const decoded = Buffer.from(body, 'base64');
  if (decoded.length > limits.recordBytesMax) {
    throw new HansaError(
      'RECORD_TOO_LARGE',
      'A record is larger than 8 KiB. Keep private data in the registry and send its commitment.',
    );
  }
  return encodeRecord({
    family,
    type,
    body: decoded,
    requestId: draft.requestId === undefined ? requestId : hex(draft.requestId),
    ...(actors === undefined
      ? {}
      : {
          actors: actors.map(({ publicKey, signature }) => ({ publicKey: hex(publicKey), signature: hex(signature) })),
        }),
  });
}

/** The schema let only hexadecimal digits through. */
function hex(text: string): Uint8Array {
  return fromHex(text) as Uint8Array;
}
