import type { BlockFields } from '@hansa/protocol/consensus';
import { keys } from '@hansa/protocol/replica';
import { describe, expect, it } from 'vitest';
import { FINALIZE, NOTARIZE, NULLIFY, plainly, Story, type StoryBlock } from '../../../test/story.ts';

const RECORD = new Uint8Array(100).fill(9);

describe('no-contradiction: an honest city never signs', () => {
  const prepared = (): [Story, StoryBlock] => {
    const story = plainly(new Story());
    const block = story.block();
    story.propose(block);
    return [story, block];
  };

  it('two Notarize in a view (C3), over all its lives', () => {
    const [story, block] = prepared();
    story.notarize(block);
    story.crash(1);
    story.restart(1);
    story.writeVote(1, NOTARIZE, block.fields.view, block.digest);
    expect(story.found).toEqual(['no-contradiction']);
  });

  it.each([
    ['Notarize after Nullify (C3)', NULLIFY, NOTARIZE],
    ['Finalize after Nullify (C4)', NULLIFY, FINALIZE],
    ['Nullify after Finalize (C5)', FINALIZE, NULLIFY],
  ])('%s', (_, first, second) => {
    const [story, block] = prepared();
    const { view } = block.fields;
    story.writeVote(2, first, view, first === NULLIFY ? undefined : block.digest);
    const before = story.oracle.violations.length;
    story.writeVote(2, second, view, second === NULLIFY ? undefined : block.digest);
    const after = story.oracle.violations.slice(before).map(({ check }) => check);
    expect(after).toContain('no-contradiction');
  });

  it('Nullify after Notarize: it does, and may', () => {
    const [story, block] = prepared();
    story.notarize(block);
    story.writeVote(2, NULLIFY, block.fields.view);
    expect(story.oracle.violations).toEqual([]);
  });

  it('two proposals in a view (C2)', () => {
    const [story, block] = prepared();
    story.propose(story.block({ timestampMs: block.fields.timestampMs + 3 }));
    expect(story.found).toEqual(['no-contradiction']);
  });

  it('two entries of a sequence (R4)', () => {
    const story = plainly(new Story());
    const place = { header: { sequence: 0, digest: new Uint8Array(32) } };
    story.writeEntry(0, story.entry(1, [RECORD], place));
    story.writeEntry(2, story.entry(1, [RECORD], place));
    expect(story.oracle.violations).toEqual([]);
    story.writeEntry(3, story.entry(1, [RECORD, RECORD], place));
    expect(story.found).toEqual(['no-contradiction']);
    expect(story.oracle.violations[0]?.nodes).toEqual([1]);
  });

  it('but a city whose disk was lost may have forgotten, and a corrupted one is not asked', () => {
    const [story, block] = prepared();
    story.notarize(block);
    story.crash(1);
    story.oracle.onDiskDamage?.(1, 'lost');
    Object.assign(story.fake(1), { held: 0, finalizedHeight: 0 });
    story.restart(1);
    story.writeVote(1, NOTARIZE, block.fields.view, new Uint8Array(32).fill(8));
    expect(story.oracle.violations).toEqual([]);
    const corrupted = plainly(new Story({ corrupted: [3] }));
    corrupted.writeVote(3, NULLIFY, 50);
    corrupted.writeVote(3, FINALIZE, 50, new Uint8Array(32).fill(8));
    expect(corrupted.oracle.violations).toEqual([]);
  });
});

describe('durable-first (C9): nothing leaves that is not on the disk', () => {
  it('no vote, no proposal, no certificate, no entry', () => {
    const story = plainly(new Story());
    const block = story.block();
    const { view } = block.fields;
    const leader = view % 4;
    const expectOne = (say: () => void, what: RegExp) => {
      const before = story.oracle.violations.length;
      say();
      const found = story.oracle.violations.slice(before);
      expect(found.map(({ check }) => check)).toEqual(['durable-first']);
      expect(found[0]?.message).toMatch(what);
    };
    expectOne(() => story.say(0, 'vote', story.vote(0, NULLIFY, view)), /its Nullify of view/);
    expectOne(() => story.say(leader, 'proposal', block.proposal), /its block of view/);
    for (const city of story.honest) story.writeVote(city, NULLIFY, view);
    expectOne(() => story.say(1, 'certificate', story.certificate(NULLIFY, view)), /a nullification of view/);
    const { bytes } = story.entry(1, [RECORD]);
    expectOne(() => story.say(1, 'entry', bytes), /its entry 1/);
  });

  it('what others made may be passed on, and what is on the disk may be said', () => {
    const story = plainly(new Story());
    const block = story.block();
    story.propose(block);
    story.say((block.fields.view + 1) % 4, 'proposal', block.proposal);
    story.say(1, 'vote', story.vote(2, NULLIFY, 99));
    story.notarize(block);
    story.say(1, 'certificate', story.certificate(NOTARIZE, block.fields.view, block.digest));
    expect(story.oracle.violations).toEqual([]);
  });

  it('no host hears of finality or of an entry that the disk does not have', () => {
    const story = plainly(new Story());
    const { height, view, timestampMs, digest: blockDigest } = story.tip;
    story.tell(0, { kind: 'finalized', height: height + 1, view, timestampMs, blockDigest, tips: [] });
    expect(story.found).toEqual(['durable-first']);
    const other = plainly(new Story());
    const first = { lane: 1, sequence: 1, position: 0 };
    other.tell(1, { kind: 'sealed', id: 1, first, count: 1, entryDigest: new Uint8Array(32).fill(1) });
    expect(other.found).toEqual(['durable-first']);
  });
});

