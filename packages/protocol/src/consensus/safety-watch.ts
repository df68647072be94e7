import { equalBytes } from '../bytes.ts';
import { decodeStrict } from '../codec/index.ts';
import { QuorumCertificateSchema } from '../gen/hansa/v1/consensus_pb.ts';
import type { Genesis } from '../genesis/types.ts';
import { limits } from '../limits.ts';
import type { BlockNode, BlockTree } from './block-tree.ts';
import { type FinalBlock, FinalChain } from './final-chain.ts';
import type { Halting } from './halting.ts';
import type { RoundBook } from './round-book.ts';
import { decodeSigners } from './signers.ts';
import { type CarriedCertificate, type Statement, VoteKind } from './votes.ts';

export interface SafetyWatchOptions {
  readonly genesis: Genesis;
  readonly rounds: RoundBook;
  readonly tree: BlockTree;
  readonly halting: Halting;
  /** Newest final blocks, oldest first; the last one is the tree's root. */
  readonly finals: readonly FinalBlock[];
  /** Of the newest final block. */
  readonly finalization: () => CarriedCertificate | undefined;
}

/**
 * C6: notices verified certificates that cannot all exist while at most f authorities are faulty, and stops the city. Two
 * quorums share f + 1 members, so fewer than f + 1 liars never bring it about:
 *
 * - two notarizations, or two finalizations, of one view for different blocks, or one of each;
 * - a finalization and a nullification of one view;
 * - a final block that does not descend from the newest final one, nor lies below it; or one whose height, views or time are
 *   not those of its place in the chain. An honest voter saw the parent of what it finalized notarized and its height and
 *   time checked (C3), so the digests, views, heights and times of its ancestors are true.
 */
export class SafetyWatch {
  readonly #options: SafetyWatchOptions;
  readonly #finals: FinalChain;

  constructor(options: SafetyWatchOptions) {
    this.#options = options;
    this.#finals = new FinalChain(options.finals);
  }

  /** Whether a certificate for this statement would be one that must not exist. */
  excludes(statement: Statement): boolean {
    return this.#counterpart(statement) !== undefined;
  }

  /** Stops the city when a verified certificate must not exist. Returns whether it does. */
  judge(certificate: CarriedCertificate): boolean {
    const counterpart = this.#counterpart(certificate.statement);
    if (counterpart !== undefined) this.violated(certificate, counterpart);
    return counterpart !== undefined;
  }

