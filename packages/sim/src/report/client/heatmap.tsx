import type { JSX } from 'preact';
import { useCallback, useState } from 'preact/hooks';
import type { Result } from '../../results/schema.ts';
import { Canvas, themeColour, useWidth } from './canvas.tsx';
import { count, time } from './format.ts';
import { colours } from './palette.ts';
import { Legend, Section } from './section.tsx';

const said: Readonly<Record<string, readonly [string, string]>> = {
  N: ['notarized', colours.sky],
  F: ['notarized and finalized', colours.blue],
  X: ['nullified', colours.orange],
};
const CELL_WIDTH_MIN = 3;
const LEFT = 92;
const TOP = 18;

/** City x view: what each city said, a column a view, a row a city. The leader's cell has a mark. */
export function Heatmap({ result }: { readonly result: Result }): JSX.Element {
  const { views, cities } = result;
  const [place, width] = useWidth<HTMLDivElement>();
  const [cell, setCell] = useState<{ view: number; node: number }>();
  const rows = Math.max(0, ...views.states.map((states) => states.length));
  const rowHeight = rows > 120 ? 2 : rows > 40 ? 5 : rows > 12 ? 10 : 18;
  const columnWidth = Math.max(
    CELL_WIDTH_MIN,
    Math.min(24, Math.floor((width - LEFT) / Math.max(1, views.states.length))),
  );
  const canvasWidth = LEFT + columnWidth * views.states.length;
  const height = TOP + rows * rowHeight + 4;

  const draw = useCallback(
    (context: CanvasRenderingContext2D) => {
      const gap = columnWidth > 5 ? 1 : 0;
      const rowGap = rowHeight > 4 ? 1 : 0;
      const ink = themeColour('--ink');
      const nothing = themeColour('--line');
      context.font = '11px system-ui, sans-serif';
      context.fillStyle = themeColour('--ink-soft');
      const everyName = Math.max(1, Math.ceil(13 / rowHeight));
      for (let node = 0; node < rows; node += everyName) {
        const name = cities[node]?.name ?? String(node);
        context.fillText(
          name.length > 13 ? `${name.slice(0, 12)}…` : name,
          0,
          TOP + node * rowHeight + Math.min(rowHeight, 12) - 1,
        );
      }
      const everyView = Math.max(1, Math.ceil(60 / columnWidth));
      views.states.forEach((states, column) => {
        const x = LEFT + column * columnWidth;
        if (column % everyView === 0) {
          context.fillStyle = themeColour('--ink-soft');
          context.fillText(String(views.first + column), x, 11);
        }
        for (let node = 0; node < states.length; node++) {
          context.fillStyle = said[states[node] ?? '.']?.[1] ?? nothing;
          context.fillRect(x, TOP + node * rowHeight, columnWidth - gap, rowHeight - rowGap);
        }
        const leader = views.leaders[column];
        if (leader === undefined || rowHeight < 5) return;
        context.fillStyle = ink;
        const size = Math.min(4, columnWidth - gap);
        context.fillRect(
          x + (columnWidth - gap - size) / 2,
          TOP + leader * rowHeight + (rowHeight - rowGap - size) / 2,
          size,
          size,
        );
      });
    },
    [views, cities, rows, rowHeight, columnWidth],
  );
  const point = (x: number, y: number) => {
    const view = Math.floor((x - LEFT) / columnWidth);
    const node = Math.floor((y - TOP) / rowHeight);
    setCell(view >= 0 && view < views.states.length && node >= 0 && node < rows ? { view, node } : undefined);
  };
  return (
    <Section
      id="views"
      title="Cities and views"
      note={`What each city said in each of ${count(views.states.length)} views. A dot: the leader. A column of orange: the view was skipped.`}
    >
      <div ref={place} class="scroll">
        {views.states.length === 0 ? (
          <p class="empty">No view was entered in this run.</p>
        ) : (
          <Canvas
            width={canvasWidth}
            height={height}
            label="What each city said in each view"
            draw={draw}
            onPoint={point}
            onLeave={() => setCell(undefined)}
          />
        )}
      </div>
      <p class="readout" aria-live="polite">
        {cell === undefined ? 'Point at a cell.' : describe(result, cell.view, cell.node)}
      </p>
      <Legend items={[...Object.values(said), ['said nothing', 'var(--line)'], ['leader', 'var(--ink)']]} />
    </Section>
  );
}

function describe({ views, cities }: Result, column: number, node: number): string {
  const state = said[views.states[column]?.[node] ?? '.']?.[0] ?? 'said nothing';
  const leader = views.leaders[column];
  const outcome = views.finalized[column] === true ? 'final' : 'not final by itself';
  const entered = views.enteredAtUs[column];
  const name = (index: number) => cities[index]?.name ?? `city ${index}`;
  return `View ${views.first + column} (${outcome}, first entered at ${time(entered ?? 0)}${leader === undefined ? '' : `, leader ${name(leader)}`}): ${name(node)} ${state}.`;
}
