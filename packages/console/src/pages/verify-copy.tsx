import { useEffect, useRef, useState } from 'preact/hooks';
import { certificates as words } from '../i18n/certificates.ts';
import { useSpeech } from '../i18n/language.tsx';
import { useAnswer, useDesk } from '../shell/desk.ts';
import { linkTo } from '../shell/route.ts';
import { FileInput } from '../ui/file-input.tsx';
import { Input } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { Field } from '../ui/parts.tsx';

type Tools = typeof import('../logic/citizens-copy.ts');

/** A receipt has a few kilobytes. */
const fileBytesMax = 4 * 1024 * 1024;
const nothing = { codes: [] as readonly string[], presentation: undefined, receipt: undefined };

interface Shown {
  readonly codes: readonly string[];
  readonly presentation: string | undefined;
  readonly receipt: Uint8Array | undefined;
}

/** What a citizen shows, verified here: QR codes by scanner, photo or camera, text, or files. Nothing leaves this browser. */
export function VerifyCopy() {
  const { t } = useSpeech();
  const [matter, setMatter] = useState('');
  const [shown, setShown] = useState<Shown>(nothing);
  const [text, setText] = useState('');
  const [notice, setNotice] = useState<string | undefined>(undefined);

  const take = (content: string) => {
    const lines = content.split(/\r?\n/).map((line) => line.trim());
    const codes = lines.filter((line) => line.startsWith('HANSA'));
    const presentation = lines.find((line) => line.includes('~') && !line.startsWith('HANSA'));
    if (codes.length === 0 && presentation === undefined) return;
    setNotice(undefined);
    setShown((old) => ({
      ...old,
      codes: [...new Set([...old.codes, ...codes])],
      presentation: presentation ?? old.presentation,
    }));
  };
  const takeFile = async (file: File) => {
    if (file.type.startsWith('image/')) {
      const { readPhoto } = await import('../logic/citizens-copy.ts');
      const read = await readPhoto(file);
      if (read === undefined) setNotice(t(words.photoEmpty, { name: file.name }));
      else take(read);
      return;
    }
    if (file.size > fileBytesMax) return setNotice(t(words.receiptBroken, { code: 'FILE_TOO_LARGE' }));
    const bytes = new Uint8Array(await file.arrayBuffer());
    const content = new TextDecoder().decode(bytes);
    if (content.includes('~') || content.trimStart().startsWith('HANSA')) return take(content);
    setNotice(undefined);
    setShown((old) => ({ ...old, receipt: bytes }));
  };
  const isCopy = shown.codes.length > 0 || shown.presentation !== undefined;

  const takeFiles = async (files: readonly File[]) => {
    for (const file of files) await takeFile(file);
  };
  return (
    <>
      <div class="form-fields">
        <Input label={t(words.copyCase)} hint={t(words.copyCaseHint)} value={matter} onValue={setMatter} />
        <FileInput label={t(words.copyFiles)} multiple chosen="" onFiles={(files) => void takeFiles(files)} />
      </div>
      <Field label={t(words.copyText)} hint={t(words.copyTextHint)}>
        {(attributes) => (
          <textarea
            {...attributes}
            rows={2}
            autocomplete="off"
            spellcheck={false}
            value={text}
            onPaste={(event) => {
              event.preventDefault();
              take(event.clipboardData?.getData('text') ?? '');
            }}
            onInput={(event) => {
              const { value } = event.currentTarget;
              // A scanner ends each code with Enter.
              const whole = value.includes('\n') || value.includes('~');
              if (whole) take(value);
              setText(whole ? '' : value);
            }}
          />
        )}
      </Field>
      <CameraPanel onText={take} />
      {notice === undefined ? null : (
        <p class="notice notice-amber" role="alert">
          {notice}
        </p>
      )}
      <div aria-live="polite">
        {isCopy ? <CopyVerdict shown={shown} matter={matter.trim()} /> : null}
        {!isCopy && shown.receipt !== undefined ? <ReceiptVerdict bytes={shown.receipt} /> : null}
      </div>
      {isCopy || shown.receipt !== undefined ? (
        <div class="actions">
          <button
            type="button"
            class="button"
            onClick={() => {
              setShown(nothing);
              setMatter('');
              setNotice(undefined);
            }}
          >
            {t(words.copyNext)}
          </button>
        </div>
      ) : null}
    </>
  );
}

