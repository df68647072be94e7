import '../polyfill.ts';
import { readFile, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { unwrap } from '@hansa/protocol';
import { parseGenesis } from '@hansa/protocol/genesis';
import { nativeCrypto } from '../crypto/index.ts';
import { World } from '../testbed/world.ts';
import { credentials } from './credentials.ts';
import { deskPolicy, exchange, lookups, taggedImport } from './desk.ts';
import { measureFloors } from './floors.ts';
import { MemoryWatch } from './memory.ts';
import { catchUp, diskBytesPerRecord, idle, interactive, lightClient, throughput } from './phases.ts';
import { RecordMill } from './records.ts';
import { type Figures, report } from './report.ts';

/**
 * `pnpm bench`: the figures of the day, each beside its goal and the floor measured in the same run. A table on
 * stderr, one JSON object on stdout. Four daemons as four processes, durable, real TCP, one machine.
 */
const usage = `pnpm bench [--quick] [--only PHASE,...] [--seconds N] [--profile DIRECTORY]

  --quick       a tenth of the load, for a first impression
  --only        some phases alone: idle, interactive, throughput, signed, catch-up, light-client,
                credentials, lookups, exchange, import
  --seconds     how long the load of throughput and signed lasts (60 and 30 otherwise)
  --profile     a CPU profile (.cpuprofile) of the first city's daemon, from its start to its end, into the directory
`;

const BATCH_RECORDS = 500;
const THROUGHPUT_SECONDS = 60;
// Those of the desk first: they are of a federation that has done its work of a day, not of a million records in a minute.
const phaseNames = [
  ...(['idle', 'interactive', 'lookups', 'exchange', 'import'] as const),
  ...(['throughput', 'signed', 'catch-up', 'light-client', 'credentials'] as const),
];
type PhaseName = (typeof phaseNames)[number];

const say = (text: string) => process.stderr.write(`${text}\n`);

interface BenchOptions {
  readonly quick: boolean;
  readonly seconds: number | undefined;
  readonly only: readonly PhaseName[];
  readonly profile: string | undefined;
}

function readOptions(): BenchOptions | undefined {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', default: phaseNames.join(',') },
      seconds: { type: 'string' },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const only = values.only.split(',');
  const seconds = values.seconds === undefined ? undefined : Number(values.seconds);
  const isPhase = (name: string): name is PhaseName => (phaseNames as readonly string[]).includes(name);
  if (values.help || !only.every(isPhase) || (seconds !== undefined && !(seconds > 0))) return undefined;
  return {
    quick: values.quick,
    seconds,
    only,
    profile: values.profile === undefined ? undefined : resolve(values.profile),
  };
}

async function main(): Promise<void> {
  const options = readOptions();
  if (options === undefined) {
    say(usage);
    process.exitCode = 2;
    return;
  }
  say('floors…');
  const floors = await measureFloors(new RecordMill(Date.now()).recordBytes, BATCH_RECORDS);
  const world = await World.create({ policy: deskPolicy });
  try {
    say('four daemons…');
    await world.startAll(options.profile);
    const figures = await measure(world, options);
    say(`\n${report(figures, floors)}`);
    process.stdout.write(`${JSON.stringify({ node: process.version, floors, ...figures })}\n`);
  } finally {
    await world.stopAll();
    await rm(world.directory, { recursive: true, force: true });
  }
}

async function measure(world: World, { quick, seconds, only }: BenchOptions): Promise<Figures> {
  const load = { seconds: seconds ?? (quick ? 10 : THROUGHPUT_SECONDS), batchRecords: BATCH_RECORDS };
  const figures: Figures = {};
  const phases: Record<PhaseName, () => Promise<void>> = {
    idle: async () => {
      figures.idle = await idle(world, quick ? 5 : 20);
    },
    interactive: async () => {
      figures.interactive = await interactive(world, quick ? 5 : 20);
    },
    lookups: async () => {
      figures.lookups = await lookups(world, quick ? 3 : 10);
    },
    exchange: async () => {
      figures.exchange = await exchange(world, quick ? 3 : 8);
    },
    import: async () => {
      figures.import = await taggedImport(world, quick ? 2_000 : 10_000);
    },
    throughput: async () => {
      const memory = new MemoryWatch(world);
      figures.throughput = await throughput(world, { ...load, signed: false });
      figures.memory = await memory.figures();
      figures.diskBytesPerRecord = await diskBytesPerRecord(world);
    },
    signed: async () => {
      figures.signed = await throughput(world, { ...load, seconds: seconds ?? load.seconds / 2, signed: true });
    },
    'catch-up': async () => {
      figures.catchUp = await catchUp(world, quick ? 20_000 : 100_000);
    },
    'light-client': async () => {
      figures.lightClient = await lightClient(world);
    },
    credentials: async () => {
      const bytes = new Uint8Array(await readFile(world.genesisFile));
      figures.credentials = await credentials(unwrap(parseGenesis(nativeCrypto, bytes)));
    },
  };
  for (const name of phaseNames) {
    if (!only.includes(name)) continue;
    say(`${name}…`);
    await phases[name]();
  }
  return figures;
}

await main();
