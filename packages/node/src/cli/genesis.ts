import { Option } from 'commander';
import { addGenesisExport } from './genesis-export.ts';
import { addGenesisShow } from './genesis-show.ts';
import { collect } from './options.ts';
import { type AddCommand, runs } from './output.ts';
import { counted } from './plural.ts';

interface CreateOptions {
  readonly name: string;
  readonly member: readonly string[];
  readonly observer?: readonly string[];
  readonly out: string;
  readonly testFederation?: boolean;
  readonly policy?: string;
  readonly parameter?: readonly string[];
  readonly voteScheme?: 'bls12381' | 'ed25519';
}

/** `hansa genesis create|show|export` */
export const addGenesis: AddCommand = (program, terminal, exit) => {
  const group = program.command('genesis').description('the file that binds the cities of a federation');
  const command = group
    .command('create')
    .description('make the genesis file from the cities\u2019 member cards')
    .requiredOption('--name <text>', 'name of the federation')
    .requiredOption(
      '--member <file>',
      'member card of a city, once per city; their order is the order of the lanes',
      collect,
    )
    .option('--observer <file>', 'card of an observer, which reads and has no vote; may be repeated', collect)
    .requiredOption('--out <file>', 'genesis file to write')
    .option('--test-federation', 'allow synthetic persons (ID prefix 99); nothing in such a federation is real')
    .addOption(
      new Option(
        '--vote-scheme <name>',
        'how votes are signed (default: ed25519 up to 16 cities, else bls12381)',
      ).choices(['bls12381', 'ed25519']),
    )
    .option('--policy <file>', 'legal maxima, disputes, lookups and accesses as YAML: docs/operating/policy.md')
    .option(
      '--parameter <name=value>',
      'timing other than the default, for instance deltaMs=200; may be repeated',
      collect,
    );
  command.addHelpText(
    'after',
    '\nExample:\n  hansa genesis create --name "Hainan" --member haikou.member.json --member sanya.member.json --out genesis.json',
  );
  runs<CreateOptions>(command, terminal, exit, async (options) => {
    const { createGenesis } = await import('../setup/create-genesis.ts');
    const made = await createGenesis({
      name: options.name,
      memberCards: options.member,
      observerCards: options.observer ?? [],
      out: options.out,
      testFederation: options.testFederation === true,
      voteScheme: options.voteScheme,
      policyFile: options.policy,
      parameters: options.parameter ?? [],
    });
    return {
      text: [
        `The federation ${made.name} has ${counted(made.cities.length, 'city', 'cities')}: ${made.cities.join(', ')}.`,
        `  federation id ${made.federationId}   compare it by telephone with every city`,
        `  policy digest ${made.policyDigest}`,
        `  genesis file  ${made.genesisFile}   public: send it to every city`,
        `It outvotes ${counted(made.faultsTolerated, 'faulty or lying city', 'faulty or lying cities')}.`,
      ].join('\n'),
      json: made,
    };
  });

  addGenesisShow(group, terminal, exit);
  addGenesisExport(group, terminal, exit);
};
