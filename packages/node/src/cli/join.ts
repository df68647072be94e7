import { type AddCommand, runs } from './output.ts';
import { counted } from './plural.ts';

interface JoinOptions {
  readonly dir: string;
  readonly genesis: string;
  readonly newKeys?: boolean;
}

/** `hansa join` */
export const addJoin: AddCommand = (program, terminal, exit) => {
  const command = program
    .command('join')
    .description('install the genesis file in a city\u2019s directory, and check that it fits the city\u2019s keys')
    .requiredOption('--dir <directory>', 'directory of the city')
    .requiredOption('--genesis <file>', 'the genesis file')
    .option('--new-keys', 'the city lost its keys, and the federation gives it those of this directory by agreement');
  command.addHelpText('after', '\nExample:\n  hansa join --dir haikou --genesis genesis.json');
  runs<JoinOptions>(command, terminal, exit, async (options) => {
    const { joinFederation } = await import('../setup/join-federation.ts');
    const newKeys = options.newKeys === true;
    const joined = await joinFederation({ directory: options.dir, genesisFile: options.genesis, newKeys });
    return {
      text: [
        joined.index === null
          ? `${joined.city} observes the ${counted(joined.cities, 'city', 'cities')} of ${joined.federation}.`
          : `${joined.city} is member ${joined.index + 1} of ${joined.cities} in ${joined.federation}.`,
        `  federation id ${joined.federationId}   compare it by telephone with another city`,
        ...(newKeys && joined.index !== null
          ? [
              `  new keys      they count once the other cities have given them to ${joined.city}: send each of them the member card`,
            ]
          : []),
        `Start it: hansa start --dir ${options.dir}`,
      ].join('\n'),
      json: joined,
    };
  });
};
