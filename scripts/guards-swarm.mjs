// Deletes each guard of C1 to C11 in turn and lets the swarm look for it: how many seeds until a check fails?
//
//   pnpm guards:swarm                      all guards, up to 200 seeds each
//   pnpm guards:swarm --seeds 1000         look longer
//   pnpm guards:swarm --only consensus/    guards whose rule, place or text has this in it
//
// Writes .cache/swarm-mutants/report.json. Ends with 1 when a guard was not caught.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { agreementGuards, huntGuard } from './swarm-mutants.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '200' }, only: { type: 'string', default: '' } },
});
const seeds = Number(values.seeds);

const rows = [];
for (const guard of agreementGuards(root)) {
  const place = `${guard.path.replace('packages/protocol/src/', '')}:${guard.line}`;
  if (!`${guard.rule} ${place} ${guard.text}`.includes(values.only)) continue;
  const found = await huntGuard({ root, guard, seeds, name: 'hunt' }).catch((error) => ({
    seeds: 0,
    failed: String(error),
  }));
  rows.push({ rule: guard.rule, place, text: guard.text, ...found });
  const verdict =
    found.failed ?? (found.check === undefined ? `not in ${seeds} seeds` : `${found.seeds} seeds, ${found.check}`);
  console.log(`${guard.rule.padEnd(4)} ${place.padEnd(36)} ${guard.text.slice(0, 48).padEnd(48)} ${verdict}`);
}
const folder = join(root, '.cache', 'swarm-mutants');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'report.json'), `${JSON.stringify(rows, null, 2)}\n`);
const missed = rows.filter(({ check }) => check === undefined);
console.log(`\n${rows.length - missed.length} of ${rows.length} guards caught`);
process.exitCode = missed.length === 0 ? 0 : 1;
