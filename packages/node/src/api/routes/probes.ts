import { Type } from 'typebox';
import { unreadiness } from '../../services/readiness.ts';
import { asError } from '../../services/unwrapped.ts';
import type { ReadContext } from '../route-context.ts';
import { answers, fileAnswer } from '../schemas.ts';

/** Probes for supervisors of processes, metrics, and the description of the API itself. */
export function addProbeRoutes({ app, city, metrics }: ReadContext): void {
  app.route({
    method: 'GET',
    url: '/healthz',
    config: { route: 'GET /healthz' },
    schema: {
      summary: 'The process is alive. Restart it when this does not answer.',
      response: answers(200, Type.Object({ ok: Type.Literal(true) })),
    },
    handler: async () => ({ ok: true as const }),
  });

  app.route({
    method: 'GET',
    url: '/readyz',
    config: { route: 'GET /readyz' },
    schema: {
      summary:
        'The city takes part in the agreement. 503 while it catches up or an alarm stands; do not restart it for that.',
      response: answers(200, Type.Object({ ok: Type.Literal(true) })),
    },
    handler: async () => {
      const rejection = unreadiness(city.status());
      if (rejection !== undefined) throw asError(rejection);
      return { ok: true as const };
    },
  });

  app.route({
    method: 'GET',
    url: '/metrics',
    config: { route: 'GET /metrics' },
    schema: { summary: 'Prometheus metrics.', response: fileAnswer('All of them.', Type.String(), 'text/plain') },
    handler: async (_request, reply) => {
      const { body, contentType } = await metrics.text();
      return reply.type(contentType).send(body);
    },
  });

  app.route({
    method: 'GET',
    url: '/openapi.json',
    config: { route: 'GET /openapi.json' },
    schema: {
      summary: 'This description (OpenAPI 3.1).',
      response: fileAnswer('The description.', Type.Unsafe<object>({ type: 'object' }), 'application/json'),
    },
    handler: async () => app.swagger(),
  });
}
