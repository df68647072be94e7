import { create } from '@bufbuild/protobuf';
import { equalBytes } from '../bytes.ts';
import { decodeStrict, encodeMessage } from '../codec/index.ts';
import type { LaneAdvance } from '../consensus/block.ts';
import { type CarriedVote, carriedVote } from '../consensus/votes.ts';
import type { Crypto, Domains } from '../crypto/index.ts';
import { accept, type Result, reject } from '../errors.ts';
import { QuorumCertificateSchema, VoteSchema } from '../gen/hansa/v1/consensus_pb.ts';
import { type Status, SyncRequestSchema, SyncResponseSchema } from '../gen/hansa/v1/sync_pb.ts';
import type { AuthorityIndex, Genesis } from '../genesis/types.ts';
import { voteScheme } from '../genesis/vote-scheme.ts';
import { type CarriedHeader, decodeHeader, verifyHeaderSignature } from '../lanes/header.ts';

/** An own vote whose signature was checked. */
export type VerifiedVote = CarriedVote;

export interface StatusFields {
  readonly epoch: number;
  readonly view: number;
  readonly finalizedHeight: number;
  readonly executedHeight: number;
  /** Bytes of the newest finalization. */
  readonly finalization: Uint8Array | undefined;
  readonly yourNewestHeader: CarriedHeader | undefined;
  readonly yourNewestVotes: readonly CarriedVote[];
  /** Newest entry held of each lane that has one. */
  readonly tips: readonly LaneAdvance[];
}

export function statusRequest(): Uint8Array {
  return encodeMessage(SyncRequestSchema, create(SyncRequestSchema, { kind: { case: 'status', value: {} } }));
}

/** The status in a reply; the reply's signatures are not checked here. */
export function decodeStatusReply(bytes: Uint8Array): Result<Status> {
  const reply = decodeStrict(SyncResponseSchema, bytes);
  if (!reply.ok) return reply;
  if (reply.value.kind.case === 'status') return accept(reply.value.kind.value);
  return reject('MALFORMED', 'The reply is not a status; ask another city.');
}

export function encodeStatus(domains: Domains, status: StatusFields): Uint8Array {
  const header = status.yourNewestHeader;
  const finalization = status.finalization === undefined ? undefined : decodeCertificate(status.finalization);
  return encodeMessage(
    SyncResponseSchema,
    create(SyncResponseSchema, {
      kind: {
        case: 'status',
        value: {
          federationId: domains.federationId,
          epoch: BigInt(status.epoch),
          view: BigInt(status.view),
          finalizedHeight: BigInt(status.finalizedHeight),
          executedHeight: BigInt(status.executedHeight),
          ...(finalization === undefined ? {} : { finalization }),
          ...(header === undefined ? {} : { yourNewestHeader: { header: header.bytes, signature: header.signature } }),
          tips: status.tips.map(({ lane, sequence, digest }) => ({ lane, sequence: BigInt(sequence), digest })),
          yourNewestVotes: status.yourNewestVotes.map((vote) =>
            create(VoteSchema, { statement: vote.statement.bytes, voter: vote.voter, signature: vote.signature }),
          ),
        },
      },
    }),
  );
}

function decodeCertificate(bytes: Uint8Array) {
  const decoded = decodeStrict(QuorumCertificateSchema, bytes);
  return decoded.ok ? decoded.value : undefined;
}

/** What a status reply proves about this city's own signatures; claims that do not verify are left out. */
export function ownTraces(
  context: { genesis: Genesis; crypto: Crypto; domains: Domains },
  self: AuthorityIndex,
  status: Status,
): { newestHeader: CarriedHeader | undefined; votes: VerifiedVote[] } | undefined {
  const { genesis, crypto, domains } = context;
  if (!equalBytes(status.federationId, domains.federationId)) return undefined;
  let newestHeader: CarriedHeader | undefined;
  if (status.yourNewestHeader !== undefined) {
    const header = decodeHeader(domains, genesis, status.yourNewestHeader);
    if (header.ok && header.value.lane === self && verifyHeaderSignature(crypto, domains, genesis, header.value)) {
      newestHeader = header.value;
    }
  }
  const votes: VerifiedVote[] = [];
  const own = genesis.authorities[self];
  const scheme = voteScheme(crypto, genesis.voteScheme);
  for (const message of status.yourNewestVotes.slice(0, 3)) {
    const vote = carriedVote(domains, genesis.authorities.length, message);
    if (!vote.ok || vote.value.voter !== self || own === undefined) continue;
    const signed = domains.message('vote', vote.value.statement.bytes);
    if (scheme.verify(vote.value.signature, signed, own)) votes.push(vote.value);
  }
  return { newestHeader, votes };
}
