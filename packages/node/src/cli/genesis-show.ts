import type { Command } from 'commander';
import { pairs, shortTime, table } from './commands/text.ts';
import { type Exit, runs, type Terminal } from './output.ts';
import { counted } from './plural.ts';

/** `hansa genesis show`: what somebody compares who got the file from others, before joining. */
export function addGenesisShow(group: Command, terminal: Terminal, exit: Exit): void {
  const command = group
    .command('show')
    .description('what a genesis file says: federation id, cities, rules of persons; needs no city')
    .argument('<file>', 'the genesis file');
  command.addHelpText('after', '\nExample:\n  hansa genesis show genesis.json');
  runs<object>(command, terminal, exit, async (_, [file]) => {
    const { describeGenesis } = await import('../setup/describe-genesis.ts');
    const { cities, observers, ...about } = await describeGenesis(file as string, terminal.environment);
    const lines = pairs([
      ['federation id', `${about.federationId}   compare it by telephone`],
      ['policy digest', about.policyDigest],
      ['made at', shortTime(about.createdAt)],
      ['persons', about.testFederation ? 'synthetic (ID prefix 99): a test, nothing in it is real' : 'real'],
      ['votes', about.voteScheme],
      ['outvotes', counted(about.faultsTolerated, 'faulty or lying city', 'faulty or lying cities')],
      ...(observers.length === 0
        ? []
        : [['observers', observers.map(({ name, displayName }) => `${name} (${displayName})`).join(', ')] as const]),
    ]);
    const rows = cities.map(({ name, displayName, addresses }) => [name, displayName, addresses.join(', ')]);
    return {
      text: `${about.name}\n${lines}\n\n${table(['CITY', 'NAME', 'REACHED AT'], rows)}`,
      json: { ...about, cities, observers },
    };
  });
}
