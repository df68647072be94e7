import { HansaError } from '@hansa/protocol';
import { Type } from 'typebox';
import { type ErasureReasonName, erasureReasons } from '../../services/accesses.ts';
import type { Role } from '../roles.ts';
import type { RouteContext } from '../route-context.ts';
import {
  AsOf,
  answers,
  CertificateSchema,
  Choice,
  CityName,
  Hex,
  Location,
  Nullable,
  Officer,
  Stale,
  Time,
  Whole,
} from '../schemas.ts';
import { ListingParams, named } from './blacklist.ts';
import { Code } from './certificates.ts';
import { Case } from './check.ts';
import { ConsentPurpose } from './consents.ts';

const Reason = Choice(Object.keys(erasureReasons) as ErasureReasonName[]);

const Opened = Type.Object(
  { salt: Hex(32), payload: Type.String({ description: 'In base64.' }), commitment: Hex(32) },
  { description: 'SHA-256(salt || payload) is the commitment on the ledger: whoever opened it verifies it alone.' },
);

const Basis = Type.String({
  pattern: '^[A-Z][A-Z_]{0,31}$',
  description: 'One of `policy.access.legalBases`.',
});

const OpenCertificate = Type.Object(
  {
    consent: Type.Optional(Hex(16)),
    purpose: Type.Optional(ConsentPurpose),
    basis: Type.Optional(Basis),
    case: Case,
    handler: Officer,
  },
  {
    description: 'Under a consent and its purpose, or on a legal basis that opens certificates.',
    additionalProperties: false,
  },
);

export const OpenListing = Type.Object(
  {
    basis: Basis,
    case: Case,
    handler: Officer,
  },
  { additionalProperties: false },
);

const Erase = Type.Object(
  { reason: Choice(['holder-request', 'expired'] as const), handler: Officer },
  { additionalProperties: false },
);

const Erased = Type.Object({
  record: Location,
  acknowledged: Type.Array(Type.Object({ city: CityName, reason: Reason, at: Time, location: Location }), {
    description: 'Cities whose lanes say that they hold payload and salt no more. Others follow.',
  }),
});

/** Private payloads of other cities, and the end of own ones. */
export function addOpeningRoutes({ app, services, idempotency }: RouteContext): void {
  app.route({
    method: 'POST',
    url: '/v1/certificates/:code/open',
    config: { route: 'POST /v1/certificates/:code/open', privateAnswer: true },
    schema: {
      summary:
        'Open another city\u2019s certificate: under its holder\u2019s consent, of which it takes one use, or on a legal basis.',
      params: Code,
      body: OpenCertificate,
      response: answers(
        200,
        Type.Object({
          certificate: CertificateSchema,
          document: Type.Unsafe<object>({ type: 'object', description: 'The printed fields.' }),
          opened: Opened,
          source: Choice(['delivered', 'issuer'] as const),
          use: Nullable(Location),
          receipt: Nullable(Hex(32)),
          asOf: AsOf,
          stale: Stale,
        }),
      ),
    },
    handler: async (request, reply) => {
      const { code } = request.params;
      const { consent, purpose, basis, ...matter } = request.body;
      const byConsent = consent !== undefined && purpose !== undefined && basis === undefined;
      if (!byConsent && (basis === undefined || consent !== undefined || purpose !== undefined)) {
        throw new HansaError('FIELD_INVALID', 'Name a consent and its purpose, or a legal basis, and not both.');
      }
      const opened = byConsent
        ? await services.openings.certificate(code, { ...matter, consent, purpose }, idempotency.attemptOf(request))
        : await services.openings.certificateByLaw(code, { ...matter, basis: String(basis) });
      return reply.header('cache-control', 'no-store').send(opened);
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/blacklist/:city/:sequence/:position/open',
    config: { route: 'POST /v1/blacklist/:city/:sequence/:position/open', privateAnswer: true },
    schema: {
      summary: 'Behaviour and amount of a listing and the list of its papers, on a legal basis.',
      params: ListingParams,
      body: OpenListing,
      response: answers(
        200,
        Type.Object({
          location: Location,
          city: CityName,
          details: Type.Unsafe<object>({ type: 'object' }),
          opened: Opened,
          receipt: Nullable(Hex(32)),
          asOf: AsOf,
          stale: Stale,
        }),
      ),
    },
    handler: async (request, reply) => {
      const opened = await services.openings.listing(named(request.params), request.body, request.role as Role);
      return reply.header('cache-control', 'no-store').send(opened);
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/certificates/:code/erase',
    config: { route: 'POST /v1/certificates/:code/erase' },
    schema: {
      summary: 'Delete payload and salt of an own certificate; whoever holds or read it is told.',
      params: Code,
      body: Erase,
      response: answers(200, Erased),
    },
    handler: async (request) => {
      const { reason, handler } = request.body;
      return services.erasures.certificate(request.params.code, reason, handler);
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/blacklist/:city/:sequence/:position/erase',
    config: { route: 'POST /v1/blacklist/:city/:sequence/:position/erase' },
    schema: {
      summary: 'Delete payload and salt of an own listing; whoever read it is told.',
      params: ListingParams,
      body: Erase,
      response: answers(200, Erased),
    },
    handler: async (request) => {
      const { reason, handler } = request.body;
      return services.erasures.listing(named(request.params), reason, handler);
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/erasures/:city/:sequence/:position',
    config: { route: 'GET /v1/erasures/:city/:sequence/:position' },
    schema: {
      summary: 'Which cities acknowledged that they hold nothing of a record any more.',
      params: ListingParams,
      response: answers(200, Erased),
    },
    handler: async (request) => services.erasures.acknowledgementsOf(named(request.params)),
  });

  app.route({
    method: 'GET',
    url: '/v1/notices',
    config: { route: 'GET /v1/notices' },
    schema: {
      summary: 'What other cities told this one: something that was read here is lifted or erased.',
      querystring: Type.Object(
        { limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }) },
        { additionalProperties: false },
      ),
      response: answers(
        200,
        Type.Object({
          notices: Type.Array(Type.Object({ at: Time, from: CityName, record: Location, reason: Reason })),
          count: Whole,
        }),
      ),
    },
    handler: async (request) => {
      const notices = await services.erasures.notices(request.query.limit);
      return { notices, count: notices.length };
    },
  });
}
