import { encodeFederation } from '@hansa/protocol/receipt';
import { Type } from 'typebox';
import type { ReadContext } from '../route-context.ts';
import { Binary, fileAnswer } from '../schemas.ts';

const federationType = 'application/vnd.hansa.federation';

/** What a verifier needs beside a receipt. Whoever takes it from a daemon compares the federation id with the paper. */
export function addGenesisRoutes({ app, city }: ReadContext, genesisFile: Uint8Array): void {
  const bytes = Buffer.from(genesisFile);
  app.route({
    method: 'GET',
    url: '/v1/genesis',
    config: { route: 'GET /v1/genesis' },
    schema: {
      summary: 'The genesis file, byte by byte: its SHA-256 is the federation id.',
      response: fileAnswer(
        'The file: docs/spec/genesis.md.',
        Type.Unsafe<Buffer>({ type: 'object' }),
        'application/json',
      ),
    },
    handler: async (_request, reply) => reply.type('application/json').header('cache-control', 'no-cache').send(bytes),
  });
  app.route({
    method: 'GET',
    url: '/v1/federation',
    config: { route: 'GET /v1/federation' },
    schema: {
      summary:
        'The federation file: the genesis file and the end of each epoch since (C12). Verifiers take it like the genesis file.',
      response: fileAnswer('The file.', Binary, federationType),
    },
    handler: async (_request, reply) => {
      const file = encodeFederation(genesisFile, await city.seals());
      return reply.type(federationType).header('cache-control', 'no-cache').send(Buffer.from(file));
    },
  });
}
