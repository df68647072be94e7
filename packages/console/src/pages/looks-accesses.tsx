import { useState } from 'preact/hooks';
import type { Access } from '../api/types.ts';
import { applicationPurposes } from '../i18n/certificates.ts';
import { useSpeech } from '../i18n/language.tsx';
import { accessKinds, looks as words } from '../i18n/looks.ts';
import { legalBases } from '../i18n/openings.ts';
import { refusalText } from '../i18n/refusals.ts';
import { nameOf } from '../i18n/text.ts';
import { fromBase64 } from '../logic/base64.ts';
import { readSpan } from '../logic/days.ts';
import { readTarget } from '../logic/location.ts';
import { saveFile } from '../logic/proof.ts';
import { useCities } from '../shell/cities.ts';
import { useAnswer, useDesk } from '../shell/desk.ts';
import { linkTo } from '../shell/route.ts';
import { useSubmit } from '../shell/submit.ts';
import { CardTable } from '../ui/card-table.tsx';
import { MomentInput } from '../ui/day-input.tsx';
import { Form, Input } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { Chip, Loading, Panel, ProblemBox } from '../ui/parts.tsx';

const shownMax = 500;
const empty = { case: '', officer: '', record: '', from: '', to: '' };

/** Receipts of accesses to private papers, in which this city took part on either side; refusals too (P3). */
export function AccessBook() {
  const { t, count } = useSpeech();
  const { api } = useDesk();
  const [form, setForm] = useState(empty);
  const [asked, setAsked] = useState(empty);
  const [refusedOnly, setRefusedOnly] = useState(false);
  const set = (name: keyof typeof empty) => (value: string) => setForm((old) => ({ ...old, [name]: value }));
  const answer = useAnswer(
    (signal) => api.get<{ accesses: Access[] }>(`/v1/access?${queryOf(asked)}`, signal),
    [asked],
  );
  const all = answer.state === 'done' ? [...answer.value.accesses].reverse() : [];
  const accesses = refusedOnly ? all.filter(({ outcome }) => outcome === 'refused') : all;
  const record = form.record.trim();
  const wrong = record !== '' && readTarget(record)?.kind !== 'record';
  const wrongTime = [form.from, form.to].some((text) => text.trim() !== '' && readSpan(text) === undefined);
  return (
    <>
      <p class="hint">{t(words.accessLead)}</p>
      <Form button={t(words.show)} working={false} disabled={wrong || wrongTime} onSubmit={() => setAsked({ ...form })}>
        <Input label={t(words.caseWhole)} value={form.case} onValue={set('case')} />
        <Input label={t(words.officerWhole)} value={form.officer} onValue={set('officer')} />
        <Input
          label={t(words.record)}
          value={form.record}
          onValue={set('record')}
          problem={wrong ? t(words.recordWrong) : undefined}
        />
        <MomentInput label={t(words.from)} value={form.from} onValue={set('from')} />
        <MomentInput label={t(words.to)} value={form.to} onValue={set('to')} />
      </Form>
      {answer.state === 'loading' ? <Loading /> : null}
      {answer.state === 'failed' ? <ProblemBox problem={answer.problem} onRetry={answer.again} /> : null}
      {answer.state === 'done' ? (
        <Panel
          title={t(words.accessShown, { count: count(accesses.length) })}
          aside={
            <label class="choice">
              <input
                type="checkbox"
                checked={refusedOnly}
                onChange={(event) => setRefusedOnly(event.currentTarget.checked)}
              />
              {t(words.refusedOnly)}
            </label>
          }
        >
          {all.length === shownMax ? <p class="notice notice-amber">{t(words.tooMany)}</p> : null}
          {accesses.length === 0 ? <p class="hint">{t(words.accessNone)}</p> : <Table accesses={accesses} />}
        </Panel>
      ) : null}
    </>
  );
}

