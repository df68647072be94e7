import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Order, RealStatus, Report, StartOrder } from './messages.ts';

/** Compiled, because Node 20 runs no TypeScript. */
const program = fileURLToPath(new URL('../../dist/real/city-process.js', import.meta.url));

/** As the daemon's own program: a nursery of its own size (packages/node/bin). */
const nodeFlags = ['--max-semi-space-size=8', '--interrupt-budget=30000'];

export interface CityReports {
  onFinal(id: number, latencyMs: number): void;
  onRefused(id: number, code: string): void;
  /** The process ended by itself, or could not go on. */
  onFailed(message: string): void;
}

/** One real city: a process that is started, killed and started again on the same directory. */
export class CityHandle {
  readonly name: string;
  readonly #reports: CityReports;
  #child: ChildProcess | undefined;
  readonly #statuses = new Map<number, (status: RealStatus | undefined) => void>();
  #nextStatus = 1;

  constructor(name: string, reports: CityReports) {
    this.name = name;
    this.#reports = reports;
  }

  get running(): boolean {
    return this.#child !== undefined;
  }

  /** Resolves when its network listens. */
  async start(order: StartOrder): Promise<void> {
    const child = fork(program, {
      execArgv: nodeFlags,
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child = child;
    const ready = new Promise<void>((resolve, reject) => {
      child.on('message', (report: Report) => {
        if (report.kind === 'ready') resolve();
        else this.#hear(report);
      });
      child.on('exit', (code, signal) => {
        if (this.#child !== child) return;
        this.#forget();
        const message = `the process of ${this.name} ended (${signal ?? `exit code ${code}`})`;
        this.#reports.onFailed(message);
        reject(new Error(message));
      });
    });
    this.tell(order);
    await ready;
  }

  tell(order: Order): void {
    // A process that dies while it is told something says so by its exit.
    this.#child?.send(order, () => undefined);
  }

  /** Undefined while it is down, or when it does not answer because it is killed meanwhile. */
  status(): Promise<RealStatus | undefined> {
    if (this.#child === undefined) return Promise.resolve(undefined);
    const id = this.#nextStatus++;
    return new Promise((resolve) => {
      this.#statuses.set(id, resolve);
      this.tell({ kind: 'status', id });
    });
  }

  /** kill -9. */
  async kill(): Promise<void> {
    await this.#end((child) => child.kill('SIGKILL'));
  }

  async stop(): Promise<void> {
    await this.#end((child) => {
      // A process that stands still cannot obey.
      child.kill('SIGCONT');
      child.send({ kind: 'stop' } satisfies Order, () => undefined);
    });
  }

  pause(): void {
    this.#child?.kill('SIGSTOP');
  }

  resume(): void {
    this.#child?.kill('SIGCONT');
  }

  async #end(how: (child: ChildProcess) => void): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    this.#forget();
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    how(child);
    await ended;
  }

  #forget(): void {
    this.#child = undefined;
    for (const resolve of this.#statuses.values()) resolve(undefined);
    this.#statuses.clear();
  }

  #hear(report: Report): void {
    if (report.kind === 'final') this.#reports.onFinal(report.id, report.latencyMs);
    else if (report.kind === 'refused') this.#reports.onRefused(report.id, report.code);
    else if (report.kind === 'failed') this.#reports.onFailed(`${this.name}: ${report.message} [${report.code}]`);
    else if (report.kind === 'status') {
      this.#statuses.get(report.id)?.(report.status);
      this.#statuses.delete(report.id);
    }
  }
}
