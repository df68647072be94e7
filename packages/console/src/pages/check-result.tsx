import { useEffect, useRef, useState } from 'preact/hooks';
import type { Listing } from '../api/types.ts';
import { purposes, severities, verdicts, check as words } from '../i18n/check.ts';
import { useSpeech } from '../i18n/language.tsx';
import type { Asked } from '../logic/asked.ts';
import { masked } from '../logic/subject.ts';
import { countsUntil, verdictOf } from '../logic/verdict.ts';
import { useDesk } from '../shell/desk.ts';
import { linkTo } from '../shell/route.ts';
import { Icon } from '../ui/icon.tsx';
import { Chip, Digest, Facts } from '../ui/parts.tsx';
import { ReceiptTools } from '../ui/receipt-tools.tsx';
import { ListingDetails } from './listing-details.tsx';

/** The answer, what to do, and the receipt: on paper it is all that is printed. */
export function CheckResult({ asked, onAgain }: { readonly asked: Asked; readonly onAgain: () => void }) {
  const { t, time, count } = useSpeech();
  const { session, officer, live, may } = useDesk();
  // As the city stood when it answered: a later change is a matter of the next check.
  const [status] = useState(live.status.value);
  const { answer } = asked;
  const verdict = verdictOf(answer, status);
  const text = verdicts[verdict.reason];
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [asked]);

  return (
    <article class={`result result-${verdict.colour}`} data-colour={verdict.colour}>
      <div class="print-only receipt-head">
        <strong>{session.displayName}</strong>
        <span>{t(words.receiptTitle)}</span>
      </div>
      <header class="result-head">
        <Icon name={verdict.colour} size={56} />
        <div>
          <p class="result-word">{t(text.word)}</p>
          <h2 ref={heading} tabIndex={-1}>
            {t(text.headline)}
          </h2>
        </div>
      </header>
      <div class="result-body">
        <section>
          <h3>{t(words.whatToDo)}</h3>
          <ol class="steps">
            {text.steps.map((step) => (
              <li key={step[0]}>{t(step)}</li>
            ))}
          </ol>
        </section>
        {answer.stale ? (
          <p class="notice notice-amber" data-stale>
            <Icon name="clock" />
            <span>{t(words.staleNote)}</span>
          </p>
        ) : null}
        {answer.listings.length === 0 ? null : (
          <section>
            <h3>{t(words.listings)}</h3>
            {answer.listings.map((listing) => (
              <ListingCard key={listing.location} listing={listing} />
            ))}
          </section>
        )}
        <section>
          <h3>{t(words.receipt)}</h3>
          <Facts
            rows={[
              [t(words.subject), <span class="number">{masked(asked.number)}</span>],
              [t(words.purpose), t(purposes[asked.purpose])],
              [t(words.case), asked.matter],
              [t(words.officer), officer],
              [t(words.askedAt), time(asked.atMs)],
              [
                t(words.asOf),
                t(words.asOfValue, { time: time(answer.asOf.timestampMs), height: count(answer.asOf.height) }),
              ],
              [t(words.proofId), <Digest hex={answer.proof} />],
              [t(words.federationId), <Digest hex={session.federationId} />],
            ]}
          />
          {may('POST /v1/receipts') ? (
            <ReceiptTools question={{ proof: answer.proof }} name={answer.proof.slice(-8)} />
          ) : null}
          <p class="hint print-only">{t(words.receiptNote)}</p>
          <p class="print-only receipt-signature">{t(words.signature)}</p>
          <div class="actions no-print">
            <button type="button" class="button button-main" onClick={() => print()}>
              <Icon name="print" />
              {t(words.print)}
            </button>
            <button type="button" class="button" onClick={onAgain}>
              {t(words.again)}
            </button>
          </div>
        </section>
      </div>
    </article>
  );
}

function ListingCard({ listing }: { readonly listing: Listing }) {
  const { t, day } = useSpeech();
  const { may } = useDesk();
  const until = (value: string | null) => (value === null ? t(words.noEnd) : day(value));
  return (
    <div class="listing">
      <div class="listing-head">
        <span>
          <span class="hint">{t(words.listedBy)} </span>
          <strong>{listing.cityName}</strong>
        </span>
        {listing.restricted ? (
          <Chip tone="red" icon="red">
            {t(words.restrictsNow)}
          </Chip>
        ) : (
          <Chip tone="plain">{t(words.restrictsNot)}</Chip>
        )}
        {listing.disputed ? (
          <Chip tone="amber" icon="amber">
            {t(words.disputed)}
          </Chip>
        ) : null}
        {listing.late ? (
          <Chip tone="amber" icon="clock" title={t(words.lateHint)}>
            {t(words.late)}
          </Chip>
        ) : null}
      </div>
      {listing.late ? <p class="hint">{t(words.lateHint)}</p> : null}
      <Facts
        rows={[
          [t(words.severity), t(severities[listing.severity])],
          [t(words.countsUntil), <strong>{until(countsUntil(listing))}</strong>],
          [t(words.decided), day(listing.decidedOn)],
          [t(words.effective), day(listing.effectiveFrom)],
          [t(words.restrictUntil), until(listing.restrictUntil)],
          [t(words.shareUntil), until(listing.shareUntil)],
          [t(words.publishUntil), until(listing.publishUntil)],
          [
            t(words.record),
            <a
              href={linkTo('explorer', ...listing.location.split('/'))}
              aria-label={t(words.showRecord, { location: listing.location })}
            >
              {listing.location}
            </a>,
          ],
        ]}
      />
      {may('POST /v1/blacklist/:city/:sequence/:position/open') ? <ListingDetails listing={listing} /> : null}
      {!listing.disputed && may('POST /v1/blacklist/:city/:sequence/:position/dispute') ? (
        <p class="no-print">
          <a href={linkTo('blacklist', ...listing.location.split('/'))}>{t(words.takeDispute)}</a>
        </p>
      ) : null}
    </div>
  );
}
