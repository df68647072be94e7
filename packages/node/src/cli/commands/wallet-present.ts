import { HansaError, toHex, unwrap } from '@hansa/protocol';
import type { Command } from 'commander';
import { cityNamed } from '../../city-names.ts';
import {
  type CredentialFieldName,
  cityUrn,
  credentialFieldNames,
  encodeCounterCode,
  isFieldName,
  presentCredential,
  verifyCredential,
  withReceipt,
} from '../../credential/index.ts';
import { qrSvg, qrTerminal } from '../../credential/qr.ts';
import { nativeCrypto } from '../../crypto/index.ts';
import { writeNewFile } from '../../files.ts';
import { type Exit, runs, type Terminal } from '../output.ts';
import { openWallet, type WalletOptions, walletOptions } from './wallet-options.ts';

interface PresentOptions extends WalletOptions {
  readonly to: string;
  readonly case: string;
  readonly disclose: string;
  readonly out?: string;
  readonly qr?: string;
  readonly codes?: string;
  readonly terminal?: boolean;
  readonly receipt: boolean;
}

/** `hansa wallet present` */
export function addPresent(group: Command, terminal: Terminal, exit: Exit): void {
  const present = walletOptions(
    group.command('present').description('show chosen fields of a copy to one city, for one matter'),
  )
    .argument('<code>', 'code of the certificate')
    .requiredOption('--to <city>', 'the city that is to see it')
    .requiredOption('--case <reference>', 'what the counter named for this matter; it makes the presentation good once')
    .requiredOption('--disclose <fields>', 'fields to show, with commas between; "all" for all')
    .option('--out <file>', 'write the presentation alone, as other programs read it')
    .option('--codes <file>', 'write what its QR codes say, with the receipt of the status, one code a line')
    .option('--qr <file>', 'write its QR codes as SVG')
    .option('--terminal', 'draw its QR codes here')
    .option('--no-receipt', 'codes without the receipt of the status');
  present.addHelpText(
    'after',
    `\nExample:\n  hansa wallet present --wallet wu 0f1e2d3c-4b5a6978-8796a5b4-c3d2e1f0 --to sanya --case LOAN-2026-0117 --disclose holderName,balanceFen --qr code.svg\n\nFields: ${credentialFieldNames.join(', ')}`,
  );
  runs<PresentOptions>(present, terminal, exit, async (options, [code]) => {
    const wallet = await openWallet(options, terminal);
    const kept = await wallet.certificate(code as string);
    const disclose = readFields(options.disclose);
    const keptReceipt = Buffer.from(kept.receipt, 'base64');
    const context = withReceipt({ genesis: wallet.genesis, crypto: nativeCrypto }, keptReceipt);
    const request = {
      ...{ credential: kept.credential, disclose, nonce: options.case, signedAtMs: Date.now() },
      audience: cityUrn(wallet.genesis, cityNamed(context.genesis, options.to).name),
    };
    const presentation = await presentCredential(nativeCrypto, wallet.holder, request);
    // What the certificate does not have cannot be shown; its holder should know before the counter does.
    const { disclosed, certificateId } = unwrap(verifyCredential(context, presentation, request.signedAtMs));
    const receipt = options.receipt ? keptReceipt : undefined;
    const codes = unwrap(await encodeCounterCode(nativeCrypto, { presentation, receipt }));
    const done: string[] = [];
    if (options.out !== undefined) {
      await writeNewFile(options.out, `${presentation}\n`, 0o600);
      done.push(`${options.out}: the presentation, without the receipt of its status.`);
    }
    if (options.codes !== undefined) {
      await writeNewFile(options.codes, `${codes.join('\n')}\n`, 0o600);
      done.push(`${options.codes}: what ${codes.length} QR codes say.`);
    }
    if (options.qr !== undefined) {
      await writeNewFile(options.qr, qrSvg(codes), 0o600);
      done.push(`${options.qr}: ${codes.length} QR codes.`);
    }
    if (options.terminal === true)
      done.push(...codes.map((text, i) => `${i + 1} / ${codes.length}\n${qrTerminal(text)}`));
    const shown = Object.keys(disclosed);
    const absent = disclose.filter((name) => !shown.includes(name));
    done.push(
      `Shown to ${options.to} for ${options.case}: ${shown.join(', ') || 'nothing but code and last day'}.`,
      ...(absent.length === 0 || options.disclose === 'all' ? [] : [`The certificate has no ${absent.join(', ')}.`]),
    );
    const { out, codes: codesFile, qr } = options;
    if (out === undefined && codesFile === undefined && qr === undefined && options.terminal !== true)
      done.push(presentation);
    return {
      text: done.join('\n'),
      json: { code: toHex(certificateId), to: options.to, case: options.case, disclosed: shown, presentation, codes },
    };
  });
}

function readFields(text: string): readonly CredentialFieldName[] {
  if (text === 'all') return credentialFieldNames;
  const names = text.split(',').map((name) => name.trim());
  const fields = names.filter(isFieldName);
  if (fields.length === names.length) return fields;
  throw new HansaError(
    'USAGE',
    `--disclose names a field that there is not. There are: ${credentialFieldNames.join(', ')}`,
  );
}
