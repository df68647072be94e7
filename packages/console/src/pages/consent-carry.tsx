import { useState } from 'preact/hooks';
import type { Submitted } from '../api/types.ts';
import { applicationPurposes, certificates } from '../i18n/certificates.ts';
import { consents as words } from '../i18n/consents.ts';
import { useSpeech } from '../i18n/language.tsx';
import { nameOf } from '../i18n/text.ts';
import { groupedCode } from '../logic/code.ts';
import type { SignedConsent } from '../logic/consent-read.ts';
import { readSigned, recordText } from '../logic/signed-consent.ts';
import { useCities } from '../shell/cities.ts';
import { useDesk } from '../shell/desk.ts';
import { linkTo } from '../shell/route.ts';
import { useSubmit } from '../shell/submit.ts';
import { FileInput } from '../ui/file-input.tsx';
import { Icon } from '../ui/icon.tsx';
import { Facts, Field, Panel, ProblemBox } from '../ui/parts.tsx';

interface Given {
  readonly record: string;
  readonly signed: SignedConsent;
}

/** Larger than every record in base64; nobody pastes a film. */
const fileBytesMax = 256 * 1024;

/** What a citizen's app signed, from a file or pasted: read and verified here first, then carried. */
export function CarryConsent() {
  const { t } = useSpeech();
  const { api } = useDesk();
  const [text, setText] = useState('');
  const [fileName, setFileName] = useState<string | undefined>(undefined);
  const [given, setGiven] = useState<Given | 'unreadable' | undefined>(undefined);
  const carry = useSubmit<Submitted & { readonly id: string; readonly kind: SignedConsent['kind'] }>();

  const take = async (content: Uint8Array | string) => {
    carry.reset();
    const record = recordText(content);
    if (record === undefined) return setGiven(content.length === 0 ? undefined : 'unreadable');
    setGiven({ record, signed: await readSigned(api, record) });
  };
  const takeFile = async (file: File | undefined) => {
    setFileName(file?.name);
    if (file === undefined) return;
    if (file.size > fileBytesMax) return setGiven('unreadable');
    await take(new Uint8Array(await file.arrayBuffer()));
  };
  const send = async ({ record, signed: { kind } }: Given) => {
    const done = await carry.run(async (key) => ({
      ...(await api.post<Submitted & { readonly id: string }>('/v1/consents', { record }, key)),
      kind,
    }));
    if (done === undefined) return;
    setGiven(undefined);
    setText('');
    setFileName(undefined);
    location.assign(linkTo('consents', done.id));
  };

  return (
    <Panel title={t(words.carry)} hint={t(words.carryHint)}>
      <div class="form-fields">
        <FileInput label={t(words.file)} chosen={fileName} onFiles={([file]) => void takeFile(file)} />
        <Field label={t(words.text)}>
          {(attributes) => (
            <textarea
              {...attributes}
              class="number"
              rows={3}
              autocomplete="off"
              spellcheck={false}
              value={text}
              onInput={(event) => {
                setText(event.currentTarget.value);
                void take(event.currentTarget.value);
              }}
            />
          )}
        </Field>
      </div>
      <div aria-live="polite">
        {given === undefined ? null : given === 'unreadable' || given.signed.kind === 'unreadable' ? (
          <Refused>{t(words.textWrong)}</Refused>
        ) : given.signed.kind === 'broken' ? (
          <Refused>{t(words.broken, { code: given.signed.code })}</Refused>
        ) : (
          <section class="card" data-signed={given.signed.kind}>
            <Meaning signed={given.signed} />
            <div class="actions">
              <button
                type="button"
                class={given.signed.kind === 'grant' ? 'button button-main' : 'button button-danger'}
                disabled={carry.working}
                onClick={() => void send(given)}
              >
                {t(
                  carry.working
                    ? certificates.working
                    : given.signed.kind === 'grant'
                      ? words.carryGrant
                      : words.carryWithdraw,
                )}
              </button>
            </div>
          </section>
        )}
        {carry.problem === undefined ? null : <ProblemBox problem={carry.problem} />}
        {carry.done === undefined ? null : (
          <p class="notice notice-green" data-carried={carry.done.kind}>
            <Icon name="green" />
            <span>
              {t(
                carry.done.state === 'pending'
                  ? words.carriedPending
                  : carry.done.kind === 'grant'
                    ? words.carriedGrant
                    : words.carriedWithdraw,
              )}
            </span>
          </p>
        )}
      </div>
    </Panel>
  );
}

function Refused({ children }: { readonly children: string }) {
  return (
    <p class="notice notice-red" data-signed="refused">
      <Icon name="red" />
      <span>{children}</span>
    </p>
  );
}

/** What the citizen signed, in words. */
function Meaning({ signed }: { readonly signed: Extract<SignedConsent, { readonly id: string }> }) {
  const { t, time, count } = useSpeech();
  const { cityName } = useCities();
  if (signed.kind === 'withdraw') return <p>{t(words.readWithdraw, { id: groupedCode(signed.id) })}</p>;
  const { fromMs, toMs, maxUses } = signed;
  return (
    <>
      <h3>{t(words.readGrant)}</h3>
      <Facts
        rows={[
          [t(words.grantee), cityName(signed.grantee)],
          [t(words.purpose), t(nameOf(applicationPurposes, signed.purpose))],
          [t(words.balance), maxUses === undefined ? t(words.balanceAny) : count(maxUses)],
          [
            t(words.period),
            fromMs === undefined || toMs === undefined
              ? t(words.periodAny)
              : t(words.periodValue, { from: time(fromMs), to: time(toMs) }),
          ],
          [t(words.certificate), <span class="number">{groupedCode(signed.certificate)}</span>],
        ]}
      />
    </>
  );
}
