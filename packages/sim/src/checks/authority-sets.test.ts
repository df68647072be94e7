import {
  create,
  ExecutionLogSchema,
  type MembershipChange,
  MembershipChangeKind,
  MembershipChangeSchema,
} from '@hansa/protocol/wire';
import { beforeEach, describe, expect, it } from 'vitest';
import { Story } from '../../test/story.ts';
import { AuthoritySets } from './authority-sets.ts';
import type { SeenBlock } from './decode.ts';
import type { KnownEntry, MembershipRecord, NotableRecord } from './entry-book.ts';
import { epochAt, epochView, readable, viewAt } from './epoch-view.ts';

const { federation } = new Story();
const remove = (subject: number) => create(MembershipChangeSchema, { kind: MembershipChangeKind.REMOVE, subject });
let sets: AuthoritySets;
let sequence: number;
let height: number;

beforeEach(() => {
  sets = new AuthoritySets(federation.domains, federation.genesis.authorities);
  sequence = 0;
  height = 0;
});

const propose = (change: MembershipChange): MembershipRecord => ({
  ...{ position: 0, kind: 'membership', act: 'propose', change },
});
const approve = (proposal: string): MembershipRecord => ({
  ...{ position: 0, kind: 'membership', act: 'approve', proposal },
});

/** One record of one city, in a block of its own; returns where it stands. */
function execute(lane: number, record: NotableRecord, rejected = false): string {
  sequence += 1;
  height += 1;
  const entry = { lane, sequence, notable: [record] } as unknown as KnownEntry;
  const log = create(ExecutionLogSchema, rejected ? { rejectedEntries: [0], rejectedPositions: [0] } : {});
  sets.execute(height, [entry], log);
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

it('a view of a later epoch comes after all of those before, and people read both numbers', () => {
  const later = epochView(1, 7);
  expect(later).toBeGreaterThan(epochView(0, 1_000_000));
  expect([epochAt(later), viewAt(later), epochAt(7), viewAt(7)]).toEqual([1, 7, 0, 7]);
  expect(readable(`city-0 skips view ${later}, not 1780243200000`)).toBe(
    'city-0 skips view 7 of epoch 1, not 1780243200000',
  );
});
