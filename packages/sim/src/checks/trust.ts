import type { DiskDamage, NodeIndex, NodeView, World } from '../world/contract.ts';
import type { AuthoritySets } from './authority-sets.ts';

/**
 * Who can be held to the rules. A corrupted city cannot. A city whose disk broke its promise counts as faulty for what
 * it did before: it may say something else where too few hold what it said (R6). It is whole again once it has executed
 * a final block of a view that nobody had entered when its disk failed: nothing that it forgot matters then. A disk with
 * flipped bits or half a commit is never trusted again.
 */
export class Trust {
  readonly #world: World;
  readonly #sets: AuthoritySets;
  readonly #epochsInUse: () => ReadonlySet<number>;
  readonly #damaged = new Map<NodeIndex, { readonly what: DiskDamage; readonly untilView: number }>();
  readonly #everDamaged = new Set<NodeIndex>();
  #broken: string | undefined;

  constructor(world: World, sets: AuthoritySets, epochsInUse: () => ReadonlySet<number>) {
    this.#world = world;
    this.#sets = sets;
    this.#epochsInUse = epochsInUse;
  }

  /** Runs the replica as it is: authorities and observers. */
  isFaithful(node: NodeIndex): boolean {
    return this.#node(node).role !== 'corrupted';
  }

  /** An authority that the rules bind in full: faithful, with a disk that kept its promise or has healed. */
  isHonest(node: NodeIndex): boolean {
    const { authority, role } = this.#node(node);
    return authority !== undefined && role === 'honest' && !this.#damaged.has(node);
  }

  isDamaged(node: NodeIndex): boolean {
    return this.#damaged.has(node);
  }

  /** Its disk never broke a promise in this run. */
  wasNeverDamaged(node: NodeIndex): boolean {
    return !this.#everDamaged.has(node);
  }

  /** Whether an authority may have contradicted itself: it is corrupted, or its disk made it forget what it said. */
  mayBeGuilty(authority: number): boolean {
    return this.isCorrupted(authority) || this.#everDamaged.has(authority);
  }

  /** Whether an authority is in the hands of an adversary. */
  isCorrupted(authority: number): boolean {
    return this.#world.nodes.some((node) => node.authority === authority && node.role === 'corrupted');
  }

  damage(node: NodeIndex, what: DiskDamage, newestView: number): void {
    this.#everDamaged.add(node);
    const forGood =
      what === 'torn' || what === 'rotten' || this.#damaged.get(node)?.untilView === Number.POSITIVE_INFINITY;
    this.#damaged.set(node, { what, untilView: forGood ? Number.POSITIVE_INFINITY : newestView });
    this.noteBroken();
  }

  /** The node executed a final block of this view. */
  progress(node: NodeIndex, finalView: number): void {
    const damage = this.#damaged.get(node);
    if (damage !== undefined && finalView > damage.untilView) this.#damaged.delete(node);
  }

  /** Why more than f authorities are, or were at one time, faulty; undefined: they never were. */
  get broken(): string | undefined {
    return this.#broken;
  }

  /** To be asked whenever somebody may have become faulty. */
  noteBroken(): void {
    if (this.#broken !== undefined) return;
    const faulty = new Map<number, string>();
    for (const { index, authority, name, role } of this.#world.nodes) {
      if (authority === undefined) continue;
      const damage = this.#damaged.get(index);
      if (role === 'corrupted') faulty.set(authority, `${name} is corrupted`);
      else if (damage !== undefined) faulty.set(authority, `the disk of ${name} was ${damage.what}`);
    }
    if (faulty.size === 0) return;
    for (const epoch of this.#epochsInUse()) {
      const { voters, quorum } = this.#sets.at(epoch) ?? this.#sets.current;
      const tolerated = voters.length - quorum;
      const who = voters.flatMap((voter) => faulty.get(voter) ?? []);
      if (who.length <= tolerated) continue;
      this.#broken = `${who.length} authorities are faulty, more than f = ${tolerated}: ${who.join(', ')}`;
      return;
    }
  }

  #node(node: NodeIndex): NodeView {
    const view = this.#world.nodes[node];
    if (view === undefined) throw new Error(`there is no node ${node}`);
    return view;
  }
}
