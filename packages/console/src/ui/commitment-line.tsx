import { useSpeech } from '../i18n/language.tsx';
import { openings as words } from '../i18n/openings.ts';
import { useAnswer } from '../shell/desk.ts';
import { Icon } from './icon.tsx';

/** P1: what was opened is hashed here and compared with the ledger's commitment. */
export function CommitmentLine(props: {
  readonly opened: { readonly salt: string; readonly payload: string };
  readonly commitment: string;
}) {
  const { t } = useSpeech();
  const { opened, commitment } = props;
  const answer = useAnswer(async () => {
    const { holdsCommitment } = await import('../logic/commitment.ts');
    return holdsCommitment(opened, commitment);
  }, [opened.salt, commitment]);
  if (answer.state !== 'done') return null;
  return (
    <p class={`notice notice-${answer.value ? 'green' : 'red'}`} data-commitment={answer.value ? 'holds' : 'broken'}>
      <Icon name={answer.value ? 'green' : 'red'} />
      <span>{t(answer.value ? words.commitmentHolds : words.commitmentBroken)}</span>
    </p>
  );
}
