import type { ComponentChildren } from 'preact';
import { useSpeech } from '../i18n/language.tsx';
import { papers as words } from '../i18n/papers.ts';
import { Icon } from './icon.tsx';
import { Digest } from './parts.tsx';

/** Name, size and digest of papers, one a line; `children` says what can be done with one. */
export function PaperList<
  One extends { readonly name: string; readonly bytes: number; readonly sha256: string },
>(props: { readonly papers: readonly One[]; readonly children?: (paper: One) => ComponentChildren }) {
  const { t, bytes } = useSpeech();
  return (
    <ul class="papers">
      {props.papers.map((paper) => (
        <li key={`${paper.name} ${paper.sha256}`} data-paper={paper.sha256}>
          <span class="paper-head">
            <Icon name="file" />
            <strong>{paper.name === '' ? t(words.withoutName) : paper.name}</strong>
            <span class="hint nowrap">{bytes(paper.bytes)}</span>
          </span>
          <span class="hint">
            {t(words.digest)} <Digest hex={paper.sha256} />
          </span>
          {props.children?.(paper)}
        </li>
      ))}
    </ul>
  );
}
