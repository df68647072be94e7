import { certificateFactKey, readCertificateFact } from '@hansa/protocol/families';
import { Type } from 'typebox';
import { type ErasureReasonName, erasureReasons } from '../../services/accesses.ts';
import { readCode } from '../../services/certificates.ts';
import { refusal } from '../../services/meanings.ts';
import { holderKeyOf } from '../holder-access.ts';
import type { RouteContext } from '../route-context.ts';
import { answers, Choice, CityName, Hex, Location, Nullable, Officer, Time, Whole } from '../schemas.ts';
import { Code } from './certificates.ts';
import { Case } from './check.ts';
import { ConsentPurpose } from './consents.ts';

const Access = Type.Object({
  id: Hex(32),
  at: Time,
  kind: Choice(['read', 'delivery', 'notice'] as const),
  record: Location,
  reader: CityName,
  holder: CityName,
  outcome: Choice(['granted', 'refused'] as const),
  code: Nullable(Type.String({ description: 'Why it was refused.' })),
  purpose: Nullable(ConsentPurpose),
  consent: Nullable(Hex(16)),
  legalBasis: Nullable(Type.String()),
  officer: Nullable(Type.String({ description: 'Name of an own officer; the pseudonym of another city\u2019s.' })),
  reason: Nullable(Choice(Object.keys(erasureReasons) as ErasureReasonName[])),
  batch: Nullable(Location),
});

const Moment = Type.String({ maxLength: 40, examples: ['2026-11-23T02:10:00.000Z'] });

const Period = {
  from: Type.Optional(Moment),
  to: Type.Optional(Moment),
};

const Filter = Type.Object(
  {
    ...Period,
    record: Type.Optional(Location),
    officer: Type.Optional(Officer),
    case: Type.Optional(Case),
    limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
  },
  { additionalProperties: false },
);

const Base64 = Type.String({ pattern: '^[A-Za-z0-9+/]+={0,2}$', maxLength: 4096 });

const Testimony = Type.Object(
  {
    city: CityName,
    fromMs: Whole,
    toMs: Whole,
    batches: Type.Array(
      Type.Object(
        {
          location: Location,
          fromMs: Whole,
          toMs: Whole,
          root: Hex(32),
          ids: Type.Array(Hex(32), { description: 'All receipts of the batch, ascending.' }),
        },
        { additionalProperties: false },
      ),
    ),
    receipts: Type.Array(Base64, { description: '`AccessReceipt` bytes: docs/spec/access.md.' }),
  },
  { additionalProperties: false, description: 'All that a city shows of a period, so that nothing can be missing.' },
);

const Verify = Type.Object(
  { testimony: Testimony, receipts: Type.Optional(Type.Array(Base64, { maxItems: 10_000 })) },
  {
    additionalProperties: false,
  },
);

const Prove = Type.Object({ receipt: Hex(32), testimony: Type.Optional(Testimony) }, { additionalProperties: false });

/** Who looked: for whoever supervises those who look, and for the citizen that it is about. */
export function addAccessRoutes({ app, services, city }: RouteContext): void {
  app.route({
    method: 'GET',
    url: '/v1/access',
    config: { route: 'GET /v1/access' },
    schema: {
      summary: 'Accesses that this city took part in, on either side, refusals included.',
      querystring: Filter,
      response: answers(200, Type.Object({ accesses: Type.Array(Access) })),
    },
    handler: async (request, reply) => {
      reply.header('cache-control', 'no-store');
      return { accesses: await services.accesses.list(request.query) };
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/access/testimony',
    config: { route: 'GET /v1/access/testimony' },
    schema: {
      summary: 'The same with all batches and receipts of a period, for another city\u2019s supervisor to verify.',
      querystring: Type.Object(Period, { additionalProperties: false }),
      response: answers(200, Testimony),
    },
    handler: async (request, reply) => {
      reply.header('cache-control', 'no-store');
      return services.accesses.testimony(request.query);
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/access/verify',
    config: { route: 'POST /v1/access/verify' },
    schema: {
      summary: 'Check a city\u2019s testimony against the ledger, and against the receipts that others hold.',
      body: Verify,
      response: answers(
        200,
        Type.Object({
          city: CityName,
          covered: Nullable(Type.Object({ from: Time, to: Time })),
          accesses: Type.Array(Access),
          withheld: Type.Array(Hex(32)),
          missing: Type.Array(Type.Object({ access: Access, batch: Location, hidden: Type.Boolean() })),
        }),
      ),
    },
    handler: async (request) => services.accesses.verify(request.body.testimony, request.body.receipts ?? []),
  });

  app.route({
    method: 'POST',
    url: '/v1/access/prove',
    config: { route: 'POST /v1/access/prove' },
    schema: {
      summary: 'A proof that a city\u2019s batch has a receipt, or that it lacks it.',
      body: Prove,
      response: answers(200, Type.Object({ proof: Type.String({ description: '`AccessProof` bytes in base64.' }) })),
    },
    handler: async (request) => {
      const proof = await services.accesses.prove(request.body.receipt, request.body.testimony);
      return { proof: Buffer.from(proof).toString('base64') };
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/holder/certificates/:code/accesses',
    config: { route: 'GET /v1/holder/certificates/:code/accesses' },
    schema: {
      summary: 'Who looked at the own certificate, as far as this city took part.',
      params: Code,
      response: answers(200, Type.Object({ accesses: Type.Array(Access) })),
    },
    handler: async (request, reply) => {
      const key = certificateFactKey(city.domains, readCode(request.params.code));
      const { value } = city.fact(key);
      if (value === undefined) throw refusal('CERTIFICATE_UNKNOWN');
      const fact = readCertificateFact(value);
      // guard: P4 a certificate is its holder's
      if (Buffer.compare(fact.holderKey, holderKeyOf(request)) !== 0) throw refusal('NOT_CERTIFICATE_HOLDER');
      reply.header('cache-control', 'no-store');
      return { accesses: await services.accesses.ofCertificate(fact.location) };
    },
  });
}
