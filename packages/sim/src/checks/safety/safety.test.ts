import { keys } from '@hansa/protocol/replica';
import { create, ExecutionLogSchema, encodeMessage } from '@hansa/protocol/wire';
import { describe, expect, it } from 'vitest';
import { FINALIZE, NOTARIZE, NULLIFY, plainly, Story } from '../../../test/story.ts';

const listing = new Uint8Array(100).fill(7);
const other = new Uint8Array(100).fill(8);

describe('a run that is as it should be', () => {
  it('gives no check a reason, whatever the size, with crashes and nullified views', () => {
    for (const n of [1, 4, 7]) {
      const story = plainly(new Story({ n, corrupted: n === 7 ? [5, 6] : [] }));
      const last = n - 1;
      if (n === 4) {
        story.crash(last);
        story.agree();
        story.agree();
      }
      story.nullify(story.tip.view + 1);
      story.agree(story.block({ view: story.tip.view + 2 }));
      expect(story.end().oracle.violations).toEqual([]);
      expect(story.oracle.excuses()).toEqual([]);
    }
  });
});

describe('agreement (C6)', () => {
  it('is broken by a second block at a height, in a later life too', () => {
    const story = plainly(new Story());
    const rival = story.block({ timestampMs: story.tip.timestampMs + 500 });
    story.agree(story.block());
    story.crash(1);
    story.restart(1);
    story.writeFinal(1, rival);
    expect(story.found).toEqual(['agreement']);
    expect(story.oracle.violations[0]).toMatchObject({ nodes: [1] });
  });

  it('is not looked at where the scenario leaves it out', () => {
    const story = plainly(new Story({ checks: { except: ['agreement'] } }));
    const rival = story.block({ timestampMs: story.tip.timestampMs + 500 });
    story.agree(story.block());
    story.writeFinal(1, rival);
    expect(story.oracle.violations).toEqual([]);
  });

  it('is broken by a host that is told of another block than the disk has', () => {
    const story = plainly(new Story());
    const { height, view, timestampMs } = story.tip;
    const blockDigest = new Uint8Array(32).fill(1);
    story.tell(2, { kind: 'finalized', height, view, timestampMs, blockDigest, tips: [] });
    expect(story.found).toEqual(['agreement']);
  });

  it('is broken by a corrupted city’s word for nobody', () => {
    const story = plainly(new Story({ corrupted: [3] }));
    story.writeFinal(3, story.block({ timestampMs: story.tip.timestampMs + 700 }));
    expect(story.end().oracle.violations).toEqual([]);
  });
});

describe('ancestry (C6)', () => {
  it('is broken by a final block on another parent than the final block below', () => {
    const story = plainly(new Story());
    story.writeFinal(0, story.block({ parent: new Uint8Array(32).fill(9) }));
    expect(story.found).toEqual(['ancestry']);
  });

  it('is broken by a gap, and by time or views that run backwards', () => {
    const gap = plainly(new Story());
    const parent = gap.block();
    gap.propose(parent);
    gap.writeFinal(0, gap.block({ parent: parent.digest, height: gap.tip.height + 3, view: parent.fields.view + 1 }));
    expect(gap.found).toEqual(['ancestry']);
    const time = plainly(new Story());
    time.writeFinal(0, time.block({ timestampMs: time.tip.timestampMs }));
    expect(time.found).toEqual(['ancestry']);
    const view = plainly(new Story());
    view.writeFinal(0, view.block({ view: view.tip.view }));
    expect(view.found).toEqual(['ancestry']);
  });
});

