import { useSpeech } from '../i18n/language.tsx';
import { looks as words } from '../i18n/looks.ts';
import { useDesk } from '../shell/desk.ts';
import { linkTo } from '../shell/route.ts';
import { AccessBook } from './looks-accesses.tsx';
import { CheckBook } from './looks-checks.tsx';
import { Notices } from './looks-notices.tsx';

/** Who looked, why and when: for whoever supervises those who look. */
export function LooksPage({ path }: { readonly path: readonly string[] }) {
  const { t } = useSpeech();
  const { may } = useDesk();
  const tabs = [
    { id: 'accesses', name: words.accesses, route: 'GET /v1/access' },
    { id: 'checks', name: words.checks, route: 'GET /v1/checks' },
    { id: 'notices', name: words.notices, route: 'GET /v1/notices' },
  ].filter(({ route }) => may(route));
  const shown = tabs.find(({ id }) => id === path[0]) ?? tabs[0];
  return (
    <div class="page">
      <h1>{t(words.title)}</h1>
      <nav class="tabs" aria-label={t(words.title)}>
        {tabs.map((tab) => (
          <a key={tab.id} href={linkTo('looks', tab.id)} aria-current={tab === shown ? 'page' : undefined}>
            {t(tab.name)}
          </a>
        ))}
      </nav>
      {shown?.id === 'accesses' ? <AccessBook /> : null}
      {shown?.id === 'checks' ? <CheckBook /> : null}
      {shown?.id === 'notices' ? <Notices /> : null}
    </div>
  );
}
