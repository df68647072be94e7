import { spawn } from 'node:child_process';
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { count, figure, table } from '../commands/words.ts';
import type { Figures } from './figures.ts';
import { parts } from './parts.ts';
import { shippedNames } from './scenarios.ts';

/**
 * `pnpm bench:sim`: how fast the simulator is on this machine, each figure beside its goal. A table on standard error,
 * one JSON object on standard output. With `--part NAME [ARGUMENT]`: that part alone, in this process.
 */

interface Row {
  readonly what: string;
  readonly figure: string;
  readonly goal: string;
  readonly met: boolean | undefined;
}

const say = (text: string) => process.stderr.write(`${text}\n`);

async function main(args: readonly string[]): Promise<void> {
  const [option, part = '', argument = ''] = args;
  if (option === '--part') {
    const run = parts[part];
    if (run === undefined) throw new Error(`there is no part ${part}: give one of ${Object.keys(parts).join(', ')}`);
    process.stdout.write(`${JSON.stringify(await run(argument))}\n`);
    return;
  }
  const kernel = await measure('kernel');
  const protocol = await measure('protocol');
  const nation = await measure('nation');
  const real = await measure('real-crypto');
  const swarm = await measure('swarm');
  const scenarios: Record<string, Figures> = {};
  for (const name of shippedNames()) scenarios[name] = await measure('scenario', name);
  const rows = goals({ kernel, protocol, nation, real, swarm });
  const shipped = Object.entries(scenarios).map(([name, each]) => [
    name,
    figure(each.virtualSecondsPerSecond ?? 0),
    count(each.eventsPerSecond ?? 0),
    count(each.residentMegabytes ?? 0),
  ]);
  say(
    `\n${table([['what', 'figure', 'goal', ''], ...rows.map((row) => [row.what, row.figure, row.goal, metText(row)])])}`,
  );
  say(`\n${table([['scenario', 'virtual s per s', 'events/s', 'MB'], ...shipped], [1, 2, 3])}`);
  const machine = { node: process.version, cores: availableParallelism(), model: cpus()[0]?.model ?? '' };
  process.stdout.write(
    `${JSON.stringify({ machine, kernel, protocol, nation, realCrypto: real, swarm, scenarios })}\n`,
  );
}

interface Measured {
  readonly kernel: Figures;
  readonly protocol: Figures;
  readonly nation: Figures;
  readonly real: Figures;
  readonly swarm: Figures;
}

function goals({ kernel, protocol, nation, real, swarm }: Measured): Row[] {
  const atLeast = (what: string, value = 0, goal: number, unit: string): Row => ({
    what,
    figure: `${value >= 1000 ? count(value) : figure(value)}${unit}`,
    goal: `>= ${count(goal)}${unit}`,
    met: value >= goal,
  });
  const atMost = (what: string, value = 0, goal: number, unit: string): Row => ({
    what,
    figure: `${figure(value)}${unit}`,
    goal: `<= ${figure(goal)}${unit}`,
    met: value <= goal,
  });
  const reported = (what: string, value: string): Row => ({ what, figure: value, goal: 'reported', met: undefined });
  return [
    atLeast('bare kernel', kernel.eventsPerSecond, 2_000_000, ' events/s'),
    atLeast('protocol, 31 cities, simulated signatures', protocol.eventsPerSecond, 200_000, ' events/s'),
    atMost('one block of 341 cities', (nation.blockMs ?? 0) / 1000, 2, ' s'),
    atMost('memory of 341 cities', nation.residentMegabytes, 500, ' MB'),
    reported('start of 341 cities', `${figure((nation.startMs ?? 0) / 1000)} s`),
    atLeast('four cities with real cryptography', real.virtualSecondsPerSecond, 20, ' x real time'),
    atLeast('1,000 random scenarios on two cores', swarm.scenariosPerSecond, 20, ' a second'),
    reported('the first 100, while both threads compile', `${figure(swarm.firstPerSecond ?? 0)} a second`),
  ];
}

function metText({ met }: Row): string {
  if (met === undefined) return '';
  return met ? 'met' : 'MISSED';
}

/** One part, in a process of its own with the options of `hansa-sim`. */
function measure(part: string, argument = ''): Promise<Figures> {
  say(`${part}${argument === '' ? '' : ` ${argument}`}…`);
  return new Promise((resolve, reject) => {
    const program = fileURLToPath(import.meta.url);
    const child = spawn(process.execPath, ['--max-semi-space-size=16', program, '--part', part, argument], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(output) as Figures);
      else reject(new Error(`the part ${part} ended with ${code}`));
    });
  });
}

await main(process.argv.slice(2));
