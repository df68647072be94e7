import type { Action, Fault, Link } from '../scenario/schema.ts';
import type { NodeIndex, World } from '../world/contract.ts';

/** `city-1`, `city-1 and city-2`, `12 cities`, `all cities`. */
export function who(world: World, nodes: readonly NodeIndex[]): string {
  const cities = world.federation.genesis.authorities.length;
  if (nodes.length === 0) return 'nobody';
  if (cities > 1 && nodes.length >= cities && nodes.filter((node) => node < cities).length === cities)
    return 'all cities';
  if (nodes.length > 4) return `${nodes.length} cities`;
  const names = nodes.map((node) => world.nodes[node]?.name ?? String(node));
  const last = names.pop() as string;
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
}

/** What an action does to some cities, for people. */
export function actionText(world: World, action: Action, nodes: readonly NodeIndex[]): string {
  const some = who(world, nodes);
  const many = nodes.length !== 1;
  switch (action.kind) {
    case 'crash':
      return `${some} ${many ? 'lose' : 'loses'} power${action.lose === 'everything' ? ' and disk' : ''}`;
    case 'crash-all':
      return 'everybody loses power';
    case 'restart':
      return `${some} ${many ? 'start' : 'starts'} again`;
    case 'pause':
      return `${some} ${many ? 'stand' : 'stands'} still`;
    case 'resume':
      return `${some} ${many ? 'go' : 'goes'} on`;
    case 'isolate':
      return `${some} ${many ? 'are each' : 'is'} cut off`;
    case 'degrade':
      return `links of ${some}: ${linkText(action.link)}`;
    case 'clock':
      return `${many ? 'clocks' : 'the clock'} of ${some}: ${clockText(action)}`;
    case 'disk':
      return `${many ? 'disks' : 'the disk'} of ${some}: ${diskText(action)}`;
    case 'restore-backup':
      return `${some}: backup of ${action.taken} put back`;
    case 'membership':
      return `${some}: ${membershipTexts[action.change]}`;
    case 'heal':
      return 'everything is mended';
    case 'partition':
      return `the network around ${some} is cut`;
  }
}

const membershipTexts = {
  newKeys: 'new keys are proposed',
  recover: 'keys and disk are lost, new keys are proposed',
  suspend: 'its suspension is proposed',
  remove: 'its removal is proposed',
} as const;

/** `at 5s`, `every 2s`, `when height: 40, cities: 0.5`: in the words of the scenario. */
export function momentText(fault: Fault): string {
  if ('at' in fault) return `at ${fault.at}`;
  if ('every' in fault) return `every ${fault.every}`;
  const condition = Object.entries(fault.when).map(([name, value]) => `${name}: ${value}`);
  return `when ${condition.join(', ')}`;
}

/** `haikou and sanya | 2 cities`; one way: `haikou is not heard by 3 cities`. */
export function groupsText(world: World, groups: readonly (readonly NodeIndex[])[], oneWay: boolean): string {
  const [first = [], ...others] = groups.map((group) => who(world, group));
  return oneWay ? `${first} not heard by ${others.join(', ')}` : [first, ...others].join(' | ');
}

function linkText({ latency, jitter, loss, duplication, reordering, bandwidthMbps }: Link): string {
  const percent = (share: number) => `${Math.round(share * 1000) / 10} %`;
  const delay = latency?.kind === 'constant' ? latency.delay : latency?.kind;
  const parts = [
    delay === undefined ? undefined : `latency ${delay}`,
    jitter === undefined ? undefined : `jitter ${jitter}`,
    loss === undefined ? undefined : `loss ${percent(loss)}`,
    duplication === undefined ? undefined : `duplication ${percent(duplication)}`,
    reordering === undefined ? undefined : `reordering ${percent(reordering)}`,
    bandwidthMbps === undefined ? undefined : `${bandwidthMbps} Mbit/s`,
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}

function clockText({ step, driftPpm }: Extract<Action, { kind: 'clock' }>): string {
  const jump = step === undefined ? undefined : `jump by ${step}`;
  const drift = driftPpm === undefined ? undefined : `drift ${driftPpm} ppm`;
  return [jump, drift].filter((part) => part !== undefined).join(', ');
}

function diskText({ slow = 1, full, torn, rot = 0 }: Extract<Action, { kind: 'disk' }>): string {
  const parts = [
    slow > 1 ? `${slow} times slower` : undefined,
    full === true ? 'full' : undefined,
    torn === true ? 'tears the next write' : undefined,
    rot > 0 ? `${rot} values rot` : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}
