import { type AddCommand, runs } from './output.ts';

/** `hansa keys rotate|take` */
export const addKeys: AddCommand = (program, terminal, exit) => {
  const group = program.command('keys').description('the keys of a city: prepare new ones, take them by hand');
  const rotate = group
    .command('rotate')
    .description('make new keys beside the present ones; the daemon goes on under them once the federation has agreed')
    .requiredOption('--dir <directory>', 'directory of the city');
  rotate.addHelpText(
    'after',
    '\nExample:\n  hansa keys rotate --dir haikou\n\nFor a city that lost its keys, or whose keys are in other hands: docs/operating/changing-authorities.md',
  );
  runs<{ readonly dir: string }>(rotate, terminal, exit, async ({ dir }) => {
    const { prepareRotation } = await import('../setup/rotate-keys.ts');
    const made = await prepareRotation(dir);
    return {
      text: [
        `New keys of ${made.city} are prepared; they count from the epoch in which the federation has agreed to them.`,
        `  keys          ${made.keys}   secret: back them up now, beside the present ones`,
        `  member card   ${made.memberCard}   public: send it to each of the other cities`,
        `Propose them: hansa membership propose rotate --dir ${dir} --card ${made.memberCard} --handler OFFICER --approver OFFICER`,
        'Leave the daemon running: it goes on under the new keys by itself.',
      ].join('\n'),
      json: made,
    };
  });

  const take = group
    .command('take')
    .description('put the prepared keys in the place of the present ones by hand, while the daemon does not run')
    .requiredOption('--dir <directory>', 'directory of the city');
  take.addHelpText(
    'after',
    '\nExample:\n  hansa keys take --dir haikou\n\nOnly when the other cities are in the new epoch and this one stays alone: see docs/operating/changing-authorities.md',
  );
  runs<{ readonly dir: string }>(take, terminal, exit, async ({ dir }) => {
    const { takePreparedKeys } = await import('../setup/rotate-keys.ts');
    const { city, keys } = await takePreparedKeys(dir);
    return {
      text: `${city} has the prepared keys in ${keys} from now on; the old ones are beside them. Start it: hansa start --dir ${dir}`,
      json: { city, keys },
    };
  });
};
