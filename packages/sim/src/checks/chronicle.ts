import { toHex } from '@hansa/protocol';
import { genesisBlockDigest } from '@hansa/protocol/genesis';
import { create, decodeStrict, encodeMessage, SealProofSchema } from '@hansa/protocol/wire';
import type { DiskDamage, NodeIndex, World } from '../world/contract.ts';
import { AuthoritySets } from './authority-sets.ts';
import type { CheckName } from './catalogue.ts';
import { City } from './city.ts';
import type { Violation } from './contract.ts';
import {
  Decoder,
  type SeenAdvance,
  type SeenBlock,
  type SeenCertificate,
  type SeenProposal,
  type SeenStatement,
  VoteKind,
} from './decode.ts';
import { EntryBook, type KnownEntry } from './entry-book.ts';
import { epochAt, readable, viewAt } from './epoch-view.ts';
import { BlockBook, FinalChain, type FinalTip } from './final-chain.ts';
import { Trust } from './trust.ts';

/** What honest authorities said and what was certified in one view, by anybody. */
export interface ViewFacts {
  readonly notarizers: Map<number, string>;
  readonly nullifiers: Set<number>;
  readonly finalizers: Map<number, string>;
  /** Certificates in the hands of faithful cities: the first of each kind. */
  notarized?: string;
  nullified?: true;
  finalized?: string;
}

/** Reports of one check that are kept: one fault is often seen by every city. */
const REPORTS_MAX = 20;
/** Floors that move before what everybody passed is forgotten. */
const PRUNE_EVERY = 64;

/**
 * The facts that all checks share, as the disks and the words of faithful cities show them; each fact is kept until
 * every city has passed it. Judges nothing.
 */
export class Chronicle {
  readonly world: World;
  /** Seats of epoch 0: what a large federation is told by. */
  readonly n: number;
  readonly sets: AuthoritySets;
  readonly trust: Trust;
  readonly decoder: Decoder;
  readonly chain: FinalChain;
  readonly blocks: BlockBook;
  readonly entries: EntryBook;
  readonly genesisDigest: string;
  readonly views = new Map<number, ViewFacts>();
  readonly violations: Violation[] = [];
  readonly #proposals = new Map<string, { readonly view: number; waiting: SeenProposal[]; isSigned: boolean }>();
  readonly #finalEntries = new Map<number, KnownEntry[]>();
  /** Where each lane stood before a final block and stands after it, until its entries are known. */
  readonly #finalSteps = new Map<number, readonly { readonly tip: SeenAdvance; readonly below: FinalTip }[]>();
  /** `SealProof` bytes without a change, by the height of the seal. */
  readonly #sealProofs = new Map<number, Uint8Array>();
  readonly #cities: (City | undefined)[] = [];
  readonly #reports = new Map<CheckName, number>();
  readonly #pruned: ((height: number) => void)[] = [];
  readonly #isExcused: (check: CheckName) => boolean;
  #newestView = 0;
  #prunedView = 0;
  #floorsMoved = 0;

  constructor(world: World, isExcused: (check: CheckName) => boolean) {
    this.world = world;
    this.#isExcused = isExcused;
    const { genesis, domains } = world.federation;
    this.n = genesis.authorities.length;
    this.sets = new AuthoritySets(world.federation);
    this.trust = new Trust(world, this.sets, () => this.epochsInUse());
    this.decoder = new Decoder(domains);
    this.genesisDigest = toHex(genesisBlockDigest(domains));
    this.chain = new FinalChain(this.genesisDigest, this.n);
    this.blocks = new BlockBook(this.chain);
    this.entries = new EntryBook(this.decoder);
  }

