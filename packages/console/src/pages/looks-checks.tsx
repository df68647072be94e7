import { useState } from 'preact/hooks';
import type { CheckEntry } from '../api/types.ts';
import { roleNames } from '../i18n/common.ts';
import { useSpeech } from '../i18n/language.tsx';
import { looks as words } from '../i18n/looks.ts';
import { readSpan } from '../logic/days.ts';
import { matchingChecks, purposeOf } from '../logic/looks.ts';
import { useAnswer, useDesk } from '../shell/desk.ts';
import { CardTable } from '../ui/card-table.tsx';
import { MomentInput } from '../ui/day-input.tsx';
import { Input } from '../ui/form.tsx';
import { Chip, Digest, Loading, Panel, ProblemBox } from '../ui/parts.tsx';

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
  const bounds = { text, fromMs: readSpan(from)?.fromMs, toMs: readSpan(to)?.toMs };
  const checks = answer.state === 'done' ? matchingChecks(answer.value, bounds) : [];
  const oldest = answer.state === 'done' ? (answer.value[0]?.number ?? 1) : 1;
  return (
    <>
      <p class="hint">{t(words.lead)}</p>
      <div class="form-fields">
        <Input label={t(words.filter)} value={text} onValue={setText} />
        <MomentInput label={t(words.from)} value={from} onValue={setFrom} />
        <MomentInput label={t(words.to)} value={to} onValue={setTo} />
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
  const columns = [words.number, words.at, words.operator, words.role, words.purpose, words.case, words.result];
  return (
    <CardTable
      name={t(words.checks)}
      columns={[...columns, words.given, words.proof].map((name) => t(name))}
      rows={[...props.checks].reverse().map((check) => ({
        key: check.number,
        cells: [
          count(check.number),
          time(check.at),
          check.operator,
          t(roleNames[check.role]),
          t(purposeOf(check)),
          check.case,
          <Result check={check} />,
          t(givenWords[check.given]),
          <>
            <Digest hex={check.proof} />{' '}
            <button type="button" class="button button-quiet" onClick={() => props.onPerson(check.proof)}>
              {t(words.samePerson)}
            </button>
          </>,
        ],
      }))}
    />
  );
}

function Result({ check }: { readonly check: CheckEntry }) {
  const { t } = useSpeech();
  if (check.given === 'document') return <>–</>;
  const tone = check.result === 'hit' ? 'red' : 'green';
  return (
    <Chip tone={tone} icon={tone}>
      {t(check.result === 'hit' ? words.hit : words.noHit)}
    </Chip>
  );
}
