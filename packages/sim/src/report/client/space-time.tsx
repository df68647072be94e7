import type { JSX } from 'preact';
import type { Result } from '../../results/schema.ts';
import { useWidth } from './canvas.tsx';
import { time } from './format.ts';
import { colours, messageColours } from './palette.ts';
import { Legend, Section } from './section.tsx';

const LEFT = 92;
const RIGHT = 16;
const TOP = 26;
const BOTTOM = 30;
const WIDTH_MIN = 720;

/** Lamport's picture: a line a city, an arrow a message, time from left to right. */
export function SpaceTime({ result }: { readonly result: Result }): JSX.Element {
  const { window: shown, cities } = result;
  const [place, available] = useWidth<HTMLDivElement>();
  const width = Math.max(available, WIDTH_MIN);
  const gap = shown.nodes.length > 12 ? 22 : 44;
  const height = TOP + BOTTOM + Math.max(1, shown.nodes.length - 1) * gap;
  const span = Math.max(1, shown.toUs - shown.fromUs);
  const x = (us: number) => LEFT + ((us - shown.fromUs) / span) * (width - LEFT - RIGHT);
  const row = new Map(shown.nodes.map((node, index) => [node, TOP + index * gap]));
  const y = (node: number) => row.get(node) ?? 0;
  const kinds = [...new Set(shown.messages.map(({ kind }) => kind))].sort();
  const name = (node: number) => cities[node]?.name ?? `city ${node}`;
  const lost = shown.messages.some(({ arrivedUs }) => arrivedUs === null);
  return (
    <Section
      id="space-time"
      title="Space and time"
      note={`Every message of ${time(span)} from ${time(shown.fromUs)} on: each line is a city, each stroke goes from who sent to who heard it.`}
    >
      <div ref={place} class="scroll">
        {shown.messages.length === 0 ? (
          <p class="empty">No messages in the chosen window.</p>
        ) : (
          <svg width={width} height={height} role="img" aria-label="Messages between cities over time">
            {shown.nodes.map((node) => (
              <g key={node}>
                <line x1={LEFT} x2={width - RIGHT} y1={y(node)} y2={y(node)} class="axis" />
                <text x={LEFT - 8} y={y(node) + 4} text-anchor="end">
                  {name(node).length > 13 ? `${name(node).slice(0, 12)}…` : name(node)}
                </text>
              </g>
            ))}
            {shown.messages.map((message) => {
              const { from, to, sentUs, arrivedUs, kind } = message;
              const end = arrivedUs ?? sentUs + span * 0.02;
              const part = arrivedUs === null ? 0.5 : 1;
              return (
                <line
                  key={`${from} ${to} ${sentUs} ${kind} ${arrivedUs}`}
                  x1={x(sentUs)}
                  y1={y(from)}
                  x2={Math.min(x(end), width - RIGHT)}
                  y2={y(from) + (y(to) - y(from)) * part}
                  stroke={messageColours[kind] ?? colours.grey}
                  stroke-width={1.2}
                  stroke-opacity={0.75}
                  stroke-dasharray={arrivedUs === null ? '3 3' : undefined}
                >
                  <title>{`${kind}${message.view === undefined ? '' : ` of view ${message.view}`}: ${name(from)} to ${name(to)}, sent ${time(sentUs)}, ${arrivedUs === null ? 'lost' : `heard after ${time(arrivedUs - sentUs)}`}`}</title>
                </line>
              );
            })}
            {shown.marks.map(({ node, atUs, kind, text }) => (
              <circle
                key={`${node} ${atUs} ${kind} ${text}`}
                cx={x(atUs)}
                cy={y(node)}
                r={kind === 'finalized' ? 4.5 : 3.5}
                class={`moment ${kind}`}
              >
                <title>{`${time(atUs)}: ${name(node)} ${text}`}</title>
              </circle>
            ))}
            {Array.from({ length: 6 }, (_, tick) => shown.fromUs + (span * tick) / 5).map((us, tick) => (
              <text
                key={us}
                x={x(us)}
                y={height - 6}
                text-anchor={tick === 0 ? 'start' : tick === 5 ? 'end' : 'middle'}
              >
                {tick === 0 ? time(shown.fromUs) : `+${time(Math.round(us - shown.fromUs))}`}
              </text>
            ))}
          </svg>
        )}
      </div>
      <Legend
        items={[
          ...kinds.map((kind) => [kind, messageColours[kind] ?? colours.grey] as const),
          ...(lost ? [['dashed: lost', 'transparent'] as const] : []),
          ['dot: a city finalized or moved on', 'var(--ink)'],
        ]}
      />
    </Section>
  );
}
