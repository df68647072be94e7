import { collect, range, timeRange } from './options.ts';
import { type AddCommand, runs, usage } from './terminal.ts';

interface TraceOptions {
  readonly city?: readonly string[];
  readonly view?: { readonly from: number; readonly to: number };
  readonly kind?: readonly string[];
  readonly time?: { readonly fromUs: number; readonly toUs: number };
}

/** `hansa-sim trace` */
export const addTrace: AddCommand = (program, terminal, exit) => {
  const command = program
    .command('trace <file>')
    .summary('show the events of a trace, by city, view, kind and time')
    .description(
      'Prints the lines of a trace.jsonl.gz (of run --trace) that fit all that is given, as JSON, one a line.',
    )
    .option('--city <name>', 'sent or received by this city, done by it, or done to it; may be repeated', collect)
    .option('--view <from..to>', 'of these views: 12, or 12..14', range)
    .option('--kind <name>', 'events or messages of this kind: lost, notarize, final; may be repeated', collect)
    .option('--time <from..to>', 'at these times: 12s..14.5s', timeRange)
    .addHelpText('after', '\nExample:\n  hansa-sim trace seven --city city-2 --kind notarize --time 12s..14.5s');
  runs<TraceOptions>(command, terminal, exit, async (options, [path = '']) => {
    const [{ readTrace }, { citiesOf, fits, kindsOf }] = await Promise.all([
      import('./trace-files.ts'),
      import('../results/trace.ts'),
    ]);
    const filter = {
      ...(options.city === undefined ? {} : { cities: options.city }),
      ...(options.view === undefined ? {} : { views: options.view }),
      ...(options.kind === undefined ? {} : { kinds: options.kind }),
      ...options.time,
    };
    let shown = 0;
    let lines = 0;
    const cities = new Set<string>();
    const kinds = new Set<string>();
    for await (const line of readTrace(path)) {
      lines++;
      for (const city of citiesOf(line)) cities.add(city);
      for (const kind of kindsOf(line)) kinds.add(kind);
      if (!fits(line, filter)) continue;
      shown++;
      if (command.opts<{ json?: boolean }>().json !== true) terminal.stdout(`${JSON.stringify(line)}\n`);
    }
    const unknown = options.city?.find((city) => !cities.has(city));
    if (unknown !== undefined)
      throw usage(`The trace has no city ${unknown}. It has: ${[...cities].sort().join(', ')}.`);
    // Not a mistake for certain: nothing may have been lost in this run.
    for (const kind of options.kind?.filter((name) => !kinds.has(name)) ?? []) {
      terminal.stderr(`No line of this trace is of kind ${kind}. It has: ${[...kinds].sort().join(', ')}.\n`);
    }
    return { text: '', json: { lines, shown } };
  });
};
