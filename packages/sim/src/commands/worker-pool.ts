import { Worker } from 'node:worker_threads';
import { HansaError } from '@hansa/protocol';
import { breath, type Done, type Job, runJob } from './jobs.ts';
import { loadPlugIns } from './plug-in-files.ts';
import type { WorkerMessage, WorkerStart } from './worker.ts';

export interface PoolOptions {
  /** In the order in which they are to start. Asked for one when a thread is free. */
  readonly jobs: Iterator<Job>;
  /** Threads; with 1 everything runs in this one. */
  readonly threads: number;
  /** Files of plug-ins; each thread loads them itself. */
  readonly plugIns: readonly string[];
  readonly onDone: (done: Done) => void;
  /** True: no further job is started. */
  readonly enough: () => boolean;
  /** True: what runs is stopped too, and its outcome is dropped. */
  readonly interrupted: () => boolean;
}

type Reply =
  | { readonly kind: 'done'; readonly done: Done | undefined }
  | { readonly kind: 'failed'; readonly code: string | undefined; readonly message: string };

/** How soon a stop reaches the threads. */
const LOOK_MS = 50;

/** As bin/hansa-sim.js; a nursery is three times its half. */
const resourceLimits = { maxYoungGenerationSizeMb: 48 };

/** Threads run the compiled program: a test that runs from the sources needs `pnpm build` first. */
const entry = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/commands/worker.js' : './worker.js',
  import.meta.url,
);

/** Runs jobs on all threads. Ends when there are no more, `enough` says so, or a job throws (which it throws again). */
export async function runJobs(options: PoolOptions): Promise<void> {
  if (options.threads > 1) return runInThreads(options);
  const plugIns = await loadPlugIns(options.plugIns);
  while (!options.enough() && !options.interrupted()) {
    const next = options.jobs.next();
    if (next.done === true) return;
    const done = await runJob(next.value, plugIns, async () => {
      await breath();
      return options.interrupted() ? 'stop' : 'go-on';
    });
    if (done !== undefined) options.onDone(done);
    await breath();
  }
}

async function runInThreads(options: PoolOptions): Promise<void> {
  const start: WorkerStart = { plugIns: options.plugIns };
  const workers = Array.from(
    { length: options.threads },
    () => new Worker(entry, { workerData: start, execArgv: [], resourceLimits }),
  );
  const tell = (worker: Worker, message: WorkerMessage) => worker.postMessage(message);
  const looking = setInterval(() => {
    if (options.interrupted()) for (const worker of workers) tell(worker, { kind: 'stop' });
  }, LOOK_MS);
  try {
    await Promise.all(workers.map((worker) => serve(worker, options, tell)));
  } finally {
    clearInterval(looking);
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** Gives one thread job after job until there is none left. */
function serve(
  worker: Worker,
  options: PoolOptions,
  tell: (worker: Worker, message: WorkerMessage) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const next = () => {
      if (options.enough() || options.interrupted()) return resolve();
      const { value, done } = options.jobs.next();
      if (done === true) return resolve();
      tell(worker, { kind: 'run', job: value });
    };
    worker.on('message', (reply: Reply) => {
      if (reply.kind === 'failed') return reject(errorOf(reply));
      if (reply.done !== undefined) options.onDone(reply.done);
      next();
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`a worker thread ended with ${code}`)));
    next();
  });
}

function errorOf({ code, message }: Extract<Reply, { kind: 'failed' }>): Error {
  return code === undefined ? new Error(message) : new HansaError(code, message);
}
