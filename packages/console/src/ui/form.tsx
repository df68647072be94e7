import type { ComponentChildren } from 'preact';
import { certificates as words } from '../i18n/certificates.ts';
import { useSpeech } from '../i18n/language.tsx';
import type { Text } from '../i18n/text.ts';
import { Field } from './parts.tsx';

/** A line of text. */
export function Input(props: {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  /** A phone offers its keys for digits. */
  readonly digits?: boolean;
  readonly onLeave?: () => void;
  readonly hint?: string | undefined;
  readonly problem?: string | undefined;
}) {
  return (
    <Field label={props.label} hint={props.hint} problem={props.problem}>
      {(attributes) => (
        <input
          {...attributes}
          type="text"
          {...(props.digits === true ? { inputMode: 'numeric' as const } : {})}
          autocomplete="off"
          spellcheck={false}
          value={props.value}
          onInput={(event) => props.onValue(event.currentTarget.value)}
          onBlur={props.onLeave}
        />
      )}
    </Field>
  );
}

/** One of a few words. */
export function Select<Name extends string>(props: {
  readonly label: string;
  readonly value: Name | '';
  readonly names: readonly (readonly [Name, string])[];
  readonly onValue: (value: Name | '') => void;
  /** Shown for "none of them"; without it one has to be chosen. */
  readonly none?: string;
}) {
  return (
    <Field label={props.label}>
      {(attributes) => (
        <select
          {...attributes}
          value={props.value}
          onChange={(event) => props.onValue(event.currentTarget.value as Name | '')}
        >
          {props.none === undefined ? null : <option value="">{props.none}</option>}
          {props.names.map(([name, said]) => (
            <option key={name} value={name}>
              {said}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** Pairs of a name and what it means, for `Select`. */
export function useNames<Name extends string>(names: Readonly<Record<Name, Text>>): (readonly [Name, string])[] {
  const { t } = useSpeech();
  return (Object.keys(names) as Name[]).map((name) => [name, t(names[name])]);
}

/** Fields side by side, where there is room, and the button that sends them. */
export function Form(props: {
  readonly button: string;
  readonly working: boolean;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  /** What the button says meanwhile, unless it waits for the other cities. */
  readonly waiting?: string;
  readonly onSubmit: () => void;
  readonly children: ComponentChildren;
}) {
  const { t } = useSpeech();
  return (
    <form
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        props.onSubmit();
      }}
    >
      <div class="form-fields">{props.children}</div>
      <div class="actions">
        <button
          type="submit"
          class={props.danger === true ? 'button button-danger' : 'button button-main'}
          disabled={props.working || props.disabled === true}
        >
          {props.working ? (props.waiting ?? t(words.working)) : props.button}
        </button>
      </div>
    </form>
  );
}
