import { useEffect, useState } from 'preact/hooks';
import { useSpeech } from '../i18n/language.tsx';
import type { Text } from '../i18n/text.ts';
import { linkTo } from '../shell/route.ts';
import { Field } from './parts.tsx';

/** One field that leads to a page: what `read` makes of it, or `wrong` when it makes nothing. */
export function Finder({
  value,
  label,
  hint,
  wrong: wrongText,
  button,
  read,
  class: look,
}: {
  /** What the field begins with, and shows again when the page is another. */
  readonly value: string;
  readonly label: Text;
  readonly hint: Text;
  readonly wrong: Text;
  readonly button: Text;
  /** The route of what was typed. */
  readonly read: (text: string) => readonly (string | number)[] | undefined;
  readonly class?: string;
}) {
  const { t } = useSpeech();
  const [text, setText] = useState(value);
  const [wrong, setWrong] = useState(false);
  useEffect(() => setText(value), [value]);
  return (
    <form
      class="finder"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const route = read(text);
        setWrong(route === undefined);
        if (route !== undefined) location.assign(linkTo(...route));
      }}
    >
      <Field label={t(label)} hint={t(hint)} problem={wrong ? t(wrongText) : undefined}>
        {(attributes) => (
          <div class="check-line">
            <input
              {...attributes}
              type="text"
              autocomplete="off"
              spellcheck={false}
              class={look}
              value={text}
              onInput={(event) => setText(event.currentTarget.value)}
            />
            <button type="submit" class="button button-main">
              {t(button)}
            </button>
          </div>
        )}
      </Field>
    </form>
  );
}
