import type { FaultNotice } from '../world/contract.ts';
import type { Result } from './schema.ts';

type LoggedFault = Result['faults'][number];

/** All faults on the time axis. */
export class FaultLog {
  readonly #open = new Map<number, LoggedFault>();
  readonly faults: LoggedFault[] = [];

  noted(nowUs: number, notice: FaultNotice): void {
    if (notice.phase === 'end') {
      const fault = this.#open.get(notice.id);
      if (fault !== undefined) fault.toUs = nowUs;
      this.#open.delete(notice.id);
      return;
    }
    const { kind, nodes, text } = notice;
    const toUs = notice.phase === 'moment' ? nowUs : null;
    const fault: LoggedFault = { kind, fromUs: nowUs, toUs, nodes: [...nodes], text };
    this.faults.push(fault);
    if (notice.phase === 'begin') this.#open.set(notice.id, fault);
  }
}
