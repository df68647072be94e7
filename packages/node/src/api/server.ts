import { createHash } from 'node:crypto';
import swagger from '@fastify/swagger';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { HansaError, limits } from '@hansa/protocol';
import { Ajv } from 'ajv';
import { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, fastify, LogController } from 'fastify';
import type { Exchange } from '../exchange/index.ts';
import { Services } from '../services/index.ts';
import { ReceiptService } from '../services/receipts.ts';
import { Challenges } from './challenges.ts';
import { ConsoleFiles } from './console-files.ts';
import { withExamples } from './examples.ts';
import { installHolderAccess } from './holder-access.ts';
import { Idempotency } from './idempotency.ts';
import { Metrics } from './metrics.ts';
import { openApiInfo, securityFor } from './openapi.ts';
import type { AnswerStore, CityPort, LedgerPort, OprfPort, RegistryPort } from './ports.ts';
import { rejectionOf, sendProblem } from './problems.ts';
import { recordsType } from './record-stream.ts';
import { access, mayCall, type RouteName } from './roles.ts';
import { isServed, type ReadContext, type RouteContext, type TypedApp } from './route-context.ts';
import { addAccessRoutes } from './routes/accesses.ts';
import { addApplicationRoutes } from './routes/applications.ts';
import { addApprovalRoutes } from './routes/approvals.ts';
import { addBlacklistRoutes } from './routes/blacklist.ts';
import { addCertificateRoutes } from './routes/certificates.ts';
import { addCheckRoutes } from './routes/check.ts';
import { addCheckBookRoutes } from './routes/checks.ts';
import { addConsentRoutes } from './routes/consents.ts';
import { addConsoleRoutes } from './routes/console.ts';
import { addDocumentRoutes } from './routes/documents.ts';
import { addEventRoutes } from './routes/events.ts';
import { addFinalityRoutes } from './routes/finality.ts';
import { addGenesisRoutes } from './routes/genesis.ts';
import { addHolderRoutes } from './routes/holder.ts';
import { addImportRoutes } from './routes/import.ts';
import { addLedgerRoutes } from './routes/ledger.ts';
import { addMembershipReads, addMembershipRoutes } from './routes/membership.ts';
import { addOpeningRoutes } from './routes/openings.ts';
import { addOprfRoutes } from './routes/oprf.ts';
import { addProbeRoutes } from './routes/probes.ts';
import { addReceiptRoutes, receiptType } from './routes/receipts.ts';
import { addRecordRoutes } from './routes/records.ts';
import { addSessionRoutes } from './routes/session.ts';
import type { Tokens } from './tokens.ts';

export interface ApiOptions {
  readonly city: CityPort;
  readonly registry: RegistryPort;
  readonly oprf: OprfPort;
  readonly exchange: Exchange;
  readonly tokens: Tokens;
  readonly answers: AnswerStore;
  /** At least 32 bytes, the same for the life of the city: what requestIds under an Idempotency-Key follow from. */
  readonly citySecret: Uint8Array;
  /** The city's credential key, an Ed25519 seed: signs citizens' copies (P4). */
  readonly credentialKey: Uint8Array;
  readonly log: FastifyBaseLogger;
  readonly nowMs?: () => number;
  /** Bytes of the genesis file. */
  readonly genesisFile: Uint8Array;
  readonly console?: ConsoleFiles;
}

/** A JSON body: certificates and receipts in base64 are the largest. */
const jsonBytesMax = 2 * limits.entryBytesMax;

