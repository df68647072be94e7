import { HansaError } from '@hansa/protocol';
import type { FastifyInstance } from 'fastify';
import type { Config } from './config/index.ts';
import { errorCode } from './files.ts';
import type { Log } from './log.ts';

/** Opens the HTTP API and resolves to its URL. Error: `HTTP_ADDRESS_UNUSABLE`. */
export async function listen(api: FastifyInstance, { host, port }: Config['http'], log: Log): Promise<string> {
  // Fastify writes a line of its own; this makes it the only one.
  const listenTextResolver = (address: string) => `the HTTP API listens at ${address}`;
  const url = await api.listen({ host, port, listenTextResolver }).catch((cause: unknown) => {
    throw new HansaError(
      'HTTP_ADDRESS_UNUSABLE',
      `The HTTP API cannot listen on ${host} port ${port} (${errorCode(cause) ?? 'unknown cause'}). Stop what uses the port, or set http.port in config.yaml (or HANSA_HTTP_PORT).`,
      { cause },
    );
  });
  if (!isLoopback(host)) {
    log.warn(
      { host },
      'the HTTP API is open beyond this machine: put a TLS proxy before it, tokens travel in the clear',
    );
  }
  return url;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
