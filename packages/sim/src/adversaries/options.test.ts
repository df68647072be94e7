import { describe, expect, it } from 'vitest';
import { strategies } from './catalogue.ts';
import { flag, number, readOptions, word, words } from './options.ts';

const rules = {
  as: word(['both', 'leader'], 'both', 'role'),
  share: number({ from: 0, to: 1 }, 0.5, 'share'),
  age: number({ from: 1, to: 9, whole: true }, 5, 'views'),
  kinds: words(['vote', 'entry'], 'vote, entry', 'kinds'),
  deaf: flag(false, 'deaf'),
};

describe('options of strategies', () => {
  it('are the standard values unless they are named', () => {
    expect(readOptions('x', {}, rules)).toEqual({ as: 'both', share: 0.5, age: 5, kinds: 'vote, entry', deaf: false });
    expect(readOptions('x', { as: 'leader', deaf: true }, rules)).toMatchObject({ as: 'leader', deaf: true });
  });

  it.each([
    [{ as: 'voter' }, 'The option as of x is "voter"; give it one of: both, leader.'],
    [{ share: 1.5 }, 'The option share of x is 1.5; give it one of: 0 to 1.'],
    [{ age: 2.5 }, 'The option age of x is 2.5; give it one of: whole, 1 to 9.'],
    [{ kinds: 'vote, proposal' }, 'The option kinds of x is "vote, proposal"; give it one of: a list of: vote, entry.'],
    [{ deaf: 1 }, 'The option deaf of x is 1; give it one of: true, false.'],
    [{ aeg: 2 }, 'The strategy x has no option aeg. It knows: as, share, age, kinds, deaf.'],
    [{ constructor: true }, 'The strategy x has no option constructor. It knows: as, share, age, kinds, deaf.'],
  ])('refuse %j and say what to write', (given, message) => {
    expect(() => readOptions('x', given as never, rules)).toThrow(
      expect.objectContaining({ code: 'ADVERSARY_OPTION_INVALID', message }),
    );
  });

  it('have standard values that the strategies take themselves', () => {
    for (const { description } of strategies) {
      for (const [name, rule] of Object.entries(description.options)) {
        expect(rule.admits(rule.standard), `${description.name}.${name}`).toBe(true);
      }
    }
  });
});
