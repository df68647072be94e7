import type { Chronicle } from '../chronicle.ts';
import type { City } from '../city.ts';
import { viewAt } from '../epoch-view.ts';
import type { LanePromises } from '../safety/lanes.ts';

/** What is to be reached after the last fault healed, and when it was. Times in microseconds after that moment. */
export class Target {
  readonly sinceUs: number;
  /** Heights above this one are new. */
  readonly height: number;
  /** Views without finality beyond the two that are normal, in the city that had most of them. */
  readonly grown: number;
  /** What the city furthest behind had to fetch. */
  readonly blocksBehind: number;
  readonly entriesBehind: number;
  firstFinalityUs: number | undefined;
  convergedUs: number | undefined;
  readonly #chronicle: Chronicle;
  /** By lane: sealed up to here. */
  readonly #sealed: ReadonlyMap<number, number>;
  /** Nodes that have not executed the height that covers all that was sealed; undefined: no height does yet. */
  #lagging: Set<number> | undefined;
  #goal = 0;

  constructor(chronicle: Chronicle, sinceUs: number, { sealedUpTo }: LanePromises) {
    const { chain } = chronicle;
    const honest = chronicle.honest();
    this.#chronicle = chronicle;
    this.sinceUs = sinceUs;
    this.height = chain.height;
    this.#sealed = new Map(sealedUpTo);
    this.grown = Math.max(0, ...honest.map(({ view, floor }) => (view.replica?.view ?? 0) - 2 - viewAt(floor.view)));
    const behind = Math.min(chain.height, ...honest.map(({ executedHeight }) => executedHeight));
    this.blocksBehind = chain.height - behind;
    let entries = 0;
    for (const [lane, sealed] of this.#sealed) entries = Math.max(entries, sealed - chain.tipAt(lane, behind).sequence);
    this.entriesBehind = entries;
  }

  /** The next final block of the chain is on some city's disk. */
  onFinal(height: number): void {
    if (height > this.height) this.firstFinalityUs ??= this.#afterUs();
  }

  /** To be asked once the chain or a city has moved. */
  onExecuted(city: City, height: number): void {
    if (this.convergedUs !== undefined) return;
    this.#lagging ??= this.#cover();
    if (this.#lagging === undefined) return;
    if (height >= this.#goal) this.#lagging.delete(city.node);
    if (this.#lagging.size === 0) this.convergedUs = this.#afterUs();
  }

  /**
   * Cities of the core that have not executed all that was sealed. While others are up and cut off, what those sealed is out of
   * reach: all that was final at the start, and what the core's own cities had sealed.
   */
  lagging(core: readonly City[]): City[] {
    const { chain } = this.#chronicle;
    const everybody = this.#chronicle.honest().filter(({ isUp }) => isUp);
    if (everybody.every((city) => core.includes(city))) {
      return everybody.filter(({ node }) => this.#lagging?.has(node) ?? true);
    }
    return core.filter(
      ({ executedHeight }) =>
        executedHeight < this.height ||
        core.some(({ node: lane }) => chain.tipAt(lane, executedHeight).sequence < (this.#sealed.get(lane) ?? 0)),
    );
  }

  #cover(): Set<number> | undefined {
    const { chain, sets, trust, world } = this.#chronicle;
    for (const [lane, sequence] of this.#sealed) {
      // What the disk of an owner who is down has and nobody else is out of reach.
      const hasVote = sets.current.voters.includes(lane);
      const isReachable = hasVote && world.nodes[lane]?.state === 'up' && trust.isHonest(lane);
      if (isReachable && chain.newestTip(lane).sequence < sequence) return undefined;
    }
    this.#goal = chain.height;
    const behind = this.#chronicle.honest().filter(({ isUp, executedHeight }) => isUp && executedHeight < this.#goal);
    return new Set(behind.map(({ node }) => node));
  }

  #afterUs(): number {
    return this.#chronicle.world.nowUs - this.sinceUs;
  }
}
