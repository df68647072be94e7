import { decodeStrict } from '../../src/codec/index.ts';
import { type CarriedBlock, decodeBlock } from '../../src/consensus/block.ts';
import { type CarriedVote, decodeVote } from '../../src/consensus/votes.ts';
import { unwrap } from '../../src/errors.ts';
import { ProposalSchema } from '../../src/gen/hansa/v1/consensus_pb.ts';
import { type DecodedEntry, decodeEntry } from '../../src/lanes/index.ts';
import { splitEnvelope } from '../../src/replica/index.ts';
import type { Forger, Transit } from '../scripted-network.ts';
import type { Voices } from '../voices.ts';

/** An adversary is an honest city whose words are rewritten on their way out. It holds its own keys, and no others. */
export type Adversary = (voices: Voices, self: number) => Forger;

/** What a message says, for adversaries that change some kinds of messages. */
export type Speech =
  | { readonly kind: 'proposal'; readonly block: CarriedBlock }
  | { readonly kind: 'vote'; readonly vote: CarriedVote }
  | { readonly kind: 'entry'; readonly entry: DecodedEntry }
  | { readonly kind: 'other' };

export function understand(voices: Voices, { bytes, path }: Transit): Speech {
  if (path === 'request' || path === 'reply') return { kind: 'other' };
  const { kind, payload } = unwrap(splitEnvelope(bytes));
  const { domains, genesis } = voices.federation;
  const n = genesis.authorities.length;
  if (kind === 'proposal') {
    const block = unwrap(decodeBlock(domains, n, unwrap(decodeStrict(ProposalSchema, payload)).block));
    return { kind, block };
  }
  if (kind === 'vote') return { kind, vote: unwrap(decodeVote(domains, n, payload)) };
  if (kind === 'entry') return { kind, entry: unwrap(decodeEntry(domains, genesis, payload)) };
  return { kind: 'other' };
}
