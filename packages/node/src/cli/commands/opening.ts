import { type Command, Option } from 'commander';
import type { DocumentInfo } from '../../registry/index.ts';
import { consentPurposes } from '../../services/consents.ts';
import type { ErasureView } from '../../services/erasures.ts';
import type { OpenedCertificate, OpenedListing } from '../../services/openings.ts';
import { type AddCommand, groupOf, runs } from '../output.ts';
import { Daemon, type DaemonOptions, daemonOptions } from './daemon.ts';
import { listingPath } from './location.ts';
import { type SubmittingOptions, submit, submittingOptions } from './submitting.ts';
import { staleLines } from './text.ts';

interface Handling {
  readonly case: string;
  readonly handler: string;
}

interface EraseOptions extends DaemonOptions {
  readonly reason: string;
  readonly handler: string;
}

/** `hansa certificate open|erase`, `hansa blacklist open|erase`: added to the groups that are there. */
export const addOpenings: AddCommand = (program, terminal, exit) => {
  const openCertificate = submittingOptions(
    groupOf(program, 'certificate')
      .command('open')
      .description('the printed fields of another city\u2019s certificate, under a consent (role clerk)'),
  )
    .argument('<code>', 'the 32 digits printed on the document')
    .requiredOption('--consent <id>', 'the holder\u2019s consent')
    .addOption(
      new Option('--purpose <purpose>', 'what the holder allowed it for')
        .choices(Object.keys(consentPurposes))
        .makeOptionMandatory(),
    )
    .requiredOption('--case <reference>', 'reference of the matter in hand')
    .requiredOption('--handler <officer>', 'officer who handles the matter');
  openCertificate.addHelpText(
    'after',
    '\nExample:\n  hansa certificate open --dir sanya CODE --consent ID --purpose loan-approval --case LOAN-2026-0117 --handler op03',
  );
  runs<SubmittingOptions & Handling & { consent: string; purpose: string }>(
    openCertificate,
    terminal,
    exit,
    async (options, [code]) => {
      const daemon = await Daemon.find(options, 'clerk', terminal);
      const { consent, purpose, case: matter, handler } = options;
      const path = `${certificatePath(code ?? '')}/open`;
      const body = { consent, purpose, case: matter, handler };
      const opened = await submit<OpenedCertificate>(daemon, terminal, options, path, body);
      const from = opened.source === 'issuer' ? `asked of ${opened.certificate.issuer}` : 'delivered before';
      const lines = [fields(opened.document), '', `Use ${opened.use}; ${from}.`, ...staleLines(opened.stale)];
      return { text: lines.join('\n'), json: { ...opened } };
    },
  );

  const openListing = daemonOptions(
    groupOf(program, 'blacklist')
      .command('open')
      .description('behaviour and amount of a listing, on a legal basis (role clerk)'),
  )
    .argument('<listing>', 'location of the listing, as a check shows it')
    .requiredOption('--basis <code>', 'one of the policy\u2019s legal bases, for instance LOAN_DECISION')
    .requiredOption('--case <reference>', 'reference of the matter in hand')
    .requiredOption('--handler <officer>', 'officer who handles the matter');
  openListing.addHelpText(
    'after',
    '\nExample:\n  hansa blacklist open --dir sanya haikou/12/0 --basis LOAN_DECISION --case LOAN-2026-0117 --handler op03',
  );
  runs<DaemonOptions & Handling & { basis: string }>(openListing, terminal, exit, async (options, [listing]) => {
    const daemon = await Daemon.find(options, 'clerk', terminal);
    const { basis, case: matter, handler } = options;
    const path = `${listingPath(listing)}/open`;
    const opened = await daemon.post<OpenedListing>(path, { basis, case: matter, handler });
    const { documents = [], ...details } = opened.details as { documents?: readonly DocumentInfo[] };
    const papers = documents.map(({ name, bytes, commitment }) => `paper ${name}  ${bytes} bytes  ${commitment}`);
    return { text: [fields(details), ...papers, ...staleLines(opened.stale)].join('\n'), json: { ...opened } };
  });

  const addErase = (
    erase: Command,
    role: 'issuer' | 'approver',
    example: string,
    pathOf: (named: string) => string,
  ) => {
    daemonOptions(erase)
      .addOption(new Option('--reason <reason>', 'why').choices(['holder-request', 'expired']).makeOptionMandatory())
      .requiredOption('--handler <officer>', 'officer who handles the matter')
      .addHelpText('after', `\nExample:\n  ${example}`);
    runs<EraseOptions>(erase, terminal, exit, async ({ reason, handler, ...options }, [named]) => {
      const daemon = await Daemon.find(options, role, terminal);
      return erased(await daemon.post<ErasureView>(`${pathOf(named ?? '')}/erase`, { reason, handler }));
    });
  };
  addErase(
    groupOf(program, 'certificate')
      .command('erase')
      .description('delete payload and salt of an own certificate (role issuer)')
      .argument('<code>', 'the 32 digits printed on the document'),
    'issuer',
    'hansa certificate erase --dir haikou CODE --reason holder-request --handler op08',
    certificatePath,
  );
  addErase(
    groupOf(program, 'blacklist')
      .command('erase')
      .description('delete payload and salt of an own listing (role approver)')
      .argument('<listing>', 'location of the listing'),
    'approver',
    'hansa blacklist erase --dir haikou haikou/12/0 --reason expired --handler op08',
    listingPath,
  );
};

function certificatePath(code: string): string {
  return `/v1/certificates/${encodeURIComponent(code.trim().toLowerCase())}`;
}

function erased(view: ErasureView) {
  const cities = view.acknowledged.map(({ city }) => city).join(', ');
  return { text: `${view.record} is erased here. On the ledger: ${cities || 'not yet'}.`, json: { ...view } };
}

function fields(document: object): string {
  const entries = Object.entries(document).filter(([, value]) => value !== null);
  const width = Math.max(...entries.map(([name]) => name.length));
  return entries.map(([name, value]) => `${name.padEnd(width)}  ${String(value)}`).join('\n');
}
