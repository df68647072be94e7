import { useState } from 'preact/hooks';
import { common } from '../i18n/common.ts';
import { useSpeech } from '../i18n/language.tsx';
import { readDay, readSpan } from '../logic/days.ts';
import { Input } from './form.tsx';

interface DayProps {
  readonly label: string;
  /** As it was typed; `readDay` and `readSpan` read it. */
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly problem?: string | undefined;
}

/**
 * A day as text. The browser's own field speaks the browser's language and orders a day as its country does; here the order
 * is the same for everybody, and below the field stands in words which day was understood.
 */
export function DayInput({ value, problem, ...props }: DayProps) {
  const { t, day } = useSpeech();
  const [left, setLeft] = useState(false);
  const read = readDay(value);
  const wrong = left && value.trim() !== '' && read === undefined;
  return (
    <Input
      {...props}
      value={value}
      digits
      hint={read === undefined ? t(common.dayHint) : day(read)}
      problem={wrong ? t(common.dayWrong) : problem}
      onLeave={() => {
        setLeft(true);
        if (read !== undefined) props.onValue(read);
      }}
    />
  );
}

/** A day, or a minute of it; nothing is no bound. */
export function MomentInput({ value, problem, ...props }: DayProps) {
  const { t } = useSpeech();
  const wrong = value.trim() !== '' && readSpan(value) === undefined;
  const [left, setLeft] = useState(false);
  return (
    <Input
      {...props}
      value={value}
      hint={t(common.momentHint)}
      problem={wrong && left ? t(common.dayWrong) : problem}
      onLeave={() => setLeft(true)}
    />
  );
}
