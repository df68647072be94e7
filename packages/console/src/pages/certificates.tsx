import { useState } from 'preact/hooks';
import type { CertificateAnswer, Submitted } from '../api/types.ts';
import { certificates as words } from '../i18n/certificates.ts';
import { useSpeech } from '../i18n/language.tsx';
import { readCode } from '../logic/code.ts';
import { useCities } from '../shell/cities.ts';
import { useAnswer, useDesk } from '../shell/desk.ts';
import { linkTo } from '../shell/route.ts';
import { useSubmit } from '../shell/submit.ts';
import { Finder } from '../ui/finder.tsx';
import { Form, Input, Select } from '../ui/form.tsx';
import { Loading, Panel, ProblemBox } from '../ui/parts.tsx';
import { ApplicationsPanel } from './applications.tsx';
import { CertificateCard } from './certificate-card.tsx';
import { VerifyCopy } from './verify-copy.tsx';

/** Deposit certificates: look up, verify, use, issue, revoke; each as the role may. */
export function CertificatesPage({ path }: { readonly path: readonly string[] }) {
  const { t } = useSpeech();
  const { may } = useDesk();
  const code = readCode(path[0] ?? '');
  return (
    <div class="page">
      <h1>{t(words.title)}</h1>
      <Finder
        value={code ?? ''}
        label={words.find}
        hint={words.findHint}
        wrong={words.findWrong}
        button={words.findButton}
        read={routeOf}
        class="number"
      />
      {code === undefined ? null : <Found key={code} code={code} consentId={readCode(path[1] ?? '')} />}
      <Panel title={t(words.file)} hint={t(words.fileHint)}>
        <VerifyCopy />
      </Panel>
      {may('GET /v1/applications') ? <ApplicationsPanel /> : null}
      {may('POST /v1/certificates') ? <IssuePanel /> : null}
    </div>
  );
}

function routeOf(text: string): readonly string[] | undefined {
  const code = readCode(text);
  return code === undefined ? undefined : ['certificates', code];
}

function Found({ code, consentId }: { readonly code: string; readonly consentId: string | undefined }) {
  const { api } = useDesk();
  const answer = useAnswer((signal) => api.get<CertificateAnswer>(`/v1/certificates/${code}`, signal), [code]);
  if (answer.state === 'loading') return <Loading />;
  if (answer.state === 'failed') return <ProblemBox problem={answer.problem} onRetry={answer.again} />;
  return <CertificateCard answer={answer.value} consentId={consentId} onChanged={answer.again} />;
}

function IssuePanel() {
  const { t } = useSpeech();
  const { api, officer, session } = useDesk();
  const [account, setAccount] = useState('');
  const [addressedTo, setAddressedTo] = useState('');
  const [phone, setPhone] = useState('');
  const { cities } = useCities();
  const issue = useSubmit<Submitted & { readonly code: string }>();
  const others = cities.filter(({ name }) => name !== session.city);
  return (
    <Panel title={t(words.issue)}>
      <Form
        button={t(words.issueButton)}
        working={issue.working}
        onSubmit={() =>
          void issue.run((key) =>
            api.post(
              '/v1/certificates',
              {
                account: account.trim(),
                handler: officer,
                ...(addressedTo === '' ? {} : { addressedTo }),
                ...(phone.trim() === '' ? {} : { phone: phone.trim() }),
              },
              key,
            ),
          )
        }
      >
        <Input label={t(words.account)} value={account} onValue={setAccount} />
        <Select
          label={t(words.addressedTo)}
          value={addressedTo}
          none={t(words.anyCity)}
          names={others.map(({ name, displayName }) => [name, displayName])}
          onValue={setAddressedTo}
        />
        <Input label={t(words.phone)} value={phone} onValue={setPhone} />
      </Form>
      {issue.problem === undefined ? null : <ProblemBox problem={issue.problem} />}
      <div aria-live="polite">
        {issue.done === undefined ? null : (
          <p class="notice notice-green" data-issued={issue.done.code}>
            <span>
              {t(words.issuedDone, { code: issue.done.code })}{' '}
              {issue.done.state === 'pending' ? t(words.pending) : null}{' '}
              <a href={linkTo('certificates', issue.done.code)}>{t(words.show)}</a>
            </span>
          </p>
        )}
      </div>
    </Panel>
  );
}
