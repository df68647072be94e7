import { Type } from 'typebox';
import { purposes } from '../../services/check.ts';
import { blank } from '../problems.ts';
import type { Role } from '../roles.ts';
import type { RouteContext } from '../route-context.ts';
import { AsOf, answers, Choice, Listing, Stale } from '../schemas.ts';

export const Subject = Type.Object(
  {
    kind: Choice(['id', 'org'], {
      description: 'Citizen number (GB 11643) or credit code (GB 32100).',
    }),
    number: Type.String({ minLength: 1, maxLength: 64, description: 'Never in a URL, never logged, never on a lane.' }),
  },
  { additionalProperties: false },
);

export const Purpose = Choice(purposes);
export const Case = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: blank,
  description: 'Reference of the matter in hand.',
});

export const Operator = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: blank,
  description:
    'The officer who asks, as the centre names them. Lookups are limited for each; without it all of a role are one.',
});

const CheckBody = Type.Object(
  { subject: Subject, purpose: Purpose, case: Case, operator: Type.Optional(Operator) },
  {
    additionalProperties: false,
  },
);

const CheckAnswer = Type.Object({
  result: Choice(['hit', 'none']),
  listings: Type.Array(Listing),
  asOf: AsOf,
  stale: Stale,
  proof: Type.String({ description: 'Send it to POST /v1/receipts for a receipt of this answer.' }),
});

/** The clerk's question. */
export function addCheckRoutes({ app, services }: RouteContext): void {
  app.route({
    method: 'POST',
    url: '/v1/check',
    config: { route: 'POST /v1/check', privateAnswer: true },
    schema: {
      summary: 'Is this person or organisation listed?',
      body: CheckBody,
      response: answers(200, CheckAnswer),
    },
    handler: async (request, reply) => {
      const answer = await services.check.check(request.body, { role: request.role as Role, given: 'answer' });
      // Purpose and outcome make checks countable by role; the person and the matter stay out of the log (P1).
      request.log.info({ purpose: request.body.purpose, result: answer.result }, 'check');
      return reply.header('cache-control', 'no-store').send(answer);
    },
  });
}
