import { useEffect, useState } from 'preact/hooks';
import type { Certificate, Consent, ConsentsAnswer, OpenedCertificate } from '../api/types.ts';
import { applicationPurposes } from '../i18n/certificates.ts';
import { useSpeech } from '../i18n/language.tsx';
import { openings as words } from '../i18n/openings.ts';
import { keepCase, keptCase } from '../logic/kept-case.ts';
import { useAnswer, useDesk } from '../shell/desk.ts';
import { useLegalBases } from '../shell/policy.ts';
import { linkTo } from '../shell/route.ts';
import { useSubmit } from '../shell/submit.ts';
import { CommitmentLine } from '../ui/commitment-line.tsx';
import { Form, Input, Select } from '../ui/form.tsx';
import { Digest, Facts, ProblemBox } from '../ui/parts.tsx';
import { Printed } from './printed-document.tsx';

/** What another city issued, opened under a consent of its holder, or on a legal basis of the policy. */
export function OpenCertificate(props: { readonly certificate: Certificate; readonly consentId: string | undefined }) {
  const { t, count } = useSpeech();
  const { api, officer, session } = useDesk();
  const { certificate } = props;
  const path = `/v1/certificates/${certificate.code}`;
  const [under, setUnder] = useState(props.consentId ?? '');
  const [matter, setMatter] = useState(keptCase);
  const open = useSubmit<OpenedCertificate>();
  const answer = useAnswer(
    (signal) => api.get<ConsentsAnswer>(`${path}/consents`, signal),
    [certificate.code, open.done],
  );
  const bases = useLegalBases('certificate');
  const own = ({ grantee, status }: Consent) => grantee === session.city && status === 'active';
  const consents = answer.state === 'done' ? answer.value.consents.filter(own) : [];
  const choices: (readonly [string, string])[] = [
    ...consents.map(({ id, purpose, usesLeft }) => {
      const name = t(applicationPurposes[purpose]);
      const said =
        usesLeft === null
          ? t(words.consentAny, { purpose: name })
          : t(words.consent, { purpose: name, left: count(usesLeft) });
      return [id, said] as const;
    }),
    ...bases.map(([code, name]) => [code, t(words.basis, { name })] as const),
  ];
  const [first] = consents;
  useEffect(() => {
    if (first !== undefined && !choices.some(([name]) => name === under)) setUnder(first.id);
  }, [first?.id]);

  const send = () => {
    const consent = consents.find(({ id }) => id === under);
    const basis = consent === undefined ? { basis: under } : { consent: consent.id, purpose: consent.purpose };
    keepCase(matter);
    void open.run((key) => api.post(`${path}/open`, { ...basis, case: matter.trim(), handler: officer }, key));
  };
  const chosen = choices.some(([name]) => name === under);
  return (
    <section>
      <div class="no-print">
        <h3>{t(words.certificate)}</h3>
        <p class="hint">{t(words.certificateHint)}</p>
        {answer.state === 'done' && consents.length === 0 ? (
          <p class="notice notice-amber">
            <span>
              {t(words.noConsent)} <a href={linkTo('consents', certificate.code)}>{t(words.toConsents)}</a>
            </span>
          </p>
        ) : null}
        {choices.length === 0 ? null : (
          <Form
            button={t(words.open)}
            waiting={t(words.opening)}
            working={open.working}
            disabled={!chosen || matter.trim() === ''}
            onSubmit={send}
          >
            <Select
              label={t(words.under)}
              value={chosen ? under : ''}
              {...(chosen ? {} : { none: '–' })}
              names={choices}
              onValue={setUnder}
            />
            <Input label={t(words.matter)} value={matter} onValue={setMatter} />
          </Form>
        )}
      </div>
      <div aria-live="polite">
        {open.problem === undefined ? null : <ProblemBox problem={open.problem} />}
        {open.done === undefined ? null : <Opened opened={open.done} commitment={certificate.commitment} />}
      </div>
    </section>
  );
}

function Opened({ opened, commitment }: { readonly opened: OpenedCertificate; readonly commitment: string }) {
  const { t } = useSpeech();
  const { source, use, receipt } = opened;
  return (
    <div data-opened={source}>
      <Printed document={opened.document as Readonly<Record<string, unknown>>} />
      <CommitmentLine opened={opened.opened} commitment={commitment} />
      <p class="hint">
        {source === 'delivered' ? t(words.openedDelivered, { use: use ?? '' }) : t(words.openedIssuer)}
      </p>
      {receipt === null ? null : <Facts rows={[[t(words.receipt), <Digest hex={receipt} />]]} />}
    </div>
  );
}
