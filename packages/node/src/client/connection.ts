/** Where a city's API is, and as whom it is called. */
export interface Connection {
  /** For instance `http://127.0.0.1:7480`; behind a proxy with TLS, its `https` URL. */
  readonly url: string | URL;
  /** Token of one role (docs/operating/roles.md); routes that are open need none. */
  readonly token?: string;
  /** Instead of the platform's fetch. */
  readonly fetch?: typeof globalThis.fetch;
}

export function authorization({ token }: Connection): Record<string, string> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}
