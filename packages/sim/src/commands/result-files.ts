import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { HansaError } from '@hansa/protocol';
import { Check } from 'typebox/value';
import { type Result, ResultSchema } from '../results/schema.ts';
import { type SweepResult, SweepResultSchema } from '../sweep/schema.ts';

export type Loaded =
  | { readonly kind: 'run'; readonly result: Result }
  | { readonly kind: 'sweep'; readonly sweep: SweepResult };

/** True when this is a result rather than a scenario: a directory with one, or a file that says so. */
export function isResult(path: string): boolean {
  const file = fileOf(path);
  if (file === undefined) return false;
  return /^\s*\{\s*"format"\s*:\s*"hansa-sim-(result|sweep)\//.test(readFileSync(file, 'utf8').slice(0, 200));
}

/**
 * A result of `run --out` or `sweep --out`, by its file or its directory.
 *
 * Errors: RESULT_UNREADABLE.
 */
export function loadResult(path: string): Loaded {
  const file = fileOf(path);
  if (file === undefined) throw unreadable(path, 'there is neither result.json nor sweep.json');
  const value = parse(path, readFileSync(file, 'utf8'));
  if (Check(ResultSchema, value)) return { kind: 'run', result: value };
  if (Check(SweepResultSchema, value)) return { kind: 'sweep', sweep: value };
  throw unreadable(path, 'it is not of a format that this release knows');
}

/** As `loadResult`, where only one run will do. */
export function loadRun(path: string): Result {
  const loaded = loadResult(path);
  if (loaded.kind === 'run') return loaded.result;
  throw unreadable(path, 'it is a sweep of many runs; give the result.json of one run');
}

/** The file of a run's result that was loaded. */
export function runFile(path: string): string {
  return fileOf(path) ?? path;
}

function fileOf(path: string): string | undefined {
  const files = [path, join(path, 'result.json'), join(path, 'sweep.json')];
  return files.find((file) => existsSync(file) && statSync(file).isFile());
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable(path, 'it is not JSON');
  }
}

function unreadable(path: string, why: string): HansaError {
  const advice = 'Make one with hansa-sim run or sweep, and --out.';
  return new HansaError('RESULT_UNREADABLE', `The result ${path} cannot be used: ${why}. ${advice}`);
}
