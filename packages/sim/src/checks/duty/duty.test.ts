import { type Effect, keys, type TimerName, wrapEnvelope } from '@hansa/protocol/replica';
import { create, EvidenceSchema, encodeMessage } from '@hansa/protocol/wire';
import { describe, expect, it } from 'vitest';
import { FINALIZE, NOTARIZE, NULLIFY, plainly, Story, type StoryBlock } from '../../../test/story.ts';

/** Finished turns of city 0, told message by message. */
class Turns {
  readonly story: Story;
  readonly view: number;
  readonly block: StoryBlock;

  constructor(corrupted: readonly number[] = [], agreed = 1) {
    this.story = plainly(new Story({ corrupted, checks: { every: 'event' } }));
    // Another city leads the next view, and city 0 begins a life of its own that is told turn by turn.
    for (let count = 0; count < agreed; count++) this.story.agree();
    this.story.crash(0);
    this.story.restart(0);
    this.view = this.story.tip.view + 1;
    this.story.fake(0).view = this.view;
    this.block = this.story.block();
    this.turn({ kind: 'start' }, [{ kind: 'joined' }]);
  }

  /** City 0 handles something and answers with effects. */
  turn(
    input: { kind: 'start' } | { timer: TimerName } | { from: number; frame: Uint8Array },
    effects: Effect[] = [],
  ): void {
    const { oracle, nowMs } = this.story;
    if ('frame' in input) oracle.onInput?.(0, { kind: 'message', nowMs, from: input.from, bytes: input.frame });
    else if ('timer' in input) oracle.onInput?.(0, { kind: 'timer', nowMs, name: input.timer });
    else oracle.onInput?.(0, { kind: 'start', nowMs });
    for (const effect of effects) oracle.onEffect?.(0, effect);
    oracle.onTurn?.(0);
  }

  heard(
    from: number,
    kind: typeof NOTARIZE | typeof NULLIFY | typeof FINALIZE,
    block?: Uint8Array,
    effects?: Effect[],
  ): void {
    this.turn({ from, frame: wrapEnvelope('vote', this.story.vote(from, kind, this.view, block)) }, effects);
  }

  proposed(block: StoryBlock, effects?: Effect[]): void {
    this.turn({ from: this.view % 4, frame: wrapEnvelope('proposal', block.proposal) }, effects);
  }

  says(kind: typeof NOTARIZE | typeof NULLIFY | typeof FINALIZE, block?: Uint8Array): Effect {
    return broadcast('vote', this.story.vote(0, kind, this.view, block));
  }

  holds(kind: typeof NOTARIZE | typeof NULLIFY | typeof FINALIZE, block?: Uint8Array): Effect {
    const value = this.story.certificate(kind, this.view, block);
    return { kind: 'persist', writes: [{ key: keys.certificate(0, this.view, kind), value }], flush: true };
  }

  passesOn(kind: typeof NOTARIZE | typeof NULLIFY | typeof FINALIZE, block?: Uint8Array): Effect {
    return broadcast('certificate', this.story.certificate(kind, this.view, block));
  }

  wait(milliseconds: number): this {
    this.story.nowUs += milliseconds * 1000;
    return this;
  }

  get found(): readonly string[] {
    return this.story.found;
  }
}

function broadcast(kind: 'vote' | 'proposal' | 'certificate' | 'entry' | 'evidence', payload: Uint8Array): Effect {
  return { kind: 'broadcast', channel: 'consensus', bytes: wrapEnvelope(kind, payload) };
}

/** A checkpoint of a height, with the state there as far as there is one. */
function checkpointAt(story: Story, height: number) {
  const state = story.stateAt(height) ?? story.stateAt(0);
  return { checkpoint: { height, ...state, nextAuthoritySet: new Uint8Array(0) } };
}

describe('an honest city that does its duties', () => {
  it('gives no check a reason', () => {
    const turns = new Turns();
    const { digest } = turns.block;
    turns.proposed(turns.block, [turns.says(NOTARIZE, digest)]);
    turns.heard(1, NOTARIZE, digest);
    turns.story.fake(0).view = turns.view + 1;
    turns.heard(2, NOTARIZE, digest, [
      turns.holds(NOTARIZE, digest),
      turns.says(FINALIZE, digest),
      turns.passesOn(NOTARIZE, digest),
    ]);
    expect(turns.found).toEqual([]);
  });
});

