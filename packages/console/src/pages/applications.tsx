import { useState } from 'preact/hooks';
import type { Application, Submitted } from '../api/types.ts';
import { applicationPurposes, documentFields, refusalReasons, certificates as words } from '../i18n/certificates.ts';
import { consents } from '../i18n/consents.ts';
import { useSpeech } from '../i18n/language.tsx';
import { recordFields } from '../i18n/record-fields.ts';
import { nameOf } from '../i18n/text.ts';
import { useCities } from '../shell/cities.ts';
import { useAnswer, useDesk } from '../shell/desk.ts';
import { linkTo } from '../shell/route.ts';
import { useSubmit } from '../shell/submit.ts';
import { Select, useNames } from '../ui/form.tsx';
import { Digest, Facts, Loading, Panel, ProblemBox } from '../ui/parts.tsx';

/** Citizens who applied from their phones and wait for an officer. */
export function ApplicationsPanel() {
  const { t } = useSpeech();
  const { api } = useDesk();
  const answer = useAnswer((signal) => api.get<{ applications: Application[] }>('/v1/applications', signal), []);
  const approve = useSubmit<Submitted & { readonly code: string }>();
  return (
    <Panel title={t(words.applications)} hint={t(words.applicationsHint)}>
      {answer.state === 'loading' ? <Loading /> : null}
      {answer.state === 'failed' ? <ProblemBox problem={answer.problem} onRetry={answer.again} /> : null}
      <div aria-live="polite">
        {approve.done === undefined ? null : (
          <p class="notice notice-green">
            <a href={linkTo('certificates', approve.done.code)}>{t(words.issuedDone, { code: approve.done.code })}</a>
          </p>
        )}
        {approve.problem === undefined ? null : <ProblemBox problem={approve.problem} />}
      </div>
      {answer.state === 'done' && answer.value.applications.length === 0 ? (
        <p class="hint">{t(words.applicationsNone)}</p>
      ) : null}
      {answer.state === 'done' ? (
        <ul class="cards">
          {answer.value.applications.map((application) => (
            <Card key={application.id} application={application} approve={approve} onDecided={answer.again} />
          ))}
        </ul>
      ) : null}
    </Panel>
  );
}

function Card(props: {
  readonly application: Application;
  readonly approve: ReturnType<typeof useSubmit<Submitted & { readonly code: string }>>;
  readonly onDecided: () => void;
}) {
  const { t, time } = useSpeech();
  const { api, officer } = useDesk();
  const { cityName } = useCities();
  const { application, approve } = props;
  const [reason, setReason] = useState<keyof typeof refusalReasons | ''>('identity-not-confirmed');
  const refuse = useSubmit<unknown>();
  const path = `/v1/applications/${application.id}`;
  return (
    <li class="card">
      <Facts
        rows={[
          [t(words.account), <span class="number">{application.account}</span>],
          [
            t(words.addressedTo),
            application.addressedTo === null ? t(words.anyCity) : cityName(application.addressedTo),
          ],
          [t(consents.purpose), t(nameOf(applicationPurposes, application.purpose))],
          [t(words.appliedAt), time(application.appliedAt)],
          [t(documentFields.phone), application.phone ?? '–'],
          [t(recordFields.holderKey), <Digest hex={application.holderKey} />],
        ]}
      />
      {refuse.problem === undefined ? null : <ProblemBox problem={refuse.problem} />}
      <div class="form-fields">
        <Select label={t(words.refuseReason)} value={reason} names={useNames(refusalReasons)} onValue={setReason} />
      </div>
      <div class="actions">
        <button
          type="button"
          class="button button-main"
          disabled={approve.working}
          onClick={async () => {
            await approve.run((key) => api.post(`${path}/approve`, { handler: officer }, key));
            props.onDecided();
          }}
        >
          {t(approve.working ? words.working : words.approve)}
        </button>
        <button
          type="button"
          class="button button-danger"
          disabled={refuse.working}
          onClick={async () => {
            await refuse.run((key) => api.post(`${path}/refuse`, { handler: officer, reason }, key));
            props.onDecided();
          }}
        >
          {t(words.refuse)}
        </button>
      </div>
    </li>
  );
}
