import { resolve } from 'node:path';
import { HansaError } from '@hansa/protocol';
import type { Command } from 'commander';
import type { Role } from '../../api/roles.ts';
import { readTokenFile, tokenFile } from '../../api/tokens.ts';
import { loadConfig } from '../../config/index.ts';
import { refusal } from '../../services/meanings.ts';
import type { Terminal } from '../output.ts';

/** How a command finds the daemon and shows who it is. */
export interface DaemonOptions {
  readonly dir?: string;
  readonly url?: string;
  readonly tokenFile?: string;
}

/** Options of every command that talks to a daemon. */
export function daemonOptions(command: Command): Command {
  return command
    .option('--dir <directory>', 'directory of the city on this machine (or HANSA_DIR)')
    .option('--url <url>', 'URL of the daemon\u2019s HTTP API (or HANSA_URL); default: from config.yaml')
    .option('--token-file <file>', 'token of your role; default: tokens/ROLE.token in the directory');
}

/** A daemon and a token. Refusals of the daemon come as `HansaError` with the daemon's code and advice. */
export class Daemon {
  readonly url: URL;
  readonly #token: string;

  constructor(url: URL, token: string) {
    this.url = url;
    this.#token = token;
  }

  /** Errors: USAGE, CONFIG_*, TOKEN_FILE_MISSING, FILE_TOO_OPEN. */
  static async find(options: DaemonOptions, role: Role, terminal: Terminal): Promise<Daemon> {
    const directory = options.dir ?? terminal.environment.HANSA_DIR;
    const given = options.url ?? terminal.environment.HANSA_URL;
    if (directory === undefined && given === undefined) {
      throw new HansaError(
        'USAGE',
        'Name the city: --dir DIRECTORY on its machine, or --url URL with --token-file FILE',
      );
    }
    const tokenPath = options.tokenFile ?? (directory === undefined ? undefined : tokenFile(resolve(directory), role));
    if (tokenPath === undefined) {
      throw new HansaError('USAGE', `With --url, name the token of the role ${role} too: --token-file FILE`);
    }
    const url = given ?? (await urlOf(directory as string, terminal));
    return new Daemon(parseUrl(url), await readTokenFile(tokenPath));
  }

  get headers(): Record<string, string> {
    return { authorization: `Bearer ${this.#token}` };
  }

  async get<T>(path: string): Promise<T> {
    return this.json<T>(path, { method: 'GET' });
  }

  async post<T>(path: string, body: unknown, more: Record<string, string> = {}): Promise<T> {
    const headers = { 'content-type': 'application/json', accept: 'application/json', ...more };
    return this.json<T>(path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  /** The bytes of an answer to GET. */
  async bytes(path: string): Promise<Uint8Array> {
    const { response, bytes } = await fetchWhole(this.url, path, { headers: this.headers });
    if (!response.ok) throw refusalOf(parsed(bytes), response.status);
    return bytes;
  }

  /** A file that the daemon gives. Errors as of `post`. */
  async file(path: string, body: unknown): Promise<{ readonly bytes: Uint8Array; readonly headers: Headers }> {
    const headers = { 'content-type': 'application/json', ...this.headers };
    const init = { method: 'POST', headers, body: JSON.stringify(body) };
    const { response, bytes } = await fetchWhole(this.url, path, init);
    if (!response.ok) throw refusalOf(parsed(bytes), response.status);
    return { bytes, headers: response.headers };
  }

  async json<T>(path: string, init: RequestInit): Promise<T> {
    return callDaemon<T>(this.url, path, { ...init, headers: { ...init.headers, ...this.headers } });
  }
}

/** The JSON that a daemon answers. Errors: DAEMON_UNREACHABLE, DAEMON_CUT_OFF, DAEMON_ANSWER_UNKNOWN and the daemon's own. */
export async function callDaemon<T>(url: URL, path: string, init: RequestInit): Promise<T> {
  const { response, bytes } = await fetchWhole(url, path, init);
  const answer = parsed(bytes);
  if (!response.ok) throw refusalOf(answer, response.status);
  return answer as T;
}

async function fetchWhole(url: URL, path: string, init: RequestInit) {
  try {
    const response = await fetch(new URL(path, url), init);
    return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
  } catch (cause) {
    throw unreachable(url, cause);
  }
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw notHansa();
  }
}

/** Why there is no answer. After `DAEMON_CUT_OFF` the request may have been taken. */
export function unreachable(url: URL, cause: unknown): HansaError {
  if (cutOff.test(networkCodeOf(cause))) {
    return new HansaError(
      'DAEMON_CUT_OFF',
      `The daemon at ${url.origin} ended the connection before it answered. Look at its log.`,
      { cause },
    );
  }
  return new HansaError(
    'DAEMON_UNREACHABLE',
    `No daemon answers at ${url.origin}. Start it with "hansa start --dir DIR", or correct --url.`,
    { cause },
  );
}

/** Of a connection that was there. */
const cutOff = /^(ECONNRESET|ECONNABORTED|EPIPE|UND_ERR_(SOCKET|ABORTED|HEADERS_TIMEOUT|BODY_TIMEOUT|RES.*))$/;

/** `fetch` wraps the socket's error, and the errors of several addresses in one. */
function networkCodeOf(error: unknown): string {
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: readonly unknown[] };
  if (typeof code === 'string') return code;
  const inner = cause ?? errors?.[0];
  return inner === undefined ? '' : networkCodeOf(inner);
}

/** A problem of the daemon (RFC 9457) as the error of the command. */
export function refusalOf(answer: unknown, status?: number): HansaError {
  const { code, detail, retryAfterMs } = (answer ?? {}) as { code?: unknown; detail?: unknown; retryAfterMs?: unknown };
  if (typeof code !== 'string' || typeof detail !== 'string') {
    // What its server says by itself of a request that comes while it closes.
    if (status === 503) return refusal('STOPPING');
    throw notHansa();
  }
  return new HansaError(code, detail, typeof retryAfterMs === 'number' ? { retryAfterMs } : {});
}

function notHansa(): HansaError {
  return new HansaError('DAEMON_ANSWER_UNKNOWN', 'What answers at this URL is not a daemon of Hansa. Correct --url.');
}

async function urlOf(directory: string, terminal: Terminal): Promise<string> {
  const { http } = await loadConfig(directory, terminal.environment);
  const host = http.host === '0.0.0.0' ? '127.0.0.1' : http.host === '::' ? '::1' : http.host;
  return `http://${host.includes(':') ? `[${host}]` : host}:${http.port}`;
}

export function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new HansaError('USAGE', '--url must be an http or https URL, for instance http://127.0.0.1:7480');
  }
  return url;
}
