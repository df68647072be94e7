import type { Effect, TimerName } from '@hansa/protocol/replica';
import type { Incoming, NodeFilter, NodeIndex, Outgoing, World } from '../world/contract.ts';
import type { Coordinator, Corrupted, Strategy, StrategyFactory } from './contract.ts';

/** One strategy on one city, and when it acts. */
export interface Placed {
  readonly name: string;
  readonly factory: StrategyFactory;
  readonly options: Corrupted['options'];
  /** Number of the choice in the scenario: gives each its own random stream. */
  readonly choice: number;
  readonly startUs: number;
  readonly endUs: number;
}

interface Layer {
  readonly placed: Placed;
  readonly city: Corrupted;
  readonly strategy: Strategy;
}

/**
 * The strategies of one corrupted node, in the order of the scenario: each sees what the one before lets through, in
 * both directions, and what one says passes through those behind it.
 */
export class StrategyStack implements NodeFilter {
  readonly #world: World;
  readonly #node: NodeIndex;
  readonly #layers: Layer[] = [];
  #view = 0;

  constructor(world: World, node: NodeIndex, coordinator: Coordinator, placed: readonly Placed[]) {
    this.#world = world;
    this.#node = node;
    const authority = world.nodes[node]?.authority ?? node;
    placed.forEach((each, depth) => {
      const city: Corrupted = {
        node,
        authority,
        options: each.options,
        coordinator,
        random: world.random(`adversary ${each.choice} ${each.name}`, node),
        say: (message) => this.#say(depth, message),
      };
      this.#layers.push({ placed: each, city, strategy: each.factory(city) });
    });
  }

  /** Calls `onStart` of every strategy when its time comes. */
  start(): void {
    for (const layer of this.#layers) {
      this.#world.at(layer.placed.startUs, () => layer.strategy.onStart?.(layer.city));
    }
  }

  onSend(message: Outgoing): readonly Outgoing[] | undefined {
    return this.#outward(0, message);
  }

  onReceive(message: Incoming): 'deliver' | 'drop' {
    for (const { city, strategy } of this.#acting()) {
      if (strategy.onReceive?.(city, message) === 'drop') return 'drop';
    }
    return 'deliver';
  }

  onTimer(name: TimerName): 'deliver' | 'swallow' {
    for (const { city, strategy } of this.#acting()) {
      if (strategy.onTimer?.(city, name) === 'swallow') return 'swallow';
    }
    return 'deliver';
  }

  onEffect(effect: Effect): 'carry-out' | 'suppress' {
    this.#noticeView();
    for (const { city, strategy } of this.#acting()) {
      if (strategy.onEffect?.(city, effect) === 'suppress') return 'suppress';
    }
    return 'carry-out';
  }

  /** Entering a view arms a timer: it shows at the first effect of the turn, before anything of it is carried out. */
  #noticeView(): void {
    const view = this.#world.nodes[this.#node]?.replica?.view ?? 0;
    if (view <= this.#view) return;
    this.#view = view;
    for (const { city, strategy } of this.#acting()) strategy.onView?.(city, view);
  }

  #acting(): Layer[] {
    const { nowUs } = this.#world;
    return this.#layers.filter(({ placed }) => placed.startUs <= nowUs && nowUs < placed.endUs);
  }

  /** Undefined: no strategy from `depth` on touched it. */
  #outward(depth: number, message: Outgoing): readonly Outgoing[] | undefined {
    const { nowUs } = this.#world;
    let touched: readonly Outgoing[] | undefined;
    for (const { placed, city, strategy } of this.#layers.slice(depth)) {
      if (strategy.onSend === undefined || placed.startUs > nowUs || nowUs >= placed.endUs) continue;
      if (touched === undefined) {
        touched = strategy.onSend(city, message);
      } else {
        touched = touched.flatMap((each) => strategy.onSend?.(city, each) ?? [each]);
      }
    }
    return touched;
  }

  #say(depth: number, message: Outgoing): void {
    const speaker = this.#layers[depth];
    if (speaker === undefined || this.#world.nowUs >= speaker.placed.endUs) return;
    for (const each of this.#outward(depth + 1, message) ?? [message]) {
      const { to, path, bytes, delayUs = 0 } = each;
      if (delayUs === 0) this.#inject({ to, path, bytes });
      else this.#world.at(this.#world.nowUs + delayUs, () => this.#inject({ to, path, bytes }));
    }
  }

  /** A city that is down says nothing, whoever holds its keys. */
  #inject({ to, path, bytes }: Outgoing): void {
    if (to === this.#node || this.#world.nodes[this.#node]?.state !== 'up') return;
    this.#world.inject(this.#node, to, path, bytes);
  }
}
