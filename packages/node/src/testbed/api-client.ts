import { randomUUID } from 'node:crypto';
import { HansaError } from '@hansa/protocol';
import { ApiProblem, problemOf } from '../client/problem.ts';

/** One role's view of one city's HTTP API; without a token what everybody may ask. */
export class ApiClient {
  readonly #url: string;
  readonly #token: string | undefined;

  constructor(url: string, token?: string) {
    this.#url = url;
    this.#token = token;
  }

  async get<T>(path: string): Promise<T> {
    return (await this.#call('GET', path)).json() as Promise<T>;
  }

  /** The same key with the same body is one request (R2); without one it is a new request. */
  async post<T>(path: string, body: unknown, key?: string): Promise<T> {
    const answer = await this.#call('POST', path, JSON.stringify(body), 'application/json', key);
    return answer.json() as Promise<T>;
  }

  /** The same request again for as long as what it asks for is not final (R2): with a city away that takes its time. */
  async postPatiently<T>(path: string, body: unknown): Promise<T> {
    const key = randomUUID();
    for (;;) {
      try {
        return await this.post<T>(path, body, key);
      } catch (error) {
        if (!(error instanceof ApiProblem) || error.code !== 'NOT_FINAL_YET') throw error;
      }
    }
  }

  /** Uploads bytes. */
  async upload(path: string, body: Uint8Array, contentType: string): Promise<Response> {
    return this.#call('POST', path, body, contentType);
  }

  async receipt(question: unknown): Promise<Uint8Array> {
    const answer = await this.#call('POST', '/v1/receipts', JSON.stringify(question), 'application/json');
    return new Uint8Array(await answer.arrayBuffer());
  }

  async #call(
    method: string,
    path: string,
    body?: string | Uint8Array,
    contentType?: string,
    key: string = randomUUID(),
  ): Promise<Response> {
    const headers: Record<string, string> = {};
    if (this.#token !== undefined) headers.authorization = `Bearer ${this.#token}`;
    if (contentType !== undefined) headers['content-type'] = contentType;
    if (method === 'POST') headers['idempotency-key'] = key;
    const answer = await fetch(this.#url + path, { method, headers, ...(body === undefined ? {} : { body }) });
    if (answer.ok) return answer;
    throw await problemOf(answer);
  }
}

/** Expects a call to be refused and gives the code. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ApiProblem) return error.code;
    throw error;
  }
  throw new HansaError('DEMO_FAILED', 'A call that must be refused was accepted.');
}
