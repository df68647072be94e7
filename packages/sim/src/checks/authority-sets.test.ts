import type { Authority } from '@hansa/protocol/genesis';
import {
  create,
  ExecutionLogSchema,
  type MembershipChange,
  MembershipChangeKind,
  MembershipChangeSchema,
} from '@hansa/protocol/wire';
import { beforeEach, describe, expect, it } from 'vitest';
import { Story } from '../../test/story.ts';
import { freshMember } from '../crypto/federation.ts';
import { AuthoritySets } from './authority-sets.ts';
import type { SeenBlock } from './decode.ts';
import type { KnownEntry, MembershipRecord, NotableRecord } from './entry-book.ts';
import { epochAt, epochView, readable, viewAt } from './epoch-view.ts';

const { federation } = new Story();
const remove = (subject: number) => create(MembershipChangeSchema, { kind: MembershipChangeKind.REMOVE, subject });
let sets: AuthoritySets;
let sequence: number;
let height: number;
/** What had an effect that it must not have. */
let wrong: string[];

beforeEach(() => {
  sets = new AuthoritySets(federation);
  wrong = [];
  sequence = 0;
  height = 0;
});

const TIME_MS = federation.genesis.createdAtMs;
const propose = (change: MembershipChange, epoch = 0, expiresAtMs = TIME_MS + 60_000): MembershipRecord => ({
  ...{ position: 0, kind: 'membership', act: 'propose', change, epoch, expiresAtMs },
});
const approve = (proposal: string): MembershipRecord => ({
  ...{ position: 0, kind: 'membership', act: 'approve', proposal },
});

/** One record of one city, in a block of its own; returns where it stands. */
function execute(lane: number, record: NotableRecord, rejected = false, timestampMs = TIME_MS): string {
  sequence += 1;
  height += 1;
  const entry = { lane, sequence, notable: [record] } as unknown as KnownEntry;
  const log = create(ExecutionLogSchema, rejected ? { rejectedEntries: [0], rejectedPositions: [0] } : {});
  wrong.push(...sets.execute({ height, timestampMs }, [entry], log));
  return `${lane}/${sequence}/0`;
}

const final = (nextAuthoritySet: string) =>
  sets.noteFinal({ height: ++height, digest: `block ${height}`, checkpoint: { nextAuthoritySet } } as SeenBlock);

