import { useState } from 'preact/hooks';
import { certificates as words } from '../i18n/certificates.ts';
import { useSpeech } from '../i18n/language.tsx';
import type { Verified } from '../logic/verified.ts';
import { useDesk } from '../shell/desk.ts';
import { linkTo } from '../shell/route.ts';
import { Icon } from '../ui/icon.tsx';
import { Field } from '../ui/parts.tsx';

/** A receipt from elsewhere, verified here: the file stays in this browser. */
export function VerifyFile() {
  const { t, count } = useSpeech();
  const { api } = useDesk();
  const [verified, setVerified] = useState<Verified | undefined>(undefined);
  const read = async (file: File | undefined) => {
    setVerified(undefined);
    if (file === undefined) return;
    const [bytes, genesis, verifier] = await Promise.all([
      file.arrayBuffer(),
      api.genesis(),
      import('../logic/verifier.ts'),
    ]);
    setVerified(verifier.verify(genesis, new Uint8Array(bytes)));
  };
  return (
    <>
      <Field label={t(words.file)}>
        {(attributes) => (
          <input {...attributes} type="file" onChange={(event) => void read(event.currentTarget.files?.[0])} />
        )}
      </Field>
      <div aria-live="polite">
        {verified === undefined ? null : verified.ok ? (
          <p class="notice notice-green" data-file="holds">
            <Icon name="green" />
            <span>
              {t(words.receiptHolds, {
                height: count(verified.height),
                signers: verified.signers,
                cities: verified.cities,
              })}{' '}
              {verified.record === undefined ? null : (
                <a href={linkTo('explorer', ...verified.record.split('/'))}>{verified.record}</a>
              )}{' '}
              {verified.certificate === undefined ? null : (
                <a href={linkTo('certificates', verified.certificate)}>{verified.certificate}</a>
              )}
            </span>
          </p>
        ) : (
          <p class="notice notice-red" data-file="broken">
            <Icon name="red" />
            <span>{t(words.receiptBroken, { code: verified.code })}</span>
          </p>
        )}
      </div>
    </>
  );
}
