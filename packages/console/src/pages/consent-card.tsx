import type { Consent, ConsentAnswer } from '../api/types.ts';
import { applicationPurposes } from '../i18n/certificates.ts';
import { check } from '../i18n/check.ts';
import { consentStatuses, consents as words } from '../i18n/consents.ts';
import { useSpeech } from '../i18n/language.tsx';
import { groupedCode } from '../logic/code.ts';
import { useCities } from '../shell/cities.ts';
import { useDesk } from '../shell/desk.ts';
import { linkTo } from '../shell/route.ts';
import { Icon } from '../ui/icon.tsx';
import { Facts } from '../ui/parts.tsx';

/** Of a consent by its status, for the city that may read. */
export const consentColours = {
  active: 'green',
  'not-yet': 'amber',
  expired: 'red',
  withdrawn: 'red',
  exhausted: 'red',
} as const satisfies Record<Consent['status'], string>;

/** One consent: whether this centre may read now, for what, and what is left of it. */
export function ConsentCard({ answer }: { readonly answer: ConsentAnswer }) {
  const { t, time, count } = useSpeech();
  const { session, may } = useDesk();
  const { cityName } = useCities();
  const { consent, asOf } = answer;
  const { id, status, certificate, grantee, maxUses, uses, usesLeft, from, to } = consent;
  const own = grantee === session.city;
  const said = consentStatuses[status];
  const elsewhere = status === 'active' && !own;
  const colour = elsewhere ? 'amber' : consentColours[status];
  return (
    <article class={`result result-${colour}`} data-consent={status}>
      <header class="result-head">
        <Icon name={colour} size={56} />
        <div>
          <p class="result-word">{t(elsewhere ? words.otherCity : said.word)}</p>
          <h2>{elsewhere ? t(words.otherCityTodo, { city: cityName(grantee) }) : t(said.todo)}</h2>
        </div>
        <p class="result-balance">
          <span class="hint">{t(words.balance)}</span>
          <strong data-left={usesLeft ?? 'any'}>{usesLeft === null ? t(words.balanceAny) : count(usesLeft)}</strong>
          {maxUses === null ? null : <span class="hint">{t(words.balanceOf, { max: count(maxUses) })}</span>}
        </p>
      </header>
      <div class="result-body">
        <Facts
          rows={[
            [t(words.grantee), own ? t(words.thisCity, { city: cityName(grantee) }) : cityName(grantee)],
            [t(words.purpose), <strong>{t(applicationPurposes[consent.purpose])}</strong>],
            [
              t(words.uses),
              maxUses === null
                ? t(words.usesAny, { uses: count(uses) })
                : t(words.usesValue, { uses: count(uses), max: count(maxUses), left: count(usesLeft ?? 0) }),
            ],
            [
              t(words.period),
              from === null || to === null
                ? t(words.periodAny)
                : t(words.periodValue, { from: time(from), to: time(to) }),
            ],
            [
              t(words.certificate),
              <a class="number" href={linkTo('certificates', certificate)}>
                {groupedCode(certificate)}
              </a>,
            ],
            [t(words.id), <span class="number">{groupedCode(id)}</span>],
            [t(words.grantedAt), time(consent.grantedAt)],
            ...(consent.withdrawnAt === null ? [] : [[t(words.withdrawnAt), time(consent.withdrawnAt)] as const]),
            [t(words.record), <a href={linkTo('explorer', ...consent.location.split('/'))}>{consent.location}</a>],
            [t(check.asOf), t(check.asOfValue, { time: time(asOf.timestampMs), height: count(asOf.height) })],
          ]}
        />
        {status === 'active' && own && may('POST /v1/certificates/:code/open') ? (
          <div class="actions no-print">
            <a class="button button-main" href={linkTo('certificates', certificate, id)}>
              {t(words.open)}
            </a>
          </div>
        ) : null}
        {status === 'withdrawn' || status === 'expired' ? null : <p class="hint no-print">{t(words.withdrawHow)}</p>}
      </div>
    </article>
  );
}
