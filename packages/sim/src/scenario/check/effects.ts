import { microseconds } from '../duration.ts';
import type { Finding } from '../problem.ts';
import type { Action, Scenario } from '../schema.ts';
import { actionsOf } from '../walk.ts';

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
