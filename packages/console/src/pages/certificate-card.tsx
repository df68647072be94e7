import { useState } from 'preact/hooks';
import type { CertificateAnswer, Submitted } from '../api/types.ts';
import { certificateStatuses, revokeReasons, certificates as words } from '../i18n/certificates.ts';
import { check } from '../i18n/check.ts';
import { useSpeech } from '../i18n/language.tsx';
import { groupedCode } from '../logic/code.ts';
import { useCities } from '../shell/cities.ts';
import { useDesk } from '../shell/desk.ts';
import { linkTo } from '../shell/route.ts';
import { useSubmit } from '../shell/submit.ts';
import { Form, Input, Select, useNames } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { Digest, Facts, ProblemBox } from '../ui/parts.tsx';
import { ReceiptTools } from '../ui/receipt-tools.tsx';
import { OpenCertificate } from './certificate-open.tsx';
import { Printed } from './printed-document.tsx';

/** Status of one certificate, what to do, and what the role may do with it. */
export function CertificateCard(props: {
  readonly answer: CertificateAnswer;
  /** Of the consent under which it is to be opened. */
  readonly consentId: string | undefined;
  readonly onChanged: () => void;
}) {
  const { t, day, time, count } = useSpeech();
  const { session, may } = useDesk();
  const { cityName } = useCities();
  const { certificate, asOf, document } = props.answer;
  const conflicts = certificate.conflicts.map(({ issuerName }) => issuerName);
  const active = certificate.status === 'active';
  const colour = !active ? 'red' : conflicts.length > 0 ? 'amber' : 'green';
  const text = certificateStatuses[certificate.status];
  const record = (location: string) => <a href={linkTo('explorer', ...location.split('/'))}>{location}</a>;
  return (
    <article class={`result result-${colour}`} data-status={certificate.status}>
      <header class="result-head">
        <Icon name={colour} size={56} />
        <div>
          <p class="result-word">{t(conflicts.length > 0 && active ? words.conflict : text.word)}</p>
          <h2>
            {conflicts.length > 0 && active ? t(words.conflictHint, { cities: conflicts.join(', ') }) : t(text.todo)}
          </h2>
        </div>
      </header>
      <div class="result-body">
        <Facts
          rows={[
            [t(words.code), <span class="number">{groupedCode(certificate.code)}</span>],
            [t(words.issuer), certificate.issuerName],
            [
              t(words.addressedTo),
              certificate.addressedTo === null ? t(words.anyCity) : cityName(certificate.addressedTo),
            ],
            [t(words.issuedOn), day(certificate.issuedOn)],
            [t(words.validUntil), <strong>{day(certificate.validUntil)}</strong>],
            [t(words.record), record(certificate.location)],
            ...(certificate.endedAt === null ? [] : [[t(words.endedAt), time(certificate.endedAt)] as const]),
            ...(certificate.endedBy === null ? [] : [[t(words.endedBy), record(certificate.endedBy)] as const]),
            ...(certificate.supersededBy === null
              ? []
              : [[t(words.supersededBy), groupedCode(certificate.supersededBy)] as const]),
            [t(words.commitment), <Digest hex={certificate.commitment} />],
            [t(words.asOf), t(check.asOfValue, { time: time(asOf.timestampMs), height: count(asOf.height) })],
          ]}
        />
        {document === undefined ? null : <Printed document={document} />}
        {may('POST /v1/receipts') ? (
          <ReceiptTools
            key={certificate.status}
            question={{ certificate: certificate.code }}
            name={certificate.code.slice(0, 8)}
          />
        ) : null}
        <div class="actions no-print">
          <button type="button" class="button" onClick={() => print()}>
            <Icon name="print" />
            {t(check.print)}
          </button>
        </div>
        {certificate.issuer !== session.city && may('POST /v1/certificates/:code/open') ? (
          <OpenCertificate key={certificate.code} certificate={certificate} consentId={props.consentId} />
        ) : null}
        {active && may('POST /v1/certificates/:code/use') ? (
          <Use code={certificate.code} onChanged={props.onChanged} />
        ) : null}
        {active && certificate.issuer === session.city && may('POST /v1/certificates/:code/revoke') ? (
          <Revoke code={certificate.code} onChanged={props.onChanged} />
        ) : null}
      </div>
    </article>
  );
}

function Use({ code, onChanged }: { readonly code: string; readonly onChanged: () => void }) {
  const { t } = useSpeech();
  const { api, officer } = useDesk();
  const [loanReference, setLoanReference] = useState('');
  const use = useSubmit<Submitted>();
  return (
    <section class="no-print">
      <h3>{t(words.use)}</h3>
      <Form
        button={t(words.useButton)}
        working={use.working}
        onSubmit={async () => {
          const body = { loanReference: loanReference.trim(), handler: officer };
          if ((await use.run((key) => api.post(`/v1/certificates/${code}/use`, body, key))) !== undefined) onChanged();
        }}
      >
        <Input
          label={t(words.loanReference)}
          hint={t(words.useHint)}
          value={loanReference}
          onValue={setLoanReference}
        />
      </Form>
      <Outcome
        problem={use.problem}
        done={use.done === undefined ? undefined : t(words.usedDone, { location: use.done.location })}
      />
    </section>
  );
}

function Revoke({ code, onChanged }: { readonly code: string; readonly onChanged: () => void }) {
  const { t } = useSpeech();
  const { api, officer } = useDesk();
  const [reason, setReason] = useState<keyof typeof revokeReasons | ''>('error');
  const revoke = useSubmit<Submitted>();
  return (
    <section class="no-print">
      <h3>{t(words.revoke)}</h3>
      <Form
        button={t(words.revokeButton)}
        danger
        working={revoke.working}
        onSubmit={async () => {
          const body = { reason, handler: officer };
          if ((await revoke.run((key) => api.post(`/v1/certificates/${code}/revoke`, body, key))) !== undefined) {
            onChanged();
          }
        }}
      >
        <Select label={t(words.revokeReason)} value={reason} names={useNames(revokeReasons)} onValue={setReason} />
      </Form>
      <Outcome
        problem={revoke.problem}
        done={revoke.done === undefined ? undefined : t(words.revokedDone, { location: revoke.done.location })}
      />
    </section>
  );
}

function Outcome(props: {
  readonly problem: Parameters<typeof ProblemBox>[0]['problem'] | undefined;
  readonly done: string | undefined;
}) {
  return (
    <div aria-live="polite">
      {props.problem === undefined ? null : <ProblemBox problem={props.problem} />}
      {props.done === undefined ? null : <p class="notice notice-green">{props.done}</p>}
    </div>
  );
}
