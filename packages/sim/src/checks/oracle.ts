import type { FaultNotice, World } from '../world/contract.ts';
import { type CheckName, catalogue, checkNames } from './catalogue.ts';
import type { Check } from './check.ts';
import { Chronicle } from './chronicle.ts';
import type { Excuse, Oracle } from './contract.ts';
import { alarming } from './duty/alarm.ts';
import { duties } from './duty/duties.ts';
import { finalizing } from './duty/finalize.ts';
import { nullifying } from './duty/nullify.ts';
import { repeating } from './duty/repeating.ts';
import { views } from './duty/views.ts';
import { witnessing } from './duty/witness.ts';
import { Feed } from './feed.ts';
import { contradictions } from './honesty/contradiction.ts';
import { durableFirst } from './honesty/durable-first.ts';
import { failures } from './honesty/failures.ts';
import { validVotes } from './honesty/valid-votes.ts';
import { liveness } from './liveness/liveness.ts';
import { agreement } from './safety/agreement.ts';
import { certificates } from './safety/certificates.ts';
import { epochs } from './safety/epochs.ts';
import { lanes } from './safety/lanes.ts';
import { outcomes } from './safety/outcomes.ts';
import { receipts } from './safety/receipts.ts';
import { state } from './safety/state.ts';

/**
 * The judge of a run: every check of the catalogue but those that the scenario leaves out, listening to one world. Give
 * it to the world as a probe before the start. Checks that presuppose at most f faulty authorities fall silent once
 * there are more, and are named by `excuses`.
 */
export function createOracle(world: World): Oracle {
  const { every = 'commit', except = [] } = world.scenario.checks ?? {};
  const left = new Set<string>(except);
  const isExcused = (check: CheckName) =>
    left.has(check) || (catalogue[check].beyondF === 'excused' && chronicle.trust.broken !== undefined);
  const chronicle: Chronicle = new Chronicle(world, isExcused);

  const lanesCheck = lanes(chronicle);
  const stateCheck = state(chronicle);
  const livenessCheck = liveness(chronicle, lanesCheck.promises);
  const isClose = every === 'event';
  const close = [
    views(chronicle),
    finalizing(chronicle),
    nullifying(chronicle),
    repeating(chronicle),
    witnessing(chronicle),
    alarming(chronicle, stateCheck.stateAt),
  ];
  const checks: Check[] = [
    epochs(chronicle),
    failures(chronicle),
    agreement(chronicle),
    certificates(chronicle),
    contradictions(chronicle),
    durableFirst(chronicle),
    validVotes(chronicle, stateCheck.stateAt),
    lanesCheck,
    stateCheck,
    outcomes(chronicle),
    receipts(chronicle),
    livenessCheck,
    ...(isClose ? [duties(chronicle, close)] : []),
  ];
  const probe = new Feed(chronicle, checks, isClose).probe();

  return {
    ...probe,
    onFault: (notice: FaultNotice) => livenessCheck.onFault(notice),
    violations: chronicle.violations,
    liveness: () => livenessCheck.verdict(),
    excuses(): Excuse[] {
      const because = chronicle.trust.broken;
      if (because === undefined) return [];
      return checkNames.filter((check) => catalogue[check].beyondF === 'excused').map((check) => ({ check, because }));
    },
  };
}
