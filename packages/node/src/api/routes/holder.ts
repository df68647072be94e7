import { HansaError } from '@hansa/protocol';
import { Type } from 'typebox';
import { TokenBucket } from '../../network/token-bucket.ts';
import { type Challenges, challengeMs } from '../challenges.ts';
import { holderKeyOf } from '../holder-access.ts';
import type { CertificateDocument } from '../ports.ts';
import type { RouteContext } from '../route-context.ts';
import { AsOf, answers, CertificateSchema, Whole } from '../schemas.ts';
import { Code } from './certificates.ts';

/** Challenges cost a hash each; a holder needs one for each request. */
const challengesPerSecond = 50;
const challengesAtOnce = 200;

/** What a citizen's wallet asks a city, signed with the holder's key. */
export function addHolderRoutes({ app, services }: RouteContext, challenges: Challenges): void {
  const bucket = new TokenBucket(challengesPerSecond, challengesAtOnce);

  app.route({
    method: 'POST',
    url: '/v1/holder/challenges',
    config: { route: 'POST /v1/holder/challenges' },
    schema: {
      summary: 'A challenge for one request that a holder signs.',
      response: answers(
        201,
        Type.Object({
          challenge: Type.String({ description: 'The `nonce` of the header Hansa-Holder.' }),
          expiresInMs: Whole,
        }),
      ),
    },
    handler: async (_request, reply) => {
      const waitMs = bucket.take();
      if (waitMs > 0) {
        throw new HansaError('RATE_EXCEEDED', 'The city has more requests than it takes. Send it again later.', {
          retryAfterMs: waitMs,
        });
      }
      reply.header('cache-control', 'no-store');
      return reply.code(201).send({ challenge: challenges.create(), expiresInMs: challengeMs });
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/holder/certificates/:code',
    config: { route: 'GET /v1/holder/certificates/:code' },
    schema: {
      summary:
        'The own certificate: status with a receipt; at the issuing city the copy to carry and the printed fields.',
      params: Code,
      response: answers(
        200,
        Type.Object({
          certificate: CertificateSchema,
          asOf: AsOf,
          receipt: Type.String({ description: 'Receipt bytes in base64.' }),
          credential: Type.Optional(Type.String({ description: 'SD-JWT VC: docs/spec/credential.md.' })),
          document: Type.Optional(Type.Unsafe<CertificateDocument>({ type: 'object' })),
        }),
      ),
    },
    handler: async (request, reply) => {
      const { receipt, ...rest } = await services.holder.certificate(request.params.code, holderKeyOf(request));
      reply.header('cache-control', 'no-store');
      return reply.send({ ...rest, receipt: Buffer.from(receipt).toString('base64') });
    },
  });
}
