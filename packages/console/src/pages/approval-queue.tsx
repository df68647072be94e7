import { useState } from 'preact/hooks';
import type { Approval, Change, WaitingApproval } from '../api/types.ts';
import { behaviours, liftReasons, blacklist as words } from '../i18n/blacklist.ts';
import { certificates } from '../i18n/certificates.ts';
import { severities } from '../i18n/check.ts';
import { useSpeech } from '../i18n/language.tsx';
import { nameOf } from '../i18n/text.ts';
import { useAnswer, useDesk } from '../shell/desk.ts';
import { linkTo } from '../shell/route.ts';
import { useStore } from '../shell/store.ts';
import { useSubmit } from '../shell/submit.ts';
import { Input } from '../ui/form.tsx';
import { Chip, Facts, Loading, Panel, ProblemBox } from '../ui/parts.tsx';
import { WaitingPapers } from './listing-papers.tsx';

const kinds = { list: words.kindList, amend: words.kindAmend, lift: words.kindLift } as const;

/** What waits for a second officer, and what became of the last ones. */
export function ApprovalQueue({ round }: { readonly round: number }) {
  const { t } = useSpeech();
  const { api, live } = useDesk();
  const tick = useStore(live.tick);
  const answer = useAnswer(
    (signal) => api.get<{ waiting: WaitingApproval[]; decided: Approval[] }>('/v1/approvals', signal),
    [round, tick],
  );
  return (
    <Panel title={t(words.queue)} hint={t(words.queueHint)}>
      {answer.state === 'loading' ? <Loading /> : null}
      {answer.state === 'failed' ? <ProblemBox problem={answer.problem} onRetry={answer.again} /> : null}
      {answer.state === 'done' ? (
        <>
          {answer.value.waiting.length === 0 ? <p class="hint">{t(words.queueNone)}</p> : null}
          <ul class="cards" data-queue="waiting">
            {answer.value.waiting.map((approval) => (
              <WaitingCard key={approval.id} approval={approval} onDecided={answer.again} />
            ))}
          </ul>
          <details class="more">
            <summary>{t(words.decided)}</summary>
            {answer.value.decided.length === 0 ? <p class="hint">{t(words.decidedNone)}</p> : null}
            <ul class="cards">
              {answer.value.decided.map((approval) => (
                <li key={approval.id} class="card">
                  <Head approval={approval} />
                  <ChangeFacts change={approval.change} />
                </li>
              ))}
            </ul>
          </details>
        </>
      ) : null}
    </Panel>
  );
}

function Head({ approval }: { readonly approval: Approval }) {
  const { t, time } = useSpeech();
  const { state, change, handler, preparedAt, approver, location, reason } = approval;
  return (
    <div class="listing-head">
      <strong>{t(kinds[change.kind])}</strong>
      {state === 'waiting' ? null : (
        <Chip tone={state === 'approved' ? 'green' : 'amber'} icon={state === 'approved' ? 'green' : 'amber'}>
          {t(state === 'approved' ? words.approved : words.returned)}
        </Chip>
      )}
      <span class="hint">
        {t(words.preparedBy)} {handler}, {time(preparedAt)}
        {approver === null ? '' : ` · ${t(words.decidedBy)} ${approver}`}
        {reason === null ? '' : ` · ${reason}`}
      </span>
      {location === null ? null : <a href={linkTo('explorer', ...location.split('/'))}>{location}</a>}
    </div>
  );
}

function ChangeFacts({ change }: { readonly change: Change }) {
  const { t, day, yuan } = useSpeech();
  if (change.kind === 'list') {
    const { subject, name, behaviour, severity, amountFen, ...dates } = change.listing;
    return (
      <Facts
        rows={[
          ...(name === '' ? [] : [[t(words.name), name] as const]),
          ...(subject.number === '' ? [] : [[t(words.number), <span class="number">{subject.number}</span>] as const]),
          [t(words.behaviour), t(nameOf(behaviours, behaviour))],
          [t(words.severity), t(severities[severity])],
          [t(words.amount), amountFen === undefined ? '–' : yuan(amountFen)],
          [t(words.judgement), dates.judgementNumber],
          [t(words.notice), day(dates.noticeDate)],
          [t(words.objection), day(dates.objectionUntil)],
          [t(words.decidedOn), day(dates.decidedOn)],
          [t(words.restrictUntil), day(dates.restrictUntil)],
        ]}
      />
    );
  }
  const location = <a href={linkTo('explorer', ...change.location.split('/'))}>{change.location}</a>;
  if (change.kind === 'lift') {
    return (
      <Facts
        rows={[
          [t(words.location), location],
          [t(words.liftReason), t(nameOf(liftReasons, change.reason))],
        ]}
      />
    );
  }
  return (
    <Facts
      rows={[
        [t(words.location), location],
        [t(words.severity), change.severity === undefined ? t(words.unchanged) : t(severities[change.severity])],
        [t(words.restrictUntil), change.restrictUntil === undefined ? t(words.unchanged) : day(change.restrictUntil)],
      ]}
    />
  );
}

function WaitingCard({ approval, onDecided }: { readonly approval: WaitingApproval; readonly onDecided: () => void }) {
  const { t } = useSpeech();
  const { api, officer, may } = useDesk();
  const [reason, setReason] = useState('');
  const decide = useSubmit<Approval>();
  const own = approval.handler === officer;
  const path = `/v1/approvals/${approval.id}`;
  return (
    <li class="card">
      <Head approval={approval} />
      <ChangeFacts change={approval.change} />
      {approval.change.kind === 'list' ? <WaitingPapers approval={approval.id} papers={approval.documents} /> : null}
      {decide.problem === undefined ? null : <ProblemBox problem={decide.problem} />}
      {!may('POST /v1/approvals/:id/approve') ? null : own ? (
        <p class="hint">{t(words.ownChange)}</p>
      ) : (
        <>
          <Input label={t(words.backReason)} value={reason} onValue={setReason} />
          <div class="actions">
            <button
              type="button"
              class="button button-main"
              disabled={decide.working}
              onClick={async () => {
                const documents = approval.documents.map(({ commitment }) => commitment);
                const body = { approver: officer, documents };
                if ((await decide.run((key) => api.post(`${path}/approve`, body, key))) !== undefined) onDecided();
              }}
            >
              {t(decide.working ? certificates.working : words.approve)}
            </button>
            <button
              type="button"
              class="button button-danger"
              disabled={decide.working || reason.trim() === ''}
              onClick={async () => {
                const body = { approver: officer, reason: reason.trim() };
                if ((await decide.run((key) => api.post(`${path}/return`, body, key))) !== undefined) onDecided();
              }}
            >
              {t(words.sendBack)}
            </button>
          </div>
        </>
      )}
    </li>
  );
}
