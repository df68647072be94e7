import type { Command } from 'commander';
import { writeNewFile } from '../files.ts';
import { Daemon, type DaemonOptions, daemonOptions } from './commands/daemon.ts';
import { type Exit, runs, type Terminal } from './output.ts';

interface ExportOptions extends DaemonOptions {
  readonly out: string;
}

/** `hansa genesis export`: what verifiers need beside a receipt once the cities have changed often (C12). */
export function addGenesisExport(group: Command, terminal: Terminal, exit: Exit): void {
  const command = daemonOptions(
    group
      .command('export')
      .description('the federation file: the genesis file and every change of the cities since (role auditor)'),
  ).requiredOption('--out <file>', 'file to write; not overwritten');
  command.addHelpText(
    'after',
    '\nExample:\n  hansa genesis export --dir sanya --out hainan.federation\n  hansa receipt verify listing.receipt --genesis hainan.federation',
  );
  runs<ExportOptions>(command, terminal, exit, async (options) => {
    const daemon = await Daemon.find(options, 'auditor', terminal);
    const bytes = await daemon.bytes('/v1/federation');
    await writeNewFile(options.out, bytes);
    return {
      text: `${options.out}: ${bytes.length} bytes. Give it wherever a receipt is verified with --genesis.`,
      json: { file: options.out, bytes: bytes.length },
    };
  });
}
