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
    .requiredOption('--genesis <file>', 'the genesis file, or a federation file: where the cities are now')
    .option(
      '--new-keys',
      'the federation gives the city the keys of this directory by agreement: it has others in the genesis file, or is new',
    );
  command.addHelpText('after', '\nExample:\n  hansa join --dir haikou --genesis genesis.json');
  runs<JoinOptions>(command, terminal, exit, async (options) => {
    const { joinFederation } = await import('../setup/join-federation.ts');
    const newKeys = options.newKeys === true;
    const joined = await joinFederation({ directory: options.dir, genesisFile: options.genesis, newKeys });
    const { city, index, newcomer, cities, federation, federationId } = joined;
    const card = `${city}.member.json`;
    return {
      text: [
        newcomer
          ? `${city} is new to ${federation}: it has a seat once its ${counted(cities, 'city', 'cities')} have added it.`
          : index === null
            ? `${city} observes the ${counted(cities, 'city', 'cities')} of ${federation}.`
            : `${city} is member ${index + 1} of ${cities} in ${federation}.`,
        `  federation id ${federationId}   compare it by telephone with another city`,
        ...(newcomer
          ? [`  seat          send ${card} to each city; one runs: hansa membership propose add --card ${card}`]
          : newKeys && index !== null
            ? [
                `  new keys      they count once the other cities have given them to ${city}: send each of them the member card`,
              ]
            : []),
        `Start it: hansa start --dir ${options.dir}`,
      ].join('\n'),
      json: joined,
    };
  });
};
