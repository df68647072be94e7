import type { AuthorityIndex } from '@hansa/protocol/genesis';
import type { NodeIndex } from '../world/contract.ts';
import type { Coordinator } from './contract.ts';
import { defineStrategy } from './define.ts';
import { flag, number, word } from './options.ts';
import { shared } from './saying.ts';
import { type Speech, viewOf } from './speech.ts';

/** Which twins a city hears and is heard by: the first, the second, or both. */
type Side = 0 | 1 | 'both';
type Partition = ReadonlyMap<NodeIndex, Side | number>;

export const twins = defineStrategy(
  {
    name: 'twins',
    does: 'Runs the city twice with one key. Each twin lives in a part of the federation; the parts overlap, and change with the views.',
    attacks: 'C3 C4 C9 C10 R4 R6',
    seenBy: ['agreement', 'one-notarization', 'one-branch'],
    proof: 'lane-fork, conflicting-votes, conflicting-proposals',
    options: {
      parts: word(
        ['random', 'halves'],
        'random',
        'random: drawn anew each time; halves: the same two halves, which swap twins.',
      ),
      period: number({ from: 1, to: 1_000_000, whole: true }, 2, 'Views for which the parts stay.'),
      overlap: number({ from: 0, to: 1 }, 0.25, 'Share of the cities that are in both parts.'),
      forks: flag(true, 'The twin seals what its first is given to seal, a moment later: the lane forks.'),
    },
  },
  (city, { parts, period, overlap, forks }) => {
    const { coordinator, authority, node } = city;
    const { world, knowledge } = coordinator;
    const side = node === coordinator.nodesOf([authority])[0] ? 0 : 1;
    const partitions = shared(coordinator, `twins of ${authority}`, () => new Map<number, Partition>());
    const isWithin = (other: NodeIndex, view: number): boolean => {
      const number = Math.floor(view / period);
      let partition = partitions.get(number);
      if (partition === undefined) {
        partition = parts === 'halves' ? halves(coordinator, number) : drawn(coordinator, authority, overlap);
        partitions.set(number, partition);
        partitions.delete(number - 64);
      }
      const known = partition.get(other) ?? 'both';
      return known === 'both' || known === side;
    };
    const viewNow = (speech: Speech) => viewOf(speech) ?? knowledge.newestView;
    return {
      onStart() {
        if (!forks || side !== 1) return;
        const first = coordinator.nodesOf([authority])[0];
        world.addProbe({
          onSubmitted(to, _, records) {
            if (to === first) world.at(world.nowUs + FORK_AFTER_US, () => void world.submit(node, records));
          },
        });
      },
      onSend: (_, message) => (isWithin(message.to, viewNow(coordinator.understand(message))) ? undefined : []),
      onReceive: (_, message) =>
        isWithin(message.from, viewNow(coordinator.understand(message))) ? 'deliver' : 'drop',
    };
  },
  { needsTwin: true },
);

/** Two milliseconds: the twin's header has another time, whatever the clocks are. */
const FORK_AFTER_US = 2_000;

/** The first twins of all cities live with one half, the second ones with the other; every time they swap. */
function halves(coordinator: Coordinator, number: number): Partition {
  const swapped = number % 2;
  const honest = coordinator.nodesOf(coordinator.honest);
  return new Map([...ranks(coordinator), ...honest.map((node) => [node, coordinator.halfOf(node) ^ swapped] as const)]);
}

function drawn(coordinator: Coordinator, authority: AuthorityIndex, overlap: number): Partition {
  const random = shared(coordinator, `luck of the twins of ${authority}`, () =>
    coordinator.world.random(`twins of ${authority}`),
  );
  const part = (side: 0 | 1): Side => (random.chance(overlap) ? 'both' : side);
  const honest = coordinator.nodesOf(coordinator.honest);
  return new Map([
    ...ranks(coordinator).map(([node, rank]) => [node, part(rank)] as const),
    ...honest.map((node) => [node, part(random.chance(0.5) ? 1 : 0)] as const),
  ]);
}

/** First twins and second ones, of all corrupted cities that have any. */
function ranks(coordinator: Coordinator): (readonly [NodeIndex, 0 | 1])[] {
  return coordinator.corrupted.flatMap((authority) => {
    const [first, second] = coordinator.nodesOf([authority]);
    return first === undefined || second === undefined ? [] : [[first, 0] as const, [second, 1] as const];
  });
}
