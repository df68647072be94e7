import { setTimeout as delay } from 'node:timers/promises';
import { HansaError } from '@hansa/protocol';
import type { Daemon } from './daemon.ts';

/** What `/v1/records/LOCATION` answers. */
export interface RecordAnswer {
  readonly location: string;
  readonly recordId: string;
  readonly family: string;
  readonly type: string;
  readonly state: 'pending' | 'final' | 'rejected';
  readonly height: number | null;
  readonly code: string | null;
  readonly provable: boolean;
  readonly requestId: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** The listing or certificate that it is about, as it stands in this city today. */
  readonly now: { readonly of: string; readonly status: string; readonly disputed: boolean } | null;
}

const pauseMs = 200;

/**
 * A record, once the city knows what became of it, or as it stands after `seconds`: still pending, or RECORD_UNKNOWN
 * where the city has not even heard of it.
 */
export async function recordOutcome(daemon: Daemon, location: string, seconds: number): Promise<RecordAnswer> {
  const deadlineMs = performance.now() + 1000 * seconds;
  for (;;) {
    const late = () => performance.now() >= deadlineMs;
    try {
      const record = await daemon.get<RecordAnswer>(`/v1/records/${location}`);
      if (record.state !== 'pending' || late()) return record;
    } catch (error) {
      if (!(error instanceof HansaError) || error.code !== 'RECORD_UNKNOWN' || late()) throw error;
    }
    await delay(pauseMs);
  }
}
