import { common } from '../i18n/common.ts';
import { useSpeech } from '../i18n/language.tsx';
import { Icon } from './icon.tsx';
import { Field } from './parts.tsx';

/**
 * A field for files that speaks the console's language; the browser's own speaks the browser's. The native field lies
 * over what is drawn, so that keys, a drop and readers of screens find it.
 */
export function FileInput(props: {
  readonly label: string;
  readonly button?: string;
  readonly hint?: string | undefined;
  readonly problem?: string | undefined;
  readonly accept?: string;
  readonly multiple?: boolean;
  /** Name of what is chosen; undefined where the names stand elsewhere. */
  readonly chosen?: string | undefined;
  readonly onFiles: (files: readonly File[]) => void;
}) {
  const { t } = useSpeech();
  return (
    <Field label={props.label} hint={props.hint} problem={props.problem}>
      {(attributes) => (
        <div class="file">
          <input
            {...attributes}
            type="file"
            accept={props.accept}
            multiple={props.multiple}
            title={props.chosen === undefined || props.chosen === '' ? props.label : props.chosen}
            onChange={(event) => {
              const files = [...(event.currentTarget.files ?? [])];
              // The same file may be chosen again, after it was removed or changed.
              if (props.multiple === true) event.currentTarget.value = '';
              if (files.length > 0) props.onFiles(files);
            }}
          />
          <span class="file-face" aria-hidden="true">
            <span class="button">
              <Icon name="file" />
              {props.button ?? t(common.chooseFile)}
            </span>
            <span class="file-name">{props.chosen ?? t(common.noFile)}</span>
          </span>
        </div>
      )}
    </Field>
  );
}
