import { stat } from 'node:fs/promises';
import { HansaError, limits, toHex, unwrap } from '@hansa/protocol';
import { readFederation } from '@hansa/protocol/receipt';
import type { Command } from 'commander';
import {
  type CredentialContext,
  type CredentialStanding,
  cityUrn,
  credentialStanding,
  decodeCounterCode,
  isCounterCode,
  type VerifiedCredential,
  verifyCredential,
  verifyPresentation,
  withReceipt,
} from '../../credential/index.ts';
import { nativeCrypto } from '../../crypto/index.ts';
import { readSmallFile, writeNewFile } from '../../files.ts';
import type { CertificateAnswer } from '../../services/certificates.ts';
import { readVerifyClient } from '../../verify-page/client-files.ts';
import { renderVerifyPage } from '../../verify-page/render.ts';
import { exitCodes } from '../exit-codes.ts';
import { type Answer, type Exit, runs, type Terminal } from '../output.ts';
import { fieldLines, openLines, standingLine } from './credential-text.ts';
import { Daemon, type DaemonOptions, daemonOptions } from './daemon.ts';
import { pairs, shortTime } from './text.ts';

interface VerifyOptions extends DaemonOptions {
  readonly genesis?: string;
  readonly receipt?: string;
  readonly city?: string;
  readonly case?: string;
}

const fileBytesMax = 4 * 1024 * 1024;

/** `hansa certificate verify`: a code is looked up in a city, a presentation is verified here. */
export function addCertificateVerify(
  group: Command,
  terminal: Terminal,
  exit: Exit,
  looked: (answer: CertificateAnswer) => Answer,
): void {
  const verify = daemonOptions(
    group.command('verify').description('verify a presentation offline, or look a code up in a city (role clerk)'),
  )
    .argument('<what>', 'file with a presentation or scanned codes, the text of one, or the printed code')
    .option('--genesis <file>', 'genesis or federation file: verify offline, with no daemon')
    .option('--receipt <file>', 'receipt of the status, where the codes have none')
    .option('--city <name>', 'offline: the city that verifies')
    .option('--case <reference>', 'offline: what the counter named to the holder');
  verify.addHelpText(
    'after',
    '\nExample:\n  hansa certificate verify --dir sanya 0f1e2d3c-4b5a6978-8796a5b4-c3d2e1f0\n  hansa certificate verify scanned.txt --genesis genesis.json --city sanya --case LOAN-2026-0117\n\nThe exit code is 1 when the certificate counts no more, or another city certified the same person, too.',
  );
  runs<VerifyOptions>(verify, terminal, exit, async (options, [what]) => {
    const given = what as string;
    if (options.genesis !== undefined) return offline(options, options.genesis, given, terminal);
    if (await isPresented(given)) {
      throw new HansaError('USAGE', 'name the genesis file, which a presentation is verified with: --genesis FILE');
    }
    const daemon = await Daemon.find(options, 'clerk', terminal);
    const answer = await daemon.get<CertificateAnswer>(`/v1/certificates/${encodeURIComponent(given)}`);
    const { status, conflicts } = answer.certificate;
    const counts = status === 'active' && conflicts.length === 0;
    return { ...looked(answer), ...(counts ? {} : { exitCode: exitCodes.refused }) };
  });
}

/** `hansa certificate page` */
export function addCertificatePage(group: Command, terminal: Terminal, exit: Exit): void {
  const page = group
    .command('page')
    .description('one HTML file that verifies presentations in a browser, with no network')
    .option('--genesis <file>', 'genesis or federation file, to stand in the page; without it the counter opens it')
    .requiredOption('--out <file>', 'the page');
  page.addHelpText('after', '\nExample:\n  hansa certificate page --genesis genesis.json --out verify.html');
  runs<{ genesis?: string; out: string }>(page, terminal, exit, async ({ genesis: path, out }) => {
    const genesis = path === undefined ? undefined : await readSmallFile(path, limits.federationBytesMax);
    // Whoever opens the page trusts what stands in it.
    const name = genesis === undefined ? undefined : unwrap(readFederation(nativeCrypto, genesis)).name;
    const html = renderVerifyPage(readVerifyClient(), genesis);
    await writeNewFile(out, html);
    const whose = name === undefined ? 'any federation' : name;
    return {
      text: `${out}: verifies copies of ${whose}. Open it in a browser.`,
      json: { file: out, federation: name ?? null },
    };
  });
}

