import { useEffect, useRef, useState } from 'preact/hooks';
import { common } from '../i18n/common.ts';
import { useSpeech } from '../i18n/language.tsx';
import type { Page } from './pages.ts';
import { shortcutsOn, turnShortcuts } from './shortcuts.ts';

/** All shortcuts, and the switch that turns single keys off (WCAG 2.1.4). */
export function ShortcutHelp(props: {
  readonly pages: readonly Page[];
  readonly open: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useSpeech();
  const dialog = useRef<HTMLDialogElement>(null);
  const [on, setOn] = useState(shortcutsOn);
  useEffect(() => {
    if (props.open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [props.open]);
  const rows = [
    ...props.pages.map(({ key, name }) => [['g', key], t(common.shortcutGo, { page: t(name) })] as const),
    [['/'], t(common.shortcutNew)] as const,
    [['l'], t(common.shortcutLanguage)] as const,
    [['?'], t(common.shortcutHelp)] as const,
  ];
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="shortcuts-title" onClose={props.onClose}>
      <h2 id="shortcuts-title">{t(common.shortcuts)}</h2>
      <p class="hint">{t(common.shortcutsHint)}</p>
      <dl class="shortcuts">
        {rows.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.map((key, index) => (
                <span key={key}>
                  {index > 0 ? ` ${t(common.thenKey)} ` : ''}
                  <kbd>{key}</kbd>
                </span>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <label class="choice">
        <input
          type="checkbox"
          checked={on}
          onChange={(event) => {
            turnShortcuts(event.currentTarget.checked);
            setOn(event.currentTarget.checked);
          }}
        />
        {t(common.shortcutsOn)}
      </label>
      <form method="dialog">
        <button type="submit" class="button">
          {t(common.close)}
        </button>
      </form>
    </dialog>
  );
}