describe('views (C1) and tally (C4, C5, C6)', () => {
  it('views: a city that is not where its certificates put it', () => {
    const turns = new Turns();
    turns.story.fake(0).view = turns.view + 1;
    turns.turn({ timer: 'view' });
    expect(turns.found).toEqual(['views']);
  });

  it('tally: q votes that were heard, its own among them, and no certificate', () => {
    const turns = new Turns();
    const { digest } = turns.block;
    turns.proposed(turns.block, [turns.says(NOTARIZE, digest)]);
    turns.heard(1, NOTARIZE, digest);
    expect(turns.found).toEqual([]);
    turns.heard(2, NOTARIZE, digest);
    expect(turns.found).toEqual(['tally']);
  });
});

describe('finalize-rule (C4)', () => {
  it('a notarization without a Finalize', () => {
    const turns = new Turns();
    const { digest } = turns.block;
    turns.story.fake(0).view = turns.view + 1;
    turns.heard(2, NOTARIZE, digest, [turns.holds(NOTARIZE, digest), turns.passesOn(NOTARIZE, digest)]);
    expect(turns.found).toEqual(['finalize-rule']);
  });

  it('a Finalize after two proposals of the leader', () => {
    const leader = new Turns().view % 4;
    const turns = new Turns([leader]);
    const { digest } = turns.block;
    const second = turns.story.block({ timestampMs: turns.block.fields.timestampMs + 1 });
    turns.proposed(turns.block);
    turns.proposed(second);
    const before = turns.story.oracle.violations.length;
    turns.turn({ timer: 'view' }, [turns.says(FINALIZE, digest)]);
    const after = turns.story.oracle.violations.slice(before).map(({ check }) => check);
    expect(after).toContain('finalize-rule');
  });
});

describe('nullify-due and nullify-reason (C5, C8)', () => {
  it('its leader nullified, and it does not', () => {
    const turns = new Turns();
    turns.heard(turns.view % 4, NULLIFY, undefined);
    expect(turns.found).toEqual(['nullify-due']);
  });

  it('what its leader nullified before it joined (R6) it leaves to its timer, whatever else the leader says', () => {
    const turns = new Turns();
    const { story, view } = turns;
    story.crash(0);
    story.restart(0);
    turns.turn({ kind: 'start' });
    turns.heard(view % 4, NULLIFY, undefined);
    turns.turn({ timer: 'join' }, [{ kind: 'joined' }]);
    const next = story.vote(view % 4, NOTARIZE, view + 1, new Uint8Array(32).fill(7));
    turns.turn({ from: view % 4, frame: wrapEnvelope('vote', next) });
    expect(turns.found).toEqual([]);
    turns.wait(60_000).turn({ timer: 'fetch' });
    expect(turns.found).toEqual(['nullify-due']);
  });

  it('its time is over, and it does not', () => {
    const turns = new Turns();
    turns.wait(60_000).turn({ timer: 'fetch' });
    expect(turns.found).toEqual(['nullify-due']);
  });

  it('its time is over by true time, but not by its own clock, which was set back', () => {
    const turns = new Turns();
    const { nowMs, oracle } = turns.story;
    turns.wait(60_000);
    for (const passedMs of [0, 60_000]) {
      oracle.onInput?.(0, { kind: 'timer', nowMs: nowMs + passedMs, name: 'fetch' });
      oracle.onTurn?.(0);
      expect(turns.found).toEqual(passedMs === 0 ? [] : ['nullify-due']);
    }
  });

  it.each([
    ['stands on its own view', (turns: Turns) => ({ parentView: turns.view })],
    ['has a checkpoint of its own height', ({ story }: Turns) => checkpointAt(story, story.tip.height + 1)],
    ['has a checkpoint behind its parent’s', ({ story }: Turns) => checkpointAt(story, 0)],
  ])('a proposal that %s, and it does not', (_, change) => {
    const leader = new Turns([], 3).view % 4;
    const turns = new Turns([leader], 3);
    turns.proposed(turns.story.block(change(turns)));
    expect(turns.found).toEqual(['nullify-due']);
    expect(turns.story.oracle.violations[0]?.message).toMatch(/its proposal/);
  });

  it('for no reason, and with one', () => {
    const early = new Turns();
    early.wait(20).turn({ timer: 'fetch' }, [early.says(NULLIFY)]);
    expect(early.found).toEqual(['nullify-reason']);
    const late = new Turns();
    late.wait(250).turn({ timer: 'view' }, [late.says(NULLIFY)]);
    expect(late.found).toEqual([]);
    const asked = new Turns();
    asked.heard(asked.view % 4, NULLIFY, undefined, [asked.says(NULLIFY)]);
    expect(asked.found).toEqual([]);
  });
});

