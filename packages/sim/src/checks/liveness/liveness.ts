import type { FaultNotice } from '../../world/contract.ts';
import type { Check } from '../check.ts';
import type { Chronicle } from '../chronicle.ts';
import type { City } from '../city.ts';
import type { LivenessVerdict } from '../contract.ts';
import type { LanePromises } from '../safety/lanes.ts';
import { type Bound, delayOf, finalityBound } from './bound.ts';
import { connectedCore } from './core.ts';
import { Target } from './target.ts';

export interface LivenessCheck extends Check {
  onFault(notice: FaultNotice): void;
  verdict(): LivenessVerdict;
}

/** Faults that leave a city up and connected, and yet not to be counted on while they last. */
const HAMPERING = new Set(['degrade', 'disk', 'clock']);
/** Lane entries and blocks that one request brings (G3). */
const PIECE_ENTRIES = 12;
const SYNC_BLOCKS = 512;

interface Judged {
  readonly verdict: LivenessVerdict;
  readonly core: readonly City[];
  /** Everybody in the core has to have converged by then. */
  readonly convergenceUs: number;
}

/**
 * After the last fault has healed, a connected honest core of at least q finalizes something new within the bound of
 * `finalityBound` (`liveness`). Within twice that (what only its owner holds is proposed when it leads) and the time to
 * fetch what is missing, all that its cities had sealed is executed by each of them (`convergence`). A scenario may name
 * another multiple of the largest Δ reached instead of the bound: `checks.liveness.deltas`.
 */
export function liveness(chronicle: Chronicle, promises: LanePromises): LivenessCheck {
  const { world, trust } = chronicle;
  const settings = world.scenario.checks?.liveness ?? {};
  const delayUs = delayOf(world.scenario);
  const ongoing = new Map<number, FaultNotice>();
  let disturbedUs = 0;
  let target: Target | undefined;

  const disturbed = () => {
    disturbedUs = world.nowUs;
    target = undefined;
  };
  /** Set at the first thing that happens after the last disturbance. */
  const current = () => {
    target ??= new Target(chronicle, disturbedUs, promises);
    return target;
  };

  const boundOf = ({ grown }: Target, core: readonly City[]): Bound => {
    const { parameters } = world.federation.genesis;
    const { voters, quorum } = chronicle.sets.current;
    const n = voters.length;
    const loss = world.scenario.topology.link?.loss ?? 0;
    const bound = finalityBound({ parameters, n, quorum, core: core.length, grown, delayUs, loss });
    return settings.deltas === undefined ? bound : { ...bound, us: Math.ceil((settings.deltas * bound.timeoutUs) / 3) };
  };

  const fetchUs = ({ blocksBehind, entriesBehind }: Target): number => {
    const { deltaMs, resendMs } = world.federation.genesis.parameters;
    const requestUs = 2 * Math.max(4 * deltaMs, resendMs) * 1000 + 2 * delayUs;
    return (Math.ceil(blocksBehind / SYNC_BLOCKS) + Math.ceil(entriesBehind / PIECE_ENTRIES) + 2) * requestUs;
  };

  const excuseOf = (core: readonly City[], bound: Bound): string | undefined => {
    if (settings.required === false) return 'the scenario asks for no liveness';
    if (trust.broken !== undefined) return trust.broken;
    if (core.length < chronicle.sets.current.quorum) {
      return `only ${core.length} honest cities are up and connected with each other, fewer than q = ${chronicle.sets.current.quorum}`;
    }
    return bound.us === undefined ? (bound.unless ?? 'agreement is not promised here') : undefined;
  };

  const judge = (): Judged => {
    const aim = current();
    const core = connectedCore(chronicle, hamperedBy(ongoing));
    const bound = boundOf(aim, core);
    const boundUs = bound.us ?? 0;
    const convergenceUs = 2 * boundUs + fetchUs(aim);
    const { sinceUs: healedAtUs, firstFinalityUs, convergedUs } = aim;
    const waitedUs = world.nowUs - healedAtUs;
    let excuse = excuseOf(core, bound);
    const isOpen =
      firstFinalityUs === undefined ? waitedUs <= boundUs : convergedUs === undefined && waitedUs <= convergenceUs;
    if (isOpen) excuse ??= `the run ended ${seconds(waitedUs)} after the last fault, before it was to be over`;
    return { verdict: { excuse, healedAtUs, firstFinalityUs, convergedUs, boundUs }, core, convergenceUs };
  };

  return {
    verdict: () => judge().verdict,
    onFault(notice) {
      if (notice.phase === 'begin') ongoing.set(notice.id, notice);
      else if (notice.phase === 'end') ongoing.delete(notice.id);
      disturbed();
    },
    onState(_city, _state, why) {
      if (why !== 'start') disturbed();
    },
    onFinal(_, { height }, first) {
      if (first) current().onFinal(height);
    },
    onExecution(city, height) {
      current().onExecuted(city, height);
    },
    onEnd() {
      const { verdict, core, convergenceUs } = judge();
      const { excuse, firstFinalityUs, convergedUs, boundUs } = verdict;
      if (excuse !== undefined) return;
      if (firstFinalityUs === undefined || firstFinalityUs > boundUs) {
        const message = `${core.length} honest cities are connected, and something new is final ${after(firstFinalityUs)}, not within ${seconds(boundUs)} of the last fault`;
        chronicle.report('liveness', core, message);
      }
      const behind = convergedUs === undefined ? current().lagging(core) : [];
      if (convergedUs === undefined ? behind.length > 0 : convergedUs > convergenceUs) {
        const message = `the cities converge ${after(convergedUs)}, not within ${seconds(convergenceUs)} of the last fault${namesOf(behind)}`;
        chronicle.report('convergence', behind, message);
      }
      const dueUs = world.nowUs - convergenceUs;
      for (const { lane, sequence, city, atUs } of promises.unconfirmed()) {
        if (atUs > dueUs || verdict.healedAtUs > dueUs || !core.includes(city)) continue;
        const message = `entry ${lane}/${sequence}, sealed at ${seconds(atUs)}, is not final at ${seconds(world.nowUs)}`;
        chronicle.report('convergence', [city], message);
      }
    },
  };
}

function hamperedBy(ongoing: ReadonlyMap<number, FaultNotice>): Set<number> {
  const hampered = new Set<number>();
  for (const { kind, nodes } of ongoing.values()) {
    if (HAMPERING.has(kind)) for (const node of nodes) hampered.add(node);
  }
  return hampered;
}

function seconds(us: number): string {
  return `${(us / 1e6).toFixed(2)} s`;
}

function after(us: number | undefined): string {
  return us === undefined ? 'never' : `after ${seconds(us)}`;
}

function namesOf(cities: readonly City[]): string {
  return cities.length === 0 ? '' : `; behind: ${cities.map(({ name }) => name).join(', ')}`;
}
