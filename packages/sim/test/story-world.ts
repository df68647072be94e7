import type { Scenario } from '../src/scenario/schema.ts';
import type { Federation, NodeState, Role, World } from '../src/world/contract.ts';

/** What a replica in a story says of itself. */
export interface FakeReplica {
  view: number;
  finalizedHeight: number;
  held: number;
  /** Bytes of what it shows as evidence. */
  evidence: readonly Uint8Array[];
}

export interface FakeNode {
  readonly index: number;
  readonly authority: number | undefined;
  readonly name: string;
  role: Role;
  state: NodeState;
  life: number;
  fake: FakeReplica;
}

/** What the world of a story looks like to those who only watch it. */
export interface Told {
  readonly federation: Federation;
  readonly nodes: readonly FakeNode[];
  readonly nowUs: number;
  readonly startMs: number;
  readonly quorum: number;
  readonly cuts: ReadonlySet<string>;
  stateAt(height: number): { historySize: number; historyRoot: Uint8Array; stateRoot: Uint8Array };
}

/** A world that can be watched, and in which nothing can be done. */
export function storyWorld(story: Told, scenario: Scenario): World {
  const n = story.nodes.length;
  const refuse = (): never => {
    throw new Error('nothing can be done to the world of a story');
  };
  const replicas = new Map<number, unknown>();
  for (const { index, fake } of story.nodes) {
    replicas.set(index, {
      get view() {
        return fake.view;
      },
      get finalizedHeight() {
        return fake.finalizedHeight;
      },
      leaderOf: (view: number) => view % n,
      status: () => ({
        executedHeight: fake.finalizedHeight,
        lanes: story.nodes.map((_, lane) => ({ held: lane === index ? fake.held : 0 })),
      }),
      evidence: () => fake.evidence.map((bytes) => ({ bytes })),
      ledger: { checkpoint: (height: number) => ({ height, ...story.stateAt(height) }) },
    });
  }
  return {
    scenario,
    seed: 1,
    federation: story.federation,
    get nowUs() {
      return story.nowUs;
    },
    startMs: story.startMs,
    nodes: story.nodes.map((node) => ({
      index: node.index,
      authority: node.authority,
      name: node.name,
      get role() {
        return node.role;
      },
      get state() {
        return node.state;
      },
      get life() {
        return node.life;
      },
      get replica() {
        return node.state === 'down' ? undefined : replicas.get(node.index);
      },
      place: undefined,
    })),
    links: {
      isCut: (from: number, to: number) => story.cuts.has(`${from}>${to}`),
      cut: refuse,
      mend: refuse,
      overlay: refuse,
    },
    faultsTolerated: n - story.quorum,
  } as unknown as World;
}
