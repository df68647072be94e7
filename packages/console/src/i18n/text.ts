/** One message in both languages; `{name}` stands for a parameter. */
export type Text = readonly [english: string, chinese: string];

export type Language = 'en' | 'zh';

export const languages = ['en', 'zh'] as const satisfies readonly Language[];

/** Tags of BCP 47, for the page and for dates. */
export const languageTags: Readonly<Record<Language, string>> = { en: 'en-GB', zh: 'zh-CN' };

export type Parameters = Readonly<Record<string, string | number>>;

/** The message in a language, with its parameters. A parameter that is missing shows as its name, in braces. */
export function say(language: Language, text: Text, parameters: Parameters = {}): string {
  const message = text[language === 'en' ? 0 : 1];
  return message.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = parameters[name];
    return value === undefined ? whole : String(value);
  });
}

/** What people call something; the daemon's own word where this console has none. */
export function nameOf(names: Readonly<Record<string, Text>>, name: string): Text {
  return names[name] ?? [name, name];
}

/** What a reader of this browser prefers, unless something else was chosen before. */
export function preferredLanguage(stored: string | null, browser: readonly string[]): Language {
  if (stored === 'en' || stored === 'zh') return stored;
  return browser
    .find((tag) => /^(zh|en)\b/i.test(tag))
    ?.toLowerCase()
    .startsWith('zh') === true
    ? 'zh'
    : 'en';
}
