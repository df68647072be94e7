import { toHex } from '@hansa/protocol';
import { VoteKind } from '@hansa/protocol/consensus';
import type { AuthorityIndex } from '@hansa/protocol/genesis';
import type { NodeIndex } from '../src/world/contract.ts';
import type { LiarRun, Said } from './liars.ts';

/** What a run's liars have said, sorted for tests that ask whether they lied at all. */

export interface SaidBlock {
  readonly digest: string;
  readonly timestampMs: number;
  readonly checkpointHeight: number;
  readonly stateRoot: string;
  readonly lanes: readonly AuthorityIndex[];
  readonly to: ReadonlySet<NodeIndex>;
}

/** Blocks that corrupted leaders proposed under their own signature, by view. */
export function blocksSaid(run: LiarRun): ReadonlyMap<number, readonly SaidBlock[]> {
  const { crypto, domains, genesis } = run.world.federation;
  const views = new Map<number, Map<string, SaidBlock & { readonly to: Set<NodeIndex> }>>();
  for (const { from, to, speech } of run.said) {
    if (speech.kind !== 'proposal') continue;
    const { block, signed } = speech;
    const leader = block.view % genesis.authorities.length;
    const key = genesis.authorities[leader]?.laneKey ?? new Uint8Array(0);
    const isOwn = run.world.nodes[from]?.authority === leader;
    if (!isOwn || !crypto.ed25519.verify(signed.signature, domains.message('proposal', signed.statement), key))
      continue;
    const blocks = views.get(block.view) ?? new Map();
    views.set(block.view, blocks);
    const hex = toHex(block.digest);
    const known = blocks.get(hex);
    if (known !== undefined) known.to.add(to);
    else {
      blocks.set(hex, {
        digest: hex,
        timestampMs: block.timestampMs,
        checkpointHeight: block.checkpoint.height,
        stateRoot: toHex(block.checkpoint.stateRoot),
        lanes: block.advances.map(({ lane }) => lane),
        to: new Set([to]),
      });
    }
  }
  return new Map([...views].map(([view, blocks]) => [view, [...blocks.values()]]));
}

/** Every pair of votes of one corrupted city that contradict each other (C10), whoever heard them. */
export function contradictions(run: LiarRun): readonly string[] {
  const found = new Set<string>();
  const votes = new Map<string, Set<string>>();
  for (const { speech } of run.said) {
    if (speech.kind !== 'vote' || run.honest.includes(speech.vote.voter)) continue;
    const { kind, view, block } = speech.vote.statement;
    const place = `${speech.vote.voter} ${view}`;
    const said = votes.get(place) ?? new Set();
    votes.set(place, said);
    said.add(`${kind} ${toHex(block)}`);
  }
  for (const [place, said] of votes) {
    const kinds = [...said].map((each) => Number(each[0]));
    if (kinds.filter((kind) => kind === VoteKind.NOTARIZE).length > 1) found.add(`${place} two Notarize`);
    if (kinds.filter((kind) => kind === VoteKind.FINALIZE).length > 1) found.add(`${place} two Finalize`);
    if (kinds.includes(VoteKind.FINALIZE) && kinds.includes(VoteKind.NULLIFY))
      found.add(`${place} Finalize and Nullify`);
  }
  return [...found];
}

/** Votes of a kind that were said. */
export function votesSaid(run: LiarRun, kind: VoteKind): readonly Said[] {
  return run.said.filter(({ speech }) => speech.kind === 'vote' && speech.vote.statement.kind === kind);
}

/** Digests of own entries by lane and sequence, with who was shown which. */
export function entriesSaid(run: LiarRun): ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<NodeIndex>>> {
  const places = new Map<string, Map<string, Set<NodeIndex>>>();
  for (const { from, to, speech } of run.said) {
    if (speech.kind !== 'entry' || run.world.nodes[from]?.authority !== speech.entry.header.lane) continue;
    const { lane, sequence, digest } = speech.entry.header;
    const branches = places.get(`${lane}/${sequence}`) ?? new Map<string, Set<NodeIndex>>();
    places.set(`${lane}/${sequence}`, branches);
    const shown = branches.get(toHex(digest)) ?? new Set();
    branches.set(toHex(digest), shown.add(to));
  }
  return places;
}

/** Messages of corrupted nodes by the name of their kind. */
export function countsSaid(run: LiarRun): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { speech } of run.said) counts[speech.kind] = (counts[speech.kind] ?? 0) + 1;
  return counts;
}
