import { useEffect, useRef, useState } from 'preact/hooks';
import type { ApiProblem } from '../api/client.ts';
import type { CheckAnswer, Purpose } from '../api/types.ts';
import { purposes, check as words } from '../i18n/check.ts';
import { useSpeech } from '../i18n/language.tsx';
import type { Asked } from '../logic/asked.ts';
import { keepCase, keptCase } from '../logic/kept-case.ts';
import { readSubject, type SubjectProblem } from '../logic/subject.ts';
import { useDesk } from '../shell/desk.ts';
import { Field, ProblemBox } from '../ui/parts.tsx';
import { CheckResult } from './check-result.tsx';

const problems = {
  empty: words.problemEmpty,
  length: words.problemLength,
  characters: words.problemCharacters,
  'old-number': words.problemOld,
  birthday: words.problemBirthday,
  'check-digit': words.problemDigit,
} as const satisfies Record<SubjectProblem, unknown>;

const purposeNames = Object.keys(purposes) as Purpose[];

/** One field, one answer. */
export function CheckPage() {
  const { t } = useSpeech();
  const { api, officer } = useDesk();
  const [number, setNumber] = useState('');
  const [purpose, setPurpose] = useState<Purpose>('loan');
  const [matter, setMatter] = useState(keptCase);
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const [asked, setAsked] = useState<Asked | undefined>(undefined);
  const [problem, setProblem] = useState<ApiProblem | undefined>(undefined);
  const numberField = useRef<HTMLInputElement>(null);
  const matterField = useRef<HTMLInputElement>(null);

  useEffect(() => numberField.current?.focus(), []);

  const reading = readSubject(number);
  const numberProblem = tried && !reading.ok ? t(problems[reading.problem]) : undefined;
  const matterProblem = tried && matter.trim() === '' ? t(words.caseMissing) : undefined;

  const ask = async () => {
    setTried(true);
    if (!reading.ok) return numberField.current?.focus();
    if (matter.trim() === '') return matterField.current?.focus();
    keepCase(matter);
    setAsking(true);
    setProblem(undefined);
    setAsked(undefined);
    try {
      const subject = { kind: reading.kind, number: reading.number };
      const answer = await api.post<CheckAnswer>('/v1/check', {
        subject,
        purpose,
        case: matter.trim(),
        operator: officer,
      });
      setAsked({ answer, ...subject, purpose, matter: matter.trim(), atMs: Date.now() });
      setTried(false);
    } catch (error) {
      setProblem(error as ApiProblem);
    }
    setAsking(false);
  };
  const again = () => {
    setAsked(undefined);
    setProblem(undefined);
    setNumber('');
    setTried(false);
    numberField.current?.focus();
  };

  return (
    <div class="check">
      <h1 class="no-print">{t(words.title)}</h1>
      <form
        class="check-form no-print"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        <Field
          label={t(words.number)}
          hint={reading.ok ? t(reading.kind === 'id' ? words.isId : words.isOrg) : t(words.hint)}
          problem={numberProblem}
        >
          {(attributes) => (
            <div class="check-line">
              <input
                {...attributes}
                ref={numberField}
                class="check-number"
                type="text"
                autocomplete="off"
                autocapitalize="characters"
                spellcheck={false}
                maxLength={40}
                value={number}
                onInput={(event) => setNumber(event.currentTarget.value)}
              />
              <button type="submit" class="button button-main" disabled={asking}>
                {t(asking ? words.asking : words.ask)}
              </button>
            </div>
          )}
        </Field>
        <div class="check-matter">
          <fieldset class="segments">
            <legend>{t(words.purpose)}</legend>
            <div>
              {purposeNames.map((name) => (
                <label key={name}>
                  <input
                    type="radio"
                    name="purpose"
                    value={name}
                    checked={purpose === name}
                    onChange={() => setPurpose(name)}
                  />
                  <span>{t(purposes[name])}</span>
                </label>
              ))}
            </div>
          </fieldset>
          <Field label={t(words.case)} hint={t(words.caseHint)} problem={matterProblem}>
            {(attributes) => (
              <input
                {...attributes}
                ref={matterField}
                type="text"
                autocomplete="off"
                maxLength={64}
                value={matter}
                onInput={(event) => setMatter(event.currentTarget.value)}
              />
            )}
          </Field>
        </div>
      </form>
      {problem === undefined ? null : <ProblemBox problem={problem} />}
      <div aria-live="polite">{asked === undefined ? null : <CheckResult asked={asked} onAgain={again} />}</div>
    </div>
  );
}
