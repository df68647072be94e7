import { HansaError, toHex, unwrap } from '@hansa/protocol';
import { Option } from 'commander';
import { applicationPurposes } from '../../api/ports.ts';
import { credentialStanding, verifyCredential, withReceipt } from '../../credential/index.ts';
import { nativeCrypto } from '../../crypto/index.ts';
import { readSmallFile } from '../../files.ts';
import {
  holderAlgorithms,
  type KeptApplication,
  type KeptCertificate,
  Wallet,
  type WalletAlgorithm,
} from '../../wallet/wallet.ts';
import { type AddCommand, type Answer, runs } from '../output.ts';
import { fieldLines, openLines, standingLine } from './credential-text.ts';
import type { HolderClient } from './holder-client.ts';
import { askHidden } from './prompt.ts';
import { groupedCode, pairs, shortTime, table } from './text.ts';
import { addConsent, addWhoLooked } from './wallet-consent.ts';
import {
  holderClient,
  openWallet,
  type WalletCityOptions,
  type WalletOptions,
  walletCityOptions,
  walletDirectory,
  walletOptions,
} from './wallet-options.ts';
import { addPresent } from './wallet-present.ts';

const genesisBytesMax = 4 * 1024 * 1024;

interface OwnApplication {
  readonly id: string;
  readonly state: string;
  readonly purpose: string;
  readonly appliedAt: string;
  readonly certificate: string | null;
  readonly refusal: string | null;
}

/** `hansa wallet init|apply|receive|show|present|consent|who-looked` */
export const addWallet: AddCommand = (program, terminal, exit) => {
  const group = program
    .command('wallet')
    .description('a citizen\u2019s wallet: keys, applications, copies of certificates; needs no token of a city');

  const init = walletOptions(group.command('init').description('make a wallet with a key of its own'))
    .requiredOption('--genesis <file>', 'genesis file of the federation: what everything is verified with')
    .addOption(new Option('--algorithm <name>', 'kind of the key').choices(holderAlgorithms).default('ed25519'));
  init.addHelpText('after', '\nExample:\n  hansa wallet init --wallet wu --genesis genesis.json');
  runs<WalletOptions & { genesis: string; algorithm: WalletAlgorithm }>(init, terminal, exit, async (options) => {
    const genesis = await readSmallFile(options.genesis, genesisBytesMax);
    const wallet = await Wallet.create(walletDirectory(options, terminal), options.algorithm, genesis);
    return shownKey(wallet, 'The wallet is ready.');
  });

  const apply = walletCityOptions(
    group.command('apply').description('apply for a certificate; an officer of the city decides'),
    'the city that has the account',
  )
    .option('--account-file <file>', 'file with the account or identity number; without it the number is asked for')
    .option('--to <city>', 'the only city that may use the certificate; default: any')
    .option('--phone <number>', 'where the counter reaches the applicant')
    .addOption(new Option('--purpose <purpose>', 'what it is for').choices(applicationPurposes).makeOptionMandatory());
  apply.addHelpText(
    'after',
    '\nExample:\n  hansa wallet apply --wallet wu --city haikou --url http://127.0.0.1:7480 --purpose loan-approval --to sanya',
  );
  runs<WalletCityOptions & { accountFile?: string; to?: string; phone?: string; purpose: string }>(
    apply,
    terminal,
    exit,
    async (options) => {
      const wallet = await openWallet(options, terminal);
      const client = holderClient(wallet, options, terminal);
      const account =
        options.accountFile === undefined
          ? await (terminal.ask ?? askHidden)('Account or identity number (not shown): ')
          : new TextDecoder().decode(await readSmallFile(options.accountFile, 1024));
      const application = await client.post<OwnApplication>('/v1/applications', {
        ...{ account: account.trim(), purpose: options.purpose },
        ...(options.to === undefined ? {} : { addressedTo: options.to }),
        ...(options.phone === undefined ? {} : { phone: options.phone }),
      });
      await keepApplication(wallet, client, application);
      return {
        text: `Application ${application.id} waits for an officer of ${client.address.city}. Later: hansa wallet receive`,
        json: { application },
      };
    },
  );

  const receive = walletCityOptions(
    group.command('receive').description('fetch what became of applications, copies, and fresh receipts'),
    'the city that is asked; default: the one that was applied to',
  ).argument('[code]', 'code of a certificate on this wallet\u2019s key; default: all applications and certificates');
  receive.addHelpText('after', '\nExample:\n  hansa wallet receive --wallet wu');
  runs<WalletCityOptions>(receive, terminal, exit, async (options, [code]) => {
    const wallet = await openWallet(options, terminal);
    const lines: string[] = [];
    const certificates: KeptCertificate[] = [];
    const fetch = async (client: HolderClient, plain: string) => {
      const kept = await fetchCertificate(wallet, client, plain);
      certificates.push(kept);
      lines.push(`Certificate ${groupedCode(kept.code)} is in the wallet, verified.`);
    };
    if (code !== undefined) {
      const plain = code.replaceAll(/[\s-]/g, '').toLowerCase();
      const known = (await wallet.all('certificates')).find((each) => each.code === plain);
      await fetch(holderClient(wallet, options, terminal, known), plain);
      return { text: lines.join('\n'), json: { certificates } };
    }
    const known = await wallet.all('certificates');
    const applications: Pick<OwnApplication, 'id' | 'state' | 'refusal' | 'certificate'>[] = [];
    for (const before of await wallet.all('applications')) {
      if (before.state === 'refused') continue;
      const client = holderClient(wallet, options, terminal, before);
      const now =
        before.state === 'pending' ? await client.get<OwnApplication>(`/v1/applications/${before.id}`) : before;
      await keepApplication(wallet, client, now);
      const { id, state, refusal, certificate } = now;
      applications.push({ id, state, refusal, certificate });
      if (now.state === 'pending') lines.push(`Application ${now.id} still waits for an officer.`);
      if (now.state === 'refused') lines.push(`Application ${now.id} is refused: ${now.refusal}.`);
      if (now.certificate !== null) await fetch(client, now.certificate);
    }
    for (const each of known.filter(({ code }) => !certificates.some((done) => done.code === code))) {
      await fetch(holderClient(wallet, options, terminal, each), each.code);
    }
    return {
      text: lines.join('\n') || 'There is nothing to fetch. Apply first.',
      json: { certificates, applications },
    };
  });

  const show = walletOptions(
    group.command('show').description('what is in the wallet, or every field of one copy'),
  ).argument('[code]', 'code of a certificate');
  show.addHelpText('after', '\nExample:\n  hansa wallet show --wallet wu\n\nWith a code it prints personal data.');
  runs<WalletOptions>(show, terminal, exit, async (options, [code]) => {
    const wallet = await openWallet(options, terminal);
    return code === undefined ? shownWallet(wallet) : shownCopy(wallet, await wallet.certificate(code));
  });

  addPresent(group, terminal, exit);
  addConsent(group, terminal, exit);
  addWhoLooked(group, terminal, exit);
};

