import { useState } from 'preact/hooks';
import { useSpeech } from '../i18n/language.tsx';
import { papers as words } from '../i18n/papers.ts';
import { type Paper, type PaperFault, papersMax, paperTypes, readPaper } from '../logic/papers.ts';
import { FileInput } from '../ui/file-input.tsx';
import { PaperList } from '../ui/paper-list.tsx';

const faults = {
  'too-large': words.tooLarge,
  'type-unknown': words.typeUnknown,
  'name-unfit': words.nameUnfit,
} as const satisfies Record<PaperFault, unknown>;

/** Papers of a decision that is being prepared: what cannot be one is said here, before anything is sent. */
export function PapersField(props: {
  readonly papers: readonly Paper[];
  readonly onPapers: (papers: readonly Paper[]) => void;
}) {
  const { t } = useSpeech();
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const take = async (files: readonly File[]) => {
    let { papers } = props;
    let fault: string | undefined;
    for (const file of files) {
      const read = await readPaper(file);
      if (typeof read === 'string') fault = t(faults[read], { name: file.name });
      else papers = [...papers.filter(({ name }) => name !== read.name), read];
    }
    setProblem(papers.length > papersMax ? t(words.tooMany) : fault);
    props.onPapers(papers.slice(0, papersMax));
  };
  return (
    <div class="form-wide">
      <FileInput
        label={t(words.attach)}
        button={t(words.add)}
        hint={t(words.attachHint)}
        problem={problem}
        accept={paperTypes}
        multiple
        chosen=""
        onFiles={(files) => void take(files)}
      />
      <PaperList papers={props.papers}>
        {({ name }) => (
          <button
            type="button"
            class="button button-quiet"
            onClick={() => props.onPapers(props.papers.filter((each) => each.name !== name))}
          >
            {t(words.remove, { name })}
          </button>
        )}
      </PaperList>
    </div>
  );
}
