import { Type } from 'typebox';
import { readHolderKey } from '../../credential/index.ts';
import { type RevokeReasonName, revokeReasons } from '../../services/views.ts';
import type { CertificateDocument } from '../ports.ts';
import type { Role } from '../roles.ts';
import type { RouteContext } from '../route-context.ts';
import {
  AsOf,
  answers,
  answersOrPending,
  CertificateSchema,
  Choice,
  CityName,
  Hex,
  Officer,
  Stale,
  Submitted,
  WaitQuery,
} from '../schemas.ts';

export const Code = Type.Object({
  code: Type.String({
    description: 'As printed: 32 digits and letters a to f; blanks and hyphens do not matter.',
    examples: ['0f1e2d3c4b5a69788796a5b4c3d2e1f0'],
  }),
});

const IssueBody = Type.Object(
  {
    account: Type.String({
      minLength: 1,
      maxLength: 32,
      description: 'Account number at this centre, or the holder’s citizen number.',
    }),
    addressedTo: Type.Optional(CityName),
    handler: Officer,
    phone: Type.Optional(
      Type.String({ minLength: 1, maxLength: 32, description: 'Of the counter; printed on the document.' }),
    ),
    holderKey: Type.Optional(
      Type.String({
        pattern: '^([0-9a-f]{64}|0[23][0-9a-f]{64})$',
        description:
          'Public key of the citizen’s wallet, as it is shown at the counter: Ed25519, or a compressed point of P-256. Only its holder can fetch the copy and consent.',
      }),
    ),
  },
  { additionalProperties: false },
);

const UseBody = Type.Object(
  {
    loanReference: Type.String({
      minLength: 1,
      maxLength: 128,
      description: 'Stays in this city; the ledger gets a commitment.',
    }),
    handler: Officer,
  },
  { additionalProperties: false },
);

const RevokeBody = Type.Object(
  {
    reason: Choice(Object.keys(revokeReasons) as RevokeReasonName[]),
    handler: Officer,
  },
  { additionalProperties: false },
);

/** Deposit certificates. */
export function addCertificateRoutes({ app, services, idempotency }: RouteContext): void {
  app.route({
    method: 'POST',
    url: '/v1/certificates',
    config: { route: 'POST /v1/certificates' },
    schema: {
      summary: 'Issue a deposit certificate from an account of this centre.',
      querystring: WaitQuery('final'),
      body: IssueBody,
      response: answersOrPending(201, Type.Object({ ...Submitted.properties, code: Hex(16) })),
    },
    handler: async (request, reply) => {
      const { holderKey, ...body } = request.body;
      const issued = await services.certificates.issue(
        { ...body, ...(holderKey === undefined ? {} : { holderKey: readHolderKey(holderKey) }) },
        idempotency.attemptOf(request),
        request.query.wait ?? 'final',
      );
      return reply.code(issued.state === 'final' ? 201 : 202).send(issued);
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/certificates/:code',
    config: { route: 'GET /v1/certificates/:code' },
    schema: {
      summary: 'Status on the ledger; the printed fields for the issuing centre\u2019s issuers.',
      params: Code,
      response: answers(
        200,
        Type.Object({
          certificate: CertificateSchema,
          asOf: AsOf,
          stale: Stale,
          document: Type.Optional(Type.Unsafe<CertificateDocument>({ type: 'object' })),
        }),
      ),
    },
    handler: async (request, reply) => {
      const found = await services.certificates.look(request.params.code, request.role as Role);
      return reply.header('cache-control', 'no-store').send(found);
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/certificates/:code/use',
    config: { route: 'POST /v1/certificates/:code/use' },
    schema: {
      summary: 'Use it for a loan: once in the whole federation.',
      params: Code,
      querystring: WaitQuery('final'),
      body: UseBody,
      response: answersOrPending(200, Submitted),
    },
    handler: async (request, reply) => {
      const { code } = request.params;
      const used = await services.certificates.use(
        code,
        request.body,
        idempotency.attemptOf(request),
        request.query.wait ?? 'final',
      );
      return reply.code(used.state === 'final' ? 200 : 202).send(used);
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/certificates/:code/revoke',
    config: { route: 'POST /v1/certificates/:code/revoke' },
    schema: {
      summary: 'Revoke an own certificate that was not used.',
      params: Code,
      querystring: WaitQuery('final'),
      body: RevokeBody,
      response: answersOrPending(200, Submitted),
    },
    handler: async (request, reply) => {
      const { code } = request.params;
      const revoked = await services.certificates.revoke(
        code,
        request.body,
        idempotency.attemptOf(request),
        request.query.wait ?? 'final',
      );
      return reply.code(revoked.state === 'final' ? 200 : 202).send(revoked);
    },
  });
}
