import { useEffect, useRef, useState } from 'preact/hooks';
import type { ApiProblem } from '../api/client.ts';
import { common, login as words } from '../i18n/common.ts';
import { useSpeech } from '../i18n/language.tsx';
import type { Language } from '../i18n/text.ts';
import { LanguageButton, ThemeSelect } from '../shell/preferences.tsx';
import type { Login } from '../shell/session-store.ts';
import { Logo } from '../ui/logo.tsx';
import { Field, ProblemBox } from '../ui/parts.tsx';

const officerKey = 'hansa.officer';

/** Who works here, and in which role: the daemon reads the role from the token. */
export function LoginView(props: {
  readonly problem: ApiProblem | undefined;
  readonly waiting: boolean;
  readonly onLogin: (login: Login) => void;
  readonly onLanguage: (language: Language) => void;
}) {
  const { t } = useSpeech();
  const [tried, setTried] = useState(false);
  const [token, setToken] = useState('');
  const [officer, setOfficer] = useState(() => sessionStorage.getItem(officerKey) ?? '');
  const tokenField = useRef<HTMLInputElement>(null);
  useEffect(() => {
    document.title = `${t(words.title)} · ${t(common.product)}`;
    tokenField.current?.focus();
  }, []);
  const tokenProblem = !tried || /^hansa_[\x21-\x7e]+$/.test(token.trim()) ? undefined : t(words.shape);
  const officerProblem = !tried || officer.trim() !== '' ? undefined : t(common.required);

  return (
    <div class="login">
      <main id="main">
        <div class="login-head">
          <Logo />
          <strong>{t(common.product)}</strong>
          <span class="spread" />
          <LanguageButton onLanguage={props.onLanguage} />
          <ThemeSelect />
        </div>
        <h1>{t(words.title)}</h1>
        <p class="hint">{t(words.lead)}</p>
        {props.problem === undefined ? null : <ProblemBox problem={props.problem} />}
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            setTried(true);
            if (!/^hansa_[\x21-\x7e]+$/.test(token.trim()) || officer.trim() === '') return;
            sessionStorage.setItem(officerKey, officer.trim());
            props.onLogin({ token: token.trim(), officer: officer.trim() });
          }}
        >
          <Field label={t(words.token)} hint={t(words.tokenHint)} problem={tokenProblem}>
            {(attributes) => (
              <input
                {...attributes}
                ref={tokenField}
                type="password"
                autocomplete="off"
                spellcheck={false}
                value={token}
                onInput={(event) => setToken(event.currentTarget.value)}
              />
            )}
          </Field>
          <Field label={t(words.officer)} hint={t(words.officerHint)} problem={officerProblem}>
            {(attributes) => (
              <input
                {...attributes}
                type="text"
                autocomplete="off"
                maxLength={64}
                value={officer}
                onInput={(event) => setOfficer(event.currentTarget.value)}
              />
            )}
          </Field>
          <button type="submit" class="button button-main" disabled={props.waiting}>
            {props.waiting ? t(common.loading) : t(words.submit)}
          </button>
        </form>
        <p class="hint login-about">{t(words.about)}</p>
      </main>
    </div>
  );
}