describe('nullify-reason (C5): a leader is silent only since this city joined', () => {
  it('whom it had no time to hear it waits for', () => {
    const turns = new Turns([], 21);
    const leader = turns.view % 4;
    expect(leader).not.toBe(0);
    const [first, second] = [1, 2, 3].filter((city) => city !== leader) as [number, number];
    turns.heard(first, NULLIFY);
    turns.heard(second, NULLIFY, undefined, [turns.says(NULLIFY)]);
    expect(turns.found).toContain('nullify-reason');
  });
});

describe('relay-due (C4, C6) and resend-due (C7)', () => {
  it('a nullification that is not passed on at once', () => {
    const turns = new Turns();
    turns.story.fake(0).view = turns.view + 1;
    turns.turn({ timer: 'fetch' }, [turns.holds(NULLIFY)]);
    expect(turns.found).toEqual(['relay-due']);
  });

  it('a notarization that is not passed on in time', () => {
    const turns = new Turns();
    const { digest } = turns.block;
    turns.story.fake(0).view = turns.view + 1;
    turns.turn({ timer: 'fetch' }, [turns.holds(NOTARIZE, digest), turns.says(FINALIZE, digest)]);
    expect(turns.found).toEqual([]);
    turns.wait(200).turn({ timer: 'fetch' });
    expect(turns.found).toEqual(['relay-due']);
  });

  it('a Nullify that is not said again', () => {
    const turns = new Turns();
    turns.wait(250).turn({ timer: 'view' }, [turns.says(NULLIFY)]);
    turns.wait(300).turn({ timer: 'fetch' });
    expect(turns.found).toEqual([]);
    turns.wait(400).turn({ timer: 'fetch' });
    expect(turns.found).toEqual(['resend-due']);
  });

  it('a newest finalization, or the end of its lane, that is not said at the resync', () => {
    const turns = new Turns();
    const { digest } = turns.block;
    turns.proposed(turns.block, [turns.says(NOTARIZE, digest)]);
    turns.turn({ timer: 'resync' }, [turns.says(NOTARIZE, digest)]);
    expect(turns.found).toEqual(['resend-due']);
    expect(turns.story.oracle.violations[0]?.message).toMatch(/newest finalization/);
  });
});

describe('resend-due (C7): what is said with it', () => {
  it('a Nullify that is said again without what lets others enter the view', () => {
    const turns = new Turns();
    const { story, view } = turns;
    story.fake(0).view = view + 1;
    turns.turn({ timer: 'fetch' }, [turns.holds(NULLIFY), turns.passesOn(NULLIFY)]);
    const nullify = broadcast('vote', story.vote(0, NULLIFY, view + 1));
    turns.wait(250).turn({ timer: 'view' }, [nullify]);
    turns.wait(200).turn({ timer: 'resend' }, [nullify, turns.passesOn(NULLIFY)]);
    expect(turns.found).toEqual([]);
    turns.wait(200).turn({ timer: 'resend' }, [nullify]);
    expect(turns.found).toEqual(['resend-due']);
    expect(story.oracle.violations[0]?.message).toMatch(/without what lets others enter/);
  });

  it('an own vote that is not said again while nothing is final', () => {
    const turns = new Turns();
    turns.proposed(turns.block, [turns.says(NOTARIZE, turns.block.digest)]);
    turns.wait(1_900).turn({ timer: 'fetch' }, [turns.says(NULLIFY)]);
    expect(turns.found).toEqual([]);
    turns.wait(400).turn({ timer: 'fetch' }, [turns.says(NULLIFY)]);
    expect(turns.found).toEqual(['resend-due']);
    expect(turns.story.oracle.violations[0]?.message).toMatch(/does not say its vote/);
  });

  it('an entry that is not final and is not announced at the resync', () => {
    const turns = new Turns();
    const { story } = turns;
    const { bytes } = story.seal(0, Uint8Array.of(1));
    const vote = turns.says(NOTARIZE, turns.block.digest);
    turns.proposed(turns.block, [vote]);
    const { view, digest } = story.tip;
    const final = broadcast('certificate', story.certificate(FINALIZE, view, digest));
    turns.turn({ timer: 'resync' }, [vote, final, broadcast('entry', bytes)]);
    expect(turns.found).toEqual([]);
    turns.turn({ timer: 'resync' }, [vote, final]);
    expect(turns.found).toEqual(['resend-due']);
    expect(story.oracle.violations[0]?.message).toMatch(/does not announce its entry/);
  });
});

