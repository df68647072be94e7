import type { AuthorityIndex } from '@hansa/protocol/genesis';
import type { NodeIndex, Path, World } from '../world/contract.ts';
import type { Coordinator } from './contract.ts';
import { ObservedKnowledge } from './knowledge.ts';
import { type Speech, understand } from './speech.ts';
import { createVoice, type Voice } from './voice.ts';

/** The one mind behind all corrupted cities. */
export class SharedCoordinator implements Coordinator {
  readonly world: World;
  readonly corrupted: readonly AuthorityIndex[];
  readonly honest: readonly AuthorityIndex[];
  readonly voice: Voice;
  readonly notes = new Map<string, unknown>();
  readonly knowledge: ObservedKnowledge;
  readonly #understood = new WeakMap<Uint8Array, Speech>();
  readonly #halves = new Map<NodeIndex, 0 | 1>();
  readonly #nodes = new Map<AuthorityIndex, NodeIndex[]>();

  constructor(world: World, corrupted: readonly AuthorityIndex[]) {
    this.world = world;
    this.corrupted = [...new Set(corrupted)].sort((a, b) => a - b);
    const all = world.federation.genesis.authorities.map(({ index }) => index);
    this.honest = all.filter((index) => !this.corrupted.includes(index));
    this.voice = createVoice(world, this.corrupted);
    this.honest.forEach((authority, place) => {
      this.#halves.set(authority, place % 2 === 0 ? 0 : 1);
    });
    for (const { index, authority } of world.nodes) {
      if (authority !== undefined) this.#nodes.set(authority, [...(this.#nodes.get(authority) ?? []), index]);
    }
    this.knowledge = new ObservedKnowledge(world, this.honest, (message) => this.understand(message));
    world.addProbe(this.knowledge);
  }

  understand({ path, bytes }: { readonly path: Path; readonly bytes: Uint8Array }): Speech {
    let speech = this.#understood.get(bytes);
    if (speech === undefined) {
      speech = understand(this.world.federation, path, bytes);
      this.#understood.set(bytes, speech);
    }
    return speech;
  }

  halfOf(node: NodeIndex): 0 | 1 {
    return this.#halves.get(node) ?? (node % 2 === 0 ? 0 : 1);
  }

  nodesOf(authorities: readonly AuthorityIndex[]): readonly NodeIndex[] {
    return authorities.flatMap((authority) => this.#nodes.get(authority) ?? []);
  }
}
