import { Presets, SingleBar } from 'cli-progress';
import type { Terminal } from './terminal.ts';
import { count } from './words.ts';

export interface ProgressLine {
  update(done: number, note?: string): void;
  stop(): void;
}

/** Without a terminal a line now and then says that the work goes on. */
const LINE_EVERY_MS = 30_000;

/** Progress on standard error: a bar with the time that is left, where somebody looks; else a line now and then. */
export function showProgress(terminal: Terminal, what: string, total: number): ProgressLine {
  if (terminal.quiet === true) return { update: () => undefined, stop: () => undefined };
  if (terminal.interactive) {
    const format = `${what} [{bar}] {percentage}% | {value}/{total} | {eta_formatted} left {note}`;
    const bar = new SingleBar({ format, etaBuffer: 50, hideCursor: true, stream: process.stderr }, Presets.rect);
    bar.start(total, 0, { note: '' });
    return {
      update: (done, note = '') => bar.update(done, { note: note === '' ? '' : `| ${note}` }),
      stop: () => bar.stop(),
    };
  }
  const startedMs = performance.now();
  let saidMs = startedMs;
  return {
    update(done, note = '') {
      const nowMs = performance.now();
      if (nowMs - saidMs < LINE_EVERY_MS) return;
      saidMs = nowMs;
      const leftSeconds = done === 0 ? undefined : ((nowMs - startedMs) / 1000 / done) * (total - done);
      const left = leftSeconds === undefined ? '' : `, about ${count(leftSeconds)} s left`;
      terminal.stderr(`${what}: ${count(done)} of ${count(total)}${left}${note === '' ? '' : `, ${note}`}\n`);
    },
    stop: () => undefined,
  };
}
