import { decodeStrict } from '../codec/index.ts';
import type { Simplex } from '../consensus/simplex.ts';
import type { Domains } from '../crypto/index.ts';
import { SyncRequestSchema } from '../gen/hansa/v1/sync_pb.ts';
import type { AuthorityIndex } from '../genesis/types.ts';
import type { LaneBook } from '../lanes/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { encodeBlocksReply, encodeRefusal } from './messages.ts';
import { encodeStatus } from './status.ts';

/** What the answer to a member is made of. */
export interface AnswerParts {
  readonly domains: Domains;
  readonly simplex: Simplex;
  readonly ledger: Ledger;
  readonly book: LaneBook;
}

/** G2: what `answerFromStore` leaves to the replica: its status, and blocks that are not final. */
export function answerMember(parts: AnswerParts, from: AuthorityIndex | undefined, bytes: Uint8Array): Uint8Array {
  const { domains, simplex, ledger, book } = parts;
  const request = decodeStrict(SyncRequestSchema, bytes, 1024);
  const kind = request.ok ? request.value.kind : undefined;
  if (kind?.case === 'status') {
    return encodeStatus(domains, {
      epoch: simplex.epoch,
      view: simplex.view,
      finalizedHeight: simplex.tree.root.height,
      executedHeight: ledger.height,
      finalization: simplex.finalization?.bytes,
      yourNewestHeader: from === undefined ? undefined : book.newestHeader(from),
      yourNewestVotes: from === undefined ? [] : simplex.newestVotesOf(from),
      tips: book.newestTips(),
    });
  }
  const digest = kind?.case === 'block' ? kind.value.digest : undefined;
  const block = digest === undefined ? undefined : simplex.tree.block(digest)?.bytes;
  return block === undefined ? encodeRefusal('NOT_HELD') : encodeBlocksReply([block]);
}
