import { collect } from './options.ts';
import { type AddCommand, runs } from './terminal.ts';

/** `hansa-sim compare` */
export const addCompare: AddCommand = (program, terminal, exit) => {
  const command = program
    .command('compare <a> <b>')
    .summary('what changes from one result or sweep to another, seed by seed')
    .description(
      'Compares two results, or two sweeps: combinations of parameters that both have, on the seeds that both ran. ' +
        'Prints b minus a with 95% bootstrap intervals; a star marks intervals without 0.',
    )
    .option('--metric <name>', 'a figure to show, may be repeated (default: all)', collect)
    .addHelpText('after', '\nExample:\n  hansa-sim compare loss-before loss-after');
  runs<{ readonly metric?: readonly string[] }>(command, terminal, exit, async (options, [a = '', b = '']) => {
    const [
      { loadResult },
      { compare },
      { createRandom },
      { differenceText, withUnit },
      words,
      { knownMetrics },
      { cellText },
    ] = await Promise.all([
      import('./result-files.ts'),
      import('../sweep/compare.ts'),
      import('../kernel/seeded-random.ts'),
      import('./sweep-text.ts'),
      import('./words.ts'),
      import('./known-metrics.ts'),
      import('../sweep/grid.ts'),
    ]);
    const compared = compare(loadResult(a), loadResult(b), (purpose) => createRandom(0, `bootstrap ${purpose}`));
    const wanted = options.metric === undefined ? undefined : knownMetrics(options.metric);
    const blocks = compared.cells.map((cell) => {
      const names = Object.keys(cell.differences).filter((name) => wanted === undefined || wanted.includes(name));
      const rows = names.map((name) => [
        withUnit(name),
        words.figure(cell.means[name]?.a ?? Number.NaN),
        words.figure(cell.means[name]?.b ?? Number.NaN),
        differenceText(cell.differences[name]),
      ]);
      const head = [cellText(cell.parameters), 'a', 'b', 'b - a'];
      return `${words.table([head, ...rows], [1, 2, 3])}\n${words.counted(cell.seeds.length, 'common seed')}`;
    });
    return { text: [...compared.notes, ...blocks].join('\n\n'), json: { ...compared } };
  });
};
