import { useState } from 'preact/hooks';
import type { CheckEntry } from '../api/types.ts';
import { roleNames } from '../i18n/common.ts';
import { useSpeech } from '../i18n/language.tsx';
import { looks as words } from '../i18n/looks.ts';
import { matchingChecks, purposeOf } from '../logic/looks.ts';
import { useAnswer, useDesk } from '../shell/desk.ts';
import { Input } from '../ui/form.tsx';
import { Chip, Digest, Loading, Panel, ProblemBox, ScrollBox } from '../ui/parts.tsx';

const pageChecks = 200;
const givenWords = {
  answer: words.givenAnswer,
  receipt: words.givenReceipt,
  details: words.givenDetails,
  paper: words.givenPaper,
  document: words.givenDocument,
} as const;

/** Who asked whether a person is listed. */
export function CheckBook() {
  const { t, count } = useSpeech();
  const { api } = useDesk();
  const [text, setText] = useState('');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [first, setFirst] = useState<number | undefined>(undefined);
  const answer = useAnswer(
    async (signal) => {
      const path = first === undefined ? '' : `&from=${first}`;
      const { checks } = await api.get<{ checks: CheckEntry[] }>(`/v1/checks?limit=${pageChecks}${path}`, signal);
      return checks;
    },
    [first],
  );
  const checks = answer.state === 'done' ? matchingChecks(answer.value, { text, from, to }) : [];
  const oldest = answer.state === 'done' ? (answer.value[0]?.number ?? 1) : 1;
  return (
    <>
      <p class="hint">{t(words.lead)}</p>
      <div class="form-fields">
        <Input label={t(words.filter)} value={text} onValue={setText} />
        <Input label={t(words.from)} type="datetime-local" value={from} onValue={setFrom} />
        <Input label={t(words.to)} type="datetime-local" value={to} onValue={setTo} />
      </div>
      {answer.state === 'loading' ? <Loading /> : null}
      {answer.state === 'failed' ? <ProblemBox problem={answer.problem} onRetry={answer.again} /> : null}
      {answer.state === 'done' ? (
        <Panel title={t(words.shown, { count: count(checks.length) })}>
          {checks.length === 0 ? <p class="hint">{t(words.none)}</p> : <Table checks={checks} onPerson={setText} />}
          {oldest > 1 ? (
            <div class="actions">
              <button type="button" class="button" onClick={() => setFirst(Math.max(1, oldest - pageChecks))}>
                {t(words.older)}
              </button>
            </div>
          ) : null}
        </Panel>
      ) : null}
    </>
  );
}

function Table(props: { readonly checks: readonly CheckEntry[]; readonly onPerson: (proof: string) => void }) {
  const { t, time, count } = useSpeech();
  return (
    <ScrollBox name={t(words.title)}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t(words.number)}</th>
            <th scope="col">{t(words.at)}</th>
            <th scope="col">{t(words.operator)}</th>
            <th scope="col">{t(words.role)}</th>
            <th scope="col">{t(words.purpose)}</th>
            <th scope="col">{t(words.case)}</th>
            <th scope="col">{t(words.result)}</th>
            <th scope="col">{t(words.given)}</th>
            <th scope="col">{t(words.proof)}</th>
          </tr>
        </thead>
        <tbody>
          {[...props.checks].reverse().map((check) => (
            <tr key={check.number}>
              <th scope="row">{count(check.number)}</th>
              <td class="nowrap">{time(check.at)}</td>
              <td class="nowrap">{check.operator}</td>
              <td class="nowrap">{t(roleNames[check.role])}</td>
              <td class="nowrap">{t(purposeOf(check))}</td>
              <td class="nowrap">{check.case}</td>
              <td>
                {check.given === 'document' ? null : check.result === 'hit' ? (
                  <Chip tone="red" icon="red">
                    {t(words.hit)}
                  </Chip>
                ) : (
                  <Chip tone="green" icon="green">
                    {t(words.noHit)}
                  </Chip>
                )}
              </td>
              <td class="nowrap">{t(givenWords[check.given])}</td>
              <td class="nowrap">
                <Digest hex={check.proof} />{' '}
                <button type="button" class="button button-quiet" onClick={() => props.onPerson(check.proof)}>
                  {t(words.samePerson)}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