/** Times of a form are in the reader's zone, the last minute or day included. */
function queryOf({ from, to, ...rest }: typeof empty): URLSearchParams {
  const query = new URLSearchParams({ limit: String(shownMax) });
  for (const [name, value] of Object.entries(rest)) if (value.trim() !== '') query.set(name, value.trim());
  const [first, last] = [readSpan(from), readSpan(to)];
  if (first !== undefined) query.set('from', new Date(first.fromMs).toISOString());
  if (last !== undefined) query.set('to', new Date(last.toMs + 1).toISOString());
  return query;
}

function Table({ accesses }: { readonly accesses: readonly Access[] }) {
  const { t, time } = useSpeech();
  const { cityName } = useCities();
  const columns = [words.at, words.what, words.reader, words.holder, words.operator, words.basis, words.result];
  return (
    <CardTable
      name={t(words.accesses)}
      columns={[...columns, words.proof].map((name) => t(name))}
      attributes={{ 'data-accesses': accesses.length }}
      rows={accesses.map((access) => ({
        key: access.id,
        attributes: { 'data-outcome': access.outcome },
        cells: [
          time(access.at),
          <>
            {t(accessKinds[access.kind])} <a href={linkTo('explorer', ...access.record.split('/'))}>{access.record}</a>
          </>,
          cityName(access.reader),
          cityName(access.holder),
          <OfficerName officer={access.officer} />,
          <Basis access={access} />,
          <Outcome access={access} />,
          <SaveProof access={access} />,
        ],
      }))}
    />
  );
}

/** Of another city it is a pseudonym. */
function OfficerName({ officer }: { readonly officer: string | null }) {
  const { t } = useSpeech();
  if (officer === null) return <>–</>;
  if (officer.length !== 32) return <>{officer}</>;
  return <span title={officer}>{t(words.pseudonym, { name: officer.slice(0, 8) })}</span>;
}

function Basis({ access }: { readonly access: Access }) {
  const { t } = useSpeech();
  const { consent, legalBasis, purpose } = access;
  return (
    <>
      {consent !== null ? (
        <a href={linkTo('consents', consent)}>{t(words.byConsent)}</a>
      ) : legalBasis !== null ? (
        t(nameOf(legalBases, legalBasis))
      ) : (
        '–'
      )}
      {purpose === null ? null : <span class="hint"> {t(applicationPurposes[purpose])}</span>}
    </>
  );
}

function Outcome({ access }: { readonly access: Access }) {
  const { t, language } = useSpeech();
  const { outcome, code } = access;
  return (
    <>
      <Chip tone={outcome === 'granted' ? 'green' : 'red'} icon={outcome === 'granted' ? 'green' : 'red'}>
        {t(outcome === 'granted' ? words.granted : words.refused)}
      </Chip>
      {code === null ? null : (
        <p class="hint">
          {refusalText(language, code)} <code>{code}</code>
        </p>
      )}
    </>
  );
}

/** The proof that this receipt is in the city's batch on the ledger; `hansa access prove` makes the same. */
function SaveProof({ access }: { readonly access: Access }) {
  const { t } = useSpeech();
  const { api, may } = useDesk();
  const prove = useSubmit<true>();
  if (!may('POST /v1/access/prove')) return null;
  if (access.batch === null) return <span class="hint">{t(words.notBatched)}</span>;
  const save = () =>
    prove.run(async (key) => {
      const { proof } = await api.post<{ proof: string }>('/v1/access/prove', { receipt: access.id }, key);
      saveFile(`hansa-access-${access.id.slice(0, 8)}.proof`, 'application/octet-stream', fromBase64(proof));
      return true as const;
    });
  return (
    <>
      <button type="button" class="button button-quiet nowrap" disabled={prove.working} onClick={() => void save()}>
        <Icon name="save" />
        {t(words.saveProof)}
      </button>
      {prove.problem === undefined ? null : <ProblemBox problem={prove.problem} />}
    </>
  );
}
