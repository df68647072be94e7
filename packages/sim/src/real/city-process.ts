// The process of one real city: the daemon's own City on real libp2p and LevelDB, with the shim before its network.
// Started by `city-handle.ts` with an IPC channel; it does what it is told and reports what became final.
import '@hansa/node';
import process from 'node:process';
import { City, createLog, createNetwork, nativeCrypto, openStore } from '@hansa/node';
import { HansaError, unwrap } from '@hansa/protocol';
import { parseGenesis } from '@hansa/protocol/genesis';
import type { ClockState, Order, RealStatus, Report, StartOrder } from './messages.ts';
import { Shim } from './shim.ts';

/** How often a refused submission is tried again while the city joins or its lane is full. */
const AGAIN_MS = 20;
const FAILED = 1;

let running: { readonly city: City; readonly shim: Shim } | undefined;
let clock: ClockState = { offsetMs: 0, driftPpm: 0 };
/** Drift counts from the last change of the clock. */
let clockSetMs = Date.now();

function report(message: Report): void {
  process.send?.(message);
}

function wallMs(): number {
  const nowMs = Date.now();
  return nowMs + clock.offsetMs + ((nowMs - clockSetMs) * clock.driftPpm) / 1e6;
}

function setClock(next: ClockState): void {
  clock = next;
  clockSetMs = Date.now();
}

async function start(order: StartOrder): Promise<void> {
  setClock(order.clock);
  const genesis = unwrap(parseGenesis(nativeCrypto, order.genesis));
  const self = genesis.authorities[order.index];
  if (self === undefined) throw new Error(`the genesis has no authority ${order.index}`);
  const log = createLog({ level: 'silent', format: 'json' });
  const shim = new Shim(order.index, order.weather);
  const { keys, listen, peers } = order;
  const city = await City.open({
    genesis,
    self,
    keys,
    crypto: nativeCrypto,
    store: await openStore(order.storeDirectory),
    createNetwork: async (handlers) =>
      shim.network(
        await createNetwork({
          genesis,
          self: self.name,
          networkSecret: keys.network,
          listen,
          peers,
          handlers: shim.handlers(handlers),
          log,
        }),
      ),
    log,
    onFailure: ({ during, error }) => fail(error, during),
    wallMs,
  });
  running = { city, shim };
  await city.start();
  report({ kind: 'ready' });
}

/** Submits, again and again while the city is not ready for it, and reports when the last record is final here. */
async function submit(city: City, id: number, records: readonly Uint8Array[]): Promise<void> {
  const startedMs = performance.now();
  for (;;) {
    try {
      const { locations } = await city.submit(records);
      const last = locations.at(-1);
      if (last !== undefined) await city.waitFinal(last);
      report({ kind: 'final', id, latencyMs: performance.now() - startedMs });
      return;
    } catch (error) {
      const code = error instanceof HansaError ? error.code : 'UNEXPECTED';
      if (code !== 'NOT_JOINED' && code !== 'LANE_WINDOW_FULL') {
        report({ kind: 'refused', id, code });
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}

function statusOf(city: City): RealStatus {
  const { finalizedHeight, executedHeight, historyRoot, stateRoot, records } = city.status();
  const { bytesIn, bytesOut } = city.traffic();
  return { finalizedHeight, executedHeight, historyRoot, stateRoot, records, bytesIn, bytesOut };
}

async function obey(order: Order): Promise<void> {
  if (order.kind === 'start') return start(order);
  if (order.kind === 'clock') return setClock(order.clock);
  if (running === undefined) return;
  const { city, shim } = running;
  if (order.kind === 'weather') shim.change(order.weather);
  else if (order.kind === 'submit') await submit(city, order.id, order.records);
  else if (order.kind === 'status') report({ kind: 'status', id: order.id, status: statusOf(city) });
  else {
    await city.stop();
    process.exit();
  }
}

function fail(error: unknown, during: string): void {
  const code = error instanceof HansaError ? error.code : 'UNEXPECTED';
  report({ kind: 'failed', code, message: `${during}: ${error instanceof Error ? error.message : String(error)}` });
  process.exitCode = FAILED;
  process.disconnect?.();
}

process.on('message', (order: Order) => {
  obey(order).catch((error: unknown) => fail(error, order.kind));
});
// The parent is gone: nobody is left to report to.
process.on('disconnect', () => process.exit());
