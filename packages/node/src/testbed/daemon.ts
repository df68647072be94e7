import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HansaError } from '@hansa/protocol';
import type { Role } from '../api/roles.ts';
import { ApiClient } from './api-client.ts';
import { until } from './until.ts';

/** The `hansa` program of this very installation. */
export const hansaProgram = fileURLToPath(new URL('../../bin/hansa.js', import.meta.url));

/** The flags and variables of the program's first line, which counts only when the shell starts it. */
const nodeFlags = ['--max-semi-space-size=8', '--interrupt-budget=30000'];
const environment = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '262144' };

/** A city's daemon as a process of its own. */
export class Daemon {
  readonly name: string;
  readonly directory: string;
  readonly url: string;
  readonly #tokens = new Map<Role, string>();
  #process: ChildProcess | undefined;

  constructor(options: { name: string; directory: string; httpPort: number }) {
    this.name = options.name;
    this.directory = options.directory;
    this.url = `http://127.0.0.1:${options.httpPort}`;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  get logFile(): string {
    return join(this.directory, 'daemon.log');
  }

  /**
   * Starts the process and resolves when the city takes part (`/readyz`), or at once with `ready: false`. With
   * `profileDirectory` Node writes a CPU profile there when the process ends.
   */
  async start(
    options: { readonly ready: boolean; readonly profileDirectory?: string } = { ready: true },
  ): Promise<void> {
    const { profileDirectory } = options;
    const profiling = profileDirectory === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDirectory}`];
    const log = createWriteStream(this.logFile, { flags: 'a' });
    await once(log, 'open');
    const child = spawn(
      process.execPath,
      [...nodeFlags, ...profiling, hansaProgram, 'start', '--dir', this.directory],
      {
        stdio: ['ignore', log, log],
        env: { ...process.env, ...environment },
      },
    );
    this.#process = child;
    log.close();
    // Whatever ends this process ends its daemons: nobody else knows of them.
    const endWithUs = () => child.kill('SIGKILL');
    process.once('exit', endWithUs);
    child.once('exit', () => process.off('exit', endWithUs));
    if (!options.ready) return;
    await until(`${this.name} is ready`, async () => {
      if (child.exitCode !== null) {
        throw new HansaError('DEMO_FAILED', `The daemon of ${this.name} ended; see ${this.logFile}.`);
      }
      return (await fetch(`${this.url}/readyz`)).status === 200;
    });
  }

  /** kill -9, or a clean stop. Gives the exit code; undefined when a signal ended the process or none ran. */
  async stop(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | undefined> {
    const child = this.#process;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return undefined;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
    this.#process = undefined;
    return child.exitCode ?? undefined;
  }

  /** The API as a role. */
  async as(role: Role): Promise<ApiClient> {
    let token = this.#tokens.get(role);
    if (token === undefined) {
      token = (await readFile(this.tokenFile(role), 'utf8')).trim();
      this.#tokens.set(role, token);
    }
    return new ApiClient(this.url, token);
  }

  /** The API as everybody may ask it. */
  public(): ApiClient {
    return new ApiClient(this.url);
  }

  tokenFile(role: Role): string {
    return join(this.directory, 'tokens', `${role}.token`);
  }
}
