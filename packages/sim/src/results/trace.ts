import type { Effect } from '@hansa/protocol/replica';
import type { FaultNotice, LostBecause, NodeIndex, NodeState, Probe, Transit, World } from '../world/contract.ts';
import { MessageKinds } from './message-kind.ts';

/** One line of `trace.jsonl`. Fields that do not apply are left out. */
export interface TraceLine {
  readonly atUs: number;
  readonly event: string;
  readonly city?: string;
  readonly to?: string;
  readonly path?: string;
  readonly kind?: string;
  readonly view?: number;
  readonly height?: number;
  readonly [field: string]: unknown;
}

/** Everything that happened, one JSON line an event, handed to `write` in the order in which it happened. */
export function traceProbe(world: World, write: (line: TraceLine) => void): Probe {
  const kinds = new MessageKinds();
  const views = new Map<NodeIndex, number>();
  const name = (node: NodeIndex) => world.nodes[node]?.name ?? `node ${node}`;
  const say = (event: string, city: NodeIndex, fields: Record<string, unknown> = {}) => {
    write({ atUs: world.nowUs, event, city: name(city), ...fields });
  };
  const transit = (event: string, { id, from, to, path, bytes }: Transit, fields: Record<string, unknown>) => {
    const { kind, view } = kinds.of(path, bytes);
    say(event, from, { to: name(to), path, kind, ...(view === undefined ? {} : { view }), id, ...fields });
  };
  return {
    onTurn(node: NodeIndex): void {
      const view = world.nodes[node]?.replica?.view;
      if (view === undefined || view <= (views.get(node) ?? 0)) return;
      views.set(node, view);
      say('view', node, { view });
    },
    onCarriedOut(node: NodeIndex, effect: Effect): void {
      const fields = fieldsOf(effect, kinds);
      if (fields !== undefined) say(effect.kind, node, fields);
    },
    onSent(sent: Transit, arrivesAtUs: number): void {
      transit('sent', sent, { bytes: sent.bytes.length, arrivesAtUs });
    },
    onDelivered(sent: Transit): void {
      transit('delivered', sent, { sentAtUs: sent.sentAtUs });
    },
    onLost(sent: Transit, because: LostBecause): void {
      transit('lost', sent, { because });
    },
    onNodeState(node: NodeIndex, state: NodeState, why: string): void {
      if (state !== 'up') views.delete(node);
      say(state, node, { why });
    },
    onSubmitted(node: NodeIndex, submission: number, records: readonly Uint8Array[]): void {
      say('submitted', node, { id: submission, records: records.length });
    },
    onFault({ phase, kind, nodes, text, id }: FaultNotice): void {
      write({ atUs: world.nowUs, event: `fault-${phase}`, kind, cities: nodes.map(name), text, id });
    },
  };
}

/** Undefined: it is told by another line (messages), or says nothing. */
function fieldsOf(effect: Effect, kinds: MessageKinds): Record<string, unknown> | undefined {
  switch (effect.kind) {
    case 'broadcast': {
      const { kind, view } = kinds.of(effect.channel, effect.bytes);
      return { kind, ...(view === undefined ? {} : { view }), bytes: effect.bytes.length };
    }
    case 'publish':
      return { kind: kinds.of(effect.topic, effect.bytes).kind, path: effect.topic, bytes: effect.bytes.length };
    case 'sealed':
      return { id: effect.id, sequence: effect.first.sequence, position: effect.first.position, records: effect.count };
    case 'refused':
      return { id: effect.id, code: effect.error.code };
    case 'finalized':
      return { height: effect.height, view: effect.view };
    case 'executed':
      return {
        height: effect.height,
        records: effect.outcomes.length,
        rejected: effect.outcomes.filter(({ rejected }) => rejected !== undefined).length,
      };
    case 'checkpointed':
      return { height: effect.height };
    case 'joined':
      return {};
    case 'evidence':
      return { kind: effect.type, accused: effect.accused };
    case 'alarm':
      return { code: effect.error.code };
    default:
      return undefined;
  }
}

/** What to show of a trace; all that are given must fit. */
export interface TraceFilter {
  /** Names; a message fits by either end. */
  readonly cities?: readonly string[];
  readonly views?: { readonly from: number; readonly to: number };
  /** Of events or messages. */
  readonly kinds?: readonly string[];
  readonly fromUs?: number;
  readonly toUs?: number;
}

export function fits(line: TraceLine, { cities, views, kinds, fromUs, toUs }: TraceFilter): boolean {
  if (fromUs !== undefined && line.atUs < fromUs) return false;
  if (toUs !== undefined && line.atUs > toUs) return false;
  if (views !== undefined && !(line.view !== undefined && line.view >= views.from && line.view <= views.to))
    return false;
  if (kinds !== undefined && !kindsOf(line).some((kind) => kinds.includes(kind))) return false;
  return cities === undefined || citiesOf(line).some((name) => cities.includes(name));
}

/** The cities that a line is about: both ends of a message, all of a fault. */
export function citiesOf({ cities, city, to }: TraceLine): readonly string[] {
  return Array.isArray(cities) ? cities : [city, to].filter((name) => name !== undefined);
}

/** What a line may be asked for by: its event, and the kind of its message. */
export function kindsOf({ event, kind }: TraceLine): readonly string[] {
  return kind === undefined ? [event] : [event, kind];
}
