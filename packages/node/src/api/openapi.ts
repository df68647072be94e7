import type { FastifySchema } from 'fastify';
import { access, type RouteName } from './roles.ts';

/** The head of /openapi.json. */
export function openApiInfo() {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Hansa: the HTTP API of a city',
      version: '1',
      description:
        'HTTP API of a city daemon. Every error is an RFC 9457 problem with a stable `code` and a `detail` that says what to do now. Every POST takes an `Idempotency-Key`.',
    },
    components: {
      securitySchemes: {
        token: { type: 'http' as const, scheme: 'bearer', description: 'One token per role.' },
        holder: {
          type: 'apiKey' as const,
          in: 'header',
          name: 'Hansa-Holder',
          description: 'A JWT over this request, signed with the citizen\u2019s key: docs/spec/credential.md.',
        },
      },
    },
  };
}

/** Adds to an operation which roles may call it, and the header that every POST takes. */
export function securityFor(schema: FastifySchema | undefined, route: RouteName | undefined): FastifySchema {
  if (route === undefined) return schema ?? {};
  const allowed = access[route];
  const byToken = allowed !== 'open' && allowed !== 'holder';
  return {
    ...schema,
    ...(route.startsWith('POST ') ? { headers: idempotencyHeader } : {}),
    security: byToken ? [{ token: [] }] : allowed === 'holder' ? [{ holder: [] }] : [],
    'x-roles': byToken ? allowed : [],
  } as FastifySchema;
}

const idempotencyHeader = {
  type: 'object',
  properties: {
    'idempotency-key': {
      type: 'string',
      minLength: 1,
      maxLength: 128,
      description:
        'Same key and same request: the same answer, once done. Same key, other request: 422 IDEMPOTENCY_KEY_REUSED.',
      examples: ['b5cf9c2e-3f0a-4b43-9a5e-0d9c1f3b7a10'],
    },
  },
};
