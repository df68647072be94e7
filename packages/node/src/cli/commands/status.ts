import { joinPatienceMs } from '../../patience.ts';
import { wholeSeconds } from '../options.ts';
import type { AddCommand } from '../output.ts';
import { runs } from '../output.ts';
import { counted } from '../plural.ts';
import { Daemon, type DaemonOptions, daemonOptions } from './daemon.ts';
import { waitUntilReady } from './ready.ts';
import { pairs, shortTime } from './text.ts';

/** What `/v1/status` answers. */
export interface Status {
  readonly city: string;
  readonly displayName: string;
  readonly observer: boolean;
  readonly federation: string;
  readonly federationId: string;
  readonly policyDigest: string;
  readonly joined: boolean;
  readonly votes: boolean;
  readonly voters: number;
  readonly quorum: number;
  readonly halted: boolean;
  readonly behind: boolean;
  readonly epoch: number;
  readonly view: number;
  readonly finalizedHeight: number;
  readonly executedHeight: number;
  readonly asOf: string;
  readonly historyRoot: string;
  readonly stateRoot: string;
  readonly records: number;
  readonly rejectedRecords: number;
  readonly peers: readonly {
    readonly name: string;
    readonly kind: 'authority' | 'observer';
    readonly connected: boolean;
    readonly votes: boolean;
  }[];
  readonly evidence: number;
  readonly lookupAlarms: number;
  readonly alarm: { readonly code: string; readonly message: string } | null;
}

interface StatusOptions extends DaemonOptions {
  readonly wait?: number | true;
}

const waitSecondsPreset = joinPatienceMs / 1000;

/** `hansa status` */
export const addStatus: AddCommand = (program, terminal, exit) => {
  const command = daemonOptions(program.command('status').description('where a city stands')).option(
    '--wait [seconds]',
    `wait until the daemon runs and the city takes part, for at most so many seconds; without a number ${waitSecondsPreset}`,
    wholeSeconds,
  );
  command.addHelpText(
    'after',
    '\nExample:\n  hansa status --dir haikou --wait 60\n\nWith --wait the exit code is 0 when the city takes part, 1 when it stopped voting, 3 when no daemon answered in\ntime, 4 when it answered but was not ready in time.',
  );
  runs<StatusOptions>(command, terminal, exit, async (options) => {
    const daemon = await Daemon.find(options, 'operator', terminal);
    const { wait } = options;
    if (wait !== undefined) await waitUntilReady(daemon, wait === true ? waitSecondsPreset : wait);
    const status = await daemon.get<Status>('/v1/status');
    const connected = status.peers.filter((peer) => peer.connected).map(({ name }) => name);
    const absent = status.peers.filter((peer) => !peer.connected).map(({ name }) => name);
    const state = stateOf(status);
    const lines: (readonly [string, string])[] = [
      ['federation', `${status.federation} (${status.federationId.slice(0, 16)})`],
      ['policy', status.policyDigest],
      ['epoch', String(status.epoch)],
      ['state', state],
      ...alarmLines(status, state),
      ['height', `${status.finalizedHeight} final, ${status.executedHeight} executed, as of ${shortTime(status.asOf)}`],
      ['records', `${status.records}, of which ${status.rejectedRecords} rejected`],
      ['history root', status.historyRoot],
      ['state root', status.stateRoot],
      ['connected', connected.length === 0 ? 'nobody' : connected.join(', ')],
      ...(absent.length === 0 ? [] : [['absent', absent.join(', ')] as const]),
      ...(status.lookupAlarms === 0
        ? []
        : [['lookups', `${counted(status.lookupAlarms, 'alarm', 'alarms')}, see: hansa oprf status`] as const]),
      ...(status.evidence === 0 ? [] : [['evidence', `${status.evidence}, see: hansa evidence`] as const]),
    ];
    return { text: `${status.city} (${status.displayName})\n${pairs(lines)}`, json: { ...status } };
  });
};

/** An alarm that the state does not tell already. */
function alarmLines({ alarm }: Status, state: string): (readonly [string, string])[] {
  if (alarm === null || state.includes(alarm.code)) return [];
  return [['ALARM', `${alarm.message} [${alarm.code}]`]];
}

function stateOf({ joined, halted, behind, alarm, peers, observer, ...set }: Status): string {
  if (halted) return `STOPPED VOTING: ${alarm?.message ?? 'an alarm stands'} [${alarm?.code ?? 'ALARM'}]`;
  if (!joined && alarm?.code === 'OWN_LANE_MISSING') return `CANNOT TAKE PART: ${alarm.message} [${alarm.code}]`;
  if (!joined && alarm?.code === 'SEAT_NOT_YET') return `waits for its seat: ${alarm.message} [${alarm.code}]`;
  if (alarm?.code === 'NO_LONGER_VOTING') return `ONLY FOLLOWS: ${alarm.message} [${alarm.code}]`;
  if (!joined) return 'waits for a quorum of the other cities';
  const here = peers.filter(({ connected, votes }) => connected && votes).length + (set.votes ? 1 : 0);
  if (here < set.quorum) {
    return `WAITS for other cities: ${here} of ${set.voters} are connected, ${set.quorum} must be; what is submitted is kept, and final once they are`;
  }
  return behind ? 'catches up' : observer ? 'follows the cities, without a vote' : 'takes part';
}