describe('valid-vote (C3, C11): an honest city notarizes only what is valid', () => {
  const digest = (byte: number) => new Uint8Array(32).fill(byte);
  /** What city 0 does with a block that differs from the plain one. */
  const voted = (change: (story: Story) => Partial<BlockFields>, signer?: number): string[] => {
    const story = plainly(new Story({ corrupted: [3] }));
    const block = story.block(change(story), signer);
    story.hear(0, block.fields.view % 4, 'proposal', block.proposal);
    story.writeVote(0, NOTARIZE, block.fields.view, block.digest);
    return story.oracle.violations.map(({ check, message }) => `${check}: ${message}`);
  };

  it('a plain block is', () => {
    expect(voted(() => ({}))).toEqual([]);
  });

  it.each<[string, RegExp, (story: Story) => Partial<BlockFields>]>([
    ['a parent of no earlier view', /not before its own/, ({ tip }) => ({ parentView: tip.view + 1 })],
    ['a parent below the final block', /below the final view/, () => ({ parentView: 1 })],
    ['a parent that nobody knows', /nobody knows/, () => ({ parent: digest(4) })],
    ['a height that does not follow', /on a parent of view/, ({ tip }) => ({ height: tip.height + 2 })],
    ['a skipped view without a nullification', /is not nullified/, ({ tip }) => ({ view: tip.view + 2 })],
    ['a time that is not later', /not later than its parent/, ({ tip }) => ({ timestampMs: tip.timestampMs })],
    ['a time far ahead', /in the future/, ({ nowMs }) => ({ timestampMs: nowMs + 300_001 })],
    ['a checkpoint above the parent', /above its parent/, (story) => checkpoint(story, { height: 9 })],
    [
      'a checkpoint behind the parent’s',
      /behind its parent’s|behind its parent's/,
      (story) => checkpoint(story, { height: 0 }),
    ],
    ['a checkpoint of another state', /not the state there/, (story) => checkpoint(story, { stateRoot: digest(1) })],
    ['a checkpoint of another size', /not the state there/, (story) => checkpoint(story, { historySize: 50 })],
    ['entries that are not held', /not held here/, () => ({ advances: [{ lane: 1, sequence: 1, digest: digest(1) }] })],
    [
      'a lane that moves back',
      /moves lane 0 back/,
      () => ({ advances: [{ lane: 0, sequence: 1, digest: digest(1) }] }),
    ],
    [
      'a lane that moves too far (R5)',
      /by more than 256 entries/,
      () => ({ advances: [{ lane: 1, sequence: 257, digest: digest(1) }] }),
    ],
    ['another epoch (C12)', /another epoch/, () => ({ epoch: 1 })],
  ])('%s is not', (_, why, change) => {
    const found = voted(change);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^valid-vote: city-0 notarizes/);
    expect(found[0]).toMatch(why);
  });

  function checkpoint(story: Story, change: Partial<BlockFields['checkpoint']>): Partial<BlockFields> {
    const { checkpoint: plain } = story.block().fields;
    return { checkpoint: { ...plain, ...change } };
  }

  it('what another than the leader signed is not', () => {
    expect(voted(() => ({}), 3)).toMatchObject([expect.stringMatching(/was not signed by the leader/)]);
  });

  it('a parent without a notarization is not, and with one it is', () => {
    const story = plainly(new Story());
    const parent = story.block();
    story.propose(parent);
    const { view, height, timestampMs } = parent.fields;
    const child = story.block({
      view: view + 1,
      height: height + 1,
      parent: parent.digest,
      parentView: view,
      timestampMs: timestampMs + 1,
    });
    story.hear(0, (view + 1) % 4, 'proposal', child.proposal);
    story.notarize(parent);
    story.writeVote(0, NOTARIZE, view + 1, child.digest);
    expect(story.oracle.violations).toEqual([]);
    const early = plainly(new Story());
    early.propose(parent);
    early.hear(0, (view + 1) % 4, 'proposal', child.proposal);
    early.writeVote(0, NOTARIZE, view + 1, child.digest);
    expect(early.oracle.violations.map(({ message }) => message)).toMatchObject([
      expect.stringMatching(/without a notarization/),
    ]);
  });

  it('a state that this city has not executed is not', () => {
    const story = plainly(new Story());
    const made = story.block();
    story.propose(made);
    story.notarize(made);
    story.finalize(made);
    const { height } = made.fields;
    story.execute(made);
    const late = plainly(new Story());
    late.propose(made);
    late.notarize(made);
    late.finalize(made);
    const next = story.block();
    expect(next.fields.checkpoint.height).toBe(height);
    late.hear(0, 1, 'proposal', next.proposal);
    late.writeVote(0, NOTARIZE, next.fields.view, next.digest);
    expect(late.oracle.violations.map(({ message }) => message)).toMatchObject([
      expect.stringMatching(/not executed here/),
    ]);
  });

  it('more than 4 MiB of entries are not', () => {
    const story = plainly(new Story());
    const big = Array.from({ length: 130 }, () => new Uint8Array(8192).fill(1));
    for (let count = 0; count < 4; count++) story.seal(1, ...big);
    const block = story.block();
    story.hear(0, block.fields.view % 4, 'proposal', block.proposal);
    story.writeVote(0, NOTARIZE, block.fields.view, block.digest);
    expect(story.oracle.violations.map(({ message }) => message)).toMatchObject([
      expect.stringMatching(/adds 4259840 bytes of entries/),
    ]);
  });

  it('Finalize needs a notarization, and no finalization at or above (C4)', () => {
    const story = plainly(new Story());
    story.writeVote(0, FINALIZE, 40, digest(1));
    expect(story.oracle.violations.map(({ message }) => message)).toMatchObject([
      expect.stringMatching(/holds no notarization/),
    ]);
    const late = plainly(new Story());
    const block = late.block();
    late.propose(block);
    late.notarize(block);
    for (const city of [1, 2, 3]) late.writeVote(city, FINALIZE, block.fields.view, block.digest);
    late.writeCertificate(0, FINALIZE, block.fields.view, block.digest, [1, 2, 3]);
    late.writeVote(0, FINALIZE, block.fields.view, block.digest);
    expect(late.oracle.violations.map(({ message }) => message)).toMatchObject([
      expect.stringMatching(/at or above it/),
    ]);
  });

  it('valid-proposal (C2): its own proposals are such as it could vote for', () => {
    const story = plainly(new Story());
    const block = story.block({ view: story.tip.view + 3 });
    story.write(block.fields.view % 4, { key: keys.proposal(0, block.fields.view), value: block.proposal });
    expect(story.found).toEqual(['valid-proposal']);
    const stolen = plainly(new Story());
    const other = stolen.block();
    stolen.write((other.fields.view + 1) % 4, { key: keys.proposal(0, other.fields.view), value: other.proposal });
    expect(stolen.found).toEqual(['valid-proposal']);
  });
});