describe('certificates', () => {
  it('one-notarization (C3): two notarized blocks in a view', () => {
    const story = plainly(new Story());
    const block = story.block();
    story.propose(block);
    story.notarize(block);
    story.writeCertificate(1, NOTARIZE, block.fields.view, new Uint8Array(32).fill(5));
    expect(story.found).toContain('one-notarization');
  });

  it('one-notarization (C3): a final block that is not the notarized one', () => {
    const story = plainly(new Story());
    const block = story.block();
    story.propose(block);
    story.notarize(block);
    story.writeCertificate(1, FINALIZE, block.fields.view, new Uint8Array(32).fill(5));
    expect(story.found).toContain('one-notarization');
  });

  it('no-final-beside-null (C4, C5): in either order', () => {
    const first = plainly(new Story());
    first.writeCertificate(0, NULLIFY, first.tip.view);
    expect(first.found).toContain('no-final-beside-null');
    const second = plainly(new Story());
    const block = second.block();
    second.propose(block);
    second.nullify(block.fields.view);
    second.writeCertificate(2, FINALIZE, block.fields.view, block.digest);
    expect(second.found).toContain('no-final-beside-null');
  });

  it('valid-certificate (C6): fewer than q signers', () => {
    const story = plainly(new Story());
    const block = story.block();
    story.propose(block);
    story.notarize(block);
    story.writeCertificate(1, NOTARIZE, block.fields.view, block.digest, [0, 1]);
    expect(story.found).toEqual(['valid-certificate']);
  });

  it.each([
    ['ed25519', 4],
    ['bls12381', 17],
  ])('valid-certificate (C6): signatures that do not prove it, with %s', (_, n) => {
    const story = plainly(new Story({ n, corrupted: [n - 1] }));
    const signers = [...story.firstQuorum().slice(1), n - 1];
    const view = story.tip.view + 1;
    for (const city of story.honest) story.writeVote(city, NULLIFY, view);
    const bytes = story.certificate(NULLIFY, view, undefined, signers);
    story.say(0, 'certificate', bytes);
    expect(story.found).toEqual(['durable-first']);
    const forged = bytes.slice();
    const last = forged.length - 3;
    forged[last] = (forged[last] ?? 0) ^ 1;
    const fresh = plainly(new Story({ n, corrupted: [n - 1] }));
    for (const city of fresh.honest) fresh.writeVote(city, NULLIFY, view);
    fresh.say(0, 'certificate', forged);
    expect(fresh.found).toContain('valid-certificate');
  });

  it('valid-certificate: an honest signer who never said it, whoever signed with the key', () => {
    const story = plainly(new Story({ corrupted: [3] }));
    const view = story.tip.view + 1;
    story.writeVote(0, NULLIFY, view);
    story.writeVote(1, NULLIFY, view);
    story.writeCertificate(0, NULLIFY, view, undefined, [0, 1, 3]);
    expect(story.oracle.violations).toEqual([]);
    story.writeCertificate(0, NULLIFY, view + 1, undefined, [0, 1, 3]);
    expect(story.found).toEqual(['valid-certificate']);
  });

  it('with more than f faulty: what they may bring about is excused, and what no number of them may is not', () => {
    const story = plainly(new Story({ corrupted: [2, 3] }));
    const view = story.tip.view + 1;
    for (const city of story.honest) story.writeVote(city, NULLIFY, view);
    story.writeCertificate(0, NULLIFY, view, undefined, [0, 2, 3]);
    story.writeCertificate(1, FINALIZE, view, new Uint8Array(32).fill(4), [2, 3, 1]);
    expect(story.found).toEqual(['valid-certificate']);
    const excused = story.oracle.excuses();
    expect(excused.map(({ check }) => check)).toContain('no-final-beside-null');
    expect(excused.map(({ check }) => check)).toContain('agreement');
    expect(excused.map(({ check }) => check)).not.toContain('valid-certificate');
    expect(excused[0]?.because).toMatch(/2 authorities are faulty, more than f = 1: city-2 is corrupted, city-3/);
  });
});

describe('lanes', () => {
  it('cut-grows (C3): a lane that does not move forward', () => {
    const story = plainly(new Story());
    const [advance] = story.block().fields.advances;
    expect(advance).toBeUndefined();
    const entry = story.seal(0, listing);
    story.agree();
    const { lane, sequence, digest } = entry.header;
    story.writeFinal(0, story.block({ advances: [{ lane, sequence, digest }] }));
    expect(story.found).toEqual(['cut-grows']);
  });

  it('one-branch (R4): an entry that does not continue the final one', () => {
    const story = plainly(new Story({ corrupted: [3] }));
    story.seal(3, listing);
    story.agree();
    const branch = story.entry(3, [other], { header: { sequence: 1, digest: new Uint8Array(32).fill(3) } });
    for (const city of story.honest) story.writeEntry(city, branch);
    const { lane, sequence, digest } = branch.header;
    story.writeFinal(0, story.block({ advances: [{ lane, sequence, digest }] }));
    expect(story.found).toEqual(['one-branch']);
  });

  it('one-branch (C3): an entry that no faithful city holds', () => {
    const story = plainly(new Story({ corrupted: [3] }));
    const { lane, sequence, digest } = story.entry(3, [other]).header;
    story.writeFinal(0, story.block({ advances: [{ lane, sequence, digest }] }));
    expect(story.found).toEqual(['one-branch']);
  });

  it('nothing-lost (C9): a sealed entry in whose place another one is final', () => {
    const story = plainly(new Story());
    const rival = story.entry(1, [other]);
    story.seal(1, listing);
    for (const city of story.honest) story.writeEntry(city, rival);
    const { lane, sequence, digest } = rival.header;
    story.writeFinal(0, story.block({ advances: [{ lane, sequence, digest }] }));
    expect(story.found).toContain('nothing-lost');
  });

  it('nothing-lost (C9): a sealed entry that is not there after a crash', () => {
    const story = plainly(new Story());
    story.seal(1, listing);
    story.crash(1);
    story.fake(1).held = 0;
    story.restart(1);
    expect(story.found).toEqual(['nothing-lost']);
  });

  it('nothing-lost: is not asked of a disk that was lost', () => {
    const story = plainly(new Story());
    story.seal(1, listing);
    story.crash(1);
    story.oracle.onDiskDamage?.(1, 'lost');
    Object.assign(story.fake(1), { held: 0, finalizedHeight: 0 });
    story.restart(1);
    expect(story.oracle.violations).toEqual([]);
  });

  it('final-stays-final (C9): a city that starts again below what it called final', () => {
    const story = plainly(new Story());
    story.crash(2);
    story.fake(2).finalizedHeight -= 1;
    story.restart(2);
    expect(story.found).toEqual(['final-stays-final']);
  });
});

