// Deletes each guard of C1 to C11, and of C12's proposals, in turn and lets the swarm look for it: how many seeds until a check fails?
//
//   pnpm guards:swarm                      all guards, up to 200 seeds each
//   pnpm guards:swarm --seeds 1000         look longer
//   pnpm guards:swarm --jobs 2             two guards at once
//   pnpm guards:swarm --only consensus/    guards whose rule, place or text has this in it
//
// Writes .cache/swarm-mutants/report.json after each guard, and goes on from it: what was caught is not looked for again,
// and what was not is looked for from the next seed on, as long as the simulator's and the protocol's code is the same.
// Ends with 1 when a guard was not caught.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { agreementGuards, bundleWithout, huntGuard } from './swarm-mutants.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    jobs: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
});
/** Seeds of a guard between two reports. */
const WRITTEN_EVERY = 100;
const seeds = Number(values.seeds);
const folder = join(root, '.cache', 'swarm-mutants');
const file = join(folder, 'report.json');
mkdirSync(folder, { recursive: true });

const whole = await bundleWithout({ root, guard: undefined, name: 'whole' });
const code = createHash('sha256').update(readFileSync(whole)).digest('hex');
const before = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
const rows = before.code === code ? before.rows : [];

const guards = agreementGuards(root).filter(({ rule, path, line, text }) =>
  `${rule} ${path}:${line} ${text}`.includes(values.only),
);
const waiting = [...guards];
await Promise.all(Array.from({ length: Number(values.jobs) }, (_, worker) => work(`hunt-${worker}`)));
const missed = guards.map(rowOf).filter((row) => row?.check === undefined);
console.log(`\n${guards.length - missed.length} of ${guards.length} guards caught`);
process.exitCode = missed.length === 0 ? 0 : 1;

async function work(name) {
  for (let guard = waiting.shift(); guard !== undefined; guard = waiting.shift()) {
    const row = await look(guard, name);
    const verdict = row.check === undefined ? `not in ${row.seeds} seeds` : `${row.seeds} seeds, ${row.check}`;
    console.log(`${row.rule.padEnd(4)} ${row.file.padEnd(32)} ${row.text.slice(0, 48).padEnd(48)} ${verdict}`);
  }
}

/** What is known of a guard, after so many seeds as were asked for; written down every hundred of them. */
async function look(guard, name) {
  const { rule, text } = guard;
  for (;;) {
    const known = rowOf(guard);
    const looked = known?.seeds ?? 0;
    if (known !== undefined && (known.check !== undefined || looked >= seeds)) return known;
    const count = Math.min(seeds - looked, WRITTEN_EVERY);
    const found = await huntGuard({
      root,
      guard,
      from: guard.firstSeed + looked,
      seeds: count,
      name,
      timeoutMs: 3_600_000,
    });
    const row = { rule, file: fileOf(guard), text, ...found, seeds: looked + found.seeds };
    if (known !== undefined) rows.splice(rows.indexOf(known), 1);
    rows.push(row);
    writeFileSync(file, `${JSON.stringify({ code, rows }, null, 2)}\n`);
  }
}

function rowOf(guard) {
  return rows.find((row) => row.rule === guard.rule && row.file === fileOf(guard) && row.text === guard.text);
}

function fileOf({ path }) {
  return path.replace('packages/protocol/src/', '');
}
