import { Type } from 'typebox';
import { timeView } from '../../services/views.ts';
import { holderKeyOf } from '../holder-access.ts';
import { type Application, applicationPurposes, refusalReasons } from '../ports.ts';
import { blank } from '../problems.ts';
import type { RouteContext } from '../route-context.ts';
import {
  answers,
  answersOrPending,
  Choice,
  CityName,
  Hex,
  Nullable,
  Officer,
  Submitted,
  Time,
  WaitQuery,
} from '../schemas.ts';

const Id = Type.Object({
  id: Type.String({ pattern: '^[0-9a-f]{32}$', examples: ['3f0a4b439a5e0d9c1f3b7a10b5cf9c2e'] }),
});

const Phone = Type.String({ minLength: 1, maxLength: 32, pattern: blank });

const ApplyBody = Type.Object(
  {
    account: Type.String({
      minLength: 1,
      maxLength: 32,
      pattern: blank,
      description:
        'Account number at this centre, or the holder\u2019s citizen number. Not compared with anything before an officer does.',
    }),
    addressedTo: Type.Optional(CityName),
    purpose: Choice(applicationPurposes),
    phone: Type.Optional(Phone),
  },
  {
    additionalProperties: false,
  },
);

const Own = Type.Object({
  id: Hex(16),
  state: Choice(['pending', 'approved', 'refused']),
  addressedTo: Nullable(CityName),
  purpose: Choice(applicationPurposes),
  appliedAt: Time,
  decidedAt: Nullable(Time),
  certificate: Nullable(Hex(16)),
  refusal: Nullable(Choice(refusalReasons)),
});

const Pending = Type.Object({
  id: Hex(16),
  account: Type.String(),
  addressedTo: Nullable(CityName),
  purpose: Choice(applicationPurposes),
  phone: Nullable(Type.String()),
  appliedAt: Time,
  holderKey: Type.String({ description: 'The applicant\u2019s public key; the wallet shows the same.' }),
});

const ApproveBody = Type.Object({ handler: Officer, phone: Type.Optional(Phone) }, { additionalProperties: false });

const RefuseBody = Type.Object({ handler: Officer, reason: Choice(refusalReasons) }, { additionalProperties: false });

/** Applications for certificates: from a citizen's phone to an officer, and back. */
export function addApplicationRoutes({ app, services, idempotency }: RouteContext): void {
  app.route({
    method: 'POST',
    url: '/v1/applications',
    config: { route: 'POST /v1/applications' },
    schema: {
      summary: 'Apply for a certificate, signed with the key that it is to be bound to.',
      body: ApplyBody,
      response: answers(201, Own),
    },
    handler: async (request, reply) => {
      const application = await services.applications.apply(holderKeyOf(request), request.body);
      return reply.code(201).header('cache-control', 'no-store').send(ownView(application));
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/applications/:id',
    config: { route: 'GET /v1/applications/:id' },
    schema: {
      summary: 'What became of the own application.',
      params: Id,
      response: answers(200, Own),
    },
    handler: async (request, reply) => {
      const application = await services.applications.own(request.params.id, holderKeyOf(request));
      return reply.header('cache-control', 'no-store').send(ownView(application));
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/applications',
    config: { route: 'GET /v1/applications' },
    schema: {
      summary: 'Applications that wait for an officer, oldest first.',
      response: answers(200, Type.Object({ applications: Type.Array(Pending) })),
    },
    handler: async (_request, reply) => {
      const applications = (await services.applications.pending()).map(pendingView);
      return reply.header('cache-control', 'no-store').send({ applications });
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/applications/:id/approve',
    config: { route: 'POST /v1/applications/:id/approve' },
    schema: {
      summary: 'Issue the certificate on the applicant\u2019s key. Confirm first who applies.',
      params: Id,
      querystring: WaitQuery('final'),
      body: ApproveBody,
      response: answersOrPending(201, Type.Object({ ...Submitted.properties, code: Hex(16) })),
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const attempt = idempotency.attemptOf(request);
      const issued = await services.applications.approve(id, request.body, attempt, request.query.wait ?? 'final');
      return reply.code(issued.state === 'final' ? 201 : 202).send(issued);
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/applications/:id/refuse',
    config: { route: 'POST /v1/applications/:id/refuse' },
    schema: {
      summary: 'Refuse an application, with a reason that the applicant sees.',
      params: Id,
      body: RefuseBody,
      response: answers(200, Own),
    },
    handler: async (request) => ownView(await services.applications.refuse(request.params.id, request.body)),
  });
}

function ownView(application: Application) {
  const { id, state, addressedTo, purpose, appliedAtMs, decidedAtMs, certificate, refusal } = application;
  return {
    ...{ id, state, purpose },
    addressedTo: addressedTo ?? null,
    appliedAt: timeView(appliedAtMs),
    decidedAt: decidedAtMs === undefined ? null : timeView(decidedAtMs),
    certificate: certificate ?? null,
    refusal: refusal ?? null,
  };
}

function pendingView(application: Application) {
  const { id, account, addressedTo, purpose, phone, appliedAtMs, holderKey } = application;
  return {
    ...{ id, account: account ?? '', purpose, holderKey },
    addressedTo: addressedTo ?? null,
    phone: phone ?? null,
    appliedAt: timeView(appliedAtMs),
  };
}
