import { HansaError } from '@hansa/protocol';

export type Environment = Readonly<Record<string, string | undefined>>;

interface Override {
  /** Path of the setting in config.yaml. */
  readonly setting: readonly [string] | readonly [string, string];
  readonly kind: 'text' | 'integer' | 'list';
}

/** Environment variables that take the place of a setting. The same list is in `docs/operating/configuration.md`. */
export const environmentOverrides: Readonly<Record<string, Override>> = {
  HANSA_DATA_DIR: { setting: ['dataDirectory'], kind: 'text' },
  HANSA_KEYS_DIR: { setting: ['keysDirectory'], kind: 'text' },
  HANSA_GENESIS_FILE: { setting: ['genesisFile'], kind: 'text' },
  HANSA_LISTEN: { setting: ['network', 'listen'], kind: 'list' },
  HANSA_HTTP_HOST: { setting: ['http', 'host'], kind: 'text' },
  HANSA_HTTP_PORT: { setting: ['http', 'port'], kind: 'integer' },
  HANSA_LOG_LEVEL: { setting: ['log', 'level'], kind: 'text' },
  HANSA_LOG_FORMAT: { setting: ['log', 'format'], kind: 'text' },
};

/** Read by the command line, not by the daemon. */
const clientVariables = ['HANSA_DIR', 'HANSA_URL'];

/** Variables that look like settings and are none: most likely misspelt. */
export function unknownVariables(environment: Environment): string[] {
  return Object.keys(environment).filter(
    (name) =>
      name.startsWith('HANSA_') && !Object.hasOwn(environmentOverrides, name) && !clientVariables.includes(name),
  );
}

/** A copy of the settings with the environment's laid over. Empty variables count as not set. */
export function applyEnvironment(settings: Record<string, unknown>, environment: Environment): Record<string, unknown> {
  const out = { ...settings };
  for (const [name, { setting, kind }] of Object.entries(environmentOverrides)) {
    const text = environment[name];
    if (text === undefined || text === '') continue;
    const value = parseValue(name, kind, text);
    const [first, second] = setting;
    if (second === undefined) {
      out[first] = value;
      continue;
    }
    const section = out[first];
    // Anything but a mapping stays, for the schema to refuse.
    if (section === undefined || (typeof section === 'object' && section !== null && !Array.isArray(section))) {
      out[first] = { ...section, [second]: value };
    }
  }
  return out;
}

function parseValue(name: string, kind: Override['kind'], text: string): unknown {
  if (kind === 'list') return text.split(',').map((part) => part.trim());
  if (kind === 'text') return text;
  if (!/^\d{1,9}$/.test(text)) {
    throw new HansaError(
      'CONFIG_INVALID',
      `The environment variable ${name} must be a whole number; correct or unset it.`,
    );
  }
  return Number(text);
}