describe('evidence-due (C10)', () => {
  const leader = new Turns().view % 4;

  it('two proposals, and no evidence', () => {
    const turns = new Turns([leader]);
    turns.proposed(turns.block);
    turns.proposed(turns.story.block({ timestampMs: turns.block.fields.timestampMs + 1 }));
    expect(turns.found).toEqual(['evidence-due']);
  });

  it.each([
    ['two Notarize', NOTARIZE, NOTARIZE],
    ['Finalize and Nullify', FINALIZE, NULLIFY],
  ])('%s of one voter, and no evidence', (_, first, second) => {
    const liar = [1, 2, 3].find((city) => city !== leader) as number;
    const turns = new Turns([liar]);
    turns.heard(liar, first, new Uint8Array(32).fill(1));
    turns.heard(liar, second, second === NULLIFY ? undefined : new Uint8Array(32).fill(2));
    expect(turns.found).toEqual(['evidence-due']);
  });

  it('two entries of one place of a lane (R4), and no evidence', () => {
    const turns = new Turns([3]);
    for (const record of [1, 2]) {
      const { bytes } = turns.story.entry(3, [Uint8Array.of(record)]);
      turns.turn({ from: 3, frame: wrapEnvelope('entry', bytes) });
      expect(turns.found).toEqual(record === 1 ? [] : ['evidence-due']);
    }
  });

  it('evidence that is kept and not passed on', () => {
    const turns = new Turns([3]);
    const bytes = encodeMessage(EvidenceSchema, create(EvidenceSchema));
    const kept: Effect = { kind: 'evidence', accused: 3, type: 'conflicting-votes', bytes };
    turns.turn({ timer: 'fetch' }, [kept, broadcast('evidence', bytes)]);
    expect(turns.found).toEqual([]);
    turns.turn({ timer: 'fetch' }, [{ ...kept, type: 'lane-fork' }]);
    expect(turns.found).toEqual(['evidence-due']);
  });

  it('an honest city that notarized another block is not shown this one', () => {
    const turns = new Turns([leader]);
    const voter = [1, 2, 3].find((city) => city !== leader) as number;
    turns.proposed(turns.block);
    turns.heard(voter, NOTARIZE, new Uint8Array(32).fill(5));
    expect(turns.found).toEqual(['evidence-due']);
  });
});

describe('alarm-due (C11)', () => {
  it('two certificates that contradict each other, and it goes on', () => {
    const turns = new Turns([2, 3]);
    const { digest } = turns.block;
    turns.story.fake(0).view = turns.view + 1;
    turns.turn({ timer: 'fetch' }, [
      turns.holds(NOTARIZE, digest),
      turns.says(FINALIZE, digest),
      turns.passesOn(NOTARIZE, digest),
    ]);
    const rival = turns.story.certificate(FINALIZE, turns.view, new Uint8Array(32).fill(6));
    turns.turn({ from: 2, frame: wrapEnvelope('certificate', rival) });
    expect(turns.found).toEqual(['alarm-due']);
  });

  it('a notarization of a block whose checkpoint is not its own state, and it goes on', () => {
    const turns = new Turns([1, 2, 3]);
    const { story } = turns;
    const { checkpoint } = turns.block.fields;
    for (const stateRoot of [checkpoint.stateRoot, new Uint8Array(32).fill(9)]) {
      const block = story.block({ checkpoint: { ...checkpoint, stateRoot } });
      const again = new Turns([1, 2, 3]);
      again.proposed(block);
      again.story.fake(0).view = again.view + 1;
      again.turn({ timer: 'fetch' }, [
        again.holds(NOTARIZE, block.digest),
        again.says(FINALIZE, block.digest),
        again.passesOn(NOTARIZE, block.digest),
      ]);
      expect(again.found).toEqual(stateRoot === checkpoint.stateRoot ? [] : ['alarm-due']);
    }
  });
});
