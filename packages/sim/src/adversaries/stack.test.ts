import { describe, expect, it } from 'vitest';
import type { NodeView, Outgoing, World } from '../world/contract.ts';
import type { Coordinator, Strategy } from './contract.ts';
import { type Placed, StrategyStack } from './stack.ts';

const text = (bytes: Uint8Array) => String.fromCharCode(...bytes);
const frame = (letters: string): Uint8Array => Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
const message = (letters: string): Outgoing => ({ to: 2, path: 'consensus', bytes: frame(letters) });

/** The few things of a world that a stack touches. */
function stage() {
  const said: string[] = [];
  const due: { readonly atUs: number; readonly run: () => void }[] = [];
  const node = { index: 1, authority: 1, state: 'up', replica: { view: 0 } };
  const world = {
    nowUs: 0,
    nodes: [undefined, node as unknown as NodeView],
    random: () => ({}),
    at: (atUs: number, run: () => void) => due.push({ atUs, run }),
    inject: (from: number, to: number, path: string, bytes: Uint8Array) =>
      said.push(`${from} ${to} ${path} ${text(bytes)}`),
  };
  const stack = (...strategies: (Strategy | (Partial<Placed> & { strategy: Strategy }))[]) =>
    new StrategyStack(
      world as unknown as World,
      1,
      {} as Coordinator,
      strategies.map((each, choice) => {
        const { strategy, ...rest } = 'strategy' in each ? each : { strategy: each };
        const factory = () => strategy;
        return {
          name: `s${choice}`,
          factory,
          options: {},
          choice,
          startUs: 0,
          endUs: Number.POSITIVE_INFINITY,
          ...rest,
        };
      }),
    );
  const advance = (toUs: number) => {
    world.nowUs = toUs;
    for (const { run } of due.splice(0).sort((a, b) => a.atUs - b.atUs)) run();
  };
  return { world, node, said, stack, advance };
}

const doubling: Strategy = { onSend: (_, each) => [each, { ...each, bytes: frame(`${text(each.bytes)}'`) }] };
const marking: Strategy = { onSend: (_, each) => [{ ...each, bytes: frame(`<${text(each.bytes)}>`) }] };
const mute: Strategy = { onSend: () => [] };

describe('several strategies on one city', () => {
  it('each sees what the one before lets through', () => {
    const { stack } = stage();
    const sent = (...strategies: Strategy[]) =>
      stack(...strategies)
        .onSend(message('a'))
        ?.map(({ bytes }) => text(bytes));
    expect(sent()).toBeUndefined();
    expect(sent({})).toBeUndefined();
    expect(sent(doubling, marking)).toEqual(['<a>', "<a'>"]);
    expect(sent(marking, doubling)).toEqual(['<a>', "<a>'"]);
    expect(sent(mute, doubling)).toEqual([]);
  });

  it('what one says passes through those behind it, and not through those before', () => {
    const { stack, said, node } = stage();
    const speaker: Strategy = { onView: (city) => city.say(message('b')) };
    node.replica.view = 3;
    stack(mute, speaker, marking).onEffect({ kind: 'joined' });
    expect(said).toEqual(['1 2 consensus <b>']);
  });

  it('learns of each view once, before the effects of that turn are carried out', () => {
    const { node, stack } = stage();
    const seen: (number | string)[] = [];
    const watching = stack({
      onView: (_, view) => void seen.push(view),
      onEffect: () => {
        seen.push('effect');
        return 'carry-out';
      },
    });
    watching.onEffect({ kind: 'joined' });
    node.replica.view = 4;
    watching.onEffect({ kind: 'joined' });
    watching.onEffect({ kind: 'joined' });
    expect(seen).toEqual(['effect', 4, 'effect', 'effect']);
  });

  it('acts from its start to its end only', () => {
    const { stack, world, said, advance } = stage();
    const started: number[] = [];
    const strategy: Strategy = {
      ...marking,
      onStart: (city) => {
        started.push(world.nowUs);
        city.say(message('x'));
      },
    };
    const timed = stack({ strategy, startUs: 100, endUs: 200 });
    timed.start();
    expect(timed.onSend(message('a'))).toBeUndefined();
    advance(100);
    expect(started).toEqual([100]);
    expect(said).toEqual(['1 2 consensus x']);
    expect(timed.onSend(message('a'))?.map(({ bytes }) => text(bytes))).toEqual(['<a>']);
    world.nowUs = 200;
    expect(timed.onSend(message('a'))).toBeUndefined();
  });

  it('delays what is said, and a city that is down by then says nothing', () => {
    const { stack, said, advance, node } = stage();
    const late: Strategy = { onStart: (city) => city.say({ ...message('l'), delayUs: 50 }) };
    stack(late).start();
    advance(0);
    expect(said).toEqual([]);
    advance(50);
    expect(said).toEqual(['1 2 consensus l']);
    stack(late).start();
    advance(0);
    node.state = 'down';
    advance(50);
    expect(said).toHaveLength(1);
  });

  it('lets a message in, a timer through and an effect out only when all of them do', () => {
    const { stack } = stage();
    const strict: Strategy = { onReceive: () => 'drop', onTimer: () => 'swallow', onEffect: () => 'suppress' };
    const incoming = { from: 2, path: 'consensus' as const, bytes: frame('a') };
    expect([stack({}).onReceive(incoming), stack({}).onTimer('view'), stack({}).onEffect({ kind: 'joined' })]).toEqual([
      'deliver',
      'deliver',
      'carry-out',
    ]);
    const both = stack({}, strict);
    expect([both.onReceive(incoming), both.onTimer('view'), both.onEffect({ kind: 'joined' })]).toEqual([
      'drop',
      'swallow',
      'suppress',
    ]);
  });
});
