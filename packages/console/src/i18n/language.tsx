import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { type Language, languageTags, type Parameters, say, type Text } from './text.ts';

export const LanguageContext = createContext<Language>('en');

export interface Speech {
  readonly language: Language;
  t(text: Text, parameters?: Parameters): string;
  /** A point in time, in the reader's zone, to the second. */
  time(value: string | number): string;
  /** A legal day like `2026-11-23`, which has no zone. */
  day(value: string): string;
  count(value: number): string;
  bytes(value: number): string;
  /** An amount in fen, shown in yuan. */
  yuan(fen: number): string;
}

/** How the page speaks now. */
export function useSpeech(): Speech {
  return speechOf(useContext(LanguageContext));
}

export function speechOf(language: Language): Speech {
  const tag = languageTags[language];
  return {
    language,
    t: (text, parameters) => say(language, text, parameters),
    time: (value) => new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(value)),
    day: (value) =>
      new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${value}T00:00:00Z`)),
    yuan: (fen) => new Intl.NumberFormat(tag, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(fen / 100),
    count: (value) => new Intl.NumberFormat(tag).format(value),
    bytes: (value) => {
      const unit = value < 1e3 ? 'byte' : value < 1e6 ? 'kilobyte' : value < 1e9 ? 'megabyte' : 'gigabyte';
      const divisor = { byte: 1, kilobyte: 1e3, megabyte: 1e6, gigabyte: 1e9 }[unit];
      return new Intl.NumberFormat(tag, {
        ...{ style: 'unit', unit, maximumSignificantDigits: 3 },
        unitDisplay: unit === 'byte' ? 'long' : 'short',
      }).format(value / divisor);
    },
  };
}
