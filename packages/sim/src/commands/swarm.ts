import { exitCodes } from './exit-codes.ts';
import { collect, durationUs, positiveNumber, type Range, range } from './options.ts';
import { type AddCommand, runs } from './terminal.ts';

interface SwarmOptions {
  readonly seeds?: Range;
  readonly for?: number;
  readonly jobs?: number;
  readonly state?: string;
  readonly out: string;
  readonly plugin?: readonly string[];
}

const SEEDS: Range = { from: 1, to: 100 };

/** `hansa-sim swarm` */
export const addSwarm: AddCommand = (program, terminal, exit) => {
  const command = program
    .command('swarm')
    .summary('run random scenarios on all cores until one fails')
    .description(
      'Makes a random scenario of each seed (cities, network, faults, adversaries, workload) and runs it, on all ' +
        'cores, until a check fails. The lowest failing seed is the same with any number of threads.',
    )
    .option('--seeds <from..to>', 'the seeds (default: 1..100; with --for: from 1 on)', range)
    .option('--for <time>', 'stop after so long: 10m, 8h', durationUs)
    .option('--jobs <number>', 'threads (default: as many as the machine runs at once)', positiveNumber)
    .option('--state <file>', 'keep here what is done; the same command goes on from there')
    .option('--out <directory>', 'where a failing scenario is written', 'hansa-sim-failures')
    .option('--plugin <file>', 'a module with strategies or checks of your own, may be repeated', collect)
    .addHelpText(
      'after',
      '\nExamples:\n  hansa-sim swarm --seeds 1..1000 --state swarm.json\n  hansa-sim swarm --for 8h --state swarm.json',
    );
  runs<SwarmOptions>(command, terminal, exit, async (options) => {
    const [{ runSwarm }, { count, counted, duration, figure }] = await Promise.all([
      import('./run-swarm.ts'),
      import('./words.ts'),
    ]);
    const { for: forUs, ...rest } = options;
    const seeds = options.seeds ?? (forUs === undefined ? SEEDS : undefined);
    const { state, failure, ended } = await runSwarm({
      ...rest,
      seeds,
      terminal,
      ...(forUs === undefined ? {} : { forUs }),
    });
    const seconds = state.wallMs / 1000;
    const lines = [
      `${counted(state.runs, 'random scenario')}, ${duration(state.virtualUs)} of virtual time, ` +
        `${counted(state.events, 'event')}; ${figure(state.runs / Math.max(seconds, 1e-3))} scenarios a second`,
    ];
    if (failure !== undefined) {
      const { seed, violations } = failure.outcome;
      const plugIns = (options.plugin ?? []).map((file) => ` --plugin ${file}`).join('');
      lines.push('', `Seed ${seed} failed:`);
      for (const { check, atUs, message } of violations) lines.push(`  ${check} at ${duration(atUs)}: ${message}`);
      lines.push(
        '',
        `scenario  ${failure.file}`,
        `again     hansa-sim replay ${failure.file} --seed ${seed} --hash ${failure.outcome.traceHash}${plugIns}`,
        `smaller   hansa-sim shrink ${failure.file} --seed ${seed}${plugIns}`,
      );
    }
    if (ended === 'interrupted' || (ended === 'time' && options.state !== undefined)) {
      const to = seeds === undefined ? '' : `..${seeds.to}`;
      const how = options.state === undefined ? `--seeds ${state.next}${to}` : 'the same command';
      lines.push(
        '',
        `${ended === 'time' ? 'The time is over' : 'Interrupted'}: go on from seed ${count(state.next)} with ${how}.`,
      );
    }
    if (ended === 'done') lines.push('No check failed.');
    return {
      text: lines.join('\n'),
      json: { ended, ...state, failure: failure ?? null },
      exitCode:
        failure !== undefined ? exitCodes.failed : ended === 'interrupted' ? exitCodes.interrupted : exitCodes.ok,
    };
  });
};
