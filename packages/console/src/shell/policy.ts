import { useSpeech } from '../i18n/language.tsx';
import { legalBases } from '../i18n/openings.ts';
import { nameOf } from '../i18n/text.ts';
import type { OpenedByBasis } from '../logic/policy.ts';
import { useAnswer, useDesk } from './desk.ts';

/** The policy's legal bases that open it, each with what people call it; one that has no name here is called by its code. */
export function useLegalBases(opens: OpenedByBasis): readonly (readonly [string, string])[] {
  const { t } = useSpeech();
  const { api } = useDesk();
  const answer = useAnswer(
    async () => (await import('../logic/policy.ts')).legalBasesOf(await api.genesis(), opens),
    [],
  );
  const codes = answer.state === 'done' ? answer.value : [];
  return codes.map((code) => [code, t(nameOf(legalBases, code))]);
}
