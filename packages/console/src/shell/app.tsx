import { useEffect, useMemo, useState } from 'preact/hooks';
import { ApiClient, ApiProblem } from '../api/client.ts';
import type { Session } from '../api/types.ts';
import { LanguageContext } from '../i18n/language.tsx';
import { type Language, languageTags, preferredLanguage } from '../i18n/text.ts';
import { LoginView } from '../pages/login.tsx';
import { type Desk, DeskContext } from './desk.ts';
import { Frame } from './frame.tsx';
import { Live } from './live.ts';
import { keepLogin, type Login, mayCall, readLogin } from './session-store.ts';

const languageKey = 'hansa.language';

/** The whole console: its language, who is logged in, and the frame around the pages. */
export function App() {
  const [language, setLanguage] = useState<Language>(() =>
    preferredLanguage(localStorage.getItem(languageKey), navigator.languages),
  );
  useEffect(() => {
    document.documentElement.lang = languageTags[language];
  }, [language]);
  const chooseLanguage = (chosen: Language) => {
    localStorage.setItem(languageKey, chosen);
    setLanguage(chosen);
  };
  return (
    <LanguageContext.Provider value={language}>
      <Gate onLanguage={chooseLanguage} />
    </LanguageContext.Provider>
  );
}

/** Nothing of the desk without a token that the daemon knows. */
function Gate({ onLanguage }: { readonly onLanguage: (language: Language) => void }) {
  const [login, setLogin] = useState<Login | undefined>(readLogin);
  const [session, setSession] = useState<Session | undefined>(undefined);
  const [problem, setProblem] = useState<ApiProblem | undefined>(undefined);
  const leave = (reason: ApiProblem | undefined) => {
    keepLogin(undefined);
    setLogin(undefined);
    setSession(undefined);
    setProblem(reason);
  };
  const api = useMemo(
    () =>
      login === undefined
        ? undefined
        : new ApiClient(login.token, () =>
            leave(new ApiProblem({ status: 401, code: 'TOKEN_UNKNOWN', detail: 'The token is not valid here.' })),
          ),
    [login],
  );
  useEffect(() => {
    if (api === undefined || login === undefined) return;
    api.get<Session>('/v1/session').then(
      (answer) => {
        keepLogin(login);
        setProblem(undefined);
        setSession(answer);
      },
      (reason: ApiProblem) => {
        // A daemon that is away for a moment is no reason to forget who works here.
        setProblem(reason);
        if (reason.status !== 0) leave(reason);
      },
    );
  }, [api]);

  if (api === undefined || login === undefined || session === undefined) {
    return (
      <LoginView
        problem={problem}
        waiting={login !== undefined && problem === undefined}
        onLogin={(next) => {
          setProblem(undefined);
          setLogin(next);
        }}
        onLanguage={onLanguage}
      />
    );
  }
  return (
    <LoggedIn api={api} login={login} session={session} onLeave={() => leave(undefined)} onLanguage={onLanguage} />
  );
}

function LoggedIn(props: {
  readonly api: ApiClient;
  readonly login: Login;
  readonly session: Session;
  readonly onLeave: () => void;
  readonly onLanguage: (language: Language) => void;
}) {
  const { api, login, session } = props;
  const desk = useMemo<Desk>(
    () => ({ session, officer: login.officer, api, live: new Live(api), may: (route) => mayCall(session, route) }),
    [api, session],
  );
  useEffect(() => {
    desk.live.start();
    return () => desk.live.stop();
  }, [desk]);
  return (
    <DeskContext.Provider value={desk}>
      <Frame onLeave={props.onLeave} onLanguage={props.onLanguage} />
    </DeskContext.Provider>
  );
}
