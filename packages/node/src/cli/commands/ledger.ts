import { positive } from '../options.ts';
import type { AddCommand } from '../output.ts';
import { runs } from '../output.ts';
import { Daemon, type DaemonOptions, daemonOptions } from './daemon.ts';
import { shortTime, table } from './text.ts';

interface Lane {
  readonly city: string;
  readonly heldSequence: number;
  readonly finalizedSequence: number;
  readonly executedSequence: number;
  readonly quarantined: boolean;
}

interface Block {
  readonly height: number;
  readonly view: number;
  readonly timestamp: string;
  readonly digest: string;
  readonly advances: readonly { readonly city: string; readonly sequence: number }[];
  readonly checkpoint: { readonly height: number; readonly stateRoot: string };
}

interface Evidence {
  readonly city: string;
  readonly kind: string;
  readonly proof: string;
}

/** `hansa lanes` */
export const addLanes: AddCommand = (program, terminal, exit) => {
  const command = daemonOptions(
    program.command('lanes').description('how far each city\u2019s lane is held, final and executed'),
  );
  command.addHelpText('after', '\nExample:\n  hansa lanes --dir haikou');
  runs<DaemonOptions>(command, terminal, exit, async (options) => {
    const daemon = await Daemon.find(options, 'operator', terminal);
    const { lanes } = await daemon.get<{ lanes: readonly Lane[] }>('/v1/lanes');
    const rows = lanes.map((lane) => [
      lane.city,
      String(lane.heldSequence),
      String(lane.finalizedSequence),
      String(lane.executedSequence),
      lane.quarantined ? 'QUARANTINED' : '',
    ]);
    return { text: table(['CITY', 'HELD', 'FINAL', 'EXECUTED', ''], rows), json: { lanes } };
  });
};

const head = ['HEIGHT', 'VIEW', 'TIME', 'DIGEST', 'ADVANCES'];

interface BlocksOptions extends DaemonOptions {
  readonly from?: number;
  readonly limit: number;
}

/** `hansa blocks` */
export const addBlocks: AddCommand = (program, terminal, exit) => {
  const command = daemonOptions(program.command('blocks').description('final blocks: the newest, or from a height on'))
    .option('--from <height>', 'first height', positive())
    .option('--limit <count>', 'at most so many, up to 100', positive(100), 10);
  command.addHelpText('after', '\nExample:\n  hansa blocks --dir haikou --from 100 --limit 5');
  runs<BlocksOptions>(command, terminal, exit, async (options) => {
    const daemon = await Daemon.find(options, 'operator', terminal);
    const from = options.from === undefined ? '' : `&from=${options.from}`;
    const { blocks } = await daemon.get<{ blocks: readonly Block[] }>(`/v1/blocks?limit=${options.limit}${from}`);
    const rows = blocks.map((block) => [
      String(block.height),
      String(block.view),
      shortTime(block.timestamp),
      block.digest.slice(0, 16),
      block.advances.map(({ city, sequence }) => `${city}/${sequence}`).join(' '),
    ]);
    const text = blocks.length === 0 ? 'No final block has such a height yet.' : table(head, rows);
    return { text, json: { blocks } };
  });
};

/** `hansa evidence` */
export const addEvidence: AddCommand = (program, terminal, exit) => {
  const command = daemonOptions(
    program.command('evidence').description('proofs that a city signed two statements that exclude each other'),
  );
  command.addHelpText('after', '\nExample:\n  hansa evidence --dir haikou --json > evidence.json');
  runs<DaemonOptions>(command, terminal, exit, async (options) => {
    const daemon = await Daemon.find(options, 'operator', terminal);
    const { evidence } = await daemon.get<{ evidence: readonly Evidence[] }>('/v1/evidence');
    const rows = evidence.map(({ city, kind, proof }) => [city, kind, `${Buffer.from(proof, 'base64').length} bytes`]);
    const text = evidence.length === 0 ? 'No city was seen to misbehave.' : table(['CITY', 'KIND', 'PROOF'], rows);
    return { text, json: { evidence } };
  });
};
