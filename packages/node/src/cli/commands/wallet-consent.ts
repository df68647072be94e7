import { randomBytes } from 'node:crypto';
import { fromHex, HansaError, toHex } from '@hansa/protocol';
import {
  ConsentMode,
  consentTypes,
  encodeConsentGrant,
  encodeConsentWithdraw,
  parseDay,
} from '@hansa/protocol/families';
import { type Command, Option } from 'commander';
import { endOfDaySeconds } from '../../credential/claims.ts';
import { writeNewFile } from '../../files.ts';
import type { AccessView } from '../../services/accesses.ts';
import { type ConsentPurposeName, type ConsentView, consentPurposes } from '../../services/consents.ts';
import type { Submitted } from '../../services/submission.ts';
import { consentRecord } from '../../wallet/consent-record.ts';
import type { KeptConsent, Wallet } from '../../wallet/wallet.ts';
import { positive } from '../options.ts';
import { type Answer, type Exit, runs, type Terminal } from '../output.ts';
import type { HolderClient } from './holder-client.ts';
import { submittedAnswer } from './submitted.ts';
import { groupedCode, shortTime, table } from './text.ts';
import { holderClient, openWallet, type WalletCityOptions, walletCityOptions } from './wallet-options.ts';

interface CarriedOptions extends WalletCityOptions {
  readonly out?: string;
}

interface GrantOptions extends CarriedOptions {
  readonly to: string;
  readonly purpose: ConsentPurposeName;
  readonly uses?: number;
  readonly until?: string;
}

type Carried = Submitted & { readonly id: string };

const outHelp = 'write the signed record to this file, for a counter to carry, and send nothing';

/** `hansa wallet consent grant|withdraw|list` */
export function addConsent(wallets: Command, terminal: Terminal, exit: Exit): void {
  const group = wallets.command('consent').description('let a city read a whole certificate: grant, withdraw, list');

  const grant = walletCityOptions(
    group.command('grant').description('allow one city to read, for one purpose, signed with the own key'),
    'any city, which carries it to the ledger; default: the one that the certificate came from',
  )
    .argument('<code>', 'code of the certificate')
    .requiredOption('--to <city>', 'the city that may read')
    .addOption(
      new Option('--purpose <purpose>', 'what for').choices(Object.keys(consentPurposes)).makeOptionMandatory(),
    )
    .option('--uses <number>', 'how many times, 1 to 100', positive(100))
    .option('--until <day>', 'last day, like 2026-12-31')
    .option('--out <file>', outHelp);
  grant.addHelpText(
    'after',
    '\nExample:\n  hansa wallet consent grant --wallet wu 0f1e2d3c-4b5a6978-8796a5b4-c3d2e1f0 --to sanya --purpose loan-approval --uses 1 --until 2026-12-31',
  );
  runs<GrantOptions>(grant, terminal, exit, async (options, [code]) => {
    const wallet = await openWallet(options, terminal);
    const certificate = await wallet.certificate(code as string);
    const client = holderClient(wallet, options, terminal, certificate);
    const id = new Uint8Array(randomBytes(16));
    const bounds = boundsOf(wallet, options);
    const body = encodeConsentGrant({
      ...{ consentId: id, certificateId: fromHex(certificate.code) ?? new Uint8Array(0) },
      ...{ grantee: wallet.city(options.to).index + 1, purpose: consentPurposes[options.purpose] },
      ...bounds.fields,
    });
    const kept: KeptConsent = {
      ...{ ...client.address, id: toHex(id), certificate: certificate.code, grantee: options.to },
      ...{ purpose: options.purpose, grantedAt: new Date(Date.now()).toISOString() },
    };
    // Before it is sent: what might stand on the ledger must be there to be withdrawn.
    await wallet.keep('consents', kept.id, kept);
    const record = signedRecord(wallet, consentTypes.grant, body);
    const said = `Consent ${kept.id}: ${options.to} may read${bounds.text}`;
    if (options.out !== undefined) return written(said, options.out, kept.id, record);
    const carried = await client.postOpen<Carried>('/v1/consents', { record });
    return submittedAnswer(said, carried);
  });

  const withdraw = walletCityOptions(
    group.command('withdraw').description('end a consent; the city that has it forgets what it was given'),
    'any city, which carries it; default: the one that carried the consent',
  )
    .argument('<id>', 'id of the consent')
    .option('--out <file>', outHelp);
  withdraw.addHelpText(
    'after',
    '\nExample:\n  hansa wallet consent withdraw --wallet wu 3f0a4b439a5e0d9c1f3b7a10b5cf9c2e',
  );
  runs<CarriedOptions>(withdraw, terminal, exit, async (options, [id]) => {
    const wallet = await openWallet(options, terminal);
    const kept = (await wallet.all('consents')).find((each) => each.id === id);
    const consentId = kept === undefined ? undefined : fromHex(kept.id);
    if (kept === undefined || consentId === undefined) {
      throw new HansaError('CONSENT_NOT_IN_WALLET', 'The wallet gave no such consent. See: hansa wallet consent list');
    }
    const record = signedRecord(wallet, consentTypes.withdraw, encodeConsentWithdraw({ consentId }));
    if (options.out !== undefined) return written(`Withdrawal of ${kept.id}`, options.out, kept.id, record);
    const client = holderClient(wallet, options, terminal, kept);
    const carried = await client.postOpen<Carried>(`/v1/consents/${kept.id}/withdraw`, { record });
    return submittedAnswer(`Consent ${kept.id} is withdrawn`, carried);
  });

  const list = walletCityOptions(
    group.command('list').description('the consents given, and what is left of each'),
    'the city that is asked; default: the one that carried each',
  );
  list.addHelpText('after', '\nExample:\n  hansa wallet consent list --wallet wu');
  runs<WalletCityOptions>(list, terminal, exit, async (options) => {
    const wallet = await openWallet(options, terminal);
    const consents: ConsentView[] = [];
    /** Signed into a file, and not on the ledger yet. */
    const notCarried: KeptConsent[] = [];
    for (const kept of await wallet.all('consents')) {
      const answer = await consentOf(holderClient(wallet, options, terminal, kept), kept.id);
      if (answer === undefined) notCarried.push(kept);
      else consents.push(answer.consent);
    }
    const waiting = notCarried.map((each) => [
      ...[each.id, groupedCode(each.certificate), each.grantee, each.purpose, 'not carried yet', '', ''],
    ]);
    const standing = consents.map((each) => [
      ...[each.id, groupedCode(each.certificate), each.grantee, each.purpose, each.status],
      each.usesLeft === null ? 'any number' : String(each.usesLeft),
      each.to === null ? 'any time' : shortTime(each.to),
    ]);
    const rows = [...standing, ...waiting];
    const head = ['consent', 'certificate', 'city', 'purpose', 'status', 'uses left', 'until'];
    return { text: rows.length === 0 ? 'No consents.' : table(head, rows), json: { consents, notCarried } };
  });
}

