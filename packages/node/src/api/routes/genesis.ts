import type { ReadContext } from '../route-context.ts';

/** What a verifier needs beside a receipt. Whoever takes it from a daemon compares the federation id with the paper. */
export function addGenesisRoutes({ app }: ReadContext, genesisFile: Uint8Array): void {
  const bytes = Buffer.from(genesisFile);
  app.route({
    method: 'GET',
    url: '/v1/genesis',
    config: { route: 'GET /v1/genesis' },
    schema: {
      summary: 'The genesis file, byte by byte: its SHA-256 is the federation id.',
      produces: ['application/json'],
    },
    handler: async (_request, reply) => reply.type('application/json').header('cache-control', 'no-cache').send(bytes),
  });
}
