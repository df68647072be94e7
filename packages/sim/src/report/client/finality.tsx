import type { JSX } from 'preact';
import type { Distribution, Result } from '../../results/schema.ts';
import { useWidth } from './canvas.tsx';
import { count, milliseconds, plural } from './format.ts';
import { colours } from './palette.ts';
import { Section } from './section.tsx';

const HEIGHT = 220;
const LEFT = 56;
const BOTTOM = 30;
const TOP = 34;

export function Finality({ result }: { readonly result: Result }): JSX.Element {
  const { finalityMs, provableMs } = result;
  return (
    <Section
      id="finality"
      title="Time to final"
      note="From the moment a city was handed a record until an honest city had executed it in a final block; below it, until a final checkpoint proved it. Where the longest took many times the shortest, the axis is logarithmic."
    >
      <Histogram name="to final" distribution={finalityMs} colour={colours.blue} />
      {provableMs.count > 0 ? (
        <Histogram name="to provable" distribution={provableMs} colour={colours.green} />
      ) : undefined}
    </Section>
  );
}

interface Props {
  readonly name: string;
  readonly distribution: Distribution;
  readonly colour: string;
}

function Histogram({ name, distribution, colour }: Props): JSX.Element {
  const [place, width] = useWidth<HTMLDivElement>();
  const { histogram, p50, p90, p99, mean } = distribution;
  if (distribution.count === 0) return <p class="empty">No record became final in this run.</p>;
  const from = histogram[0]?.from ?? 0;
  const to = histogram.at(-1)?.to ?? 1;
  const most = Math.max(1, ...histogram.map((bin) => bin.count));
  const right = 12;
  const axis = axisOf(histogram, from, to);
  const x = (value: number) => LEFT + axis.share(value) * Math.max(1, width - LEFT - right);
  const y = (value: number) => TOP + (1 - value / most) * (HEIGHT - TOP - BOTTOM);
  const steps = width < 500 ? 2 : 5;
  const ticks = Array.from({ length: steps + 1 }, (_, tick) => axis.value(tick / steps));
  const marks = [
    ['p50', p50],
    ['p90', p90],
    ['p99', p99],
  ] as const;
  const summary = `${plural(distribution.count, 'record')} ${name}: median ${milliseconds(p50)}, p90 ${milliseconds(p90)}, p99 ${milliseconds(p99)}, mean ${milliseconds(mean)}, longest ${milliseconds(distribution.max)}`;
  return (
    <figure ref={place}>
      <svg width={width} height={HEIGHT} role="img" aria-label={summary}>
        {[0.5, 1].map((share) => (
          <g key={share}>
            <line x1={LEFT} x2={width - right} y1={y(most * share)} y2={y(most * share)} class="grid" />
            <text x={LEFT - 8} y={y(most * share) + 4} text-anchor="end">
              {count(Math.round(most * share))}
            </text>
          </g>
        ))}
        {histogram.map((bin) => (
          <rect
            key={bin.from}
            x={x(bin.from)}
            width={Math.max(1, x(bin.to) - x(bin.from) - 1)}
            y={y(bin.count)}
            height={HEIGHT - BOTTOM - y(bin.count)}
            fill={colour}
          >
            <title>{`${milliseconds(bin.from)} to ${milliseconds(bin.to)}: ${count(bin.count)}`}</title>
          </rect>
        ))}
        <line x1={LEFT} x2={width - right} y1={HEIGHT - BOTTOM} y2={HEIGHT - BOTTOM} class="axis" />
        {ticks.map((tick, index) => (
          <text
            key={tick}
            x={x(tick)}
            y={HEIGHT - 8}
            text-anchor={index === 0 ? 'start' : index === ticks.length - 1 ? 'end' : 'middle'}
          >
            {milliseconds(tick)}
          </text>
        ))}
        {marks.map(([mark, value], index) => (
          <g key={mark}>
            <line x1={x(value)} x2={x(value)} y1={14 + index * 11} y2={HEIGHT - BOTTOM} class="mark" />
            <text x={x(value)} y={10 + index * 11} text-anchor={x(value) > width - 60 ? 'end' : 'start'} class="strong">
              {mark}
            </text>
          </g>
        ))}
      </svg>
      <figcaption>{summary}.</figcaption>
    </figure>
  );
}

interface Axis {
  /** Where a value stands, 0 to 1. */
  readonly share: (value: number) => number;
  readonly value: (share: number) => number;
}

/** Bins of equal ratio stand on a logarithmic axis, bins of equal width on a linear one: bars are equally wide. */
function axisOf(histogram: Distribution['histogram'], from: number, to: number): Axis {
  const [first] = histogram;
  const last = histogram.at(-1);
  const widens = first !== undefined && last !== undefined && last.to - last.from > 2 * (first.to - first.from);
  if (!widens || from <= 0) {
    const span = to - from || 1;
    return { share: (value) => (value - from) / span, value: (share) => from + span * share };
  }
  const span = Math.log(to / from);
  return { share: (value) => Math.log(value / from) / span, value: (share) => from * Math.exp(span * share) };
}
