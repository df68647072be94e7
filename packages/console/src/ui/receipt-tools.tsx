import { useEffect, useState } from 'preact/hooks';
import { ApiProblem } from '../api/client.ts';
import { check as words } from '../i18n/check.ts';
import { useSpeech } from '../i18n/language.tsx';
import { fetchProof, saveFile } from '../logic/proof.ts';
import type { Verified } from '../logic/verified.ts';
import { useDesk } from '../shell/desk.ts';
import { Icon } from './icon.tsx';
import { ProblemBox } from './parts.tsx';

/** The portable proof: fetched and verified when somebody wants it. */
export function ReceiptTools(props: { readonly question: object; readonly name: string }) {
  const { t, count } = useSpeech();
  const { api } = useDesk();
  const [verified, setVerified] = useState<Verified | undefined>(undefined);
  const [problem, setProblem] = useState<ApiProblem | undefined>(undefined);
  useEffect(() => {
    let gone = false;
    fetchProof(api, props.question).then(
      (done) => {
        if (!gone) setVerified(done);
      },
      (error: unknown) => {
        if (!gone && error instanceof ApiProblem) setProblem(error);
      },
    );
    return () => {
      gone = true;
    };
  }, [props.name]);
  if (problem !== undefined) return <ProblemBox problem={problem} />;
  if (verified === undefined) return <p class="hint">{t(words.making)}</p>;
  if (!verified.ok) {
    return (
      <p class="notice notice-red">
        <Icon name="red" /> {t(words.notVerified, { code: verified.code })}
      </p>
    );
  }
  return (
    <div class="proof-line">
      <p data-verified="yes">
        <Icon name="green" />
        {t(words.verified, {
          signers: verified.signers,
          cities: verified.cities,
          height: count(verified.height),
        })}
      </p>
      <button
        type="button"
        class="button no-print"
        onClick={() => saveFile(`hansa-${props.name}.receipt`, 'application/vnd.hansa.receipt', verified.bytes)}
      >
        <Icon name="save" />
        {t(words.save)}
      </button>
    </div>
  );
}
