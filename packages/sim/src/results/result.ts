import { toHex } from '@hansa/protocol';
import type { Excuse, LivenessVerdict, Violation } from '../checks/contract.ts';
import type { MissedFault } from '../faults/index.ts';
import type { NodeView, World } from '../world/contract.ts';
import type { SimWorld } from '../world/sim-world.ts';
import { CityLatencies } from './latencies.ts';
import type { Recorder } from './recorder.ts';
import type { CityResult, Result } from './schema.ts';

/** A result without what differs from one machine to another: a function of scenario, seed and version alone. */
export type PureResult = Omit<Result, 'performance'>;

/** What the checks found. */
export interface Verdicts {
  readonly violations: readonly Violation[];
  liveness(): LivenessVerdict;
  excuses(): readonly Excuse[];
}

export interface EndedRun {
  readonly world: SimWorld;
  readonly verdicts: Verdicts;
  readonly recorder: Recorder;
  readonly missedFaults: readonly MissedFault[];
  readonly version: string;
  readonly endedBecause: string;
}

/** Everything that a report shows. Call it when the run has ended. */
export function makeResult(run: EndedRun): PureResult {
  const { world, verdicts, recorder } = run;
  const { nowUs } = world;
  const liveness = verdicts.liveness();
  const honest = world.nodes.filter(({ role }) => role === 'honest');
  const owners = honest.map(({ index }) => latenciesOf(recorder, index));
  return {
    format: 'hansa-sim-result/1',
    version: run.version,
    scenario: world.scenario,
    seed: world.seed,
    federationId: toHex(world.federation.genesis.federationId),
    traceHash: world.traceHash,
    events: world.events,
    endedAtUs: nowUs,
    endedBecause: run.endedBecause,
    verdict: verdicts.violations.length === 0 ? 'passed' : 'failed',
    violations: verdicts.violations.map((violation) => ({ ...violation, nodes: [...violation.nodes] })),
    excuses: verdicts.excuses().map((excuse) => ({ ...excuse })),
    liveness: {
      excuse: liveness.excuse ?? null,
      healedAtUs: liveness.healedAtUs,
      firstFinalityUs: liveness.firstFinalityUs ?? null,
      convergedUs: liveness.convergedUs ?? null,
      boundUs: Math.round(liveness.boundUs),
    },
    totals: totalsOf(run),
    ...CityLatencies.together(owners),
    cities: world.nodes.map((node) => cityOf(run, node)),
    series: recorder.series.finish(nowUs),
    views: recorder.views.finish((view) => world.epochs.leaderOf(view)),
    faults: recorder.faults.faults,
    missedFaults: run.missedFaults.map((fault) => ({ ...fault })),
    traffic: recorder.traffic.rows(),
    window: recorder.spaceTime.finish(nowUs),
  };
}

function totalsOf({ world, recorder }: EndedRun): Result['totals'] {
  const { traffic, blocks } = recorder;
  const { records, rejected, emptyBlocks } = blocks.upTo(recorder.executedHeight);
  const finalized = recorder.finalized;
  const sum = (value: (city: CityLatencies) => number) =>
    recorder.cities.reduce((total, { latencies }) => total + value(latencies), 0);
  const { startUs = 0, endUs = 0 } = world.settled.workload ?? {};
  const seconds = (Math.min(endUs, world.nowUs) - startUs) / 1e6;
  return {
    recordsSubmitted: sum(({ recordsSubmitted }) => recordsSubmitted),
    recordsSealed: sum(({ recordsSealed }) => recordsSealed),
    recordsRefused: sum(({ recordsRefused }) => recordsRefused),
    recordsFinal: records,
    recordsRejected: rejected,
    blocks: finalized.height,
    emptyBlocks,
    views: recorder.views.newest,
    // A final block stands on nullifications of all views that it skipped (C2), so views without a block were nullified.
    nullifiedViews: Math.max(0, finalized.view - finalized.height),
    evidence: recorder.evidence.size,
    alarms: recorder.cities.reduce((total, { alarms }) => total + alarms, 0),
    messages: traffic.messages,
    bytes: traffic.bytes,
    lost: traffic.lost,
    recordsPerSecond: seconds > 0 ? records / seconds : 0,
  };
}

function cityOf({ world, recorder }: EndedRun, node: NodeView): CityResult {
  const { traffic } = recorder;
  const record = recorder.cities[node.index];
  const status = node.replica?.status();
  const checkpoint = node.replica?.ledger.checkpoint();
  const { authority, place } = node;
  const executedHeight = status?.executedHeight ?? record?.executedHeight ?? 0;
  return {
    node: node.index,
    name: node.name,
    role: node.role,
    ...(place === undefined
      ? {}
      : {
          place: {
            province: place.province,
            latitude: place.latitude,
            longitude: place.longitude,
            synthetic: place.synthetic,
          },
        }),
    state: node.state,
    view: status?.view ?? record?.view ?? 0,
    finalizedHeight: status?.finalizedHeight ?? record?.finalizedHeight ?? 0,
    executedHeight,
    recordsSealed: latenciesOf(recorder, node.index).recordsSealed,
    recordsExecuted: recorder.blocks.upTo(executedHeight).records,
    historyRoot: checkpoint === undefined ? '' : toHex(checkpoint.historyRoot),
    stateRoot: checkpoint === undefined ? '' : toHex(checkpoint.stateRoot),
    crashes: record?.crashes ?? 0,
    halted: status?.halted ?? false,
    quarantined: authority !== undefined && isQuarantined(world, authority),
    messagesIn: traffic.messagesIn[node.index] ?? 0,
    messagesOut: traffic.messagesOut[node.index] ?? 0,
    bytesIn: traffic.bytesIn[node.index] ?? 0,
    bytesOut: traffic.bytesOut[node.index] ?? 0,
    busyUs: Math.round(world.cpuBusyUs(node.index)),
  };
}

/** As the furthest honest city that is up has it on its ledger. */
function isQuarantined(world: World, authority: number): boolean {
  return world.nodes.some(
    ({ role, replica }) => role === 'honest' && replica?.status().lanes[authority]?.quarantined === true,
  );
}

function latenciesOf(recorder: Recorder, node: number): CityLatencies {
  const record = recorder.cities[node];
  if (record === undefined) throw new Error(`node ${node} was not recorded`);
  return record.latencies;
}