  report(check: CheckName, cities: readonly City[], message: string): void {
    if (this.#isExcused(check)) return;
    const count = (this.#reports.get(check) ?? 0) + 1;
    this.#reports.set(check, count);
    if (count > REPORTS_MAX) return;
    this.violations.push({
      check,
      atUs: this.world.nowUs,
      message: readable(message),
      nodes: cities.map(({ node }) => node),
    });
  }

  /** The facts of a faithful node; undefined for a corrupted one. */
  city(node: NodeIndex): City | undefined {
    if (!this.trust.isFaithful(node)) return undefined;
    let city = this.#cities[node];
    const view = this.world.nodes[node];
    if (city === undefined && view !== undefined) {
      city = new City(view, this.genesisDigest);
      this.#cities[node] = city;
    }
    return city;
  }

  /** All faithful nodes. */
  cities(): City[] {
    return this.world.nodes.flatMap(({ index }) => this.city(index) ?? []);
  }

  /** Honest authorities that vote in the present epoch. */
  honest(): City[] {
    const { voters } = this.sets.current;
    return this.cities().filter(({ node, authority }) => voters.includes(authority ?? -1) && this.trust.isHonest(node));
  }

  /** C12: the epoch that a city is in: it has executed the one before to its end. */
  epochOf({ floor, executedHeight }: City): number {
    return this.sets.epochOfHeight(Math.min(floor.height, executedHeight) + 1);
  }

  /** Epochs in which somebody may still be persuaded of something. */
  epochsInUse(): Set<number> {
    return new Set([this.sets.current.epoch, ...this.cities().map((city) => this.epochOf(city))]);
  }

  /** Newest view that a faithful city has voted in, or holds a certificate of. */
  get newestView(): number {
    return this.#newestView;
  }

  /** Facts of views below were forgotten: every city has passed them. */
  get prunedView(): number {
    return this.#prunedView;
  }

  factsOf(view: number): ViewFacts {
    let facts = this.views.get(view);
    if (facts === undefined) {
      facts = { notarizers: new Map(), nullifiers: new Set(), finalizers: new Map() };
      this.views.set(view, facts);
    }
    return facts;
  }

  /** C2: the voters of the epoch take turns; nobody in one that was never decided. */
  leaderOf(view: number): number {
    const voters = this.sets.at(epochAt(view))?.voters;
    return voters?.[viewAt(view) % voters.length] ?? -1;
  }

  /** Whether an honest authority said this; undefined when the view is forgotten. */
  hasSaid(authority: number, { kind, view, block }: SeenStatement): boolean | undefined {
    if (view < this.#prunedView) return undefined;
    const facts = this.views.get(view);
    if (facts === undefined) return false;
    if (kind === VoteKind.NULLIFY) return facts.nullifiers.has(authority);
    return (kind === VoteKind.NOTARIZE ? facts.notarizers : facts.finalizers).get(authority) === block;
  }

  noteVote(city: City, { kind, view, block }: SeenStatement): void {
    const own = city.own(view);
    const facts = this.factsOf(view);
    const authority = city.authority as number;
    this.#newestView = Math.max(this.#newestView, view);
    if (kind === VoteKind.NOTARIZE) {
      own.notarize = block;
      facts.notarizers.set(authority, block);
    } else if (kind === VoteKind.NULLIFY) {
      own.nullify = true;
      facts.nullifiers.add(authority);
    } else {
      own.finalize = block;
      facts.finalizers.set(authority, block);
    }
  }

  noteCertificate(city: City, { statement: { kind, view, block } }: SeenCertificate): void {
    const own = city.own(view);
    this.#newestView = Math.max(this.#newestView, view);
    const facts: Partial<ViewFacts> = view < this.#prunedView ? {} : this.factsOf(view);
    if (kind === VoteKind.NOTARIZE) {
      own.notarization = block;
      facts.notarized ??= block;
    } else if (kind === VoteKind.NULLIFY) {
      own.nullification = true;
      facts.nullified = true;
    } else {
      own.finalization = block;
      facts.finalized ??= block;
    }
  }

  noteFloor(city: City, floor: City['floor']): void {
    city.floor = floor;
    city.pruneViews();
    this.#floorsMoved += 1;
    if (this.#floorsMoved % PRUNE_EVERY === 0) this.#prune();
  }

  noteDamage(city: City, what: DiskDamage): void {
    if (what === 'lost' || what === 'replaced') city.forget(this.genesisDigest);
    this.trust.damage(city.node, what, this.#newestView);
  }

  /** Forgets what every faithful city has passed. A city whose disk was lost counts from where it is now. */
  #prune(): void {
    let view = Number.POSITIVE_INFINITY;
    let height = Number.POSITIVE_INFINITY;
    for (const city of this.cities()) {
      view = Math.min(view, city.floor.view);
      height = Math.min(height, city.floor.height, city.executedHeight);
    }
    for (const [executed, entries] of this.#finalEntries) {
      if (executed > height) continue;
      for (const entry of entries) this.entries.forget(entry);
      this.#finalEntries.delete(executed);
    }
    for (const passed of this.#finalSteps.keys()) if (passed <= height) this.#finalSteps.delete(passed);
    this.chain.prune(height);
    for (const listener of this.#pruned) listener(height);
    // What became final in one view may be relayed a little later.
    view -= this.n;
    if (view <= this.#prunedView) return;
    this.#prunedView = view;
    for (const known of this.views.keys()) if (known < view) this.views.delete(known);
    for (const [digest, known] of this.#proposals) if (known.view < view) this.#proposals.delete(digest);
    this.blocks.prune(view);
  }

  /** Calls back when every city has executed up to a height: what is kept of heights up to there can be forgotten. */
  whenPruned(listener: (height: number) => void): void {
    this.#pruned.push(listener);
  }

  /** The next final block of the chain. Which lane entries it adds is known once somebody faithful holds them. */
  noteFinal(block: SeenBlock): void {
    const steps = block.advances.map((tip) => ({ tip, below: this.chain.newestTip(tip.lane) }));
    if (!this.chain.extend(block)) return;
    this.#finalSteps.set(block.height, steps);
    this.sets.noteFinal(block);
    if (block.checkpoint.nextAuthoritySet !== '') this.trust.noteBroken();
  }

  /** C12: a city keeps the proof that an epoch ended. */
  noteSeal(height: number, proof: Uint8Array): void {
    if (!this.#sealProofs.has(height)) this.#sealProofs.set(height, proof);
  }

  /** C12: the ends of all epochs before one, as a receipt carries them; undefined: not all of them are known. */
  seals(epoch: number): Uint8Array[] | undefined {
    const seals: Uint8Array[] = [];
    for (let ended = 0; ended < epoch; ended++) {
      const bytes = this.#sealProofs.get(this.sets.sealOf(ended)?.height ?? 0);
      const proof = bytes === undefined ? undefined : decodeStrict(SealProofSchema, bytes);
      const change = this.sets.decisionOf(ended)?.change;
      if (proof?.ok !== true || change === undefined) return undefined;
      seals.push(encodeMessage(SealProofSchema, create(SealProofSchema, { ...proof.value, change })));
    }
    return seals;
  }

  /**
   * Entries that the final block of a height added, in the order in which they are executed (L1); undefined once every
   * city has executed it, and while nobody faithful holds them all: liars beyond f can make final what no one else has.
   */
  finalEntries(height: number): readonly KnownEntry[] | undefined {
    const known = this.#finalEntries.get(height);
    const steps = this.#finalSteps.get(height);
    if (known !== undefined || steps === undefined) return known;
    const entries: KnownEntry[] = [];
    for (const { tip, below } of steps) {
      const chain = this.entries.chain(tip.lane, below, tip);
      if (chain === 'missing') return undefined;
      if (chain !== 'broken') entries.push(...chain.reverse());
    }
    this.#finalSteps.delete(height);
    this.#finalEntries.set(height, entries);
    return entries;
  }

  noteExecuted(city: City, height: number): void {
    for (const { id } of this.finalEntries(height) ?? []) city.held.delete(id);
    city.executedHeight = Math.max(city.executedHeight, height);
    this.trust.progress(city.node, this.chain.blockAt(height)?.view ?? 0);
  }

  /** A block that anybody may name later as a parent. */
  noteBlock(block: SeenBlock): void {
    this.blocks.note(block);
  }

  /** A proposal that is on its way or on a disk. Whether its leader signed it is looked at when somebody votes for it. */
  noteProposal(proposal: SeenProposal): void {
    const { block } = proposal;
    this.blocks.note(block);
    const known = this.#proposals.get(block.digest);
    if (known === undefined)
      this.#proposals.set(block.digest, { view: block.view, waiting: [proposal], isSigned: false });
    else if (!known.isSigned && !known.waiting.includes(proposal)) known.waiting.push(proposal);
  }

  /** Whether a block came with the signature of its view's leader. */
  isProposal(digest: string): boolean {
    const known = this.#proposals.get(digest);
    if (known === undefined) return false;
    known.isSigned ||= known.waiting.some((proposal) => this.isSigned(proposal));
    known.waiting = [];
    return known.isSigned;
  }

  /** Whether a proposal bears the signature of its view's leader. */
  isSigned({ block, signed }: SeenProposal): boolean {
    const { domains, crypto } = this.world.federation;
    const leader = this.sets.at(block.epoch)?.seats[this.leaderOf(block.view)];
    if (leader === undefined) return false;
    return crypto.ed25519.verify(signed.signature, domains.message('proposal', signed.bytes), leader.laneKey);
  }
}