describe('failures and alarms', () => {
  const alarm = (code: string) => ({ kind: 'alarm', error: { code, message: 'Look.' } }) as const;

  it('no-failure: a replica that throws, or does not start from a good disk', () => {
    for (const why of ['failed: TypeError: x', 'damaged: STORE_DAMAGED']) {
      const story = plainly(new Story());
      story.crash(2, why);
      expect(story.found).toEqual(['no-failure']);
      expect(story.oracle.violations[0]?.message).toBe(`city-2 ${why}`);
    }
  });

  it('no-failure: is not asked of a disk that lost bits', () => {
    const story = plainly(new Story());
    story.oracle.onDiskDamage?.(2, 'rotten');
    story.crash(2, 'damaged: STORE_DAMAGED');
    expect(story.oracle.violations).toEqual([]);
  });

  it('false-alarm (C11): nobody has a reason while at most f are faulty', () => {
    for (const code of ['SAFETY_VIOLATED', 'STATE_DIVERGED', 'RESTORED_FROM_BACKUP']) {
      const story = plainly(new Story());
      story.tell(1, alarm(code));
      expect(story.found).toEqual(['false-alarm']);
    }
    const broken = plainly(new Story({ corrupted: [2, 3] }));
    broken.tell(1, alarm('SAFETY_VIOLATED'));
    expect(broken.oracle.violations).toEqual([]);
  });

  it('blame-true (G1): an honest city that kept its disk is blamed for nothing', () => {
    const story = plainly(new Story({ corrupted: [2] }));
    story.tell(1, { kind: 'misbehaved', from: 2, why: 'wrong-signature' });
    expect(story.found).toEqual([]);
    story.tell(1, { kind: 'misbehaved', from: 3, why: 'wrong-signature' });
    expect(story.found).toEqual(['blame-true']);
  });

  it('halted-is-silent (C11): no vote and no proposal after an alarm that stops, in later lives neither', () => {
    const story = plainly(new Story({ corrupted: [2, 3] }));
    story.tell(1, alarm('STATE_DIVERGED'));
    story.crash(1);
    story.restart(1);
    story.writeVote(1, NULLIFY, story.tip.view + 1);
    expect(story.found).toEqual(['halted-is-silent']);
    const leader = plainly(new Story({ corrupted: [2, 3] }));
    const block = leader.block({ view: 5 });
    leader.nullify(4);
    leader.tell(1, alarm('SAFETY_VIOLATED'));
    leader.write(1, { key: keys.proposal(0, 5), value: block.proposal });
    expect(leader.found).toContain('halted-is-silent');
  });
});
