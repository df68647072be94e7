import { useState } from 'preact/hooks';
import type { Approval, ListingForm, Severity } from '../api/types.ts';
import { behaviours, blacklist as words } from '../i18n/blacklist.ts';
import { check, severities } from '../i18n/check.ts';
import { common } from '../i18n/common.ts';
import { useSpeech } from '../i18n/language.tsx';
import { papers as paperWords } from '../i18n/papers.ts';
import { toBase64 } from '../logic/base64.ts';
import { readDay } from '../logic/days.ts';
import { fenOf } from '../logic/money.ts';
import type { Paper } from '../logic/papers.ts';
import { readSubject } from '../logic/subject.ts';
import { useDesk } from '../shell/desk.ts';
import { useSubmit } from '../shell/submit.ts';
import { DayInput } from '../ui/day-input.tsx';
import { Form, Input, Select, useNames } from '../ui/form.tsx';
import { Panel, ProblemBox } from '../ui/parts.tsx';
import { PapersField } from './blacklist-papers.tsx';

const empty = {
  number: '',
  name: '',
  behaviour: 'default' as keyof typeof behaviours,
  severity: 'general' as Severity,
  amount: '',
  judgementNumber: '',
  noticeDate: '',
  objectionUntil: '',
  decidedOn: '',
  restrictUntil: '',
};

/** A decision of this centre on its way to a second officer. */
export function PreparePanel({ onPrepared }: { readonly onPrepared: () => void }) {
  const { t } = useSpeech();
  const { api, officer } = useDesk();
  const [form, setForm] = useState(empty);
  const [tried, setTried] = useState(false);
  const [papers, setPapers] = useState<readonly Paper[]>([]);
  const [sent, setSent] = useState<object | undefined>(undefined);
  const prepare = useSubmit<Approval>();
  const set = (name: keyof typeof empty) => (value: string) => setForm((old) => ({ ...old, [name]: value }));
  const subject = readSubject(form.number);
  const amountFen = form.amount.trim() === '' ? undefined : fenOf(form.amount);
  const missing = (name: keyof typeof empty) => (tried && form[name].trim() === '' ? t(common.required) : undefined);
  const dates = ['noticeDate', 'objectionUntil', 'decidedOn', 'restrictUntil'] as const;
  const labels = {
    noticeDate: words.notice,
    objectionUntil: words.objection,
    decidedOn: words.decidedOn,
    restrictUntil: words.restrictUntil,
  } as const;

  const send = async () => {
    setTried(true);
    const [noticeDate, objectionUntil, decidedOn, restrictUntil] = dates.map((name) => readDay(form[name]));
    const whole = form.name.trim() !== '' && form.judgementNumber.trim() !== '';
    if (!subject.ok || !whole || Number.isNaN(amountFen)) return;
    if (noticeDate === undefined || objectionUntil === undefined) return;
    if (decidedOn === undefined || restrictUntil === undefined) return;
    const listing: ListingForm = {
      ...{ behaviour: form.behaviour, severity: form.severity },
      ...{ noticeDate, objectionUntil, decidedOn, restrictUntil },
      name: form.name.trim(),
      judgementNumber: form.judgementNumber.trim(),
      subject: { kind: subject.kind, number: subject.number },
      ...(amountFen === undefined ? {} : { amountFen }),
    };
    const decision = { subject: listing.subject, judgementNumber: listing.judgementNumber, decidedOn };
    const done = await prepare.run(async (key) => {
      // What an attempt that was refused has sent may be of another decision by now, or of another choice of papers.
      if (sent !== undefined) await api.post('/v1/blacklist/documents/discard', sent);
      setSent(papers.length === 0 ? undefined : decision);
      for (const { name, content } of papers) {
        await api.post('/v1/blacklist/documents', { ...decision, name, content: toBase64(content) });
      }
      return api.post('/v1/approvals', { kind: 'list', listing, handler: officer }, key);
    });
    if (done === undefined) return;
    setForm(empty);
    setPapers([]);
    setSent(undefined);
    setTried(false);
    onPrepared();
  };

  return (
    <Panel title={t(words.prepare)}>
      <Form
        button={t(words.prepareButton)}
        {...(papers.length === 0 ? {} : { waiting: t(paperWords.sending) })}
        working={prepare.working}
        onSubmit={() => void send()}
      >
        <Input
          label={t(words.number)}
          value={form.number}
          onValue={set('number')}
          problem={
            tried && !subject.ok ? t(subject.problem === 'empty' ? check.problemEmpty : check.problemDigit) : undefined
          }
        />
        <Input label={t(words.name)} value={form.name} onValue={set('name')} problem={missing('name')} />
        <Select
          label={t(words.behaviour)}
          value={form.behaviour}
          names={useNames(behaviours)}
          onValue={set('behaviour')}
        />
        <Select
          label={t(words.severity)}
          value={form.severity}
          names={useNames(severities)}
          onValue={set('severity')}
        />
        <Input
          label={t(words.amount)}
          value={form.amount}
          onValue={set('amount')}
          problem={tried && Number.isNaN(amountFen) ? t(common.required) : undefined}
        />
        <Input
          label={t(words.judgement)}
          value={form.judgementNumber}
          onValue={set('judgementNumber')}
          problem={missing('judgementNumber')}
        />
        {dates.map((name) => (
          <DayInput key={name} label={t(labels[name])} value={form[name]} onValue={set(name)} problem={missing(name)} />
        ))}
        <PapersField papers={papers} onPapers={setPapers} />
      </Form>
      <div aria-live="polite">
        {prepare.problem === undefined ? null : <ProblemBox problem={prepare.problem} />}
        {prepare.done === undefined ? null : <p class="notice notice-green">{t(words.waiting)}</p>}
      </div>
    </Panel>
  );
}
