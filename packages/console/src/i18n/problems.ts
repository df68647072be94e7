import { chineseProblems } from './problems-zh.ts';
import type { Language } from './text.ts';

/**
 * What a refusal means. English is the daemon's own text, which knows the case at hand; Chinese is the meaning of its
 * code, and the daemon's text where a code has none here.
 */
export function problemText(language: Language, code: string, detail: string): string {
  return language === 'zh' ? (chineseProblems[code] ?? detail) : detail;
}
