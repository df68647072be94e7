import { HansaError } from '@hansa/protocol';
import { Type } from 'typebox';
import { type ReceiptQuestion, readReceipt } from '../../services/receipts.ts';
import type { Role } from '../roles.ts';
import type { ReadContext } from '../route-context.ts';
import { answers, Binary, Location, Time } from '../schemas.ts';
import { Case, Purpose, Subject } from './check.ts';

export const receiptType = 'application/vnd.hansa.receipt';

const Question = Type.Union([
  Type.Object({ record: Location }, { additionalProperties: false }),
  Type.Object({ certificate: Type.String() }, { additionalProperties: false }),
  Type.Object({ proof: Type.String({ description: '`proof` of a check.' }) }, { additionalProperties: false }),
  Type.Object({ subject: Subject, purpose: Purpose, case: Case }, { additionalProperties: false }),
]);

const ReceiptJson = Type.Object({ receipt: Type.String({ description: 'Receipt bytes in base64.' }) });

const VerifyBody = Type.Object(
  {
    receipt: Type.String({ minLength: 1, pattern: '^[A-Za-z0-9+/]*={0,2}$' }),
    certificate: Type.Optional(Type.String()),
    proof: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);

const ReceiptSays = Type.Object({
  federation: Type.String(),
  height: Type.Integer({ description: 'Of the final block that vouches for the state.' }),
  checkpointHeight: Type.Integer({ description: 'The state is that after this block.' }),
  vouchedAt: Time,
  facts: Type.Integer(),
  record: Type.Optional(Type.Unknown()),
  certificate: Type.Optional(Type.Unknown()),
  subject: Type.Optional(Type.Unknown()),
});

/** Portable proofs. Verifying here is a convenience: `hansa receipt verify` and the light client need no daemon. */
export function addReceiptRoutes({ app, city, receipts, nowMs }: ReadContext): void {
  app.route({
    method: 'POST',
    url: '/v1/receipts',
    config: { route: 'POST /v1/receipts', privateAnswer: true },
    schema: {
      summary: 'A receipt of a record, a certificate or the answer of a check.',
      description: `\`${receiptType}\` bytes; with \`Accept: application/json\` base64 in JSON. Waits until a final block proves the record.`,
      body: Question,
      response: {
        ...answers(200, Binary),
        200: {
          description: 'The receipt.',
          content: { [receiptType]: { schema: Binary }, 'application/json': { schema: ReceiptJson } },
        },
      },
    },
    handler: async (request, reply) => {
      const question = request.body as ReceiptQuestion;
      if ('subject' in question && request.role !== 'clerk') {
        throw new HansaError(
          'FORBIDDEN',
          'Questions about a person are for the role clerk. Send the proof id of a check instead.',
        );
      }
      const receipt = Buffer.from(await receipts.make(question, request.role as Role));
      reply.header('cache-control', 'no-store');
      if (/\bjson\b/.test(request.headers.accept ?? '')) return reply.send({ receipt: receipt.toString('base64') });
      return reply.type(receiptType).send(receipt);
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/receipts/verify',
    config: { route: 'POST /v1/receipts/verify', binary: receiptType, privateAnswer: true },
    schema: {
      summary: 'What a receipt proves.',
      body: { content: { 'application/json': { schema: VerifyBody }, [receiptType]: { schema: Binary } } },
      response: answers(200, ReceiptSays),
    },
    handler: async (request) => {
      const { receipt, ...about } = Buffer.isBuffer(request.body)
        ? { receipt: request.body }
        : decoded(request.body as Type.Static<typeof VerifyBody>);
      const { genesis, domains, crypto } = city;
      return readReceipt({ genesis, domains, crypto }, receipt, about, nowMs());
    },
  });
}

function decoded({ receipt, ...about }: Type.Static<typeof VerifyBody>) {
  return { receipt: Buffer.from(receipt, 'base64'), ...about };
}
