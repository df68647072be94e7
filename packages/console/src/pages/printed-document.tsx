import { accountStatuses, documentFields, certificates as words } from '../i18n/certificates.ts';
import { useSpeech } from '../i18n/language.tsx';
import { nameOf } from '../i18n/text.ts';
import { Facts } from '../ui/parts.tsx';

/** The fields of the 证明 as it is printed. */
export function Printed({ document }: { readonly document: Readonly<Record<string, unknown>> }) {
  const { t, yuan, day } = useSpeech();
  const names: Readonly<Record<string, readonly [string, string]>> = documentFields;
  const said = (name: string, value: unknown) => {
    if (name.endsWith('Fen')) return yuan(Number(value));
    if (typeof value === 'boolean') return t(value ? words.yes : words.no);
    const text = String(value);
    if (name === 'accountStatus') return t(nameOf(accountStatuses, text));
    return /^\d{4}-\d{2}-\d{2}$/.test(text) ? day(text) : text;
  };
  return (
    <section>
      <h3>{t(words.document)}</h3>
      <Facts
        rows={Object.entries(document)
          .filter(([name, value]) => names[name] !== undefined && value !== null && typeof value !== 'object')
          .map(([name, value]) => [t(nameOf(names, name)), said(name, value)])}
      />
    </section>
  );
}
