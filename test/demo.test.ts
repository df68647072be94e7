import { execFile } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { DemoReport } from '../packages/node/src/demo/report.ts';
import { hansaProgram } from '../packages/node/src/testbed/daemon.ts';

/** The demo is a program for people; this is what it promises to other programs. */
function runDemo(): Promise<{ exitCode: number; stdout: string }> {
  return new Promise((resolve) => {
    const command = [hansaProgram, 'demo', '--exit', '--json'];
    execFile(process.execPath, command, { maxBuffer: 1024 * 1024 }, (error, stdout) => {
      resolve({ exitCode: typeof error?.code === 'number' ? error.code : error === null ? 0 : 1, stdout });
    });
  });
}

describe('hansa demo', () => {
  it('does all eight steps with four real daemons and says so in one JSON object', { timeout: 600_000 }, async () => {
    const { exitCode, stdout } = await runDemo();
    const lines = stdout.trim().split('\n');
    expect(lines).toHaveLength(1);
    const report = JSON.parse(lines[0] ?? '') as DemoReport;
    expect(report.steps.map(({ ok, detail }) => (ok ? 'ok' : detail))).toEqual(Array(8).fill('ok'));
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
});