/** The city's HTTP API, not yet listening. `close()` ends event streams and lets other requests finish. */
export async function createApi(options: ApiOptions): Promise<FastifyInstance> {
  const { city, registry, oprf } = options;
  const metrics = new Metrics(city, oprf);
  const app = await baseApi(options.tokens, options.log, metrics);
  const idempotency = new Idempotency(options.answers, options.citySecret);
  const nowMs = options.nowMs ?? Date.now;
  const services = new Services({
    ...{ city, registry, oprf, exchange: options.exchange, nowMs, credentialKey: options.credentialKey },
    onSealed: ({ sequence }) => metrics.sealed(sequence),
  });
  const challenges = new Challenges(nowMs);
  installHolderAccess(app as unknown as FastifyInstance, city, challenges, nowMs);
  installLog(app);
  idempotency.install(app);

  const { receipts } = services;
  const context: RouteContext = { app, city, registry, oprf, services, receipts, idempotency, metrics, nowMs };
  addProbeRoutes(context);
  addLedgerRoutes(context);
  addMembershipReads(context);
  addMembershipRoutes(context);
  addRecordRoutes(context);
  addEventRoutes(context);
  addImportRoutes(context);
  addCheckRoutes(context);
  addCheckBookRoutes(context);
  addOprfRoutes(context);
  addCertificateRoutes(context);
  addApplicationRoutes(context);
  addHolderRoutes(context, challenges);
  addBlacklistRoutes(context);
  addApprovalRoutes(context);
  addConsentRoutes(context);
  addOpeningRoutes(context);
  addDocumentRoutes(context);
  addAccessRoutes(context);
  addReceiptRoutes(context);
  addSessionRoutes(context);
  addFinalityRoutes(context);
  addGenesisRoutes(context, options.genesisFile);
  addConsoleRoutes(context, options.console ?? new ConsoleFiles());
  await app.ready();
  return app as unknown as FastifyInstance;
}

/** An observer's HTTP API: what reads the ledger and proves it. Nobody submits there, and nobody is looked up. */
export async function createObserverApi(
  options: Pick<ApiOptions, 'tokens' | 'log' | 'genesisFile' | 'nowMs'> & { readonly observer: LedgerPort },
): Promise<FastifyInstance> {
  const { observer: city } = options;
  const metrics = new Metrics(city, undefined);
  const app = await baseApi(options.tokens, options.log, metrics);
  installLog(app);
  const receipts = new ReceiptService(city, undefined);
  const context: ReadContext = { app, city, receipts, metrics, nowMs: options.nowMs ?? Date.now };
  addProbeRoutes(context);
  addLedgerRoutes(context);
  addMembershipReads(context);
  addEventRoutes(context);
  addReceiptRoutes(context);
  addSessionRoutes(context);
  addFinalityRoutes(context);
  addGenesisRoutes(context, options.genesisFile);
  await app.ready();
  return app as unknown as FastifyInstance;
}

async function baseApi(tokens: Tokens, log: FastifyBaseLogger, metrics: Metrics): Promise<TypedApp> {
  const app = typedApp(log);
  app.decorateRequest('role', undefined);
  app.decorateRequest('bodyDigest', undefined);
  app.decorateRequest('idempotency', undefined);
  installBodies(app);
  installErrors(app, metrics);
  installAccess(app, tokens);
  app.addHook('onClose', async () => metrics.close());
  await app.register(swagger, {
    openapi: openApiInfo(),
    // Every operation names its token and the problem that it may answer with.
    transform: ({ schema, url, route }) => ({ schema: securityFor(schema, route.config?.route), url }),
    transformObject: (document) => ('openapiObject' in document ? withExamples(document.openapiObject as object) : {}),
  });
  return app;
}

function typedApp(log: FastifyBaseLogger): TypedApp {
  const app = fastify({
    loggerInstance: log,
    // The default lines have URLs in them; `installLog` writes route patterns.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: jsonBytesMax,
    exposeHeadRoutes: false,
    requestIdHeader: false,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    routerOptions: { maxParamLength: 128 },
    frameworkErrors: (error, _request, reply) => {
      sendProblem(reply, rejectionOf(error) ?? internal());
    },
  }).withTypeProvider<TypeBoxTypeProvider>();
  // Bodies are taken as they are; only text of paths and queries is converted to numbers and booleans.
  const strict = new Ajv({ allErrors: false, strict: false, coerceTypes: false, useDefaults: true });
  const converting = new Ajv({ allErrors: false, strict: false, coerceTypes: true, useDefaults: true });
  app.setValidatorCompiler(({ schema, httpPart }) => {
    // Bytes are read by their own strict decoders.
    if ((schema as { format?: string }).format === 'binary') return () => true;
    return (httpPart === 'body' ? strict : converting).compile(schema as object);
  });
  // Answers are made by typed code; a second schema walk would only hide a mistake.
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
  return app;
}

