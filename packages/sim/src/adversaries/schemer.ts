import { equalBytes } from '@hansa/protocol';
import {
  encodeMembershipApprove,
  encodeMembershipPropose,
  encodeMembershipWithdraw,
  isOpenProposal,
  MEMBERSHIP_FAMILY,
  membershipTypes,
  proposalFactKey,
  readProposalFact,
} from '@hansa/protocol/families';
import { type Authority, epochOf, type Genesis, votersOf } from '@hansa/protocol/genesis';
import { encodeRecord, fromRecordRef, toRecordRef } from '@hansa/protocol/records';
import type { RecordLocation } from '@hansa/protocol/replica';
import { create, type MembershipChange, MembershipChangeKind, MembershipChangeSchema } from '@hansa/protocol/wire';
import { freshMember } from '../crypto/federation.ts';
import type { Corrupted } from './contract.ts';
import { defineStrategy } from './define.ts';
import { inTurns, number, word } from './options.ts';
import { shared, trueMs } from './saying.ts';

const DAY_MS = 86_400_000;
/** In turns: `twice` and `second` while the brief proposal is open, `late-approval` when it is over. */
export const schemes = [
  'brief',
  'twice',
  'second',
  'stale',
  'far',
  'other-epoch',
  'other-city',
  'own-loss',
  'used-key',
  'lost-key',
  'unproven-key',
  'withdrawal',
  'late-approval',
] as const;
type Scheme = (typeof schemes)[number];

export const schemer = defineStrategy(
  {
    name: 'schemer',
    does: 'Puts on its lane what must have no effect on the authority set: proposals out of date, for ever, of another epoch, a second one, of keys for another city or for itself as if lost, of keys that are or were somebody\u2019s, of a vote key that nobody proved to hold; approvals, once more or too late; withdrawals of what others proposed.',
    attacks: 'C12 L1',
    seenBy: ['lawful-changes', 'one-set'],
    options: {
      scheme: word(['turns', ...schemes], 'turns', 'What it tries; turns: one after the other.'),
      pace: number({ from: 1, to: 64, whole: true }, 6, 'Views from one to the next.'),
    },
  },
  (city, { scheme, pace }) => {
    const { coordinator, node, authority } = city;
    const next = inTurns(schemes, scheme, authority);
    const records = new Records(city);
    let views = 0;
    return {
      onView() {
        if (views++ % pace !== 0) return;
        const tried = next();
        const record = records.of(tried);
        if (record === undefined) return;
        // Not within the turn of the replica that entered the view.
        coordinator.world.at(coordinator.world.nowUs, () => {
          const id = coordinator.world.submit(node, [record]);
          if (tried === 'brief') records.isBrief(id);
        });
      },
      onEffect(_, effect) {
        if (effect.kind === 'sealed') records.sealed(effect.id, effect.first);
        return 'carry-out';
      },
    };
  },
);

/** The records of one schemer. All of them know of each other's brief proposals, which are theirs to approve too late. */
class Records {
  readonly #city: Corrupted;
  readonly #brief: RecordLocation[];
  /** Submissions of brief proposals that are not sealed yet. */
  readonly #waiting = new Set<number>();
  #lastSealed: { readonly id: number; readonly location: RecordLocation } | undefined;
  #generation = 1000;

  constructor(city: Corrupted) {
    this.#city = city;
    this.#brief = shared(city.coordinator, 'schemer: brief proposals', () => []);
  }

