import { equalBytes } from '@hansa/protocol';
import { type CarriedBlock, VoteKind } from '@hansa/protocol/consensus';
import type { Digest } from '@hansa/protocol/crypto';
import type { Outgoing } from '../world/contract.ts';
import type { Coordinator, Corrupted, Strategy } from './contract.ts';
import { honestNodes, shared } from './saying.ts';
import type { Speech } from './speech.ts';

/** What a corrupted leader and its accomplices tell the two halves of the honest cities in one view. */
export interface Plot {
  readonly view: number;
  /** Digest of the block that the leader's own replica made. */
  readonly truth: Digest;
  /** For each half: the proposal that it gets, and the digest of its block. */
  readonly frames: readonly [Uint8Array, Uint8Array];
  readonly blocks: readonly [Digest, Digest];
}

/** All plots of the run: who joins votes for them the moment they are made. */
class Plots {
  readonly #plots = new Map<number, Plot>();
  readonly #accomplices: ((plot: Plot) => void)[] = [];

  of(view: number): Plot | undefined {
    return this.#plots.get(view);
  }

  join(act: (plot: Plot) => void): void {
    this.#accomplices.push(act);
  }

  hatch(plot: Plot): void {
    this.#plots.set(plot.view, plot);
    for (const act of this.#accomplices) act(plot);
  }
}

export interface Plotting {
  /** The proposals for the two halves instead of a block of its own; undefined: no plot in this view. */
  readonly invent?: (block: CarriedBlock) => readonly [Uint8Array, Uint8Array] | undefined;
  /** Votes for the plots of others too, and for its own block as each half knows it. */
  readonly votes: boolean;
}

/**
 * A strategy around plots: as the leader it shows each half the block that was invented for it; as a voter it votes for
 * what each half was shown, whoever the corrupted leader was.
 */
export function plotting(city: Corrupted, { invent, votes }: Plotting): Required<Pick<Strategy, 'onSend'>> {
  const { coordinator, authority } = city;
  const plots = shared(coordinator, 'plots', () => new Plots());
  if (votes) plots.join((plot) => support(city, plot));

  const plotFor = (speech: Extract<Speech, { kind: 'proposal' }>, bytes: Uint8Array): Plot | undefined => {
    const { block } = speech;
    const known = plots.of(block.view);
    if (known !== undefined || invent === undefined) return known;
    const frames = invent(block);
    const blocks = frames?.map((frame) => digestOf(coordinator, frame));
    if (frames === undefined || blocks?.[0] === undefined || blocks[1] === undefined) return undefined;
    for (const frame of frames) if (frame !== bytes) coordinator.knowledge.learn('consensus', frame);
    const plot: Plot = { view: block.view, truth: block.digest, frames, blocks: [blocks[0], blocks[1]] };
    plots.hatch(plot);
    return plot;
  };

  return {
    onSend(_, message) {
      const speech = coordinator.understand(message);
      const half = coordinator.halfOf(message.to);
      if (speech.kind === 'proposal') {
        if (coordinator.knowledge.leaderOf(speech.block.view) !== authority) return undefined;
        const plot = plotFor(speech, message.bytes);
        return plot === undefined ? undefined : [{ ...message, bytes: plot.frames[half] }];
      }
      if (speech.kind === 'vote') {
        const { kind, view, block } = speech.vote.statement;
        const plot = plots.of(view);
        if (!votes || plot === undefined) return undefined;
        // It has voted Finalize: its own Nullify would convict it (C10).
        if (kind === VoteKind.NULLIFY) return [];
        if (!equalBytes(block, plot.truth)) return undefined;
        return [{ ...message, bytes: coordinator.voice.vote(authority, kind, view, plot.blocks[half]) }];
      }
      if (speech.kind === 'certificate') return withheldFromOtherHalf(plots.of(speech.statement.view), speech, half);
      return undefined;
    },
  };
}

/** No half learns from a liar what was certified in the other one. */
function withheldFromOtherHalf(
  plot: Plot | undefined,
  { statement }: Extract<Speech, { kind: 'certificate' }>,
  half: 0 | 1,
): readonly Outgoing[] | undefined {
  if (plot === undefined || statement.kind === VoteKind.NULLIFY) return undefined;
  return equalBytes(statement.block, plot.blocks[half]) ? undefined : [];
}

/** Both votes at once, for each half its block: in the hope that they finalize before they hear each other. */
function support(city: Corrupted, { view, blocks }: Plot): void {
  const { coordinator, authority } = city;
  const kinds = [VoteKind.NOTARIZE, VoteKind.FINALIZE];
  const said = blocks.map((block) => kinds.map((kind) => coordinator.voice.vote(authority, kind, view, block)));
  for (const to of honestNodes(city)) {
    for (const bytes of said[coordinator.halfOf(to)] ?? []) city.say({ to, path: 'consensus', bytes });
  }
}

function digestOf(coordinator: Coordinator, frame: Uint8Array): Digest | undefined {
  const speech = coordinator.understand({ path: 'consensus', bytes: frame });
  return speech.kind === 'proposal' ? speech.block.digest : undefined;
}
