import { type AddCommand, runs } from './terminal.ts';

/** `hansa-sim list` */
export const addList: AddCommand = (program, terminal, exit) => {
  const command = program
    .command('list')
    .summary('the scenarios that ship, each with what it shows')
    .description('Lists the scenarios that ship with the simulator. Run one by its name: hansa-sim run four-cities.')
    .addHelpText('after', '\nExample:\n  hansa-sim list');
  runs(command, terminal, exit, async () => {
    const [{ listShipped }, { table }] = await Promise.all([import('./scenario-files.ts'), import('./words.ts')]);
    const scenarios = listShipped();
    const rows = scenarios.map(({ name, cities, shows }) => [name, String(cities), shows]);
    return { text: table([['scenario', 'cities', 'shows'], ...rows], [1]), json: { scenarios } };
  });
};
