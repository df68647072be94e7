import { equalBytes, toHex } from '../../bytes.ts';
import type { Domains } from '../../crypto/index.ts';
import { rejection } from '../../error-codes.ts';
import type { Rejection } from '../../errors.ts';
import { type AuthorityMember, type MembershipChange, MembershipChangeKind } from '../../gen/hansa/v1/families_pb.ts';
import { isVoter, votersOf } from '../../genesis/authority-set.ts';
import { isAddress, isDisplayName, isMemberName, isPeerId } from '../../genesis/names.ts';
import type { Authority, AuthorityIndex, Genesis } from '../../genesis/types.ts';
import { limits } from '../../limits.ts';
import type { FactReader } from '../family.ts';
import { retiredKeyFactKey } from './fact.ts';

const KEYS = ['laneKey', 'voteKey', 'exchangeKey', 'credentialKey'] as const;

/** The forms of a change: everything that needs no set to be held against. */
export function checkChange({ kind, member }: MembershipChange): Rejection | undefined {
  const withMember =
    kind === MembershipChangeKind.ROTATE || kind === MembershipChangeKind.RECOVER || kind === MembershipChangeKind.ADD;
  const without = kind === MembershipChangeKind.SUSPEND || kind === MembershipChangeKind.REMOVE;
  if (!(withMember ? member !== undefined && isMember(member) : without && member === undefined)) {
    return rejection('MALFORMED');
  }
  return undefined;
}

/** The same forms as in the genesis file. */
function isMember(member: AuthorityMember): boolean {
  return (
    isMemberName(member.name) &&
    isDisplayName(member.displayName) &&
    isPeerId(member.peerId) &&
    member.addresses.length <= limits.memberAddressesMax &&
    member.addresses.every(isAddress) &&
    member.laneKey.length === 32 &&
    member.voteKey.length === 48 &&
    member.voteKeyProof.length === 96 &&
    member.exchangeKey.length === 32 &&
    member.credentialKey.length === 32 &&
    new Set(KEYS.map((key) => toHex(member[key]))).size === KEYS.length
  );
}

/** C12: whether a change fits the present set, and this city may propose it. */
export function fitChange(
  genesis: Genesis,
  state: FactReader,
  domains: Domains,
  proposer: AuthorityIndex,
  change: MembershipChange,
): Rejection | undefined {
  const { kind, subject, member } = change;
  const present = genesis.authorities[subject];
  const voters = votersOf(genesis);
  switch (kind) {
    case MembershipChangeKind.ROTATE:
      if (subject !== proposer || !isVoter(genesis, subject)) return rejection('MEMBERSHIP_CHANGE_WRONG'); // guard: C12 a city rotates its own keys
      break;
    case MembershipChangeKind.RECOVER:
      if (subject === proposer || present === undefined || present.standing === 'removed') {
        return rejection('MEMBERSHIP_CHANGE_WRONG'); // guard: C12 a lost city is recovered by others
      }
      break;
    case MembershipChangeKind.ADD:
      if (subject !== genesis.authorities.length) return rejection('MEMBERSHIP_CHANGE_WRONG');
      if (subject >= maxAuthorities(genesis)) return rejection('MEMBERSHIP_SET_SIZE');
      break;
    case MembershipChangeKind.SUSPEND:
    case MembershipChangeKind.REMOVE:
      if (present === undefined || present.standing === 'removed') return rejection('MEMBERSHIP_CHANGE_WRONG');
      if (kind === MembershipChangeKind.SUSPEND && present.standing !== undefined) {
        return rejection('MEMBERSHIP_CHANGE_EMPTY');
      }
      if (voters.length === 1 && present.standing === undefined) return rejection('MEMBERSHIP_SET_SIZE'); // guard: C12 somebody votes
      break;
    default:
      return rejection('MALFORMED');
  }
  return member === undefined ? undefined : fitMember(genesis, state, domains, subject, member);
}

function maxAuthorities({ voteScheme }: Genesis): number {
  return voteScheme === 'ed25519' ? limits.ed25519VotersMax : limits.authoritiesMax;
}

/** Names, keys and peer ids are unique over all members there are; keys over all there have been. */
function fitMember(
  genesis: Genesis,
  state: FactReader,
  domains: Domains,
  subject: AuthorityIndex,
  member: AuthorityMember,
): Rejection | undefined {
  const present = genesis.authorities[subject];
  // A city keeps its name: records on the ledger are cited by it.
  if (present !== undefined && present.name !== member.name) return rejection('MEMBERSHIP_CHANGE_WRONG');
  if (present !== undefined && present.standing === undefined && isSame(present, member)) {
    return rejection('MEMBERSHIP_CHANGE_EMPTY');
  }
  const others = genesis.authorities.filter(({ index }) => index !== subject);
  if ([...others, ...genesis.observers].some(({ name }) => name === member.name)) {
    return rejection('MEMBERSHIP_NAME_TAKEN');
  }
  if ([...others, ...genesis.observers].some(({ peerId }) => peerId === member.peerId)) {
    return rejection('MEMBERSHIP_KEY_TAKEN');
  }
  const taken = new Set(others.flatMap((other) => KEYS.map((key) => toHex(other[key]))));
  for (const key of KEYS) {
    const value = member[key];
    if (present !== undefined && equalBytes(present[key], value)) continue;
    if (present !== undefined && KEYS.some((own) => equalBytes(present[own], value))) {
      return rejection('MEMBERSHIP_KEY_TAKEN');
    }
    if (taken.has(toHex(value)) || state.get(retiredKeyFactKey(domains, value)) !== undefined) {
      return rejection('MEMBERSHIP_KEY_TAKEN'); // guard: C12 a key that was given up never comes back
    }
  }
  return undefined;
}

function isSame(present: Authority, member: AuthorityMember): boolean {
  return (
    KEYS.every((key) => equalBytes(present[key], member[key])) &&
    present.peerId === member.peerId &&
    present.displayName === member.displayName &&
    present.addresses.join(' ') === member.addresses.join(' ')
  );
}

/** Keys that a change takes from its subject. */
export function retiredKeys(before: Authority | undefined, after: Authority): Uint8Array[] {
  if (before === undefined) return [];
  if (after.standing === 'removed') return KEYS.map((key) => before[key]);
  return KEYS.flatMap((key) => (equalBytes(before[key], after[key]) ? [] : [before[key]]));
}
