import { create } from '@bufbuild/protobuf';
import { utf8 } from '../src/bytes.ts';
import type { Crypto } from '../src/crypto/index.ts';
import {
  encodeMembershipApprove,
  encodeMembershipPropose,
  encodeMembershipWithdraw,
  MEMBERSHIP_FAMILY,
  membershipTypes,
} from '../src/families/index.ts';
import {
  type AuthorityMember,
  AuthorityMemberSchema,
  MembershipApproveSchema,
  type MembershipChange,
  MembershipChangeKind,
  MembershipChangeSchema,
  MembershipProposeSchema,
  MembershipWithdrawSchema,
} from '../src/gen/hansa/v1/families_pb.ts';
import { RecordRefSchema } from '../src/gen/hansa/v1/record_pb.ts';
import type { Genesis } from '../src/genesis/types.ts';
import { encodeRecord, type RecordLocation, toRecordRef } from '../src/records/index.ts';
import { TEST_TIME_MS, type TestAuthority } from './cities.ts';

export { MembershipChangeKind };

const DAY_MS = 86_400_000;
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Keys that depend on the label only, with the member that they make of a city. */
export function newKeys(
  crypto: Crypto,
  name: string,
  label: string,
): { readonly member: AuthorityMember; readonly secrets: TestAuthority; readonly credentialSecret: Uint8Array } {
  const secret = (purpose: string) => {
    const bytes = crypto.sha256(utf8(`${purpose} of ${name}, ${label}`));
    bytes[0] = 0; // below the order of BLS's group
    return bytes;
  };
  const [laneSecret, voteSecret] = [secret('lane'), secret('vote')];
  const laneKey = crypto.ed25519.publicKey(laneSecret);
  const member = create(AuthorityMemberSchema, {
    ...{ name, displayName: `City ${name}`, laneKey, voteKey: crypto.bls.publicKey(voteSecret) },
    voteKeyProof: crypto.bls.provePossession(voteSecret),
    exchangeKey: crypto.x25519.publicKey(secret('exchange')),
    credentialKey: crypto.ed25519.publicKey(secret('credential')),
    peerId: `12D3KooW${[...secret('peer')].map((byte) => BASE58[byte % 58]).join('')}${'z'.repeat(12)}`,
    addresses: ['/ip4/192.0.2.9/tcp/7400'],
  });
  return { member, secrets: { laneSecret, voteSecret }, credentialSecret: secret('credential') };
}

export function change(kind: MembershipChangeKind, subject: number, member?: AuthorityMember): MembershipChange {
  return create(MembershipChangeSchema, { kind, subject, ...(member === undefined ? {} : { member }) });
}

/** Records of the family; each gets a request of its own. */
export class MembershipMaker {
  readonly #crypto: Crypto;
  #count = 0;

  constructor(crypto: Crypto) {
    this.#crypto = crypto;
  }

  propose(
    { epoch = 0 }: Pick<Genesis, 'epoch'>,
    what: MembershipChange,
    expiresAtMs: number = TEST_TIME_MS + 7 * DAY_MS,
  ): Uint8Array {
    const body = { epoch: BigInt(epoch), change: what, expiresAtMs: BigInt(expiresAtMs), ...this.#officers() };
    return this.#record('propose', encodeMembershipPropose(create(MembershipProposeSchema, body)));
  }

  approve(proposal: RecordLocation): Uint8Array {
    const body = { proposal: create(RecordRefSchema, toRecordRef(proposal)), ...this.#officers() };
    return this.#record('approve', encodeMembershipApprove(create(MembershipApproveSchema, body)));
  }

  withdraw(proposal: RecordLocation): Uint8Array {
    const body = { proposal: create(RecordRefSchema, toRecordRef(proposal)), ...this.#officers() };
    return this.#record('withdraw', encodeMembershipWithdraw(create(MembershipWithdrawSchema, body)));
  }

  #officers() {
    const officer = (label: string) => this.#crypto.sha256(utf8(label)).slice(0, 16);
    return { handler: officer('handler'), approver: officer('approver') };
  }

  #record(type: keyof typeof membershipTypes, body: Uint8Array): Uint8Array {
    const requestId = this.#crypto.sha256(utf8(`membership request ${this.#count++}`)).slice(0, 16);
    return encodeRecord({ family: MEMBERSHIP_FAMILY, type: membershipTypes[type], requestId, body });
  }
}
