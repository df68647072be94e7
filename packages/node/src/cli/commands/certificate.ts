import { HansaError } from '@hansa/protocol';
import { Option } from 'commander';
import type { CertificateDocument } from '../../registry/certificates.ts';
import type { CertificateAnswer } from '../../services/certificates.ts';
import type { Submitted } from '../../services/submission.ts';
import { revokeReasons } from '../../services/views.ts';
import { type AddCommand, type Answer, runs } from '../output.ts';
import { documentText } from './certificate-document.ts';
import { addCertificatePage, addCertificateVerify } from './certificate-verify.ts';
import { Daemon, type DaemonOptions, daemonOptions } from './daemon.ts';
import { submittedAnswer } from './submitted.ts';
import { type SubmittingOptions, submit, submittingOptions } from './submitting.ts';
import { groupedCode, pairs, shortTime, staleLines } from './text.ts';

/** `hansa certificate issue|verify|show|use|revoke` */
export const addCertificate: AddCommand = (program, terminal, exit) => {
  const group = program.command('certificate').description('deposit certificates: issue, verify, show, use, revoke');

  const issue = submittingOptions(
    group.command('issue').description('issue a certificate from an account of this centre (role issuer)'),
  )
    .requiredOption('--account <number>', 'account number at this centre')
    .option('--to <city>', 'the only city that may use it; default: any')
    .option('--phone <number>', 'of the counter, printed on the certificate')
    .option('--holder-key <key>', 'public key of the citizen’s wallet, which they show at the counter')
    .requiredOption('--handler <officer>', 'officer who issues it');
  issue.addHelpText(
    'after',
    '\nExample:\n  hansa certificate issue --dir haikou --account 01100000014 --to sanya --handler op08',
  );
  runs<SubmittingOptions & { account: string; to?: string; phone?: string; holderKey?: string; handler: string }>(
    issue,
    terminal,
    exit,
    async (options) => {
      const daemon = await Daemon.find(options, 'issuer', terminal);
      const issued = await submit<Submitted & { code: string }>(daemon, terminal, options, '/v1/certificates', {
        account: options.account,
        handler: options.handler,
        ...(options.to === undefined ? {} : { addressedTo: options.to }),
        ...(options.phone === undefined ? {} : { phone: options.phone }),
        ...(options.holderKey === undefined ? {} : { holderKey: options.holderKey }),
      });
      const certificate = `Certificate ${groupedCode(issued.code)}`;
      return submittedAnswer(`${certificate} is issued`, issued, certificate);
    },
  );

  addCertificateVerify(group, terminal, exit, looked);
  addCertificatePage(group, terminal, exit);

  const show = daemonOptions(
    group.command('show').description('the printed fields of a certificate that this centre issued (role issuer)'),
  ).argument('<code>', 'code on the certificate');
  show.addHelpText(
    'after',
    '\nExample:\n  hansa certificate show --dir haikou 0f1e2d3c-4b5a6978-8796a5b4-c3d2e1f0\n\nIt prints personal data of the holder.',
  );
  runs<DaemonOptions>(show, terminal, exit, async (options, [code]) => {
    const daemon = await Daemon.find(options, 'issuer', terminal);
    const answer = await daemon.get<CertificateAnswer>(`/v1/certificates/${encodeURIComponent(code as string)}`);
    const document = answer.document as CertificateDocument | undefined;
    if (document === undefined) {
      throw new HansaError(
        'DOCUMENT_UNKNOWN',
        'This centre holds no document of the certificate: another one issued it, or it is erased. Ask the issuing centre.',
      );
    }
    return { text: documentText(document), json: { document } };
  });

  const use = submittingOptions(
    group.command('use').description('use a certificate for a loan, once in the whole federation (role clerk)'),
  )
    .argument('<code>', 'code on the certificate')
    .requiredOption('--loan <reference>', 'reference of the loan; it stays in this city')
    .requiredOption('--handler <officer>', 'officer who uses it');
  use.addHelpText(
    'after',
    '\nExample:\n  hansa certificate use --dir sanya 0f1e2d3c-4b5a6978-8796a5b4-c3d2e1f0 --loan LOAN-2026-0117 --handler op03',
  );
  runs<SubmittingOptions & { loan: string; handler: string }>(use, terminal, exit, async (options, [code]) => {
    const daemon = await Daemon.find(options, 'clerk', terminal);
    const body = { loanReference: options.loan, handler: options.handler };
    return submittedAnswer(
      'The certificate is used',
      await submit<Submitted>(daemon, terminal, options, certificatePath(code, 'use'), body),
    );
  });

  const revoke = submittingOptions(
    group.command('revoke').description('revoke an own certificate that was not used (role issuer)'),
  )
    .argument('<code>', 'code on the certificate')
    .addOption(new Option('--reason <reason>', 'why').choices(Object.keys(revokeReasons)).makeOptionMandatory())
    .requiredOption('--handler <officer>', 'officer who revokes it');
  revoke.addHelpText(
    'after',
    '\nExample:\n  hansa certificate revoke --dir haikou 0f1e2d3c-4b5a6978-8796a5b4-c3d2e1f0 --reason account-changed --handler op08',
  );
  runs<SubmittingOptions & { reason: string; handler: string }>(revoke, terminal, exit, async (options, [code]) => {
    const daemon = await Daemon.find(options, 'issuer', terminal);
    const body = { reason: options.reason, handler: options.handler };
    return submittedAnswer(
      'The certificate is revoked',
      await submit<Submitted>(daemon, terminal, options, certificatePath(code, 'revoke'), body),
    );
  });
};

function certificatePath(code: string | undefined, change: string): string {
  return `/v1/certificates/${encodeURIComponent(code as string)}/${change}`;
}

function looked({ certificate, asOf, stale, ...rest }: CertificateAnswer): Answer {
  const lines: (readonly [string, string])[] = [
    ['issued by', `${certificate.issuer} (${certificate.issuerName}) on ${certificate.issuedOn}`],
    ['addressed to', certificate.addressedTo ?? 'any city'],
    ['valid until', certificate.validUntil],
    ...(certificate.endedBy === null
      ? []
      : [['ended by', `${certificate.endedBy} at ${shortTime(certificate.endedAt ?? '')}`] as const]),
    ...certificate.conflicts.map(
      (other) =>
        [
          'CONFLICT',
          `${other.issuer} (${other.issuerName}) certifies the same person until ${other.validUntil}`,
        ] as const,
    ),
    ['record', certificate.location],
    ['as of', `${shortTime(new Date(asOf.timestampMs).toISOString())} (block ${asOf.height})`],
  ];
  return {
    text: `${certificate.status.toUpperCase()}: certificate ${groupedCode(certificate.code)}\n${[pairs(lines), ...staleLines(stale)].join('\n')}`,
    json: { certificate, asOf, stale, ...rest },
  };
}