/** `hansa wallet who-looked` */
export function addWhoLooked(wallets: Command, terminal: Terminal, exit: Exit): void {
  const looked = walletCityOptions(
    wallets.command('who-looked').description('every look at a certificate that the asked city took part in'),
    'the city that is asked; default: the one that issued it, which took part in all',
  ).argument('<code>', 'code of the certificate');
  looked.addHelpText('after', '\nExample:\n  hansa wallet who-looked --wallet wu 0f1e2d3c-4b5a6978-8796a5b4-c3d2e1f0');
  runs<WalletCityOptions>(looked, terminal, exit, async (options, [code]) => {
    const wallet = await openWallet(options, terminal);
    const certificate = await wallet.certificate(code as string);
    const client = holderClient(wallet, options, terminal, certificate);
    const path = `/v1/holder/certificates/${certificate.code}/accesses`;
    const { accesses } = await client.get<{ accesses: readonly AccessView[] }>(path);
    const rows = accesses.map((each) => [
      ...[shortTime(each.at), each.reader, each.kind, each.purpose ?? ''],
      each.code === null ? each.outcome : `${each.outcome}: ${each.code}`,
      each.consent ?? each.legalBasis ?? '',
    ]);
    const head = ['at', 'city', 'what', 'purpose', 'outcome', 'consent or legal basis'];
    return {
      text: rows.length === 0 ? `Nobody looked, as far as ${client.address.city} knows.` : table(head, rows),
      json: { accesses },
    };
  });
}

/** The record as `hansa consent submit` and the console read it. Errors: FILE_EXISTS. */
async function written(said: string, file: string, id: string, record: string): Promise<Answer> {
  await writeNewFile(file, `${record}\n`);
  return { text: `${said}: signed, in ${file}. It counts once a city has carried it.`, json: { id, record, file } };
}

/** Undefined while no city has carried it. */
async function consentOf(client: HolderClient, id: string): Promise<{ consent: ConsentView } | undefined> {
  return client.getOpen<{ consent: ConsentView }>(`/v1/consents/${id}`).catch((error: unknown) => {
    if (error instanceof HansaError && error.code === 'CONSENT_UNKNOWN') return undefined;
    throw error;
  });
}

/** By number, by time, or both; by neither is no consent. */
function boundsOf(wallet: Wallet, { uses, until }: GrantOptions) {
  if (uses === undefined && until === undefined) {
    throw new HansaError('USAGE', 'say how far the consent goes: --uses NUMBER, --until DAY, or both');
  }
  const day = until === undefined ? undefined : parseDay(until);
  if (until !== undefined && day === undefined) throw new HansaError('USAGE', '--until is a day like 2026-12-31');
  const time =
    day === undefined
      ? undefined
      : { fromMs: BigInt(Date.now()), toMs: BigInt(endOfDaySeconds(wallet.genesis, day) * 1000) };
  const mode = time === undefined ? ConsentMode.COUNT : uses === undefined ? ConsentMode.TIME : ConsentMode.TIME_COUNT;
  return {
    fields: { mode, ...time, ...(uses === undefined ? {} : { maxUses: uses }) },
    text: [
      uses === undefined ? '' : ` ${uses} time${uses === 1 ? '' : 's'}`,
      until === undefined ? '' : ` until ${until}`,
    ].join(''),
  };
}

function signedRecord({ genesis, holder, algorithm }: Wallet, type: number, body: Uint8Array): string {
  const scheme = algorithm === 'es256' ? 'p256' : 'ed25519';
  return consentRecord(genesis, { secretKey: holder.secretKey, scheme }, type, body);
}
