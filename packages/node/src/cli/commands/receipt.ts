import { readFile, writeFile } from 'node:fs/promises';
import { HansaError, limits } from '@hansa/protocol';
import { Domains } from '@hansa/protocol/crypto';
import { errorCode } from '../../files.ts';
import type { ReceiptView } from '../../services/receipts.ts';
import { type AddCommand, runs } from '../output.ts';
import { listingText } from './check.ts';
import { Daemon, type DaemonOptions, daemonOptions } from './daemon.ts';
import { pairs, shortTime } from './text.ts';

interface ExportOptions extends DaemonOptions {
  readonly record?: string;
  readonly certificate?: string;
  readonly proof?: string;
  readonly out: string;
}

interface VerifyOptions {
  readonly genesis: string;
  readonly certificate?: string;
  readonly proof?: string;
}

/** `hansa receipt export|verify` */
export const addReceipt: AddCommand = (program, terminal, exit) => {
  const group = program.command('receipt').description('portable proofs: export one, verify one without any daemon');

  const exporting = daemonOptions(group.command('export').description('fetch a receipt into a file (role auditor)'))
    .option('--record <location>', 'of a record, for instance haikou/12/0')
    .option('--certificate <code>', 'of a certificate')
    .option('--proof <id>', 'of the answer of a check: its proof')
    .requiredOption('--out <file>', 'file to write; not overwritten');
  exporting.addHelpText(
    'after',
    '\nExample:\n  hansa receipt export --dir sanya --record haikou/12/0 --out listing.receipt',
  );
  runs<ExportOptions>(exporting, terminal, exit, async (options) => {
    const { record, certificate, proof, out } = options;
    const asked = Object.entries({ record, certificate, proof }).filter(([, value]) => value !== undefined);
    if (asked.length !== 1) throw new HansaError('USAGE', 'name exactly one of --record, --certificate and --proof');
    const daemon = await Daemon.find(options, 'auditor', terminal);
    const answer = await daemon.post<{ receipt: string }>('/v1/receipts', Object.fromEntries(asked));
    const receipt = Buffer.from(answer.receipt, 'base64');
    await writeFile(out, receipt, { flag: 'wx' }).catch((error: unknown) => {
      if (errorCode(error) === 'EEXIST')
        throw new HansaError('FILE_EXISTS', `${out} exists and is not overwritten. Name another file with --out.`);
      throw new HansaError('FILE_UNWRITABLE', `${out} cannot be written. Check its directory and the free space.`);
    });
    return {
      text: `${out}: ${receipt.length} bytes. Verify it anywhere: hansa receipt verify ${out} --genesis genesis.json`,
      json: { file: out, bytes: receipt.length },
    };
  });

  const verify = group
    .command('verify')
    .description('verify a receipt with the genesis file alone: no daemon, no network')
    .argument('<file>', 'the receipt')
    .requiredOption('--genesis <file>', 'genesis file of the federation, or its federation file')
    .option('--certificate <code>', 'say what it proves of this certificate')
    .option('--proof <id>', 'say what it proves of the person that a check\u2019s proof names');
  verify.addHelpText('after', '\nExample:\n  hansa receipt verify listing.receipt --genesis genesis.json');
  runs<VerifyOptions>(verify, terminal, exit, async (options, [file]) => {
    const [{ nativeCrypto }, { readReceipt }, { readFederationFile }] = await Promise.all([
      import('../../crypto/index.ts'),
      import('../../services/receipts.ts'),
      import('../../setup/checked-genesis.ts'),
    ]);
    const genesis = await readFederationFile(options.genesis, terminal.environment);
    const domains = new Domains(nativeCrypto, genesis.federationId);
    const { certificate, proof } = options;
    const about = { ...(certificate === undefined ? {} : { certificate }), ...(proof === undefined ? {} : { proof }) };
    const view = readReceipt(
      { genesis, crypto: nativeCrypto, domains },
      await readGiven(file as string),
      about,
      Date.now(),
    );
    return { text: textOf(view), json: { ...view } };
  });
};

/** Files of a size that receipts and genesis files have. */
const fileBytesMax = 16 * limits.entryBytesMax;

async function readGiven(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT')
      throw new HansaError('FILE_MISSING', `There is no file ${path}. Check the path.`);
    throw new HansaError('FILE_UNREADABLE', `${path} cannot be read. Check that it is a file, and its permissions.`);
  });
  if (bytes.length > fileBytesMax)
    throw new HansaError(
      'FILE_TOO_LARGE',
      `${path} is larger than any receipt or genesis file. Choose the right file.`,
    );
  return bytes;
}

function textOf(view: ReceiptView): string {
  const { federation, height, checkpointHeight, vouchedAt, facts, record, certificate, subject } = view;
  const lines: (readonly [string, string])[] = [
    ['federation', federation],
    ['state', `after block ${checkpointHeight}; later blocks may have changed it`],
    ['vouched for', `by block ${height} at ${shortTime(vouchedAt)}`],
    ...(record === undefined
      ? []
      : [['record', `${record.location}, ${record.family} ${record.type}: ${standings[record.standing]}`] as const]),
    ...(certificate === undefined ? [] : [['certificate', `${certificate.code}: ${certificate.status}`] as const]),
    ...(facts > 0 && certificate === undefined && subject === undefined
      ? [
          [
            'facts',
            `${facts}, of something that the receipt does not name: add --certificate or --proof to learn what it says of it`,
          ] as const,
        ]
      : []),
    ...(subject === undefined ? [] : [['person', subject.result === 'hit' ? 'LISTED' : 'NOT LISTED'] as const]),
  ];
  return [
    'VALID: a quorum of the federation\u2019s cities agreed on this',
    pairs(lines),
    ...(subject?.listings.map(listingText) ?? []),
  ].join('\n');
}

const standings = {
  stands: 'final, and it has its effect',
  'does-not-stand': 'final, but without effect: it was rejected, or what it made is gone',
  unproven: 'final; whether it took effect is not in this receipt',
} as const;
