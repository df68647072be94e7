import { collect, port } from './options.ts';
import { type AddCommand, runs } from './output.ts';

interface InitOptions {
  readonly city?: string;
  readonly displayName?: string;
  readonly dir: string;
  readonly listen?: readonly string[];
  readonly announce?: readonly string[];
  readonly httpPort?: number;
  readonly tokens?: boolean;
  readonly observer?: boolean;
}

/** `hansa init` */
export const addInit: AddCommand = (program, terminal, exit) => {
  const command = program
    .command('init')
    .description('make a new city: its directory with keys, settings, API tokens and the member card for the genesis')
    .requiredOption('--dir <directory>', 'directory of the city; new or empty')
    .option('--city <name>', 'short name, for instance haikou (required for a new city)')
    .option('--display-name <text>', 'name for people (required for a new city)')
    .option(
      '--listen <multiaddr>',
      'where to listen for other cities, may be repeated (default: /ip4/127.0.0.1/tcp/7400)',
      collect,
    )
    .option(
      '--announce <multiaddr>',
      'where other cities reach this one, may be repeated (default: as --listen)',
      collect,
    )
    .option('--http-port <port>', 'port of the HTTP API on this machine (default: 7480)', port)
    .option('--observer', 'make an observer instead: it reads and verifies, and has no lane and no vote')
    .option('--tokens', 'only make new API tokens for an existing city; the old ones stop working');
  command.addHelpText(
    'after',
    '\nExample:\n  hansa init --dir haikou --city haikou --display-name "Housing Fund of Haikou" --announce /dns4/hansa.haikou.example/tcp/7400 --listen /ip4/0.0.0.0/tcp/7400',
  );
  runs<InitOptions>(command, terminal, exit, async (options) => {
    const { initCity, renewTokens } = await import('../setup/init-city.ts');
    if (options.tokens === true) {
      const { directory } = await renewTokens(options.dir);
      return {
        text: `New API tokens are in ${directory}/tokens. Restart the daemon; the old tokens then stop working.`,
        json: { directory },
      };
    }
    const made = await initCity({
      directory: options.dir,
      name: options.city,
      displayName: options.displayName,
      listen: options.listen,
      announce: options.announce,
      httpPort: options.httpPort,
      observer: options.observer === true,
    });
    return {
      text: [
        `The ${options.observer === true ? 'observer' : 'city'} ${made.name} is in ${made.directory}.`,
        `  member card   ${made.memberCard}   public: send it to whoever makes the genesis`,
        `  keys          ${made.directory}/keys   secret: back them up now, offline; they are never made again`,
        `  API tokens    ${made.directory}/tokens   secret: give each to its role and delete the files`,
        'Next, when you have the genesis file:',
        `  hansa join --dir ${options.dir} --genesis genesis.json`,
      ].join('\n'),
      json: made,
    };
  });
};
