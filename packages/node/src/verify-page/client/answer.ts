import { toHex } from '@hansa/protocol';
import { formatDay } from '@hansa/protocol/families';
import type { Genesis } from '@hansa/protocol/genesis';
import { credentialFieldNames, credentialFields, type FieldValue } from '../../credential/fields.ts';
import { cityUrn } from '../../credential/names.ts';
import { element } from './element.ts';
import type { Verdict } from './verdict.ts';
import { type Language, refusalsZh, type Word, words } from './words.ts';

export function say(language: Language, word: Word, values: Readonly<Record<string, string | number>> = {}): string {
  return words[word][language].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** The verdict as the counter reads it: what it is, what to do, then every line that it rests on. */
export function drawVerdict(verdict: Verdict, genesis: Genesis | undefined, language: Language): HTMLElement[] {
  const { headline, hint, counted, credential } = verdict;
  const advice =
    typeof hint === 'string'
      ? say(language, hint)
      : language === 'zh'
        ? (refusalsZh[hint.code] ?? hint.message)
        : hint.message;
  const head = [
    element('p', { class: 'headline' }, say(language, headline, counted)),
    element('p', { class: 'advice' }, advice),
    ...(typeof hint === 'string' ? [] : [element('p', { class: 'refusal' }, hint.code)]),
  ];
  if (credential === undefined || genesis === undefined) return head;
  return [...head, ...drawCredential(verdict, genesis, language)];
}

function drawCredential(verdict: Verdict, genesis: Genesis, language: Language): HTMLElement[] {
  const { credential, standing } = verdict;
  if (credential === undefined) return [];
  const { issuer, certificateId, validUntil, keyBinding, disclosed, hidden } = credential;
  const time = (ms: number) => localTime(ms, genesis.utcOffsetMinutes);
  const city = genesis.authorities.find(({ name }) => cityUrn(genesis, name) === keyBinding?.audience);
  const basis: [string, string][] = [
    [say(language, 'code'), toHex(certificateId).match(/.{8}/g)?.join('-') ?? ''],
    [say(language, 'issuer'), `${issuer.displayName} (${issuer.name})`],
    [say(language, 'validUntil'), formatDay(validUntil)],
    [
      say(language, 'status'),
      standing === undefined
        ? say(language, 'statusNone')
        : say(language, 'statusAt', {
            ...{ status: say(language, standing.status), height: standing.height },
            time: time(standing.timestampMs),
          }),
    ],
    [
      say(language, 'shownTo'),
      keyBinding === undefined
        ? say(language, 'shownToNobody')
        : say(language, 'shownAs', {
            ...{ city: city?.displayName ?? keyBinding.audience, nonce: keyBinding.nonce },
            time: time(keyBinding.signedAtMs),
          }),
    ],
  ];
  const shown = credentialFieldNames
    .filter((name) => disclosed[name] !== undefined)
    .map((name): [string, string] => {
      const { kind, [language]: title } = credentialFields[name];
      return [title, fieldText(kind, disclosed[name] as FieldValue, language)];
    });
  return [
    ...(shown.length === 0 ? [] : [element('h3', {}, say(language, 'fields')), list(shown, 'fields')]),
    element('p', { class: 'hidden' }, say(language, 'hidden', { count: hidden })),
    list(basis, 'basis'),
  ];
}

function list(rows: readonly (readonly [string, string])[], name: string): HTMLElement {
  const cells = rows.flatMap(([title, value]) => [element('dt', {}, title), element('dd', {}, value)]);
  return element('dl', { class: name }, ...cells);
}

function fieldText(kind: string, value: FieldValue, language: Language): string {
  if (kind === 'fen') {
    const amount = (Number(value) / 100).toLocaleString(language === 'zh' ? 'zh-CN' : 'en', {
      minimumFractionDigits: 2,
    });
    return say(language, 'yuan', { amount });
  }
  if (kind === 'flag') return say(language, value === true ? 'yes' : 'no');
  return value === 'normal' ? say(language, 'normal') : String(value);
}

/** `2026-11-24 10:02`, where the federation is. */
function localTime(ms: number, utcOffsetMinutes: number): string {
  return new Date(ms + utcOffsetMinutes * 60_000).toISOString().slice(0, 16).replace('T', ' ');
}
