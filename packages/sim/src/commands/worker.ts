import { parentPort, workerData } from 'node:worker_threads';
import { HansaError } from '@hansa/protocol';
import { breath, type Job, runJob } from './jobs.ts';
import { loadPlugIns } from './plug-in-files.ts';

/** A worker thread of `worker-pool.ts`: runs the jobs that it is sent, one at a time. */

export interface WorkerStart {
  readonly plugIns: readonly string[];
}

export type WorkerMessage = { readonly kind: 'run'; readonly job: Job } | { readonly kind: 'stop' };

const port = parentPort;
if (port === null) throw new Error('worker.ts runs only as a worker thread');

const plugIns = await loadPlugIns((workerData as WorkerStart).plugIns);
let stopped = false;

port.on('message', async (message: WorkerMessage) => {
  if (message.kind === 'stop') {
    stopped = true;
    return;
  }
  const { job } = message;
  try {
    const done = await runJob(job, plugIns, async () => {
      await breath();
      return stopped ? 'stop' : 'go-on';
    });
    port.postMessage({ kind: 'done', done });
  } catch (error) {
    // Between threads an error keeps neither its class nor its code.
    const code = error instanceof HansaError ? error.code : undefined;
    port.postMessage({ kind: 'failed', code, message: error instanceof Error ? error.message : String(error) });
  }
});
