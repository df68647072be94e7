import { HansaError } from '@hansa/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { ConsoleFile, ConsoleFiles } from '../console-files.ts';
import type { RouteContext } from '../route-context.ts';
import { fileAnswer } from '../schemas.ts';

/**
 * Nothing but what this daemon serves: no inline script, no other origin, no frame around it, and nothing that turns
 * text into markup (trusted types). The camera is for codes on paper.
 */
export const consoleHeaders = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(self), microphone=(), geolocation=(), payment=(), usb=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

/** Names of built files carry a digest of their content: a name never means anything else. */
const forever = 'public, max-age=31536000, immutable';
/** The page itself is asked for again, and answered with 304 while it is the same. */
const askAgain = 'no-cache';

/** The web console. */
export function addConsoleRoutes({ app }: RouteContext, files: ConsoleFiles): void {
  app.route({
    method: 'GET',
    url: '/',
    config: { route: 'GET /' },
    schema: { summary: 'The web console.', response: fileAnswer('The page.', Type.String(), 'text/html') },
    handler: async (request, reply) => {
      const page = await files.get('index.html');
      if (page === undefined) {
        throw new HansaError('NOT_FOUND', 'The web console is not built here. Run "pnpm build" and start again.');
      }
      return send(request, reply, page, askAgain);
    },
  });

  app.route({
    method: 'GET',
    url: '/assets/:file',
    config: { route: 'GET /assets/:file' },
    schema: {
      summary: 'Programs, styles and pictures of the web console.',
      params: Type.Object({ file: Type.String({ pattern: '^[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)+$' }) }),
      response: fileAnswer('The file.', Type.String(), 'text/javascript', 'text/css', 'image/svg+xml'),
    },
    handler: async (request, reply) => {
      const file = await files.get(`assets/${request.params.file}`);
      if (file === undefined) {
        throw new HansaError('NOT_FOUND', 'The console has no such file: it was built anew. Load the page again.');
      }
      return send(request, reply, file, forever);
    },
  });
}

function send(request: FastifyRequest, reply: unknown, file: ConsoleFile, caching: string): FastifyReply {
  const answer = reply as FastifyReply;
  answer.headers({ ...consoleHeaders, 'cache-control': caching, etag: file.tag, vary: 'accept-encoding' });
  if (request.headers['if-none-match'] === file.tag) return answer.code(304).send();
  const zipped = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  if (zipped) answer.header('content-encoding', 'gzip');
  return answer.type(file.type).send(zipped ? file.gzip : file.bytes);
}