/** JSON, records, receipts: read whole, with the digest that Idempotency-Keys compare. Everything else is a 415. */
function installBodies(app: TypedApp): void {
  app.removeAllContentTypeParsers();
  const digested = (request: FastifyRequest, body: Buffer) => {
    if (request.headers['idempotency-key'] !== undefined) {
      request.bodyDigest = createHash('sha256').update(String(request.headers['content-type'])).update(body).digest();
    }
    if (request.holder !== undefined) request.signedBody = createHash('sha256').update(body).digest();
    return body;
  };
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      done(null, parseJson(digested(request, body as Buffer)));
    } catch (error) {
      done(error as Error);
    }
  });
  app.addContentTypeParser([recordsType, receiptType], { parseAs: 'buffer' }, (request, body, done) => {
    const read = request.headers['content-type']?.split(';')[0]?.trim() === request.routeOptions.config.binary;
    done(read ? null : contentTypeUnknown, digested(request, body as Buffer));
  });
}

const contentTypeUnknown = new HansaError(
  'CONTENT_TYPE_UNKNOWN',
  'This route does not read that content type. See /openapi.json for the ones it reads.',
);

function parseJson(body: Buffer): unknown {
  if (body.length === 0)
    throw new HansaError('BODY_EMPTY', 'The body is empty. Send the JSON object that /openapi.json describes.');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body), refusePrototype);
  } catch {
    throw new HansaError('BODY_MALFORMED', 'The body is not valid JSON in UTF-8. Correct it and send it again.');
  }
}

function refusePrototype(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new SyntaxError('forbidden key');
  return value;
}

function installErrors(app: TypedApp, metrics: Metrics): void {
  app.setErrorHandler((error, request, reply) => {
    let rejection = rejectionOf(error);
    if (rejection === undefined) {
      request.log.error({ err: error, requestId: request.id }, 'request failed');
      rejection = internal();
    }
    metrics.refused(rejection.code);
    return sendProblem(reply, rejection);
  });
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    const methods = methodsOf(app, path);
    if (methods.length === 0) {
      return sendProblem(reply, {
        code: 'NOT_FOUND',
        message: 'There is nothing at this path. See /openapi.json for the paths there are.',
      });
    }
    reply.header('allow', methods.join(', '));
    return sendProblem(reply, {
      code: 'METHOD_NOT_ALLOWED',
      message: `This path answers ${methods.join(', ')} only. Use that.`,
    });
  });
}

function methodsOf(app: TypedApp, path: string): readonly string[] {
  return (Object.keys(access) as RouteName[])
    .filter((route) => isServed(app, route))
    .map((route) => route.split(' ') as [string, string])
    .filter(([, pattern]) =>
      new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll(/:[a-z]+/g, '[^/]+')}$`).test(path),
    )
    .map(([method]) => method);
}

/** Who calls, and whether the table lets them; before a byte of the body is read. */
function installAccess(app: TypedApp, tokens: Tokens): void {
  app.addHook('onRoute', (route) => {
    const name = route.config?.route;
    if (name === undefined || name !== `${String(route.method)} ${route.url}`) {
      throw new Error(`route ${String(route.method)} ${route.url} is not in the access table`);
    }
  });
  app.addHook('onRequest', async (request) => {
    const route = request.routeOptions.config.route;
    if (route === undefined || access[route] === 'open' || access[route] === 'holder') return;
    const match = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(request.headers.authorization ?? '');
    if (match === null) {
      throw new HansaError(
        'TOKEN_MISSING',
        'Send the header "Authorization: Bearer TOKEN" with the token of your role.',
      );
    }
    request.role = tokens.roleOf(match[1] as string);
    if (request.role === undefined) {
      throw new HansaError(
        'TOKEN_UNKNOWN',
        'This token is not one of this city. Use the newest one of your role. If new ones were just made, restart the daemon: it takes them at its start.',
      );
    }
    if (!mayCall(route, request.role)) {
      const allowed = (access[route] as readonly string[]).join(' or ');
      throw new HansaError('FORBIDDEN', `The role ${request.role} may not do this. Use the token of ${allowed}.`);
    }
  });
}

/** What programs ask every few seconds; answered well, it would bury what people did. */
const polled = new Set(['GET /v1/status', 'GET /metrics']);

/** P1: route pattern, status, role and time. No URL, no body, no header. */
function installLog(app: TypedApp): void {
  app.addHook('onResponse', async (request, reply) => {
    const { route } = request.routeOptions.config;
    if (route === undefined || access[route] === 'open') return;
    const level = polled.has(route) && reply.statusCode < 400 ? 'debug' : 'info';
    request.log[level](
      { route, role: request.role, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      'request',
    );
  });
}

function internal(): HansaError {
  return new HansaError(
    'INTERNAL',
    'The daemon failed in a way that it should not. Nothing acknowledged is lost. Report it with the instance of this answer and the log.',
  );
}
