import { useEffect, useRef, useState } from 'preact/hooks';
import { common, roleNames } from '../i18n/common.ts';
import { useSpeech } from '../i18n/language.tsx';
import type { Language } from '../i18n/text.ts';
import { Icon } from '../ui/icon.tsx';
import { Logo } from '../ui/logo.tsx';
import { useDesk } from './desk.ts';
import { type Page, pagesOf } from './pages.ts';
import { LanguageButton, ThemeSelect } from './preferences.tsx';
import { linkTo, useRoute } from './route.ts';
import { ShortcutHelp } from './shortcut-help.tsx';
import { listenForShortcuts } from './shortcuts.ts';
import { useStore } from './store.ts';

/** Menu, head line and the page between them. */
export function Frame(props: { readonly onLeave: () => void; readonly onLanguage: (language: Language) => void }) {
  const { t, language } = useSpeech();
  const desk = useDesk();
  const route = useRoute();
  const pages = pagesOf(desk);
  const [helpOpen, setHelpOpen] = useState(false);
  const main = useRef<HTMLElement>(null);
  const page = pages.find(({ id }) => id === route[0]) ?? (route.length === 0 ? pages[0] : undefined);
  const name = page === undefined ? t(common.noPage) : t(page.name);

  useEffect(() => {
    document.title = `${name} · ${desk.session.displayName} · ${t(common.product)}`;
  }, [name]);
  const shortcuts = useRef<ReturnType<Parameters<typeof listenForShortcuts>[0]>>([]);
  shortcuts.current = [
    ...pages.map(({ id, key }) => ({ sequence: `g ${key}`, run: () => location.assign(linkTo(id)) })),
    { sequence: '?', run: () => setHelpOpen(true) },
    { sequence: 'l', run: () => props.onLanguage(language === 'en' ? 'zh' : 'en') },
    { sequence: '/', run: () => main.current?.querySelector<HTMLElement>('input')?.focus() },
  ];
  // Once: a listener that is exchanged between two keys, as after a change of the language, has forgotten the first.
  useEffect(() => listenForShortcuts(() => shortcuts.current), []);

  return (
    <div class="frame">
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        {t(common.skip)}
      </button>
      <header class="top">
        <Logo />
        <div class="top-city">
          <strong>{desk.session.displayName}</strong>
          <span class="hint">{desk.session.federation}</span>
        </div>
        <LiveBadge />
        <div class="top-tools">
          <LanguageButton onLanguage={props.onLanguage} />
          <ThemeSelect />
          <button
            type="button"
            class="button button-quiet for-keyboards"
            onClick={() => setHelpOpen(true)}
            title={t(common.shortcuts)}
          >
            <Icon name="keyboard" />
            <span class="visually-hidden">{t(common.shortcuts)}</span>
          </button>
          <span class="who" title={t(common.account)}>
            <strong>{desk.officer}</strong>
            <span>{t(roleNames[desk.session.role])}</span>
          </span>
          <button type="button" class="button button-quiet" onClick={props.onLeave} title={t(common.logout)}>
            <Icon name="out" />
            <span class="visually-hidden">{t(common.logout)}</span>
          </button>
        </div>
      </header>
      <Menu pages={pages} current={page} />
      <main id="main" ref={main} tabIndex={-1}>
        {desk.session.testFederation ? <p class="test-federation">{t(common.testFederation)}</p> : null}
        {page === undefined ? <h1>{t(common.noPage)}</h1> : <page.view key={page.id} path={route.slice(1)} />}
      </main>
      <ShortcutHelp pages={pages} open={helpOpen} onClose={() => setHelpOpen(false)} />
    </div>
  );
}

function Menu({ pages, current }: { readonly pages: readonly Page[]; readonly current: Page | undefined }) {
  const { t } = useSpeech();
  return (
    <nav class="menu" aria-label={t(common.navigation)}>
      <ul>
        {pages.map((page) => (
          <li key={page.id}>
            <a href={linkTo(page.id)} aria-current={page === current ? 'page' : undefined}>
              <Icon name={page.icon} size={22} />
              <span>{t(page.name)}</span>
              <span class="key" aria-hidden="true">
                g {page.key}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Whether what is on the screen is what is so now. */
function LiveBadge() {
  const { t, count } = useSpeech();
  const { live } = useDesk();
  const connection = useStore(live.connection);
  const status = useStore(live.status);
  const [tone, word] =
    connection === 'lost'
      ? (['red', common.lost] as const)
      : connection === 'connecting' || status === undefined
        ? (['plain', common.connecting] as const)
        : status.halted
          ? (['red', common.halted] as const)
          : status.behind || !status.joined
            ? (['amber', common.notReady] as const)
            : (['green', common.live] as const);
  return (
    <a class={`live live-${tone}`} href={linkTo('federation')}>
      <span class="live-dot" aria-hidden="true" />
      <span role="status">{t(word)}</span>
      {status === undefined ? null : (
        <span class="live-height">{t(common.block, { height: count(status.executedHeight) })}</span>
      )}
    </a>
  );
}