async function isPresented(given: string): Promise<boolean> {
  return given.includes('~') || isCounterCode(given) || (await isFile(given));
}

function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

async function offline(
  options: VerifyOptions,
  genesisPath: string,
  given: string,
  terminal: Terminal,
): Promise<Answer> {
  const { readFederationFile } = await import('../../setup/checked-genesis.ts');
  const genesis = await readFederationFile(genesisPath, terminal.environment);
  const { presentation, receipt } = await readPresented(given);
  const receiptBytes = options.receipt === undefined ? receipt : await readSmallFile(options.receipt, fileBytesMax);
  const context: CredentialContext = withReceipt({ genesis, crypto: nativeCrypto }, receiptBytes);
  const atMs = Date.now();
  const { city, case: nonce } = options;
  if ((city === undefined) !== (nonce === undefined)) throw new HansaError('USAGE', 'name both --city and --case');
  const expected = city === undefined || nonce === undefined ? undefined : { city, nonce };
  const credential = unwrap(
    expected === undefined
      ? verifyCredential(context, presentation, atMs)
      : verifyPresentation(context, presentation, expected, atMs),
  );
  const standing =
    receiptBytes === undefined ? undefined : unwrap(credentialStanding(context, credential, receiptBytes, atMs));
  return answerOf(context, credential, standing, expected);
}

/** Codes stand one a line, as a scanner types them; everything else is a presentation. */
async function readPresented(given: string) {
  const text = (await isFile(given)) ? new TextDecoder().decode(await readSmallFile(given, fileBytesMax)) : given;
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (lines.some(isCounterCode)) return unwrap(await decodeCounterCode(nativeCrypto, lines));
  return { presentation: lines.join('').trim(), receipt: undefined };
}

function answerOf(
  { genesis }: CredentialContext,
  credential: VerifiedCredential,
  standing: CredentialStanding | undefined,
  expected: { readonly city: string; readonly nonce: string } | undefined,
): Answer {
  const { keyBinding, disclosed } = credential;
  const audience = genesis.authorities.find(({ name }) => cityUrn(genesis, name) === keyBinding?.audience)?.name;
  const shown =
    keyBinding === undefined
      ? 'to nobody: a copy without its holder’s signature; anybody may have it'
      : `to ${audience ?? 'another federation'} for ${keyBinding.nonce} at ${shortTime(new Date(keyBinding.signedAtMs).toISOString())}`;
  const ended = standing !== undefined && standing.status !== 'active';
  const lines = [...openLines(credential), standingLine(standing), ['shown', shown] as const, ...fieldLines(disclosed)];
  return {
    text: `${verdictOf(standing, expected?.city)}\n${pairs(lines)}`,
    json: {
      code: toHex(credential.certificateId),
      issuer: credential.issuer.name,
      status: standing?.status ?? null,
      height: standing?.height ?? null,
      stale: standing?.stale ?? null,
      addressedTo: standing?.addressedTo?.name ?? null,
      shownTo: audience ?? null,
      case: keyBinding?.nonce ?? null,
      checkedFor: expected ?? null,
      fields: disclosed,
    },
    ...(ended ? { exitCode: exitCodes.refused } : {}),
  };
}

/** `city` is the one that verifies; undefined: not said. */
function verdictOf(standing: CredentialStanding | undefined, city: string | undefined): string {
  if (standing?.status === 'conflict') {
    return 'CONFLICT: genuine, but another city certified the same person, too; ask both first';
  }
  if (standing !== undefined && standing.status !== 'active') {
    return `${standing.status.toUpperCase()}: genuine, but it counts no more`;
  }
  if (city === undefined) return 'GENUINE: compare for whom and for what it is shown (or give --city and --case)';
  if (standing === undefined) return 'GENUINE: shown by its holder for this matter; its status is not known';
  const { addressedTo, stale } = standing;
  if (addressedTo !== undefined && addressedTo.name !== city) {
    return `GENUINE: addressed to ${addressedTo.name}, and no other city may use it; ask for one addressed to ${city}`;
  }
  if (stale) {
    return 'GENUINE: shown by its holder for this matter; its receipt is old: look the code up, or ask for a fresh one';
  }
  return 'VALID: active, and shown by its holder for this matter';
}
