import { defineStrategy } from './define.ts';
import { number } from './options.ts';
import { plotting } from './plot.ts';

export const censor = defineStrategy(
  {
    name: 'censor',
    does: 'As the leader it leaves the lanes of some honest cities out of its blocks.',
    attacks: 'C2',
    seenBy: ['convergence'],
    options: {
      victims: number({ from: 1, to: 1024, whole: true }, 1, 'How many honest cities, drawn from the seed.'),
    },
  },
  (city, { victims }) => {
    const { honest, world, voice } = city.coordinator;
    // One draw for all censors of the run: they silence the same cities.
    const withoutLanes = world.random('censored cities').sample(honest, Math.min(victims, honest.length));
    return plotting(city, {
      votes: true,
      invent: (block) => {
        if (!block.advances.some(({ lane }) => withoutLanes.includes(lane))) return undefined;
        const frame = voice.proposal(block.bytes, { withoutLanes });
        return frame === undefined ? undefined : [frame, frame];
      },
    });
  },
);
