import type { Rejection } from '@hansa/protocol';
import type { CityStatus } from '../api/ports.ts';

/** What of a status tells whether the city takes part. */
export interface Standing extends Pick<CityStatus, 'joined' | 'halted' | 'behind'> {
  readonly alarm?: { readonly code: string; readonly message: string } | null;
}

/**
 * Why a city does not take part in the agreement; undefined: it does. With `retryAfterMs` it will by itself, without it
 * somebody has to act.
 */
export function unreadiness({ joined, halted, behind, alarm }: Standing): Rejection | undefined {
  const code = 'NOT_READY';
  if (halted) {
    const why = alarm?.code ?? 'an alarm stands';
    return { code, message: `The city stopped voting: ${why}. See "hansa status" and docs/operating.` };
  }
  if (!joined && (alarm?.code === 'OWN_LANE_MISSING' || alarm?.code === 'SEAT_NOT_YET')) {
    return { code, message: `${alarm.message} [${alarm.code}]`, retryAfterMs: 1000 };
  }
  if (!joined) {
    const message = 'The city has not heard from a quorum since its start. Check the network and the other cities.';
    return { code, message, retryAfterMs: 1000 };
  }
  if (alarm?.code === 'NO_LONGER_VOTING') return { code, message: `${alarm.message} [${alarm.code}]` };
  if (behind) {
    const message = 'The city is catching up with the others. Reads work and say as of when; wait.';
    return { code, message, retryAfterMs: 1000 };
  }
  return undefined;
}
