// Everything that must hold, in one command: `pnpm test`. Every stage runs, even after one that failed, so that one
// run shows all that is wrong. The last line that it prints is plain and for machines: `N passed, N failed`, counted from the test
// runner's own report; a stage that is no test counts as one failure when it fails.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const report = join(root, '.cache', 'vitest.json');
const binaries = join(root, 'node_modules', '.bin');

// The tests run on what `pnpm build` makes, each of its steps a stage: a list of our own once lacked a new bundle, which only a clean
// clone noticed.
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const buildStages = scripts.build.split(' && ').map((command) => {
  const [program, ...parameters] = command.split(' ');
  return [command, program === 'node' ? process.execPath : program, parameters];
});

const stages = [
  ...buildStages,
  ['lint', 'biome', ['check', '--error-on-warnings', '.']],
  ['types of tests', 'tsc', ['--noEmit', '-p', 'test/tsconfig.json']],
  ['dependency directions', 'depcruise', ['--config', '.dependency-cruiser.cjs', 'packages', 'test']],
];

/** True when the program ended with exit code 0. */
function run(name, program, parameters) {
  console.log(`\n== ${name}`);
  const path = program.includes('/') ? program : join(binaries, program);
  const started = process.hrtime.bigint();
  const { status, signal, error } = spawnSync(path, parameters, { cwd: root, stdio: 'inherit' });
  if (error !== undefined) console.error(`${path}: ${error.message}`);
  if (signal !== null) console.error(`${path}: ended by ${signal}`);
  const seconds = Number((process.hrtime.bigint() - started) / 1_000_000n) / 1000;
  console.log(`== ${name}: ${status === 0 ? 'ok' : 'FAILED'} (${seconds.toFixed(1)} s)`);
  return status === 0;
}

/** What the test runner reported. A file that could not even be loaded has no tests to fail: it counts as one. */
function countTests() {
  if (!existsSync(report)) return { passed: 0, failed: 0 };
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const unloaded = testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  return { passed: numPassedTests, failed: numFailedTests + unloaded.length };
}

mkdirSync(dirname(report), { recursive: true });
rmSync(report, { force: true });

const failures = stages.filter(([name, program, parameters]) => !run(name, program, parameters)).map(([name]) => name);
const named = process.argv.slice(2);
const testsOk = run('tests', 'vitest', [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile=${report}`,
  ...named,
]);
const tests = countTests();
if (!testsOk && tests.failed === 0) failures.push('tests');

if (failures.length > 0) console.log(`\nfailed stages: ${failures.join(', ')}`);
const failed = tests.failed + failures.length;
console.log(`\n${tests.passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && tests.passed > 0 ? 0 : 1;
