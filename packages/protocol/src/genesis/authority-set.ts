import { equalBytes, utf8 } from '../bytes.ts';
import { WireWriter } from '../codec/wire-writer.ts';
import type { Digest, Domains } from '../crypto/index.ts';
import {
  type AuthorityMember,
  AuthorityStanding,
  type MembershipChange,
  MembershipChangeKind,
} from '../gen/hansa/v1/families_pb.ts';
import { type Authority, type AuthorityIndex, type Genesis, quorum } from './types.ts';

/**
 * C12: the authority set of an epoch. An authority keeps its index, which is its lane, for good; whoever is suspended or
 * removed keeps its place in the list and does not vote. n, f, q and the leaders are those of the voters.
 */
const voters = new WeakMap<Genesis, readonly Authority[]>();

export function epochOf(genesis: Genesis): number {
  return genesis.epoch ?? 0;
}

/** What the genesis file says: where proofs begin. */
export function originOf(genesis: Genesis): Genesis {
  let origin = genesis;
  while (origin.before !== undefined) origin = origin.before;
  return origin;
}

/** The federation in each epoch up to this one, from the genesis file on: as many as the epoch's number, and one. */
export function epochsUntil(genesis: Genesis): Genesis[] {
  const epochs: Genesis[] = [];
  for (let each: Genesis | undefined = genesis; each !== undefined; each = each.before) epochs.push(each);
  return epochs.reverse();
}

/** The authorities that vote in this epoch, ascending: n of them. */
export function votersOf(genesis: Genesis): readonly Authority[] {
  let found = voters.get(genesis);
  if (found === undefined) {
    const { authorities } = genesis;
    found = authorities.every(({ standing }) => standing === undefined)
      ? authorities
      : authorities.filter(({ standing }) => standing === undefined);
    voters.set(genesis, found);
  }
  return found;
}

/** q of this epoch. */
export function quorumOf(genesis: Genesis): number {
  return quorum(votersOf(genesis).length);
}

export function isVoter(genesis: Genesis, index: AuthorityIndex): boolean {
  const authority = genesis.authorities[index];
  return authority !== undefined && authority.standing === undefined;
}

/**
 * C10, C12: whether a change makes an end of its subject's quarantine: more than two thirds gave it a vote and both keys
 * anew that evidence is held against. Other addresses, or one key, do not.
 */
export function isPardoned(before: Authority | undefined, after: Authority): boolean {
  if (before === undefined || after.standing !== undefined) return false;
  return !equalBytes(before.laneKey, after.laneKey) && !equalBytes(before.voteKey, after.voteKey); // guard: C10 who keeps the keys stays quarantined
}

/** C2: the voters take turns by view. */
export function leaderOf(genesis: Genesis, view: number): AuthorityIndex {
  const list = votersOf(genesis);
  return (list[view % list.length] as Authority).index;
}

/** The federation after a change that the ledger decided: the next epoch, with one seat changed. `sinceMs`: of its seal. */
export function nextEpoch(genesis: Genesis, change: MembershipChange, sinceMs: number): Genesis {
  const { kind, subject, member } = change;
  const before = genesis.authorities[subject];
  const authorities = [...genesis.authorities];
  if (member !== undefined) authorities[subject] = authorityOf(subject, member);
  else if (before !== undefined) {
    const standing = kind === MembershipChangeKind.REMOVE ? 'removed' : 'suspended';
    authorities[subject] = { ...before, standing };
  }
  return { ...genesis, epoch: epochOf(genesis) + 1, before: genesis, sinceMs, authorities };
}

/**
 * What a checkpoint names as `nextAuthoritySet`: the digest of the canonical `AuthoritySet`. Written by hand, because the
 * light client has no encoder.
 */
export function authoritySetDigest(domains: Domains, genesis: Genesis): Digest {
  const writer = new WireWriter();
  writer.number(1, epochOf(genesis));
  for (const authority of genesis.authorities) {
    writer.message(2, (seat) => {
      seat.message(1, (member) => writeMember(member, authority));
      seat.number(2, standingNumber(authority.standing));
    });
  }
  return domains.digest('authority-set', writer.take());
}

function writeMember(writer: WireWriter, authority: Authority): void {
  writer.bytes(1, utf8(authority.name));
  writer.bytes(2, utf8(authority.displayName));
  writer.bytes(3, authority.laneKey);
  writer.bytes(4, authority.voteKey);
  writer.bytes(5, authority.voteKeyProof);
  writer.bytes(6, authority.exchangeKey);
  writer.bytes(7, authority.credentialKey);
  writer.bytes(8, utf8(authority.peerId));
  for (const address of authority.addresses) writer.bytes(9, utf8(address));
}

export function standingNumber(standing: Authority['standing']): AuthorityStanding {
  if (standing === undefined) return AuthorityStanding.UNSPECIFIED;
  return standing === 'suspended' ? AuthorityStanding.SUSPENDED : AuthorityStanding.REMOVED;
}

function authorityOf(index: AuthorityIndex, member: AuthorityMember): Authority {
  const { name, displayName, laneKey, voteKey, voteKeyProof, exchangeKey, credentialKey, peerId, addresses } = member;
  return { index, name, displayName, laneKey, voteKey, voteKeyProof, exchangeKey, credentialKey, peerId, addresses };
}
