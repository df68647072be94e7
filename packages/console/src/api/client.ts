import type { Problem } from './types.ts';

/** A refusal of the daemon, or of the way to it: `code` is stable, the message says what to do now. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ApiProblem';
    this.status = problem.status;
    this.code = problem.code;
  }
}

/** Codes of this client, beside those of the daemon. */
export const unreachable = 'DAEMON_UNREACHABLE';
const unreadable = 'DAEMON_ANSWER_UNREADABLE';

/** The daemon's API under one token. The token travels in a header and is in no address. */
export class ApiClient {
  readonly #token: string;
  readonly #onUnauthorized: () => void;
  readonly #fetch: typeof fetch;
  #genesis: Promise<Uint8Array> | undefined;

  constructor(token: string, onUnauthorized: () => void, fetcher: typeof fetch = (...all) => fetch(...all)) {
    this.#token = token;
    this.#onUnauthorized = onUnauthorized;
    this.#fetch = fetcher;
  }

  async get<T>(path: string, signal?: AbortSignal): Promise<T> {
    return (await this.#json(await this.request('GET', path, signal === undefined ? {} : { signal }))) as T;
  }

  /** The same key with the same body is one request (R2): a retry after a lost answer has no second effect. */
  async post<T>(path: string, body: unknown, key = randomKey()): Promise<T> {
    const answer = await this.request('POST', path, {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', accept: 'application/json', 'idempotency-key': key },
    });
    return (await this.#json(answer)) as T;
  }

  /** The genesis file, which everything is verified with. It never changes: it is fetched once, and again only after a failure. */
  genesis(): Promise<Uint8Array> {
    this.#genesis ??= this.#fetchGenesis().catch((error: unknown) => {
      this.#genesis = undefined;
      throw error;
    });
    return this.#genesis;
  }

  async #fetchGenesis(): Promise<Uint8Array> {
    return new Uint8Array(await (await this.request('GET', '/v1/genesis')).arrayBuffer());
  }

  /** C12: the genesis file with all changes of the cities so far, which receipts and copies are verified with. */
  async federation(): Promise<Uint8Array> {
    return new Uint8Array(await (await this.request('GET', '/v1/federation')).arrayBuffer());
  }

  /** Bytes of a receipt. */
  async receipt(question: unknown): Promise<Uint8Array> {
    const answer = await this.request('POST', '/v1/receipts', {
      body: JSON.stringify(question),
      headers: { 'content-type': 'application/json', 'idempotency-key': randomKey() },
    });
    return new Uint8Array(await answer.arrayBuffer());
  }

  /** The answer itself; throws ApiProblem unless it is good. */
  async request(method: string, path: string, options: RequestInit = {}): Promise<Response> {
    const headers = { ...options.headers, authorization: `Bearer ${this.#token}` };
    let answer: Response;
    try {
      answer = await this.#fetch(path, { ...options, method, headers, cache: 'no-store' });
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') throw error;
      throw new ApiProblem({ status: 0, code: unreachable, detail: 'The daemon does not answer.' });
    }
    if (answer.ok) return answer;
    if (answer.status === 401) this.#onUnauthorized();
    throw new ApiProblem(await problemOf(answer));
  }

  async #json(answer: Response): Promise<unknown> {
    try {
      return await answer.json();
    } catch {
      throw new ApiProblem({
        status: answer.status,
        code: unreadable,
        detail: 'The daemon’s answer cannot be read. Load the page again.',
      });
    }
  }
}

async function problemOf(answer: Response): Promise<Problem> {
  const body = (await answer.json().catch(() => undefined)) as Partial<Problem> | undefined;
  return {
    status: answer.status,
    code: body?.code ?? unreadable,
    detail: body?.detail ?? 'Something between here and the daemon answered. Ask whoever runs the city.',
  };
}

/** Works without a secure context, which `crypto.randomUUID` does not. */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
