import { type CarriedBlock, encodeBlock, encodeSigners, encodeVote, type VoteKind } from '@hansa/protocol/consensus';
import type { Digest } from '@hansa/protocol/crypto';
import type { AuthorityIndex } from '@hansa/protocol/genesis';
import { epochOf } from '@hansa/protocol/genesis';
import { splitEnvelope, wrapEnvelope } from '@hansa/protocol/replica';
import type { Coordinator } from './contract.ts';
import { certificateFrame, proposalFrame, statementOf } from './speech.ts';
import { bytesField, readFields, withField, writeFields } from './wire.ts';

/**
 * Messages in the names of honest authorities, signed with a key that is not theirs. Each is well formed in everything
 * but its signature: only the check of that stands between the forger and belief.
 */
export interface Forger {
  readonly coordinator: Coordinator;
  /** Whose key signs. */
  readonly authority: AuthorityIndex;
}

const NOTHING = new Uint8Array(0);

export function forgedVote(
  { coordinator, authority }: Forger,
  victim: AuthorityIndex,
  kind: VoteKind,
  view: number,
  block: Digest,
): Uint8Array {
  const { federation, epochs } = coordinator.world;
  const statement = statementOf(federation.domains, kind, view, block, epochOf(epochs.present));
  const signature = coordinator.voice.signature(authority, 'vote', statement.bytes);
  return wrapEnvelope('vote', encodeVote({ statement, voter: victim, signature }));
}

/** A block like another one, in a view that the victim leads. */
export function forgedProposal(
  { coordinator, authority }: Forger,
  like: CarriedBlock,
  view: number,
  shiftMs = 1,
): Uint8Array {
  const { domains } = coordinator.world.federation;
  const bytes = encodeBlock(domains.federationId, { ...like, view, timestampMs: like.timestampMs + shiftMs });
  const block = { epoch: like.epoch, view, bytes, digest: domains.digest('block', bytes) };
  return proposalFrame(domains, block, (statement) => coordinator.voice.signature(authority, 'proposal', statement));
}

/** An entry for the victim's lane. */
export function forgedEntry(
  { coordinator, authority }: Forger,
  victim: AuthorityIndex,
  place: {
    readonly previous: { readonly sequence: number; readonly digest: Digest } | undefined;
    readonly createdAtMs: number;
  },
  records: readonly Uint8Array[],
): Uint8Array {
  const { frame } = coordinator.voice.entry({ lane: authority, ...place }, records);
  const envelope = splitEnvelope(frame);
  const fields = envelope.ok ? (readFields(envelope.value.payload) ?? []) : [];
  const own = bytesField(readFields(bytesField(fields, 1) ?? NOTHING) ?? [], 1) ?? NOTHING;
  const header = withField(own, 3, BigInt(victim));
  const signed = [
    { number: 1, value: header },
    { number: 2, value: coordinator.voice.signature(authority, 'entry-signature', header) },
  ];
  const entry = [{ number: 1, value: writeFields(signed) }, ...fields.filter(({ number }) => number !== 1)];
  return wrapEnvelope('entry', writeFields(entry));
}

/** A certificate that names everybody as its signer and is signed by one, again and again. */
export function forgedCertificate(
  { coordinator, authority }: Forger,
  kind: VoteKind,
  view: number,
  block: Digest,
): Uint8Array {
  const { genesis, domains } = coordinator.world.federation;
  const n = genesis.authorities.length;
  const { bytes } = statementOf(domains, kind, view, block, epochOf(coordinator.world.epochs.present));
  const signature = coordinator.voice.signature(authority, 'vote', bytes);
  const proof = genesis.voteScheme === 'ed25519' ? repeated(signature, n) : signature;
  const everybody = Array.from({ length: n }, (_, index) => index);
  return certificateFrame(bytes, encodeSigners(everybody, n), proof);
}

function repeated(bytes: Uint8Array, times: number): Uint8Array {
  const out = new Uint8Array(bytes.length * times);
  for (let index = 0; index < times; index++) out.set(bytes, index * bytes.length);
  return out;
}
