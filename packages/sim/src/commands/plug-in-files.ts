import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { HansaError } from '@hansa/protocol';
import type { PlugIn } from '../run/plug-in.ts';

/**
 * Imports the files given with `--plugin`. A plug-in runs with all rights of the simulator.
 *
 * Errors: PLUG_IN_UNUSABLE.
 */
export async function loadPlugIns(paths: readonly string[] = []): Promise<PlugIn[]> {
  const plugIns: PlugIn[] = [];
  for (const path of paths) plugIns.push(checked(path, await imported(path)));
  return plugIns;
}

async function imported(path: string): Promise<Record<string, unknown>> {
  if (!existsSync(path)) throw unusable(path, 'there is no such file.');
  try {
    return await import(pathToFileURL(resolve(path)).href);
  } catch (error) {
    const said = error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
    throw unusable(path, `it cannot be imported: ${said}. Give a JavaScript module (.js or .mjs).`);
  }
}

function checked(path: string, module: Record<string, unknown>): PlugIn {
  for (const name of ['strategies', 'checks']) {
    const exported = module[name];
    if (exported === undefined) continue;
    const isTable = typeof exported === 'object' && exported !== null;
    if (!isTable || Object.values(exported).some((value) => typeof value !== 'function')) {
      throw unusable(path, `its export ${name} is not an object of functions by name.`);
    }
  }
  if (module.strategies === undefined && module.checks === undefined) {
    throw unusable(path, 'it exports neither strategies nor checks. See docs/simulating/adversaries.md.');
  }
  return module;
}

function unusable(path: string, why: string): HansaError {
  return new HansaError('PLUG_IN_UNUSABLE', `The plug-in ${path} cannot be used: ${why}`);
}
