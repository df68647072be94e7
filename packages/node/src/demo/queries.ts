import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HansaError } from '@hansa/protocol';
import type { ApiClient } from '../testbed/api-client.ts';
import { type Daemon, hansaProgram } from '../testbed/daemon.ts';
import type { World } from '../testbed/world.ts';

/** Reads that several steps of the demo share. */

export interface ImportReport {
  readonly rows: number;
  readonly accepted: number;
  readonly unchanged: number;
  readonly refused: number;
}

/** Uploads an export and reads the report at the end of the answer. */
export async function importFile(
  client: ApiClient,
  kind: 'blacklist' | 'accounts',
  bytes: Uint8Array,
): Promise<ImportReport> {
  const answer = await client.upload(`/v1/import/${kind}`, bytes, 'application/octet-stream');
  const lines = (await answer.text()).trim().split('\n');
  const last = JSON.parse(lines.at(-1) ?? '{}') as ImportReport & { kind?: string; detail?: string };
  if (last.kind !== 'report')
    throw new HansaError('DEMO_FAILED', `The import ended early: ${last.detail ?? 'no report'}.`);
  return last;
}

/** Newest final entry of a lane, as a city sees it. */
export async function finalizedSequence(daemon: Daemon, lane: string): Promise<number> {
  const answer = await (await daemon.as('auditor')).get<{ finalizedSequence: number }>(`/v1/lanes/${lane}`);
  return answer.finalizedSequence;
}

export async function evidenceKinds(daemon: Daemon): Promise<Set<string>> {
  const answer = await (await daemon.as('auditor')).get<{ evidence: { kind: string; city: string }[] }>('/v1/evidence');
  return new Set(answer.evidence.map(({ city, kind }) => `${city}:${kind}`));
}

export async function quarantined(daemon: Daemon): Promise<string[]> {
  const answer = await (await daemon.as('auditor')).get<{ cities: { name: string; quarantined: boolean }[] }>(
    '/v1/cities',
  );
  return answer.cities.filter((city) => city.quarantined).map(({ name }) => name);
}

/** Runs `hansa receipt verify` in a process that gets the genesis file and the receipt, and nothing else. */
export async function verifyOffline(
  world: World,
  receipt: Uint8Array,
  more: readonly string[] = [],
): Promise<{ readonly ok: boolean; readonly output: string }> {
  const file = join(world.directory, 'offline.receipt');
  await writeFile(file, receipt);
  const command = [hansaProgram, 'receipt', 'verify', file, '--genesis', world.genesisFile, ...more];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { env: {} }, (error, stdout, stderr) => {
      resolve({ ok: error === null, output: `${stdout}${stderr}`.trim() });
    });
  });
}
