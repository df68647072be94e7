import type { PathStep } from '@hansa/protocol/receipt';
import { explorer as words } from '../i18n/explorer.ts';
import { useSpeech } from '../i18n/language.tsx';

const row = 38;
const box = { width: 76, height: 20 } as const;
const middle = 210;

const top = (index: number): number => row * index + 3;
const bottom = (index: number): number => top(index) + box.height;
const between = (index: number): number => bottom(index) + (row - box.height) / 2;

function shortHex(bytes: Uint8Array): string {
  return Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The hashes from a leaf to its root, as a ladder: at each rung the sibling that comes in, and on which side. */
export function HashLadder({ leaf, path }: { readonly leaf: Uint8Array; readonly path: readonly PathStep[] }) {
  const { t, count } = useSpeech();
  if (path.length === 0) return null;
  return (
    <details class="ladder">
      <summary>{t(words.showPath, { count: count(path.length) })}</summary>
      <svg
        viewBox={`0 0 420 ${row * (path.length + 1) + 8}`}
        width="420"
        height={row * (path.length + 1) + 8}
        aria-hidden="true"
        focusable="false"
      >
        <Rung index={0} text={shortHex(leaf)} />
        {path.map((step, index) => (
          <g key={`${index}`}>
            <path
              class="ladder-line"
              d={`M${middle} ${bottom(index)}V${top(index + 1)}M${step.side === 'left' ? 130 : 290} ${between(index)}H${middle}`}
            />
            <text
              class={step.sibling === undefined ? 'ladder-empty' : 'ladder-sibling'}
              x={step.side === 'left' ? 122 : 298}
              y={between(index) + 4}
              text-anchor={step.side === 'left' ? 'end' : 'start'}
            >
              {step.sibling === undefined ? '∅' : shortHex(step.sibling)}
            </text>
            <Rung index={index + 1} text={shortHex(step.hash)} />
          </g>
        ))}
      </svg>
      <ol class="visually-hidden">
        {path.map((step, index) => (
          <li key={`${index}`}>
            {t(
              step.sibling === undefined
                ? words.siblingEmpty
                : step.side === 'left'
                  ? words.siblingLeft
                  : words.siblingRight,
            )}{' '}
            {step.sibling === undefined ? '' : shortHex(step.sibling)} {t(words.gives)} {shortHex(step.hash)}
          </li>
        ))}
      </ol>
    </details>
  );
}

function Rung({ index, text }: { readonly index: number; readonly text: string }) {
  return (
    <g>
      <rect class="ladder-box" x={middle - box.width / 2} y={top(index)} {...box} rx={4} />
      <text class="ladder-hash" x={middle} y={top(index) + 14} text-anchor="middle">
        {text}
      </text>
    </g>
  );
}
