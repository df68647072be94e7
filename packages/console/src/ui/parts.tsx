import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { ApiProblem } from '../api/client.ts';
import { common } from '../i18n/common.ts';
import { useSpeech } from '../i18n/language.tsx';
import { problemText } from '../i18n/problems.ts';
import { Icon, type IconName } from './icon.tsx';

/** A box with a heading. */
export function Panel(props: {
  readonly title: string;
  readonly hint?: string | undefined;
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}) {
  const id = useId();
  return (
    <section class="panel" aria-labelledby={id}>
      <header class="panel-head">
        <h2 id={id}>{props.title}</h2>
        {props.aside}
      </header>
      {props.hint === undefined ? null : <p class="hint">{props.hint}</p>}
      {props.children}
    </section>
  );
}

/** What a code means, in the reader's language, with the code itself for whoever helps. */
export function ProblemBox({ problem, onRetry }: { readonly problem: ApiProblem; readonly onRetry?: () => void }) {
  const { t, language } = useSpeech();
  return (
    <div class="notice notice-red" role="alert">
      <Icon name="red" />
      <div>
        <p>{problemText(language, problem.code, problem.message)}</p>
        <p class="hint">
          <code>{problem.code}</code>
        </p>
        {onRetry === undefined ? null : (
          <button type="button" class="button" onClick={onRetry}>
            {t(common.retry)}
          </button>
        )}
      </div>
    </div>
  );
}

export function Loading() {
  const { t } = useSpeech();
  return (
    <p class="hint" role="status">
      {t(common.loading)}
    </p>
  );
}

/** A short word with a sign before it; the sign and the word say what the colour says. */
export function Chip(props: {
  readonly tone: 'red' | 'amber' | 'green' | 'plain';
  readonly icon?: IconName;
  readonly title?: string;
  readonly children: ComponentChildren;
}) {
  return (
    <span class={`chip chip-${props.tone}`} title={props.title}>
      {props.icon === undefined ? null : <Icon name={props.icon} size={14} />}
      {props.children}
    </span>
  );
}

/** A digest: its beginning and end on the screen, the whole of it to copy. */
export function Digest({ hex, whole = false }: { readonly hex: string; readonly whole?: boolean }) {
  const { t } = useSpeech();
  const [copied, setCopied] = useState(false);
  const short = whole || hex.length <= 20 ? hex : `${hex.slice(0, 10)}…${hex.slice(-6)}`;
  const copy = async () => {
    await navigator.clipboard?.writeText(hex);
    setCopied(true);
  };
  return (
    <button type="button" class="digest" title={hex} onClick={copy}>
      <span class="visually-hidden">{t(common.copy)} </span>
      <span>{short}</span>
      <span class="digest-said" role="status">
        {copied ? ` ${t(common.copied)}` : ''}
      </span>
    </button>
  );
}

/** Terms and what they are. */
export function Facts({ rows }: { readonly rows: readonly (readonly [string, ComponentChildren])[] }) {
  return (
    <dl class="facts">
      {rows.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A labelled field with a hint and a problem, both of which a screen reader hears with it. */
export function Field(props: {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem?: string | undefined;
  readonly children: (attributes: {
    readonly id: string;
    readonly 'aria-describedby': string;
    readonly 'aria-invalid': boolean;
  }) => ComponentChildren;
}) {
  const id = useId();
  const said = `${id}-said`;
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      {props.children({ id, 'aria-describedby': said, 'aria-invalid': props.problem !== undefined })}
      <p id={said} class={props.problem === undefined ? 'hint' : 'field-problem'} aria-live="polite">
        {props.problem ?? props.hint ?? ''}
      </p>
    </div>
  );
}

/** What may be wider than the screen: it scrolls by itself, also by the arrow keys. */
export function ScrollBox({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without focus, nobody scrolls it from the keyboard
    <section class="scroll" tabIndex={0} aria-label={name}>
      {children}
    </section>
  );
}
