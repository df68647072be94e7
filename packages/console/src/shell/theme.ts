/** `auto` follows the system. */
export type Theme = 'auto' | 'light' | 'dark';

const key = 'hansa.theme';

export const themes = ['auto', 'light', 'dark'] as const satisfies readonly Theme[];

export function readTheme(): Theme {
  const stored = localStorage.getItem(key);
  return themes.find((theme) => theme === stored) ?? 'auto';
}

export function applyTheme(theme: Theme): void {
  localStorage.setItem(key, theme);
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
