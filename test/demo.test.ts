import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DemoReport } from '../packages/node/src/demo/report.ts';
import { hansaProgram } from '../packages/node/src/testbed/daemon.ts';

/** Of all processes of this machine: from `/proc`, or from `ps` where there is none. */
async function commandLines(): Promise<string> {
  if (existsSync('/proc/self/cmdline')) {
    const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    const lines = processes.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''));
    return (await Promise.all(lines)).join('\n');
  }
  return new Promise((resolve, reject) => {
    execFile('ps', ['-A', '-o', 'args'], (error, stdout) => (error === null ? resolve(stdout) : reject(error)));
  });
}

/** The demo is a program for people; this is what it promises to other programs. */
function runDemo(): Promise<{ exitCode: number; stdout: string }> {
  return new Promise((resolve) => {
    const command = [hansaProgram, 'demo', '--exit', '--json'];
    execFile(process.execPath, command, { maxBuffer: 1024 * 1024 }, (error, stdout) => {
      resolve({ exitCode: typeof error?.code === 'number' ? error.code : error === null ? 0 : 1, stdout });
    });
  });
}

/** What the README promises of it. */
const stepNames = [
  'a genesis and four cities',
  'imports of four dissimilar exports',
  'one height, one history, one state',
  'a hit, and a proven absence',
  'a certificate is used once',
  'a consent delivers the papers',
  'opened while the issuer is killed',
  'receipts in both cities',
  'an insider is stopped',
  'a dispute and a lift reach all cities',
  'an erasure reaches every holder',
  'a killed city comes back',
  'a lying city is caught',
  'a receipt convinces anybody',
];

describe('hansa demo', () => {
  it('does all its steps with four real daemons and says so in one JSON object', { timeout: 600_000 }, async () => {
    const { exitCode, stdout } = await runDemo();
    const lines = stdout.trim().split('\n');
    expect(lines).toHaveLength(1);
    const report = JSON.parse(lines[0] ?? '') as DemoReport;
    expect(report.steps.filter(({ ok }) => !ok)).toEqual([]);
    expect(report.steps.map(({ name }) => name)).toEqual(stepNames);
    for (const { detail } of report.steps) expect(detail).not.toBe('');
    expect(report.ok).toBe(true);
    expect(exitCode).toBe(0);
    expect(report.cities.map(({ name }) => name)).toEqual(['haikou', 'sanya', 'danzhou', 'qionghai']);
    expect(new Set(report.cities.map((city) => `${city.height} ${city.historyRoot} ${city.stateRoot}`)).size).toBe(1);
    expect(report.finalityMs.p50).toBeGreaterThan(0);
    expect(report.finalityMs.p99).toBeGreaterThanOrEqual(report.finalityMs.p50);
    expect(report.recordsPerSecond).toBeGreaterThan(0);
    for (const city of report.cities) {
      expect(city.stateRoot).toMatch(/^[0-9a-f]{64}$/);
      expect(city.records).toBeGreaterThan(0);
      expect(city.bytesIn).toBeGreaterThan(0);
      expect(city.bytesOut).toBeGreaterThan(0);
    }
  });

  it('leaves neither processes nor files behind when it is stopped in the middle', { timeout: 600_000 }, async () => {
    const demo = spawn(process.execPath, [hansaProgram, 'demo', '--exit'], { stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    let genesis: string | undefined;
    const ended = new Promise<number | null>((resolve) => demo.once('exit', resolve));
    for await (const chunk of demo.stdout) {
      printed += String(chunk);
      if (genesis !== undefined) continue;
      genesis = /genesis in (\S+)/.exec(printed)?.[1];
      // Four daemons run now.
      if (genesis !== undefined) demo.kill('SIGTERM');
    }
    expect(await ended).toBe(1);
    expect(printed).toContain('The demo was stopped before its end.');
    const directory = dirname(genesis as string);
    expect(existsSync(directory)).toBe(false);
    expect(await commandLines()).not.toContain(directory);
  });
});
