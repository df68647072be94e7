import { type AddCommand, runs } from './output.ts';

interface JoinOptions {
  readonly dir: string;
  readonly genesis: string;
  readonly subjectKey: string;
}

/** `hansa join` */
export const addJoin: AddCommand = (program, terminal, exit) => {
  const command = program
    .command('join')
    .description(
      'install the genesis file and the subject key in a city\u2019s directory, and check that they fit its keys',
    )
    .requiredOption('--dir <directory>', 'directory of the city')
    .requiredOption('--genesis <file>', 'the genesis file')
    .requiredOption('--subject-key <file>', 'the federation\u2019s subject key (mode 0600)');
  command.addHelpText(
    'after',
    '\nExample:\n  hansa join --dir haikou --genesis genesis.json --subject-key subject.key',
  );
  runs<JoinOptions>(command, terminal, exit, async (options) => {
    const { joinFederation } = await import('../setup/join-federation.ts');
    const joined = await joinFederation({
      directory: options.dir,
      genesisFile: options.genesis,
      subjectKeyFile: options.subjectKey,
    });
    return {
      text: [
        `${joined.city} is member ${joined.index + 1} of ${joined.cities} in ${joined.federation}.`,
        `  federation id ${joined.federationId}   compare it by telephone with another city`,
        `Start it: hansa start --dir ${options.dir}`,
      ].join('\n'),
      json: joined,
    };
  });
};
