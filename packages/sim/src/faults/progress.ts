import { VoteKind } from '@hansa/protocol/consensus';
import { type Effect, keys } from '@hansa/protocol/replica';
import type { Predicate } from '../scenario/schema.ts';
import { predicatesOf } from '../scenario/walk.ts';
import type { NodeIndex, Probe, World } from '../world/contract.ts';

/** What a city did so far; a crash does not undo it. */
interface Steps {
  view: number;
  finalizedHeight: number;
  executedHeight: number;
}

/**
 * How far the honest cities got: kept up to date by each turn's changes, so that a predicate costs nothing while
 * nothing moves.
 */
export class Progress implements Probe {
  /** Raised whenever a predicate may have become true. */
  version = 0;
  lastFinalityUs = 0;
  readonly #world: World;
  readonly #steps: Steps[] = [];
  /** Records in all blocks up to a height; the same in every honest city. */
  readonly #recordsUpTo = [0];
  /** Who holds a notarization, of the views that somebody asks for. */
  readonly #notarized = new Map<number, Set<NodeIndex>>();
  readonly #wanted: readonly { readonly view: number; readonly key: Uint8Array }[];

  private constructor(world: World) {
    this.#world = world;
    this.#wanted = predicatesOf(world.scenario)
      .flatMap(({ value }) => ('notarized' in value ? [value.notarized] : []))
      .map((view) => ({ view, key: keys.certificate(0, view, VoteKind.NOTARIZE) }));
    for (const { view } of this.#wanted) this.#notarized.set(view, new Set());
  }

  /** The one of a world; the first who asks installs it, before the start. */
  static of(world: World): Progress {
    let known = installed.get(world);
    if (known === undefined) {
      known = new Progress(world);
      installed.set(world, known);
      world.addProbe(known);
    }
    return known;
  }

  /** How many of the honest cities are as far as a predicate of counts wants them, and how many there are. */
  count(predicate: Exclude<Predicate, { quiet: string }>): { readonly reached: number; readonly honest: number } {
    let reached = 0;
    let honest = 0;
    for (const { index, role } of this.#world.nodes) {
      if (role !== 'honest') continue;
      honest += 1;
      if (this.#reached(index, predicate)) reached += 1;
    }
    return { reached, honest };
  }

  #reached(node: NodeIndex, predicate: Exclude<Predicate, { quiet: string }>): boolean {
    if ('notarized' in predicate) return this.#notarized.get(predicate.notarized)?.has(node) === true;
    const { view, finalizedHeight, executedHeight } = this.#stepsOf(node);
    if ('height' in predicate) return finalizedHeight >= predicate.height;
    if ('view' in predicate) return view >= predicate.view;
    return (this.#recordsUpTo[executedHeight] ?? 0) >= predicate.recordsFinal;
  }

  #stepsOf(node: NodeIndex): Steps {
    let steps = this.#steps[node];
    if (steps === undefined) {
      steps = { view: 0, finalizedHeight: 0, executedHeight: 0 };
      this.#steps[node] = steps;
    }
    return steps;
  }

  onEffect(node: NodeIndex, effect: Effect): void {
    if (this.#world.nodes[node]?.role !== 'honest') return;
    if (effect.kind === 'executed') this.#executed(effect.height, effect.outcomes.length);
    else if (effect.kind === 'persist' && this.#wanted.length > 0) this.#persisted(node, effect.writes);
    else if (effect.kind === 'finalized') {
      // A city that catches up finalizes what others did long ago; it moves all the same.
      this.lastFinalityUs = this.#world.nowUs;
      this.version += 1;
    }
  }

  /** Heights are executed in order, first by whoever is ahead. */
  #executed(height: number, records: number): void {
    if (height === this.#recordsUpTo.length) this.#recordsUpTo.push((this.#recordsUpTo[height - 1] ?? 0) + records);
  }

  #persisted(node: NodeIndex, writes: readonly { readonly key: Uint8Array; readonly value: unknown }[]): void {
    for (const { key, value } of writes) {
      if (value === undefined) continue;
      const found = this.#wanted.find((wanted) => sameBytes(wanted.key, key));
      if (found === undefined) continue;
      this.#notarized.get(found.view)?.add(node);
      this.version += 1;
    }
  }

  onTurn(node: NodeIndex): void {
    const { replica, role } = this.#world.nodes[node] ?? {};
    if (replica === undefined || role !== 'honest') return;
    const steps = this.#stepsOf(node);
    const executedHeight = replica.ledger.height;
    if (replica.view > steps.view) {
      steps.view = replica.view;
      this.version += 1;
    }
    if (replica.finalizedHeight > steps.finalizedHeight) {
      steps.finalizedHeight = replica.finalizedHeight;
      this.version += 1;
    }
    if (executedHeight > steps.executedHeight) {
      steps.executedHeight = executedHeight;
      this.version += 1;
    }
  }
}

const installed = new WeakMap<World, Progress>();

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
