import { useState } from 'preact/hooks';
import { common } from '../i18n/common.ts';
import { useSpeech } from '../i18n/language.tsx';
import type { Language } from '../i18n/text.ts';
import { Icon } from '../ui/icon.tsx';
import { applyTheme, readTheme, type Theme, themes } from './theme.ts';

const themeNames = { auto: common.themeAuto, light: common.themeLight, dark: common.themeDark } as const;

/** Names the other language in that language, for whoever cannot read this one. */
export function LanguageButton({ onLanguage }: { readonly onLanguage: (language: Language) => void }) {
  const { language } = useSpeech();
  const other = language === 'en' ? 'zh' : 'en';
  return (
    <button
      type="button"
      class="button button-quiet"
      lang={other === 'zh' ? 'zh-CN' : 'en'}
      onClick={() => onLanguage(other)}
    >
      <Icon name="language" />
      <span>{other === 'zh' ? '中文' : 'English'}</span>
    </button>
  );
}

export function ThemeSelect() {
  const { t } = useSpeech();
  const [theme, setTheme] = useState<Theme>(readTheme);
  const choose = () => {
    const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'auto';
    applyTheme(next);
    setTheme(next);
  };
  return (
    <button
      type="button"
      class="button button-quiet"
      onClick={choose}
      title={`${t(common.theme)}: ${t(themeNames[theme])}`}
    >
      <Icon name="sun" />
      <span class="visually-hidden">
        {t(common.theme)}: {t(themeNames[theme])}
      </span>
    </button>
  );
}