/** Offered where the browser lets a page look: at the machine itself, or behind TLS. */
function CameraPanel({ onText }: { readonly onText: (text: string) => void }) {
  const { t } = useSpeech();
  const video = useRef<HTMLVideoElement>(null);
  const camera = useRef<InstanceType<Tools['Camera']> | undefined>(undefined);
  const [running, setRunning] = useState(false);
  const [refused, setRefused] = useState(false);
  useEffect(() => () => camera.current?.stop(), []);
  if (navigator.mediaDevices?.getUserMedia === undefined) return null;
  const toggle = async () => {
    setRefused(false);
    if (running) {
      camera.current?.stop();
      setRunning(false);
      return;
    }
    const { Camera } = await import('../logic/citizens-copy.ts');
    camera.current ??= new Camera(video.current as HTMLVideoElement, onText);
    try {
      await camera.current.start();
      setRunning(true);
    } catch {
      camera.current.stop();
      setRefused(true);
    }
  };
  return (
    <>
      <video ref={video} class="camera" muted playsInline hidden={!running} />
      <div class="actions">
        <button type="button" class="button" onClick={() => void toggle()}>
          <Icon name="camera" />
          {t(running ? words.cameraStop : words.camera)}
        </button>
      </div>
      {refused ? (
        <p class="notice notice-amber" role="alert">
          {t(words.cameraRefused)}
        </p>
      ) : null}
    </>
  );
}

/** As the page for counters says it, by the same program. */
function CopyVerdict({ shown, matter }: { readonly shown: Shown; readonly matter: string }) {
  const { t, language } = useSpeech();
  const { api, session, may } = useDesk();
  const place = useRef<HTMLElement>(null);
  /** To parse it verifies the proof of every city's vote key. */
  const parsed = useRef<ReturnType<Tools['federationOf']>>(undefined);
  const [code, setCode] = useState<string | undefined>(undefined);
  useEffect(() => {
    let gone = false;
    const judge = async () => {
      const [tools, file] = await Promise.all([import('../logic/citizens-copy.ts'), api.federation()]);
      parsed.current ??= tools.federationOf(file);
      const genesis = parsed.current;
      const verdict = await tools.judge({ genesis, city: session.city, case: matter, ...shown }, Date.now());
      if (gone || place.current === null) return;
      place.current.className = `copy copy-${verdict.tone}`;
      place.current.dataset.copy = verdict.headline;
      place.current.replaceChildren(...tools.drawVerdict(verdict, genesis, language));
      const id = verdict.credential?.certificateId;
      setCode(id === undefined ? undefined : tools.codeOf(id));
    };
    void judge();
    return () => {
      gone = true;
    };
  }, [shown, matter, language]);
  return (
    <>
      <section ref={place} class="copy copy-idle" />
      {code !== undefined && may('GET /v1/certificates/:code') ? (
        <p>
          <a href={linkTo('certificates', code)}>{t(words.copyLook)}</a>
        </p>
      ) : null}
    </>
  );
}

/** A receipt from elsewhere. */
function ReceiptVerdict({ bytes }: { readonly bytes: Uint8Array }) {
  const { t, count } = useSpeech();
  const { api } = useDesk();
  const answer = useAnswer(async () => {
    const [federation, verifier] = await Promise.all([api.federation(), import('../logic/verifier.ts')]);
    return verifier.verify(federation, bytes);
  }, [bytes]);
  if (answer.state !== 'done') return null;
  const verified = answer.value;
  if (!verified.ok) {
    return (
      <p class="notice notice-red" data-file="broken">
        <Icon name="red" />
        <span>{t(words.receiptBroken, { code: verified.code })}</span>
      </p>
    );
  }
  const { height, signers, cities, record, certificate } = verified;
  return (
    <p class="notice notice-green" data-file="holds">
      <Icon name="green" />
      <span>
        {t(words.receiptHolds, { height: count(height), signers, cities })}{' '}
        {record === undefined ? null : <a href={linkTo('explorer', ...record.split('/'))}>{record}</a>}{' '}
        {certificate === undefined ? null : <a href={linkTo('certificates', certificate)}>{certificate}</a>}
      </span>
    </p>
  );
}
