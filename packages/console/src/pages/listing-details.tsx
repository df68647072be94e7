import { useState } from 'preact/hooks';
import type { Listing, OpenedListing } from '../api/types.ts';
import { behaviours } from '../i18n/blacklist.ts';
import { useSpeech } from '../i18n/language.tsx';
import { listingFields, openings as words } from '../i18n/openings.ts';
import { nameOf } from '../i18n/text.ts';
import { keepCase, keptCase } from '../logic/kept-case.ts';
import { papersOf } from '../logic/papers.ts';
import { masked } from '../logic/subject.ts';
import { useDesk } from '../shell/desk.ts';
import { useLegalBases } from '../shell/policy.ts';
import { useSubmit } from '../shell/submit.ts';
import { CommitmentLine } from '../ui/commitment-line.tsx';
import { Form, Input, Select } from '../ui/form.tsx';
import { Digest, Facts, ProblemBox } from '../ui/parts.tsx';
import { type Asked, ListingPapers } from './listing-papers.tsx';

/** Behaviour, amount and papers of a listing, which its city alone holds: on a legal basis, with a receipt (P3). */
export function ListingDetails({ listing }: { readonly listing: Listing }) {
  const { t } = useSpeech();
  const { api, officer } = useDesk();
  const bases = useLegalBases('listing');
  const [basis, setBasis] = useState('LOAN_DECISION');
  const [matter, setMatter] = useState(keptCase);
  const open = useSubmit<{ readonly asked: Asked; readonly opened: OpenedListing }>();
  const chosen = bases.some(([code]) => code === basis) ? basis : (bases[0]?.[0] ?? '');
  const send = () => {
    keepCase(matter);
    const asked = { basis: chosen, case: matter.trim(), handler: officer };
    void open.run(async (key) => ({
      asked,
      opened: await api.post<OpenedListing>(`/v1/blacklist/${listing.location}/open`, asked, key),
    }));
  };
  return (
    <details class="more no-print">
      <summary>{t(words.listing)}</summary>
      <p class="hint">{t(words.listingHint, { city: listing.cityName })}</p>
      <Form
        button={t(words.open)}
        waiting={t(words.opening)}
        working={open.working}
        disabled={chosen === '' || matter.trim() === ''}
        onSubmit={send}
      >
        <Select label={t(words.legalBasis)} value={chosen} names={bases} onValue={setBasis} />
        <Input label={t(words.matter)} value={matter} onValue={setMatter} />
      </Form>
      <div aria-live="polite">
        {open.problem === undefined ? null : <ProblemBox problem={open.problem} />}
        {open.done === undefined ? null : <Details {...open.done} />}
      </div>
    </details>
  );
}

function Details({ asked, opened }: { readonly asked: Asked; readonly opened: OpenedListing }) {
  const { t, yuan, day } = useSpeech();
  const details = opened.details as Readonly<Record<string, unknown>>;
  const said = (name: string, value: unknown) => {
    if (name === 'amountFen') return yuan(Number(value));
    const text = String(value);
    if (name === 'identityNumber') return masked(text);
    if (name === 'behaviour') return t(nameOf(behaviours, text));
    return /^\d{4}-\d{2}-\d{2}$/.test(text) ? day(text) : text;
  };
  const names = Object.keys(listingFields) as (keyof typeof listingFields)[];
  return (
    <section data-details={opened.location}>
      <h4>{t(words.details)}</h4>
      <Facts
        rows={[
          ...names
            .filter((name) => details[name] !== undefined && details[name] !== null)
            .map((name) => [t(listingFields[name]), said(name, details[name])] as const),
          ...(opened.receipt === null ? [] : [[t(words.receipt), <Digest hex={opened.receipt} />] as const]),
        ]}
      />
      <CommitmentLine opened={opened.opened} commitment={opened.opened.commitment} />
      <ListingPapers location={opened.location} asked={asked} papers={papersOf(opened.details)} />
    </section>
  );
}
