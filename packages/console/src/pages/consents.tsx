import { ApiProblem } from '../api/client.ts';
import type { ConsentAnswer, ConsentsAnswer } from '../api/types.ts';
import { applicationPurposes } from '../i18n/certificates.ts';
import { consentStatuses, consents as words } from '../i18n/consents.ts';
import { useSpeech } from '../i18n/language.tsx';
import { groupedCode, readCode } from '../logic/code.ts';
import { useCities } from '../shell/cities.ts';
import { useAnswer, useDesk } from '../shell/desk.ts';
import { linkTo } from '../shell/route.ts';
import { useStore } from '../shell/store.ts';
import { CardTable } from '../ui/card-table.tsx';
import { Finder } from '../ui/finder.tsx';
import { Chip, Loading, Panel, ProblemBox } from '../ui/parts.tsx';
import { ConsentCard, consentColours } from './consent-card.tsx';
import { CarryConsent } from './consent-carry.tsx';

/** What holders allowed: look up one, or those of a certificate; carry what an app signed. */
export function ConsentsPage({ path }: { readonly path: readonly string[] }) {
  const { t } = useSpeech();
  const { may } = useDesk();
  const id = readCode(path[0] ?? '');
  return (
    <div class="page">
      <h1>{t(words.title)}</h1>
      <p class="lead">{t(words.lead)}</p>
      <Finder
        value={id ?? ''}
        label={words.find}
        hint={words.findHint}
        wrong={words.findWrong}
        button={words.findButton}
        read={(text) => {
          const code = readCode(text);
          return code === undefined ? undefined : ['consents', code];
        }}
        class="number"
      />
      {id === undefined ? null : <Found key={id} id={id} />}
      {may('POST /v1/consents') ? <CarryConsent /> : null}
    </div>
  );
}

/** The number of a consent and the code of a certificate look the same: the ledger knows which one it is. */
function Found({ id }: { readonly id: string }) {
  const { t } = useSpeech();
  const { api, live } = useDesk();
  const tick = useStore(live.tick);
  const answer = useAnswer(
    async (signal) => {
      const consent = await unlessUnknown(api.get<ConsentAnswer>(`/v1/consents/${id}`, signal));
      if (consent !== undefined) return { consent };
      return { list: await unlessUnknown(api.get<ConsentsAnswer>(`/v1/certificates/${id}/consents`, signal)) };
    },
    [id, tick],
  );
  if (answer.state === 'loading') return <Loading />;
  if (answer.state === 'failed') return <ProblemBox problem={answer.problem} onRetry={answer.again} />;
  const { consent, list } = answer.value;
  if (consent !== undefined) return <ConsentCard answer={consent} />;
  if (list === undefined) return <p class="notice notice-amber">{t(words.neither)}</p>;
  return (
    <Panel title={t(words.list)} aside={<a href={linkTo('certificates', id)}>{t(words.showCertificate)}</a>}>
      <p class="number">{groupedCode(id)}</p>
      {list.consents.length === 0 ? <p class="hint">{t(words.listNone)}</p> : <ConsentTable answer={list} />}
    </Panel>
  );
}

/** One line a consent, newest first. */
function ConsentTable({ answer }: { readonly answer: ConsentsAnswer }) {
  const { t, time, count } = useSpeech();
  const { cityName } = useCities();
  const columns = [words.grantee, words.purpose, words.balance, words.period, words.grantedAt, words.id];
  return (
    <CardTable
      name={t(words.list)}
      columns={columns.map((name) => t(name))}
      attributes={{ 'data-consents': answer.consents.length }}
      rows={answer.consents.map((consent) => ({
        key: consent.id,
        attributes: { 'data-status': consent.status },
        cells: [
          cityName(consent.grantee),
          t(applicationPurposes[consent.purpose]),
          <>
            <Chip tone={consentColours[consent.status]} icon={consentColours[consent.status]}>
              {t(consentStatuses[consent.status].short)}
            </Chip>{' '}
            {consent.usesLeft === null ? null : `${count(consent.usesLeft)} / ${count(consent.maxUses ?? 0)}`}
          </>,
          consent.to === null ? t(words.periodAny) : time(consent.to),
          time(consent.grantedAt),
          <a href={linkTo('consents', consent.id)} title={consent.id}>
            <span class="visually-hidden">{t(words.show)} </span>
            {consent.id.slice(0, 8)}…
          </a>,
        ],
      }))}
    />
  );
}

async function unlessUnknown<T>(asking: Promise<T>): Promise<T | undefined> {
  return asking.catch((error: unknown) => {
    if (error instanceof ApiProblem && /^(CONSENT|CERTIFICATE)_UNKNOWN$/.test(error.code)) return undefined;
    throw error;
  });
}
