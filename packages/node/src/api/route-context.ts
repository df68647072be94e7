import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyBaseLogger, FastifyInstance, HTTPMethods, RawServerDefault } from 'fastify';
import type { Services } from '../services/index.ts';
import type { ReceiptService } from '../services/receipts.ts';
import type { Idempotency } from './idempotency.ts';
import type { Metrics } from './metrics.ts';
import type { CityPort, LedgerPort, OprfPort, RegistryPort } from './ports.ts';
import type { RouteName } from './roles.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Row of the access table. */
    route?: RouteName;
    /** Content type of the binary body that the route reads beside JSON. */
    binary?: string;
    /** The body is a stream; its route keeps Idempotency-Keys itself. */
    streams?: boolean;
    /** A good answer holds what is private or must be recorded: it is never kept, and made anew for the same Idempotency-Key. */
    privateAnswer?: boolean;
  }
}

/** The server, with the types of bodies and answers taken from their schemas. */
export type TypedApp = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** What the routes get that only read the ledger: an observer has them, too. */
export interface ReadContext {
  readonly app: TypedApp;
  readonly city: LedgerPort;
  readonly receipts: ReceiptService;
  readonly metrics: Metrics;
  readonly nowMs: () => number;
  /** An observer looks nobody up. */
  readonly oprf?: OprfPort;
}

/** What every group of routes gets. */
export interface RouteContext extends ReadContext {
  readonly city: CityPort;
  readonly registry: RegistryPort;
  readonly oprf: OprfPort;
  readonly services: Services;
  readonly idempotency: Idempotency;
}

/** Of the access table's routes an observer has fewer. */
export function isServed(app: Pick<TypedApp, 'hasRoute'>, route: RouteName): boolean {
  const [method, url] = route.split(' ') as [HTTPMethods, string];
  return app.hasRoute({ method, url });
}