  /** This submission is a brief proposal; undefined: the city is down. */
  isBrief(id: number | undefined): void {
    if (id === undefined) return;
    if (this.#lastSealed?.id === id) this.#brief.push(this.#lastSealed.location);
    else this.#waiting.add(id);
  }

  /** Where the own replica put what it was given. */
  sealed(id: number, location: RecordLocation): void {
    this.#lastSealed = { id, location };
    if (this.#waiting.delete(id)) this.#brief.push(location);
  }

  of(scheme: Scheme): Uint8Array | undefined {
    const { coordinator, random, authority } = this.#city;
    const { federation, epochs } = coordinator.world;
    const { present } = epochs;
    const { deltaMs } = federation.genesis.parameters;
    const others = votersOf(present).filter(({ index }) => index !== authority);
    const victim = others.length === 0 ? undefined : random.pick(others);
    if (victim === undefined) return undefined;
    const suspend = create(MembershipChangeSchema, { kind: MembershipChangeKind.SUSPEND, subject: victim.index });
    switch (scheme) {
      case 'brief':
        // Lawful, and soon over: what is made of it afterwards is not.
        return this.#proposal(present, suspend, 2 * deltaMs);
      case 'twice': {
        const own = this.#brief.findLast(({ lane }) => lane === authority);
        return own && this.#record(membershipTypes.approve, encodeMembershipApprove({ ...this.#named(own) }));
      }
      case 'second':
        return this.#proposal(present, suspend, 2 * deltaMs);
      case 'own-loss': {
        const own = present.authorities[authority];
        return own && this.#proposal(present, this.#recover(own, {}));
      }
      case 'stale':
        return this.#proposal(present, suspend, -60_000);
      case 'far':
        return this.#proposal(present, suspend, 60 * DAY_MS);
      case 'other-epoch':
        return this.#proposal(present, suspend, DAY_MS, epochOf(present) + 1);
      case 'other-city':
        return this.#proposal(present, this.#change(MembershipChangeKind.ROTATE, victim, {}));
      case 'used-key':
        return this.#proposal(
          present,
          this.#recover(victim, { laneKey: random.pick(present.authorities).exchangeKey }),
        );
      case 'lost-key': {
        const lost = this.#lostKey(present);
        return lost && this.#proposal(present, this.#recover(victim, lost));
      }
      case 'unproven-key':
        return this.#proposal(present, this.#recover(victim, { voteKeyProof: this.#member(victim).voteKeyProof }));
      case 'late-approval': {
        const late = this.#brief.at(-1);
        return late && this.#record(membershipTypes.approve, encodeMembershipApprove({ ...this.#named(late) }));
      }
      case 'withdrawal': {
        const open = this.#openOfOthers(others);
        return open && this.#record(membershipTypes.withdraw, encodeMembershipWithdraw({ ...this.#named(open) }));
      }
    }
  }

  #proposal(present: Genesis, change: MembershipChange, standsMs = DAY_MS, epoch = epochOf(present)): Uint8Array {
    const expiresAtMs = BigInt(Math.floor(trueMs(this.#city.coordinator) + standsMs));
    const body = { epoch: BigInt(epoch), change, expiresAtMs, ...this.#officers() };
    return this.#record(membershipTypes.propose, encodeMembershipPropose(body));
  }

  #recover(victim: Authority, instead: Partial<Authority>): MembershipChange {
    return this.#change(MembershipChangeKind.RECOVER, victim, instead);
  }

  #change(kind: MembershipChangeKind, victim: Authority, instead: Partial<Authority>): MembershipChange {
    const {
      index: _,
      standing: __,
      ...member
    } = { ...this.#member(victim), index: 0, standing: undefined, ...instead };
    return create(MembershipChangeSchema, {
      ...{ kind, subject: victim.index, member: { ...member, addresses: [...member.addresses] } },
    });
  }

  #member(victim: Authority) {
    const { world } = this.#city.coordinator;
    return freshMember({ crypto: world.federation.crypto, seed: world.seed }, victim, this.#generation++).member;
  }

  /** The vote key, with its proof, of a city that has another one now. */
  #lostKey(present: Genesis): Partial<Authority> | undefined {
    const { authorities } = this.#city.coordinator.world.federation.genesis;
    const lost = authorities.find(({ index, voteKey }) => {
      const now = present.authorities[index]?.voteKey;
      return now !== undefined && !equalBytes(now, voteKey);
    });
    return lost && { voteKey: lost.voteKey, voteKeyProof: lost.voteKeyProof };
  }

  /** An open proposal of another city, as the own ledger has it. */
  #openOfOthers(others: readonly Authority[]): RecordLocation | undefined {
    const { world } = this.#city.coordinator;
    const replica = world.nodes[this.#city.node]?.replica;
    if (replica === undefined) return undefined;
    const { ledger, domains, genesis } = replica;
    const timestampMs = trueMs(this.#city.coordinator);
    for (const { index } of others) {
      const value = ledger.fact(proposalFactKey(domains, index));
      const fact = value === undefined ? undefined : readProposalFact(value);
      if (fact !== undefined && isOpenProposal(fact, { genesis, timestampMs })) return fromRecordRef(fact.ref);
    }
    return undefined;
  }

  #named(proposal: RecordLocation) {
    return { proposal: toRecordRef(proposal), ...this.#officers() };
  }

  #officers() {
    const { random } = this.#city;
    return { handler: random.bytes(16), approver: random.bytes(16) };
  }

  #record(type: number, body: Uint8Array): Uint8Array {
    return encodeRecord({ family: MEMBERSHIP_FAMILY, type, requestId: this.#city.random.bytes(16), body });
  }
}
