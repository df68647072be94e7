import { equalBytes } from '@hansa/protocol';
import { type AuthorityIndex, type Genesis, leaderOf } from '@hansa/protocol/genesis';
import type { Effect } from '@hansa/protocol/replica';
import type { NodeIndex, NodeView, Probe, World } from './contract.ts';

/** The federation from one view on. */
interface Era {
  readonly fromView: number;
  readonly genesis: Genesis;
}

/** C12: the authority sets that a run has had so far, as the first city to enter each epoch found it. */
export class Epochs implements Probe {
  readonly #eras: Era[];
  readonly #nodes: World['nodes'];

  constructor(genesis: Genesis, nodes: World['nodes']) {
    this.#eras = [{ fromView: 0, genesis }];
    this.#nodes = nodes;
  }

  /** The federation in the newest epoch that anybody has entered. */
  get present(): Genesis {
    return (this.#eras.at(-1) as Era).genesis;
  }

  /** C2: who leads a view, in the epoch that it is of in the end. */
  leaderOf(view: number): AuthorityIndex {
    const era = this.#eras.findLast(({ fromView }) => fromView <= view) ?? (this.#eras[0] as Era);
    return leaderOf(era.genesis, view);
  }

  onEffect(node: NodeIndex, effect: Effect): void {
    if (effect.kind !== 'epoch' || effect.epoch !== this.#eras.length) return;
    this.#eras.push({ fromView: this.#nodes[node]?.replica?.view ?? 0, genesis: effect.genesis });
  }
}

/** C12: whether two nodes let each other in: by the present epoch of each the other's peer id, and so its keys, are a member's. */
export function areConnected(first: NodeView, second: NodeView): boolean {
  return knows(first, second) && knows(second, first);
}

function knows({ replica }: NodeView, { authority, laneKey }: NodeView): boolean {
  if (replica === undefined || authority === undefined || laneKey === undefined) return true;
  const seat = replica.genesis.authorities[authority];
  return seat !== undefined && seat.standing !== 'removed' && equalBytes(seat.laneKey, laneKey);
}
