import { toHex } from '@hansa/protocol';
import type { CarriedBlock, CarriedVote } from '@hansa/protocol/consensus';
import { VoteKind } from '@hansa/protocol/consensus';
import type { AuthorityIndex } from '@hansa/protocol/genesis';
import { type Effect, keys, readU48, type Write } from '@hansa/protocol/replica';
import type { NodeIndex, Path, Probe, World } from '../world/contract.ts';
import type { Knowledge } from './contract.ts';
import type { Speech } from './speech.ts';

/** Views below the final one that are still remembered: liars come back to what is long decided. */
const REMEMBERED_VIEWS = 64;

interface View {
  readonly blocks: CarriedBlock[];
  readonly votes: { readonly vote: CarriedVote; readonly frame: Uint8Array }[];
  /** What of it was cast: votes are sent again (C7). */
  readonly cast: Set<string>;
  readonly notarizedBy: Set<NodeIndex>;
}

const nothing: View = { blocks: [], votes: [], cast: new Set(), notarizedBy: new Set() };

interface Watch {
  readonly share: number;
  readonly run: (view: number) => void;
  readonly ran: Set<number>;
}

/** Sees the effects of all cities before the network has them: that is what all-knowing means here. */
export class ObservedKnowledge implements Knowledge, Probe {
  readonly #world: World;
  readonly #honest: ReadonlySet<NodeIndex>;
  readonly #understand: (message: { path: Path; bytes: Uint8Array }) => Speech;
  readonly #views = new Map<number, View>();
  readonly #blocks = new Map<string, CarriedBlock>();
  readonly #learnt = new WeakSet<Uint8Array>();
  readonly #watches: Watch[] = [];
  #finalView = 0;
  #newestView = 0;

  constructor(
    world: World,
    honest: readonly NodeIndex[],
    understand: (message: { path: Path; bytes: Uint8Array }) => Speech,
  ) {
    this.#world = world;
    this.#honest = new Set(honest);
    this.#understand = understand;
  }

  get newestView(): number {
    return this.#newestView;
  }

  get finalView(): number {
    return this.#finalView;
  }

  leaderOf(view: number): AuthorityIndex {
    return this.#world.epochs.leaderOf(view);
  }

  blocks(view: number): readonly CarriedBlock[] {
    return (this.#views.get(view) ?? nothing).blocks;
  }

  block(digest: Uint8Array): CarriedBlock | undefined {
    return this.#blocks.get(toHex(digest));
  }

  votes(view: number): View['votes'] {
    return (this.#views.get(view) ?? nothing).votes;
  }

  notarizedBy(view: number): ReadonlySet<NodeIndex> {
    return (this.#views.get(view) ?? nothing).notarizedBy;
  }

  whenNotarized(share: number, run: (view: number) => void): void {
    this.#watches.push({ share, run, ran: new Set() });
  }

  onEffect(node: NodeIndex, effect: Effect): void {
    if (effect.kind === 'persist') this.#onWrites(node, effect.writes);
    else if (effect.kind === 'broadcast') this.learn(effect.channel, effect.bytes);
    else if (effect.kind === 'finalized' && this.#honest.has(node)) this.#onFinal(effect.view);
  }

  onTurn(node: NodeIndex): void {
    if (!this.#honest.has(node)) return;
    this.#newestView = Math.max(this.#newestView, this.#world.nodes[node]?.replica?.view ?? 0);
  }

  /** What a strategy made up is known as well, so that others can act on it. */
  learn(path: Path, bytes: Uint8Array): void {
    if (this.#learnt.has(bytes)) return;
    this.#learnt.add(bytes);
    const speech = this.#understand({ path, bytes });
    if (speech.kind === 'proposal') {
      const hex = toHex(speech.block.digest);
      if (this.#blocks.has(hex)) return;
      this.#blocks.set(hex, speech.block);
      this.#view(speech.block.view)?.blocks.push(speech.block);
    } else if (speech.kind === 'vote') {
      const { vote } = speech;
      const { kind, view: number, block } = vote.statement;
      const view = this.#view(number);
      const what = `${vote.voter} ${kind} ${toHex(block)}`;
      if (view === undefined || view.cast.has(what)) return;
      view.cast.add(what);
      view.votes.push({ vote, frame: bytes });
    }
  }

  /** Certificates are durable before they are said (C9): a key among the writes tells who holds one. */
  #onWrites(node: NodeIndex, writes: readonly Write[]): void {
    if (!this.#honest.has(node)) return;
    for (const { kind, view } of certificatesIn(writes)) {
      if (kind !== VoteKind.NOTARIZE) continue;
      this.#view(view)?.notarizedBy.add(node);
      this.#notice(view);
    }
  }

  #notice(view: number): void {
    const holders = this.notarizedBy(view).size;
    for (const watch of this.#watches) {
      if (watch.ran.has(view) || holders < watch.share * this.#honest.size) continue;
      watch.ran.add(view);
      // Probes must not change the world: the strategy acts once this turn is over, in the same microsecond.
      this.#world.at(this.#world.nowUs, () => watch.run(view));
    }
  }

  #onFinal(view: number): void {
    if (view <= this.#finalView) return;
    this.#finalView = view;
    for (const [number, { blocks }] of this.#views) {
      if (number >= view - REMEMBERED_VIEWS) continue;
      for (const { digest } of blocks) this.#blocks.delete(toHex(digest));
      this.#views.delete(number);
      for (const { ran } of this.#watches) ran.delete(number);
    }
  }

  #view(number: number): View | undefined {
    if (number < this.#finalView - REMEMBERED_VIEWS) return undefined;
    let view = this.#views.get(number);
    if (view === undefined) {
      view = { blocks: [], votes: [], cast: new Set(), notarizedBy: new Set() };
      this.#views.set(number, view);
    }
    return view;
  }
}

const sample = keys.certificate(0, 1, VoteKind.NOTARIZE);
const CERTIFICATE_TABLE = sample[0];
/** Keys of certificates: table, then epoch, view and kind with 6 bytes each. */
const VIEW_BYTE = 7;
const KIND_BYTE = sample.length - 1;

/** Of what kind and of which view the certificates are that writes make durable, as their keys say. */
export function certificatesIn(writes: readonly Write[]): { readonly kind: VoteKind; readonly view: number }[] {
  return writes.flatMap(({ key, value }) =>
    value === undefined || key[0] !== CERTIFICATE_TABLE
      ? []
      : [{ kind: key[KIND_BYTE] as VoteKind, view: readU48(key, VIEW_BYTE) }],
  );
}
