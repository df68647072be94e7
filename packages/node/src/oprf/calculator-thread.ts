import { parentPort } from 'node:worker_threads';
import { loadWasmGroup } from '../crypto/index.ts';
import { type Calculation, calculated } from './calculations.ts';

/** The thread of `ThreadCalculator`: answers each `{ number, calculation }` with `{ number, result }`, in order. */

export interface Job {
  readonly number: number;
  readonly calculation: Calculation;
}

const group = await loadWasmGroup();
parentPort?.on('message', ({ number, calculation }: Job) => {
  parentPort?.postMessage({ number, result: calculated(group, calculation) });
});
