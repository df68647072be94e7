import Type from 'typebox';
import { count, duration, LinkSchema, object, PredicateSchema, SelectorSchema, words } from './schema-parts.ts';

/** What goes wrong, and when: the `faults` of a scenario file. */
const lasting = {
  for: Type.Optional(duration('How long it lasts; without it, to the end of the run or until something ends it.')),
};
const which = { cities: Type.Optional(SelectorSchema) };

export const ActionSchema = Type.Union(
  [
    object(
      {
        kind: Type.Literal('crash'),
        ...which,
        lose: Type.Optional(
          words(
            ['unflushed', 'nothing', 'everything'],
            'unflushed: of the commits that were not flushed a random number survives, the oldest first; nothing: the process only; everything: the disk is new.',
            'unflushed',
          ),
        ),
        ...lasting,
      },
      'Power cut. With `for` the city starts again after so long.',
    ),
    object({ kind: Type.Literal('restart'), ...which }, 'Starts cities that are down, whatever they are down for.'),
    object(
      { kind: Type.Literal('crash-all'), ...lasting },
      'All cities, observers and twins lose power at once, and what was not flushed.',
    ),
    object(
      { kind: Type.Literal('pause'), ...which, ...lasting },
      'The process stands still, as when it is stopped or its machine swaps; messages wait for it.',
    ),
    object({ kind: Type.Literal('resume'), ...which }, 'Ends every pause of these cities.'),
    object(
      {
        kind: Type.Literal('partition'),
        groups: Type.Array(SelectorSchema, {
          minItems: 1,
          description: 'Cities of different groups do not hear each other; whoever is in no group makes one more.',
        }),
        oneWay: Type.Optional(
          Type.Boolean({ description: 'Only what goes from the first group to the others is lost.', default: false }),
        ),
        flapping: Type.Optional(
          object(
            { up: duration('How long it is whole between two cuts.'), down: duration('How long each cut lasts.') },
            'It comes and goes, beginning with a cut.',
          ),
        ),
        ...lasting,
      },
      'Cuts the network between groups. What is on its way arrives.',
    ),
    object(
      { kind: Type.Literal('isolate'), ...which, ...lasting },
      'Each of these cities is cut off from everybody, from each other too.',
    ),
    object(
      { kind: Type.Literal('degrade'), ...which, link: LinkSchema, ...lasting },
      'Links from and to these cities behave like this; what is not named stays as it is.',
    ),
    object(
      {
        kind: Type.Literal('clock'),
        ...which,
        step: Type.Optional(
          Type.String({
            pattern: '^[+-]?[0-9]+(\\.[0-9]+)?(us|ms|s|m|h|d)$',
            description: 'How far the wall clock jumps; a sign is allowed.',
          }),
        ),
        driftPpm: Type.Optional(Type.Number({ description: 'Its rate from now on, in parts per million off.' })),
      },
      'The clock jumps, or runs at another rate from now on. Nothing ends it.',
    ),
    object(
      {
        kind: Type.Literal('disk'),
        ...which,
        slow: Type.Optional(
          Type.Number({ minimum: 1, description: 'Flushes take so many times as long.', default: 1 }),
        ),
        full: Type.Optional(
          Type.Boolean({
            description: 'Commits fail: the city stops, as the daemon does, and starts when there is room again.',
            default: false,
          }),
        ),
        torn: Type.Optional(
          Type.Boolean({
            description: 'At its next crash a commit is written in part: the disk breaks its promise.',
            default: false,
          }),
        ),
        rot: Type.Optional(count('So many stored values get one bit flipped, now: the disk breaks its promise.', 0)),
        ...lasting,
      },
      'A disk that is slow, full, torn or rotten.',
    ),
    object(
      {
        kind: Type.Literal('restore-backup'),
        ...which,
        taken: duration('The moment of the run whose disk comes back.'),
      },
      'The city stops, its disk becomes what it was at a moment before, and it starts again.',
    ),
    object(
      {
        kind: Type.Literal('membership'),
        cities: SelectorSchema,
        change: words(
          ['newKeys', 'recover', 'suspend', 'remove'],
          'newKeys: it replaces its keys itself; recover: its machine is lost with keys and disk, the others give it new keys, and it starts empty; suspend: it has no vote until recover; remove: the same for good.',
        ),
      },
      'The federation changes its authority set (C12): a city proposes it, the honest ones approve, in their own lanes. Several cities: one after the other.',
    ),
    object(
      { kind: Type.Literal('heal') },
      'Ends every fault that lasts and starts whoever is down. Faults that lie ahead still come.',
    ),
  ],
  { description: 'What happens. Without `cities`: to all of them.' },
);

export const FaultSchema = Type.Union(
  [
    object({ at: duration('The moment of the run.'), action: ActionSchema }, 'Once, at this moment of the run.'),
    object(
      {
        every: duration('The interval.'),
        start: Type.Optional(duration('The first time; without it, one interval after the beginning.')),
        until: Type.Optional(duration('It does not begin at or after this moment; without it, the end of the run.')),
        action: ActionSchema,
      },
      'Again and again. Luck and leaders are drawn anew each time.',
    ),
    object(
      {
        when: PredicateSchema,
        delay: Type.Optional(duration('So much later.', '0s')),
        action: ActionSchema,
      },
      'Once, when the condition first holds.',
    ),
  ],
  { description: 'Something that goes wrong, and when.' },
);
