import { microseconds } from '../duration.ts';
import type { Finding } from '../problem.ts';
import type { Action, Scenario } from '../schema.ts';
import { actionsOf } from '../walk.ts';

/** Up to so many cities f is 0. */
const FEWEST_TO_RECOVER = 3;

/** Whether every fault changes something. */
export function checkEffects(scenario: Scenario): Finding[] {
  return actionsOf(scenario).flatMap(({ path, value }): Finding[] => {
    const message = idle(value, scenario);
    return message === undefined ? [] : [{ code: 'SCENARIO_NO_EFFECT', path, message }];
  });
}

function idle(action: Action, { topology }: Scenario): string | undefined {
  switch (action.kind) {
    case 'degrade':
      if (Object.keys(action.link).length > 0) return undefined;
      return 'The link changes in nothing. Give latency, jitter, loss, duplication, reordering or bandwidthMbps.';
    case 'clock':
      if (action.driftPpm !== undefined || microseconds(action.step ?? '0s') !== 0) return undefined;
      return 'The clock goes on as before. Give step or driftPpm.';
    case 'disk':
      if ((action.slow ?? 1) > 1 || action.full === true || action.torn === true || (action.rot ?? 0) > 0)
        return undefined;
      return 'The disk works as before. Give slow above 1, full, torn or rot.';
    case 'membership': {
      const { cities } = topology;
      if (action.change === 'recover' && cities <= FEWEST_TO_RECOVER) {
        return `Of ${cities} cities all must approve, also the one that lost its keys. Take at least ${FEWEST_TO_RECOVER + 1}.`;
      }
      const named = Array.isArray(action.cities) ? action.cities.length : action.cities === 'all' ? cities : 1;
      if (!losesVote(action) || named < cities) return undefined;
      return 'Nobody would be left to vote. Name fewer cities.';
    }
    case 'partition': {
      const [group, other] = action.groups;
      const everybody = topology.cities + (topology.observers ?? 0);
      const whole = group === 'all' || (Array.isArray(group) && group.length >= everybody);
      if (other !== undefined || !whole) return undefined;
      return 'The only group has everybody in it. Leave somebody out, or give a second group.';
    }
    default:
      return undefined;
  }
}

function losesVote({ change }: Extract<Action, { kind: 'membership' }>): boolean {
  return change === 'suspend' || change === 'remove';
}
