import createClient, { type Client } from 'openapi-fetch';
import type { paths } from '../gen/http-api.ts';
import { authorization, type Connection } from './connection.ts';
import { problemOf } from './problem.ts';

/**
 * The routes of a city, with the types of their parameters, bodies and answers:
 * `const { data } = await city.POST('/v1/check', { body })`. A refusal throws `ApiProblem`, so `data` is there when a
 * call returns.
 */
export type CityApi = Client<paths>;

/**
 * Every POST gets an Idempotency-Key of its own unless `headers` names one. Name one, and keep it, where a request may be
 * sent again after a crash or a timeout: the same key with the same request has one effect.
 */
export function connectCity(connection: Connection): CityApi {
  const api = createClient<paths>({
    baseUrl: String(connection.url).replace(/\/+$/, ''),
    headers: { accept: 'application/json', ...authorization(connection) },
    ...(connection.fetch === undefined ? {} : { fetch: connection.fetch }),
  });
  api.use({
    onRequest({ request }) {
      if (request.method === 'POST' && !request.headers.has('idempotency-key')) {
        request.headers.set('idempotency-key', globalThis.crypto.randomUUID());
      }
      return request;
    },
    async onResponse({ response }) {
      if (!response.ok) throw await problemOf(response);
      return response;
    },
  });
  return api;
}
