import type { Action, Scenario } from '../scenario/schema.ts';

/** Daemons on one machine: beyond this they only wait for the processor. */
const CITIES_MAX = 16;
/** Real time, all of it waited for. */
const RUN_MAX_US = 30 * 60e6;

/** Everything of a scenario that real daemons on loopback cannot be made to do; empty: it can run. */
export function unsupportedInReality(scenario: Scenario, untilUs: number): string[] {
  const { topology, adversary = [], stop = {}, workload = {}, faults = [], clocks = {} } = scenario;
  const reasons: string[] = [];
  if (topology.cities > CITIES_MAX) {
    reasons.push(`topology.cities is ${topology.cities}: one machine runs at most ${CITIES_MAX} daemons`);
  }
  if ((topology.observers ?? 0) > 0) reasons.push('topology.observers: the daemon has no observer mode yet');
  if (adversary.length > 0) reasons.push('adversary: real daemons do not lie');
  if (stop.when !== undefined) reasons.push('stop.when: conditions on the core are not seen from outside; use stop.at');
  if (stop.events !== undefined) reasons.push('stop.events: reality has no events to count; use stop.at');
  if (workload.doubleUses !== undefined)
    reasons.push('workload.doubleUses: only the simulator knows when a certificate is final everywhere');
  if (untilUs > RUN_MAX_US)
    reasons.push(`it would take ${Math.round(untilUs / 60e6)} real minutes: set stop.at to 30m or less`);
  if (clocks.driftPpm !== undefined && Math.abs(clocks.driftPpm) > 100_000) reasons.push('clocks.driftPpm beyond 10%');
  faults.forEach((fault, index) => {
    if ('when' in fault) reasons.push(`faults.${index}.when: conditions on the core are not seen from outside; use at`);
    const reason = unsupportedAction(fault.action);
    if (reason !== undefined) reasons.push(`faults.${index}.action: ${reason}`);
  });
  return reasons;
}

function unsupportedAction(action: Action): string | undefined {
  if (action.kind === 'disk') return 'a real disk is not made slow, full or rotten';
  if (action.kind === 'membership')
    return 'the daemons of a run keep their keys; see docs/operating/changing-authorities.md';
  if (action.kind === 'restore-backup') return 'a running store is not copied';
  const selectors = action.kind === 'partition' ? action.groups : 'cities' in action ? [action.cities] : [];
  return selectors.includes('leader') ? 'the leader of the moment is not seen from outside; name the city' : undefined;
}

/** What is the same word but not the same thing; printed with the figures. */
export function differencesOfReality(scenario: Scenario): string[] {
  const { protocol = {}, disks = {}, faults = [], topology } = scenario;
  const notes = ['crypto, processing and disks are those of this machine, shared by all cities'];
  if (protocol.crypto === 'cost') notes.push('protocol.crypto: real daemons always sign for real');
  if (disks.flush !== undefined || disks.megabytesPerSecond !== undefined) notes.push('disks: not slowed down');
  if (topology.gossip !== undefined) notes.push('topology.gossip: libp2p’s own mesh');
  if (faults.some(({ action }) => action.kind === 'crash' || action.kind === 'crash-all')) {
    notes.push('crash: kill -9 of the process; the kernel keeps what was written and not flushed');
  }
  if (faults.some(({ action }) => action.kind === 'partition' || action.kind === 'isolate')) {
    notes.push('a cut drops messages where they arrive; libp2p’s connections stand');
  }
  return notes;
}