/** The copy of a certificate and a receipt, verified before they are kept. */
async function fetchCertificate(wallet: Wallet, client: HolderClient, code: string): Promise<KeptCertificate> {
  const answer = await client.get<{ credential?: string; receipt: string }>(`/v1/holder/certificates/${code}`);
  const before = (await wallet.all('certificates')).find((each) => each.code === code);
  const credential = answer.credential ?? before?.credential;
  if (credential === undefined) {
    throw new HansaError(
      'DOCUMENT_UNKNOWN',
      'This city holds no document of the certificate: another one issued it, or it is erased. Ask the issuing city: --city NAME --url URL.',
    );
  }
  const issuedAt = answer.credential === undefined ? before : undefined;
  const kept: KeptCertificate = {
    ...(issuedAt === undefined ? client.address : { city: issuedAt.city, url: issuedAt.url }),
    ...{ code, credential, receipt: answer.receipt, fetchedAt: new Date().toISOString() },
  };
  const { credential: copy } = verified(wallet, kept);
  if (toHex(copy.certificateId) !== code || toHex(copy.holderKey) !== toHex(wallet.holder.publicKey)) {
    throw new HansaError(
      'NOT_CERTIFICATE_HOLDER',
      'What the city gave is a copy on another key, and this wallet could never present it. Have the certificate issued anew on its key.',
    );
  }
  await wallet.keep('certificates', code, kept);
  return kept;
}

function verified(wallet: Wallet, { credential, receipt }: KeptCertificate) {
  const receiptBytes = Buffer.from(receipt, 'base64');
  const context = withReceipt({ genesis: wallet.genesis, crypto: nativeCrypto }, receiptBytes);
  const copy = unwrap(verifyCredential(context, credential, Date.now()));
  const standing = unwrap(credentialStanding(context, copy, receiptBytes, Date.now()));
  return { credential: copy, standing };
}

async function keepApplication(wallet: Wallet, { address }: HolderClient, application: OwnApplication) {
  const { id, state, purpose, appliedAt, certificate, refusal } = application;
  const kept: KeptApplication = { ...address, id, state, purpose, appliedAt, certificate, refusal };
  await wallet.keep('applications', id, kept);
}

function shownKey(wallet: Wallet, first: string): Answer {
  const key = toHex(wallet.holder.publicKey);
  return {
    text: `${first}\n${pairs([
      ['federation', wallet.genesis.name],
      ['key', `${key.slice(0, 16)}\u2026 (${wallet.algorithm}); the officer compares its beginning`],
    ])}`,
    json: { federation: wallet.genesis.name, algorithm: wallet.algorithm, publicKey: key },
  };
}

async function shownWallet(wallet: Wallet): Promise<Answer> {
  const [applications, certificates] = await Promise.all([wallet.all('applications'), wallet.all('certificates')]);
  const key = shownKey(wallet, 'Wallet');
  const parts = [
    key.text,
    applications.length === 0
      ? 'No applications.'
      : table(
          ['application', 'at', 'purpose', 'city', 'state'],
          applications.map(({ id, appliedAt, purpose, city, state, refusal }) => [
            ...[id, shortTime(appliedAt), purpose, city],
            refusal === null ? state : `${state}: ${refusal}`,
          ]),
        ),
    certificates.length === 0
      ? 'No certificates.'
      : table(
          ['certificate', 'from', 'receipt of'],
          certificates.map(({ code, city, fetchedAt }) => [groupedCode(code), city, shortTime(fetchedAt)]),
        ),
  ];
  return {
    text: parts.join('\n\n'),
    json: { ...key.json, applications, certificates: certificates.map(({ code, city }) => ({ code, city })) },
  };
}

function shownCopy(wallet: Wallet, kept: KeptCertificate): Answer {
  const { credential, standing } = verified(wallet, kept);
  const lines = [...openLines(credential), standingLine(standing), ...fieldLines(credential.disclosed)];
  return {
    text: `异地贷款职工住房公积金缴存使用证明\n${pairs(lines)}`,
    json: { code: kept.code, status: standing.status, height: standing.height, fields: credential.disclosed },
  };
}
