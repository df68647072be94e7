import { Presets, SingleBar } from 'cli-progress';
import type { Terminal } from './terminal.ts';
import { count, duration } from './words.ts';

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

export interface ClockLine {
  /** How far the run is; when its workload is over; when it ends at the latest. Milliseconds. */
  update(nowMs: number, workUntilMs: number, endMs: number): void;
  stop(): void;
}

/**
 * Progress of a run in real time: nothing is estimated from how fast it went so far, because a clock goes as fast as any other.
 */
export function showClock(terminal: Terminal, what: string): ClockLine {
  if (terminal.quiet === true) return { update: () => undefined, stop: () => undefined };
  if (terminal.interactive) {
    const bar = new SingleBar(
      { format: `${what} [{bar}] {note}`, hideCursor: true, stream: process.stderr },
      Presets.rect,
    );
    bar.start(1, 0, { note: 'the daemons start' });
    return {
      update(nowMs, workUntilMs, endMs) {
        bar.setTotal(workUntilMs);
        bar.update(Math.min(nowMs, workUntilMs), { note: clockText(nowMs, workUntilMs, endMs) });
      },
      stop: () => bar.stop(),
    };
  }
  let saidMs = performance.now();
  return {
    update(nowMs, workUntilMs, endMs) {
      if (performance.now() - saidMs < LINE_EVERY_MS) return;
      saidMs = performance.now();
      terminal.stderr(`${what}: ${clockText(nowMs, workUntilMs, endMs)}\n`);
    },
    stop: () => undefined,
  };
}

/** `30 s; ends soon after 60 s, at 2 m at the latest`. */
export function clockText(nowMs: number, workUntilMs: number, endMs: number): string {
  const [now, work, end] = [nowMs, workUntilMs, endMs].map((ms) => duration(Math.round(ms / 1000) * 1e6));
  return nowMs < workUntilMs
    ? `${now}; ends soon after ${work}, at ${end} at the latest`
    : `${now}; the work is over, waiting for all cities to stand together until ${end}`;
}