describe('the authority sets that the checks read in the final chain (C12)', () => {
  it('change with the approvals of three of four, the proposal counted, and not with two', () => {
    const proposal = execute(0, propose(remove(3)));
    execute(1, approve(proposal));
    execute(1, approve(proposal));
    expect(sets.at(1)).toBeUndefined();
    execute(3, approve(proposal));
    expect(sets.at(1)).toMatchObject({ epoch: 1, voters: [0, 1, 2], quorum: 3 });
    expect(sets.at(1)?.seats[3]?.standing).toBe('removed');
    expect(sets.nextSetAt(0, height - 1)).toBe('');
    expect(sets.nextSetAt(0, height)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('what was rejected, withdrawn, or is about another proposal counts for nothing', () => {
    const proposal = execute(0, propose(remove(3)));
    execute(1, approve(proposal));
    execute(2, approve(proposal), true);
    execute(2, approve('0/9/0'));
    expect(sets.at(1)).toBeUndefined();
    execute(0, { position: 0, kind: 'membership', act: 'withdraw', proposal });
    execute(2, approve(proposal));
    expect(sets.at(1)).toBeUndefined();
  });

  it('begin on the first final block that names the next one; the others of that epoch name it too', () => {
    const proposal = execute(0, propose(remove(3)));
    for (const lane of [1, 2]) execute(lane, approve(proposal));
    final('');
    expect(sets.current.epoch).toBe(0);
    final('next');
    const seal = height;
    expect(sets.current.epoch).toBe(1);
    expect([seal, seal + 1].map((each) => sets.epochOfHeight(each))).toEqual([0, 1]);
    expect(sets.sealOf(0)).toEqual({ height: seal, digest: `block ${seal}` });
  });
});

describe('what must have no effect on the authority set is found when it has one (C12)', () => {
  const seats = federation.genesis.authorities;
  const seatOf = (city: number) => {
    const { index: _, standing: __, ...seat } = seats[city] as Authority;
    return seat;
  };
  const fresh = (city: number, generation = 1) =>
    freshMember({ crypto: federation.crypto, seed: 1 }, seats[city] as Authority, generation).member;
  const withMember = (kind: MembershipChangeKind, subject: number, member: Omit<Authority, 'index' | 'standing'>) =>
    create(MembershipChangeSchema, { kind, subject, member: { ...member, addresses: [...member.addresses] } });
  const { ROTATE, RECOVER, ADD, SUSPEND } = MembershipChangeKind;
  const day = 86_400_000;

  const lawful: readonly (readonly [string, MembershipChange])[] = [
    ['new keys of the city itself', withMember(ROTATE, 0, fresh(0))],
    [
      'another address, under the same keys',
      withMember(ROTATE, 0, { ...seatOf(0), addresses: ['/ip4/192.0.2.1/tcp/1'] }),
    ],
    ['new keys for another city', withMember(RECOVER, 2, fresh(2))],
    ['a new city', withMember(ADD, seats.length, { ...fresh(2), name: 'wenchang' })],
    ['that another city loses its vote', create(MembershipChangeSchema, { kind: SUSPEND, subject: 2 })],
    ['that another city leaves', remove(2)],
  ];
  it.each(lawful)('%s is lawful', (_, change) => {
    execute(0, propose(change));
    expect(wrong).toEqual([]);
  });

  const rogue = { ...fresh(2), voteKeyProof: fresh(2, 2).voteKeyProof };
  const unlawful: readonly (readonly [string, string, MembershipRecord])[] = [
    ['of another epoch', 'it is about epoch 1', propose(remove(2), 1)],
    ['out of date', 'out of date', propose(remove(2), 0, TIME_MS)],
    ['that stands too long', 'longer than a proposal may', propose(remove(2), 0, TIME_MS + 31 * day)],
    ['of keys for another city, as its own', 'its own keys only', propose(withMember(ROTATE, 2, fresh(2)))],
    ['of keys for itself, as if lost', 'by others', propose(withMember(RECOVER, 0, fresh(0)))],
    ['of a seat that is not the next', 'the next seat', propose(withMember(ADD, 7, { ...fresh(2), name: 'wenchang' }))],
    ['of another name', 'keeps its name', propose(withMember(RECOVER, 2, { ...fresh(2), name: 'elsewhere' }))],
    ['of a name that is taken', 'has the name', propose(withMember(ADD, seats.length, fresh(2)))],
    [
      'of a network key that is taken',
      'network key',
      propose(withMember(RECOVER, 2, { ...fresh(2), peerId: seatOf(1).peerId })),
    ],
    [
      'of a key of another city',
      'is, or was, a city',
      propose(withMember(RECOVER, 2, { ...fresh(2), laneKey: seatOf(1).exchangeKey })),
    ],
    [
      'of its own key for another purpose',
      'is, or was, a city',
      propose(withMember(ROTATE, 0, { ...fresh(0), laneKey: seatOf(0).credentialKey })),
    ],
    [
      'of one key for two purposes',
      'two of its keys',
      propose(withMember(ROTATE, 0, { ...fresh(0), laneKey: fresh(0).exchangeKey })),
    ],
    ['of nothing new', 'changes nothing', propose(withMember(RECOVER, 2, seatOf(2)))],
    ['of a vote key that nobody holds', 'nobody proved', propose(withMember(RECOVER, 2, rogue))],
  ];
  it.each(unlawful)('a proposal %s', (_, why, record) => {
    execute(0, record, true);
    expect(wrong).toEqual([]);
    execute(0, record);
    expect(wrong).toHaveLength(1);
    expect(wrong[0]).toContain(why);
  });

  it('keys that a city gave up an epoch before', () => {
    const proposal = execute(0, propose(withMember(RECOVER, 2, fresh(2))));
    for (const lane of [1, 3]) execute(lane, approve(proposal));
    final('next');
    execute(
      1,
      propose(
        withMember(RECOVER, 2, { ...fresh(2, 2), voteKey: seatOf(2).voteKey, voteKeyProof: seatOf(2).voteKeyProof }),
        1,
      ),
    );
    expect(wrong).toEqual([expect.stringContaining('is, or was, a city')]);
  });

  it('a second open proposal of a city, and none after the first is out of date or withdrawn', () => {
    execute(0, propose(remove(2), 0, TIME_MS + 10));
    execute(0, propose(remove(3), 0, TIME_MS + 20));
    expect(wrong).toEqual([expect.stringContaining('has a proposal that is open')]);
    const third = execute(0, propose(remove(3), 0, TIME_MS + 50), false, TIME_MS + 30);
    execute(0, { position: 0, kind: 'membership', act: 'withdraw', proposal: third }, false, TIME_MS + 31);
    execute(0, propose(remove(3), 0, TIME_MS + 50), false, TIME_MS + 32);
    expect(wrong).toHaveLength(1);
  });

  it('an approval of what is not open, a second one, one of who does not vote, and whatever comes after the decision', () => {
    const proposal = execute(0, propose(remove(3), 0, TIME_MS + 10));
    execute(1, approve(proposal));
    execute(1, approve(proposal));
    execute(2, approve('1/1/0'));
    execute(2, { position: 0, kind: 'membership', act: 'withdraw', proposal });
    expect(wrong).toEqual([
      expect.stringContaining('had approved before'),
      expect.stringContaining('not open'),
      expect.stringContaining('what another city proposed'),
    ]);
    execute(2, approve(execute(0, propose(remove(3), 0, TIME_MS + 10))), false, TIME_MS + 10);
    expect(wrong.at(-1)).toContain('not open');
  });

  it('whatever comes after the decision, and of who does not vote', () => {
    const proposal = execute(0, propose(remove(3)));
    for (const lane of [1, 2]) execute(lane, approve(proposal));
    execute(3, approve(proposal));
    expect(wrong).toEqual([expect.stringContaining('was decided before')]);
    final('next');
    execute(3, propose(remove(1), 1));
    expect(wrong.at(-1)).toContain('does not vote');
  });
});

it('a view of a later epoch comes after all of those before, and people read both numbers', () => {
  const later = epochView(1, 7);
  expect(later).toBeGreaterThan(epochView(0, 1_000_000));
  expect([epochAt(later), viewAt(later), epochAt(7), viewAt(7)]).toEqual([1, 7, 0, 7]);
  expect(readable(`city-0 skips view ${later}, not 1780243200000`)).toBe(
    'city-0 skips view 7 of epoch 1, not 1780243200000',
  );
});
