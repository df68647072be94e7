import { isAbsolute, join, resolve } from 'node:path';
import { HansaError } from '@hansa/protocol';
import { isMap, parseDocument } from 'yaml';
import { readSmallFile } from '../files.ts';
import { compileSchema, describeProblems } from '../schema.ts';
import { applyEnvironment, type Environment } from './environment.ts';

/** A city's settings, complete and with absolute paths. Described in `docs/operating/configuration.md`. */
export interface Config {
  /** The city's directory: where config.yaml is. */
  readonly directory: string;
  /** Name of the member: of a city, or of an observer. */
  readonly city: string;
  readonly observer: boolean;
  readonly dataDirectory: string;
  readonly keysDirectory: string;
  readonly genesisFile: string;
  readonly network: {
    readonly listen: readonly string[];
    /** Multiaddrs by member name; they replace those of the genesis. */
    readonly peers: Readonly<Record<string, readonly string[]>>;
  };
  readonly http: { readonly host: string; readonly port: number };
  readonly oprf: { readonly autoCeremony: boolean };
  readonly log: { readonly level: LogLevel; readonly format: LogFormat };
}

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
export type LogFormat = 'auto' | 'json' | 'pretty';

/** What may stand in config.yaml: everything but the city's name has a default. */
export interface ConfigFile {
  readonly city: string;
  readonly observer?: boolean;
  readonly dataDirectory?: string;
  readonly keysDirectory?: string;
  readonly genesisFile?: string;
  readonly network?: {
    readonly listen?: readonly string[];
    readonly peers?: Readonly<Record<string, readonly string[]>>;
  };
  readonly http?: { readonly host?: string; readonly port?: number };
  readonly oprf?: { readonly autoCeremony?: boolean };
  readonly log?: { readonly level?: LogLevel; readonly format?: LogFormat };
}

/** Also in the schema and the documentation; a test keeps the three equal. */
export const configDefaults = {
  observer: false,
  dataDirectory: 'data',
  keysDirectory: 'keys',
  genesisFile: 'genesis.json',
  network: { listen: ['/ip4/127.0.0.1/tcp/7400'], peers: {} },
  http: { host: '127.0.0.1', port: 7480 },
  oprf: { autoCeremony: true },
  log: { level: 'info', format: 'auto' },
} as const satisfies Omit<Required<ConfigFile>, 'city'>;

export const CONFIG_FILE = 'config.yaml';

const CONFIG_BYTES_MAX = 256 * 1024;

/**
 * Settings of the city in `directory`: config.yaml, then the environment, then defaults.
 *
 * Errors: `CONFIG_MISSING`, `CONFIG_NOT_YAML`, `CONFIG_INVALID`; each names the field and what to do.
 */
export async function loadConfig(directory: string, environment: Environment = process.env): Promise<Config> {
  const path = join(resolve(directory), CONFIG_FILE);
  const bytes = await readSmallFile(path, CONFIG_BYTES_MAX).catch((error: unknown) => {
    if (error instanceof HansaError && error.code === 'FILE_MISSING') {
      throw new HansaError(
        'CONFIG_MISSING',
        `There is no ${path}. Name the city's directory with --dir, or make one: hansa init --city NAME --display-name TEXT --dir DIR.`,
      );
    }
    throw error;
  });
  return completeConfig(resolve(directory), parseConfig(path, bytes, environment));
}

/** Parses and checks config.yaml with the environment laid over it. `path` is for messages only. */
export function parseConfig(path: string, bytes: Uint8Array, environment: Environment): ConfigFile {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new HansaError('CONFIG_NOT_YAML', `${path} is not UTF-8 text. Save it as UTF-8.`);
  }
  const document = parseDocument(text, { strict: true, uniqueKeys: true, prettyErrors: false });
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem !== undefined) {
    const line = text.slice(0, problem.pos[0]).split('\n').length;
    throw new HansaError(
      'CONFIG_NOT_YAML',
      `${path}, line ${line}, is not valid YAML (${problem.code}). Correct the line.`,
    );
  }
  if (!isMap(document.contents)) {
    throw new HansaError('CONFIG_INVALID', `${path} has no settings. Write at least: city: NAME.`);
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 16 });
  } catch {
    throw new HansaError('CONFIG_INVALID', `${path} has too many YAML aliases. Write the values out.`);
  }
  const overridden = applyEnvironment(value as Record<string, unknown>, environment);
  const validate = compileSchema<ConfigFile>('config.schema.json');
  if (!validate(overridden)) {
    throw new HansaError('CONFIG_INVALID', `${path}: ${describeProblems(validate.errors).join('; ')}.`);
  }
  return overridden;
}

function completeConfig(directory: string, file: ConfigFile): Config {
  const absolute = (path: string) => (isAbsolute(path) ? path : join(directory, path));
  return {
    directory,
    city: file.city,
    observer: file.observer ?? configDefaults.observer,
    dataDirectory: absolute(file.dataDirectory ?? configDefaults.dataDirectory),
    keysDirectory: absolute(file.keysDirectory ?? configDefaults.keysDirectory),
    genesisFile: absolute(file.genesisFile ?? configDefaults.genesisFile),
    network: { ...configDefaults.network, ...file.network },
    http: { ...configDefaults.http, ...file.http },
    oprf: { ...configDefaults.oprf, ...file.oprf },
    log: { ...configDefaults.log, ...file.log },
  };
}
