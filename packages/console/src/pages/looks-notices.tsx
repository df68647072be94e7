import type { Notice } from '../api/types.ts';
import { useSpeech } from '../i18n/language.tsx';
import { noticeReasons, looks as words } from '../i18n/looks.ts';
import { nameOf } from '../i18n/text.ts';
import { useCities } from '../shell/cities.ts';
import { useAnswer, useDesk } from '../shell/desk.ts';
import { linkTo } from '../shell/route.ts';
import { useStore } from '../shell/store.ts';
import { CardTable } from '../ui/card-table.tsx';
import { Loading, Panel, ProblemBox } from '../ui/parts.tsx';

const LIMIT = 200;

/** What was read here and is lifted or erased since: whoever decided something on it hears of it. */
export function Notices() {
  const { t, count, time } = useSpeech();
  const { api, live } = useDesk();
  const { cityName } = useCities();
  const tick = useStore(live.tick);
  const answer = useAnswer(
    (signal) => api.get<{ notices: Notice[] }>(`/v1/notices?limit=${LIMIT}`, signal).then(({ notices }) => notices),
    [tick],
  );
  return (
    <>
      <p class="hint">{t(words.noticesLead)}</p>
      {answer.state === 'loading' ? <Loading /> : null}
      {answer.state === 'failed' ? <ProblemBox problem={answer.problem} onRetry={answer.again} /> : null}
      {answer.state === 'done' ? (
        <Panel title={t(words.noticesShown, { count: count(answer.value.length) })}>
          {answer.value.length === 0 ? (
            <p class="hint">{t(words.noticesNone)}</p>
          ) : (
            <CardTable
              name={t(words.notices)}
              columns={[words.at, words.record, words.noticeFrom, words.noticeReason].map((word) => t(word))}
              rows={answer.value.map(({ at, record, from, reason }) => ({
                key: `${record} ${at}`,
                cells: [
                  time(at),
                  <a href={linkTo('explorer', ...record.split('/'))}>{record}</a>,
                  cityName(from),
                  t(nameOf(noticeReasons, reason)),
                ],
              }))}
            />
          )}
        </Panel>
      ) : null}
    </>
  );
}
