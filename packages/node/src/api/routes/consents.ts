import { HansaError, limits } from '@hansa/protocol';
import { Type } from 'typebox';
import { TokenBucket } from '../../network/token-bucket.ts';
import { consentModes, consentPurposes } from '../../services/consents.ts';
import type { RouteContext } from '../route-context.ts';
import {
  AsOf,
  answers,
  answersOrPending,
  Choice,
  CityName,
  Hex,
  Location,
  Nullable,
  Submitted,
  Time,
  WaitQuery,
  Whole,
} from '../schemas.ts';
import { Code } from './certificates.ts';

export const ConsentPurpose = Choice(Object.keys(consentPurposes) as (keyof typeof consentPurposes)[]);

const ConsentParams = Type.Object({ id: Hex(16) });

const Signed = Type.Object(
  {
    record: Type.String({
      pattern: '^[A-Za-z0-9+/]+={0,2}$',
      maxLength: Math.ceil(limits.recordBytesMax / 3) * 4,
      description: 'Bytes of the `Record`, signed by the holder\u2019s wallet, in base64. See docs/spec/families.md.',
    }),
  },
  {
    additionalProperties: false,
  },
);

const Consent = Type.Object(
  {
    id: Hex(16),
    status: Choice(['active', 'not-yet', 'expired', 'withdrawn', 'exhausted'] as const),
    certificate: Hex(16),
    grantee: CityName,
    purpose: ConsentPurpose,
    mode: Choice(Object.keys(consentModes) as (keyof typeof consentModes)[]),
    from: Nullable(Time),
    to: Nullable(Time),
    maxUses: Nullable(Whole),
    uses: Whole,
    usesLeft: Nullable(Whole),
    location: Location,
    grantedAt: Time,
    withdrawnAt: Nullable(Time),
  },
  { description: 'What the holder allowed, and what is left of it. Null: without such a bound.' },
);

const Carried = Type.Object({ id: Hex(16), ...Submitted.properties });

/** Carried for anybody: so many at once, and so many a second in the long run, whoever brings them. */
const carriedAtOnce = 50;
const carriedPerSecond = 10;

/** Consents of holders. No token: the holder's signature in the record is what counts, and what is stored is public. */
export function addConsentRoutes({ app, services, idempotency }: RouteContext): void {
  const bucket = new TokenBucket(carriedPerSecond, carriedAtOnce);
  const admit = () => {
    const waitMs = bucket.take();
    if (waitMs === 0) return;
    throw new HansaError('RATE_EXCEEDED', 'The city has more requests than it takes. Send it again later.', {
      retryAfterMs: waitMs,
    });
  };

  app.route({
    method: 'POST',
    url: '/v1/consents',
    config: { route: 'POST /v1/consents' },
    schema: {
      summary: 'Carry a holder\u2019s consent to the ledger.',
      querystring: WaitQuery('final'),
      body: Signed,
      response: answersOrPending(201, Carried),
    },
    handler: async (request, reply) => {
      const record = new Uint8Array(Buffer.from(request.body.record, 'base64'));
      const attempt = idempotency.attemptOf(request);
      const done = await services.consents.submit(record, attempt, request.query.wait ?? 'final', admit);
      return reply.code(done.state === 'final' ? 201 : 202).send(done);
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/consents/:id',
    config: { route: 'GET /v1/consents/:id' },
    schema: {
      summary: 'A consent as it stands, with the balance that is left.',
      params: ConsentParams,
      response: answers(200, Type.Object({ consent: Consent, asOf: AsOf })),
    },
    handler: async (request, reply) => {
      reply.header('cache-control', 'no-store');
      return services.consents.show(request.params.id);
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/certificates/:code/consents',
    config: { route: 'GET /v1/certificates/:code/consents' },
    schema: {
      summary: 'The consents of a certificate\u2019s holder, newest first.',
      params: Code,
      querystring: Type.Object(
        { limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }) },
        { additionalProperties: false },
      ),
      response: answers(200, Type.Object({ consents: Type.Array(Consent), asOf: AsOf })),
    },
    handler: async (request, reply) => {
      reply.header('cache-control', 'no-store');
      return services.consents.ofCertificate(request.params.code, request.query.limit);
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/consents/:id/withdraw',
    config: { route: 'POST /v1/consents/:id/withdraw' },
    schema: {
      summary: 'Carry a holder\u2019s withdrawal to the ledger; the grantee forgets what it was given.',
      params: ConsentParams,
      querystring: WaitQuery('final'),
      body: Signed,
      response: answersOrPending(200, Carried),
    },
    handler: async (request, reply) => {
      const record = new Uint8Array(Buffer.from(request.body.record, 'base64'));
      const attempt = idempotency.attemptOf(request);
      const done = await services.consents.withdraw(
        request.params.id,
        record,
        attempt,
        request.query.wait ?? 'final',
        admit,
      );
      return reply.code(done.state === 'final' ? 200 : 202).send(done);
    },
  });
}
