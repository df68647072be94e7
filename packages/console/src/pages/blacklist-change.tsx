import { useState } from 'preact/hooks';
import type { Approval, Severity, Submitted } from '../api/types.ts';
import { disputeEffects, liftReasons, blacklist as words } from '../i18n/blacklist.ts';
import { severities } from '../i18n/check.ts';
import { useSpeech } from '../i18n/language.tsx';
import { readDay } from '../logic/days.ts';
import { readTarget } from '../logic/location.ts';
import { useDesk } from '../shell/desk.ts';
import { useSubmit } from '../shell/submit.ts';
import { DayInput } from '../ui/day-input.tsx';
import { Form, Input, Select, useNames } from '../ui/form.tsx';
import { Panel, ProblemBox } from '../ui/parts.tsx';

/** Dispute at once; lift and amend by two officers, and of the own listings only. */
export function ChangePanel(props: { readonly location: string; readonly onPrepared: () => void }) {
  const { t } = useSpeech();
  const { api, officer, session, may } = useDesk();
  const [text, setText] = useState(props.location);
  const [tried, setTried] = useState(false);
  const [reason, setReason] = useState<keyof typeof liftReasons | ''>('repaired');
  const [effect, setEffect] = useState<keyof typeof disputeEffects | ''>('');
  const [severity, setSeverity] = useState<Severity | ''>('');
  const [restrictUntil, setRestrictUntil] = useState('');
  const dispute = useSubmit<Submitted & { readonly opened: boolean }>();
  const prepare = useSubmit<Approval>();
  const effectNames = useNames(disputeEffects);
  const liftNames = useNames(liftReasons);
  const severityNames = useNames(severities);
  const target = readTarget(text);
  const location = target?.kind === 'record' ? text.trim() : undefined;
  const until = readDay(restrictUntil);
  const own = target?.kind === 'record' && target.city === session.city;

  const setDispute = (state: 'open' | 'closed') => {
    setTried(true);
    if (location === undefined) return;
    void dispute.run(async (key) => ({
      ...(await api.post<Submitted>(
        `/v1/blacklist/${location}/dispute`,
        { state, handler: officer, ...(state === 'open' && effect !== '' ? { effect } : {}) },
        key,
      )),
      opened: state === 'open',
    }));
  };
  const send = async (change: object) => {
    const done = await prepare.run((key) => api.post('/v1/approvals', { ...change, location, handler: officer }, key));
    if (done !== undefined) props.onPrepared();
  };

  return (
    <Panel title={t(words.change)} hint={t(words.changeHint)}>
      <Input
        label={t(words.location)}
        value={text}
        onValue={setText}
        hint={t(words.disputeHint)}
        problem={tried && location === undefined ? t(words.locationWrong) : undefined}
      />
      <Select label={t(words.effect)} value={effect} none={t(words.byPolicy)} names={effectNames} onValue={setEffect} />
      <div class="actions">
        <button type="button" class="button button-main" disabled={dispute.working} onClick={() => setDispute('open')}>
          {t(words.dispute)}
        </button>
        {own ? (
          <button type="button" class="button" disabled={dispute.working} onClick={() => setDispute('closed')}>
            {t(words.disputeClose)}
          </button>
        ) : null}
      </div>
      {own && may('POST /v1/approvals') ? (
        <div class="columns">
          <Form
            button={t(words.liftButton)}
            working={prepare.working}
            onSubmit={() => void send({ kind: 'lift', reason })}
          >
            <Select label={t(words.liftReason)} value={reason} names={liftNames} onValue={setReason} />
          </Form>
          <Form
            button={t(words.amendButton)}
            working={prepare.working}
            // A day that cannot be read must not become "as it is".
            disabled={until === undefined && (severity === '' || restrictUntil.trim() !== '')}
            onSubmit={() =>
              void send({
                kind: 'amend',
                ...(severity === '' ? {} : { severity }),
                ...(until === undefined ? {} : { restrictUntil: until }),
              })
            }
          >
            <Select
              label={t(words.severity)}
              value={severity}
              none={t(words.unchanged)}
              names={severityNames}
              onValue={setSeverity}
            />
            <DayInput label={t(words.restrictUntil)} value={restrictUntil} onValue={setRestrictUntil} />
          </Form>
        </div>
      ) : null}
      <div aria-live="polite">
        {dispute.problem === undefined ? null : <ProblemBox problem={dispute.problem} />}
        {dispute.done === undefined ? null : (
          <p class="notice notice-green" data-dispute="done">
            {t(dispute.done.opened ? words.disputeOpened : words.disputeClosed, { location: dispute.done.location })}
          </p>
        )}
        {prepare.problem === undefined ? null : <ProblemBox problem={prepare.problem} />}
        {prepare.done === undefined ? null : <p class="notice notice-green">{t(words.waiting)}</p>}
      </div>
    </Panel>
  );
}
