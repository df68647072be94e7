import { limits } from '@hansa/protocol';
import { Type } from 'typebox';
import { type LiftReasonName, liftReasons, type SeverityName, severityNames } from '../../services/views.ts';
import type { RouteContext } from '../route-context.ts';
import { answersOrPending, Choice, CityName, Day, Officer, Submitted, WaitQuery } from '../schemas.ts';

export const ListingParams = Type.Object({
  city: CityName,
  sequence: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
  position: Type.Integer({ minimum: 0, maximum: limits.entryRecordsMax - 1 }),
});

const AmendBody = Type.Object(
  {
    severity: Type.Optional(Choice(Object.keys(severityNames) as SeverityName[])),
    publishUntil: Type.Optional(Day),
    shareUntil: Type.Optional(Day),
    restrictUntil: Type.Optional(Day),
    handler: Officer,
    approver: Officer,
  },
  { additionalProperties: false },
);

const LiftBody = Type.Object(
  {
    reason: Choice(Object.keys(liftReasons) as LiftReasonName[]),
    handler: Officer,
    approver: Officer,
  },
  { additionalProperties: false },
);

const DisputeBody = Type.Object(
  { state: Choice(['open', 'closed']), handler: Officer, effect: Type.Optional(Choice(['flag', 'suspend'])) },
  { additionalProperties: false },
);

/** Changes of a listing, named by the location that a check shows. New listings come by import. */
export function addBlacklistRoutes({ app, services, idempotency }: RouteContext): void {
  const { blacklist } = services;

  app.route({
    method: 'POST',
    url: '/v1/blacklist/:city/:sequence/:position/amend',
    config: { route: 'POST /v1/blacklist/:city/:sequence/:position/amend' },
    schema: {
      summary: 'Change severity or dates of an own listing; two different officers.',
      params: ListingParams,
      querystring: WaitQuery('final'),
      body: AmendBody,
      response: answersOrPending(200, Submitted),
    },
    handler: async (request, reply) => {
      const done = await blacklist.amend(
        named(request.params),
        request.body,
        idempotency.attemptOf(request),
        request.query.wait ?? 'final',
      );
      return reply.code(done.state === 'final' ? 200 : 202).send(done);
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/blacklist/:city/:sequence/:position/lift',
    config: { route: 'POST /v1/blacklist/:city/:sequence/:position/lift' },
    schema: {
      summary: 'Lift an own listing; two different officers.',
      params: ListingParams,
      querystring: WaitQuery('final'),
      body: LiftBody,
      response: answersOrPending(200, Submitted),
    },
    handler: async (request, reply) => {
      const done = await blacklist.lift(
        named(request.params),
        request.body,
        idempotency.attemptOf(request),
        request.query.wait ?? 'final',
      );
      return reply.code(done.state === 'final' ? 200 : 202).send(done);
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/blacklist/:city/:sequence/:position/dispute',
    config: { route: 'POST /v1/blacklist/:city/:sequence/:position/dispute' },
    schema: {
      summary: 'Open a dispute of any listing, or close one of an own listing.',
      params: ListingParams,
      querystring: WaitQuery('final'),
      body: DisputeBody,
      response: answersOrPending(200, Submitted),
    },
    handler: async (request, reply) => {
      const done = await blacklist.dispute(
        named(request.params),
        request.body,
        idempotency.attemptOf(request),
        request.query.wait ?? 'final',
      );
      return reply.code(done.state === 'final' ? 200 : 202).send(done);
    },
  });
}

export function named({ city, sequence, position }: Type.Static<typeof ListingParams>): string {
  return `${city}/${sequence}/${position}`;
}