  /** The same for what would become final: each block says where it stands, and certificates of its views must agree with it. */
  judgePath(path: readonly BlockNode[], certificate: CarriedCertificate): boolean {
    // guard: C6 a final block stands where it says
    if (!standsOn(this.#options.tree.root, path)) {
      this.violated(certificate);
      return true;
    }
    const newest = path.at(-1)?.view ?? 0;
    const final = new FinalChain(path);
    const counterpart = this.#options.rounds.all().flatMap(({ notarization, finalization }) => {
      const isOther = ({ statement: { view, block } }: CarriedCertificate) => final.hasOther({ view, digest: block });
      if (notarization !== undefined && isOther(notarization)) return [notarization];
      if (finalization === undefined || finalization.statement.view > newest) return [];
      const { view, block } = finalization.statement;
      return path.some((node) => node.view === view && equalBytes(node.digest, block)) ? [] : [finalization];
    })[0];
    if (counterpart !== undefined) this.violated(certificate, counterpart);
    return counterpart !== undefined;
  }

  /** The same for a finalization whose block is not connected to the newest final one. */
  judgeUnconnected(finalization: CarriedCertificate): void {
    if (this.#options.tree.leavesRoot(finalization.statement.block)) this.violated(finalization); // guard: C6 a final block beside the own chain is an alarm
  }

  finalized(path: readonly BlockNode[]): void {
    this.#finals.extend(path);
  }

  /** `counterpart` undefined: the certificate contradicts none, but makes final what has no place on the final chain. */
  violated(certificate: CarriedCertificate, counterpart?: CarriedCertificate): void {
    if (this.#options.halting.code !== undefined) return;
    const newest = counterpart ?? this.#options.finalization();
    const proof = newest === undefined ? [certificate] : [newest, certificate];
    const kept = newest === undefined ? 'that certificate' : 'both certificates';
    const why = counterpart === undefined ? outOfPlace(certificate, newest) : contradiction(certificate, counterpart);
    const signers = counterpart === undefined ? '' : this.#signersOfBoth(proof);
    const message = `${why}: more than f authorities are faulty.${signers} This city stopped voting; keep its data, which has ${kept}, and call the other cities.`;
    this.#options.halting.halt({ code: 'SAFETY_VIOLATED', message }, proof);
  }

  /** What is held and contradicts the statement. */
  #counterpart(statement: Statement): CarriedCertificate | undefined {
    return statement.view > this.#options.tree.root.view ? this.#heldAgainst(statement) : this.#finalAgainst(statement);
  }

  /** Above the newest final block: the certificates of the view. */
  #heldAgainst({ kind, view, block }: Statement): CarriedCertificate | undefined {
    const round = this.#options.rounds.peek(view);
    if (round === undefined) return undefined;
    const { notarization, nullification, finalization } = round;
    if (kind === VoteKind.NULLIFY) return finalization;
    const isOther = (held: CarriedCertificate | undefined) =>
      held !== undefined && !equalBytes(held.statement.block, block);
    if (isOther(notarization)) return notarization; // guard: C6 one block of a view is notarized
    if (isOther(finalization)) return finalization; // guard: C6 one block of a view is final
    if (kind === VoteKind.FINALIZE) return nullification; // guard: C6 a nullified view is not finalized
    return undefined;
  }

  /** Up to the newest final block: the chain of final ones. */
  #finalAgainst({ kind, view, block }: Statement): CarriedCertificate | undefined {
    const newest = this.#options.finalization();
    const claimed = { view, digest: block };
    if (kind === VoteKind.NULLIFY && newest?.statement.view === view) return newest; // guard: C6 the newest final view is not nullified
    if (kind === VoteKind.NOTARIZE && this.#finals.hasOther(claimed)) return newest; // guard: C6 nothing is notarized beside a final block
    if (kind !== VoteKind.FINALIZE) return undefined;
    return this.#finals.passedBy(claimed, this.#options.tree.root.view) ? newest : undefined; // guard: C6 nothing is final beside the final chain
  }

  /** Who signed both, where that alone is an offence (C10). */
  #signersOfBoth([first, second]: readonly CarriedCertificate[]): string {
    if (first === undefined || second === undefined || !isOffence(first.statement, second.statement)) return '';
    const { authorities } = this.#options.genesis;
    const [a, b] = [first, second].map(({ bytes }) => {
      const message = decodeStrict(QuorumCertificateSchema, bytes, limits.certificateBytesMax);
      return new Set(message.ok ? decodeSigners(message.value.signers, authorities.length) : []);
    });
    const both = authorities.filter(({ index }) => a?.has(index) === true && b?.has(index) === true);
    return ` Both are signed by ${both.map(({ name }) => name).join(', ')}.`;
  }
}

function contradiction({ statement: { view } }: CarriedCertificate, { statement }: CarriedCertificate): string {
  const where = statement.view === view ? `in view ${view}` : `those of views ${statement.view} and ${view}`;
  return `Two certificates contradict each other, ${where}`;
}

function outOfPlace({ statement: { view } }: CarriedCertificate, newest: CarriedCertificate | undefined): string {
  const chain =
    newest === undefined
      ? 'the beginning'
      : `the chain that the certificate of view ${newest.statement.view} made final`;
  return `A certificate of view ${view} makes a block final that does not continue ${chain}, or not at the height, view and time of its place`;
}

/** Whether each block has the height after its parent's, a later view and a later time, and names its parent's view. */
function standsOn(root: BlockNode, path: readonly BlockNode[]): boolean {
  return path.every(({ block, height, view, timestampMs }, index) => {
    const parent = path[index - 1] ?? root;
    const isLater = view > parent.view && timestampMs > parent.timestampMs;
    return height === parent.height + 1 && isLater && block?.parentView === parent.view;
  });
}

/** C10: whoever signs both misbehaves. */
function isOffence(a: Statement, b: Statement): boolean {
  if (a.view !== b.view) return false;
  return a.kind === b.kind || (a.kind !== VoteKind.NOTARIZE && b.kind !== VoteKind.NOTARIZE);
}