describe('state', () => {
  const block = (story: Story) => {
    const made = story.block();
    story.propose(made);
    story.notarize(made);
    story.finalize(made);
    return made;
  };

  it('executed-is-final (L1): other entries than the final block names', () => {
    const story = plainly(new Story());
    story.seal(0, listing);
    story.execute(block(story), [], { entryDigests: new Uint8Array(32).fill(1) });
    expect(story.found).toContain('executed-is-final');
  });

  it.each([
    ['the entries that it names', false],
    ['other entries', true],
  ])(
    'executed-is-final (L1): with more than f faulty a block may be final before anybody else has it; then %s',
    (_, isOther) => {
      const story = plainly(new Story({ corrupted: [1, 2, 3] }));
      const entry = story.entry(1, [listing]);
      const { lane, sequence, digest } = entry.header;
      const made = story.block({ advances: [{ lane, sequence, digest }] });
      story.writeFinal(0, made);
      story.writeEntry(0, entry);
      const roots = { historyRoot: made.digest, stateRoot: made.digest };
      const height = BigInt(made.fields.height);
      const log = create(ExecutionLogSchema, { height, entryDigests: isOther ? made.digest : digest, ...roots });
      story.write(0, { key: keys.execution(made.fields.height), value: encodeMessage(ExecutionLogSchema, log) });
      expect(story.found.includes('executed-is-final')).toBe(isOther);
    },
  );

  it('equal-roots (L3): a history root that is not that of the entries', () => {
    const story = plainly(new Story());
    story.seal(0, listing);
    const made = block(story);
    story.execute(made, [], { historyRoot: new Uint8Array(32).fill(1) });
    expect(story.found).toEqual(['equal-roots']);
  });

  it.each([
    ['another state root', { stateRoot: new Uint8Array(32).fill(2) }],
    ['other outcomes', { codes: ['MALFORMED'], rejectedCodes: [0], rejectedEntries: [0], rejectedPositions: [0] }],
  ])('equal-roots (L1): %s in one city', (_, change) => {
    const story = plainly(new Story());
    story.writeExecution(3, story.tip.height, change);
    expect(story.found).toEqual(['equal-roots']);
  });

  it('equal-roots (L3): in a large federation roots are compared', () => {
    const story = plainly(new Story({ n: 20 }));
    story.writeExecution(3, story.tip.height);
    expect(story.found).toEqual([]);
    story.writeExecution(3, story.tip.height, { stateRoot: new Uint8Array(32).fill(2) });
    expect(story.found).toEqual(['equal-roots']);
  });

  it.each([
    ['history size', { historySize: 77 }],
    ['history root', { historyRoot: new Uint8Array(32).fill(3) }],
    ['state root', { stateRoot: new Uint8Array(32).fill(3) }],
  ])('checkpoint-true (C11): a final checkpoint with another %s', (_, change) => {
    const story = plainly(new Story());
    const { checkpoint } = story.block().fields;
    story.writeFinal(0, story.block({ checkpoint: { ...checkpoint, ...change } }));
    expect(story.found).toEqual(['checkpoint-true']);
  });

  it('checkpoint-true (C11): a checkpoint that is judged once its height is executed', () => {
    const story = plainly(new Story());
    const made = block(story);
    const { checkpoint, height } = made.fields;
    const early = { ...checkpoint, height };
    story.writeFinal(0, story.block({ checkpoint: early }));
    expect(story.found).toEqual([]);
    story.execute(made);
    expect(story.found).toEqual(['checkpoint-true']);
  });
});

describe('one-set (C12): the authority set changes by the approvals of the final records alone', () => {
  it('a final block that names a next set which nobody approved', () => {
    const story = plainly(new Story());
    const { checkpoint } = story.block().fields;
    story.writeFinal(0, story.block({ checkpoint: { ...checkpoint, nextAuthoritySet: new Uint8Array(32).fill(4) } }));
    expect(story.found).toEqual(['one-set']);
    expect(story.oracle.violations[0]?.message).toMatch(/names another next set/);
  });

  it('a final block of an epoch that nothing began', () => {
    const story = plainly(new Story());
    story.writeFinal(0, story.block({ epoch: 1 }));
    expect(story.found).toEqual(['one-set']);
    expect(story.oracle.violations[0]?.message).toMatch(/of epoch 1 as final; the final chain is in epoch 0/);
  });
});
