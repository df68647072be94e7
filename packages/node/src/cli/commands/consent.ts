import { HansaError, limits } from '@hansa/protocol';
import { readSmallFile } from '../../files.ts';
import type { ConsentView } from '../../services/consents.ts';
import type { Submitted } from '../../services/submission.ts';
import { type AddCommand, runs } from '../output.ts';
import { Daemon, type DaemonOptions, daemonOptions } from './daemon.ts';
import { submittedAnswer } from './submitted.ts';
import { type SubmittingOptions, submit, submittingOptions } from './submitting.ts';
import { shortTime } from './text.ts';

interface RecordOptions extends SubmittingOptions {
  readonly record: string;
}

/** `hansa consent show|submit|withdraw` */
export const addConsent: AddCommand = (program, terminal, exit) => {
  const group = program.command('consent').description('consents of holders: show one, carry what a wallet signed');

  const show = daemonOptions(
    group.command('show').description('a consent and what is left of it (role clerk)'),
  ).argument('<id>', 'the 32 digits of the consent');
  show.addHelpText('after', '\nExample:\n  hansa consent show --dir sanya 0123456789abcdef0123456789abcdef');
  runs<DaemonOptions>(show, terminal, exit, async (options, [id]) => {
    const daemon = await Daemon.find(options, 'clerk', terminal);
    const answer = await daemon.get<{ consent: ConsentView }>(`/v1/consents/${idOf(id)}`);
    return { text: consentText(answer.consent), json: answer };
  });

  const grant = submittingOptions(
    group.command('submit').description('carry a grant that a wallet signed to the ledger (role clerk)'),
  ).requiredOption('--record <file>', 'the signed record, as the wallet wrote it');
  grant.addHelpText('after', '\nExample:\n  hansa consent submit --dir sanya --record grant.bin');
  runs<RecordOptions>(grant, terminal, exit, async (options) => {
    const daemon = await Daemon.find(options, 'clerk', terminal);
    const record = await recordOf(options.record);
    const done = await submit<Submitted & { id: string }>(daemon, terminal, options, '/v1/consents', { record });
    return submittedAnswer(`The consent ${done.id} is granted`, done);
  });

  const withdraw = submittingOptions(
    group.command('withdraw').description('carry a withdrawal that a wallet signed to the ledger (role clerk)'),
  )
    .argument('<id>', 'the consent that it withdraws')
    .requiredOption('--record <file>', 'the signed record, as the wallet wrote it');
  withdraw.addHelpText(
    'after',
    '\nExample:\n  hansa consent withdraw --dir sanya 0123456789abcdef0123456789abcdef --record withdrawal.bin',
  );
  runs<RecordOptions>(withdraw, terminal, exit, async (options, [id]) => {
    const daemon = await Daemon.find(options, 'clerk', terminal);
    const record = await recordOf(options.record);
    const path = `/v1/consents/${idOf(id)}/withdraw`;
    return submittedAnswer(
      'The consent is withdrawn',
      await submit<Submitted>(daemon, terminal, options, path, { record }),
    );
  });
};

/** Record bytes, or their base64 as a wallet shows it. */
async function recordOf(file: string): Promise<string> {
  const bytes = await readSmallFile(file, 2 * limits.recordBytesMax);
  const text = new TextDecoder().decode(bytes).trim();
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? text : Buffer.from(bytes).toString('base64');
}

/** Checked here, because it becomes part of a path. */
function idOf(text: string | undefined): string {
  const id = (text ?? '').trim().toLowerCase();
  if (/^[0-9a-f]{32}$/.test(id)) return id;
  throw new HansaError('USAGE', 'A consent\u2019s id is 32 hexadecimal digits, as the wallet shows it');
}

function consentText(consent: ConsentView): string {
  const { id, status, grantee, purpose, from, to, uses, maxUses, usesLeft, certificate } = consent;
  const time = from === null || to === null ? [] : [`from ${shortTime(from)} until ${shortTime(to)}`];
  const count =
    maxUses === null ? [`${uses} uses so far`] : [`${uses} of ${maxUses} uses taken, ${usesLeft ?? 0} left`];
  return [
    `Consent ${id}: ${status}`,
    `${grantee} may read certificate ${certificate} for ${purpose}`,
    [...time, ...count].join('; '),
  ].join('\n');
}
