import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type uPlot from 'uplot';
import type { Result } from '../../results/schema.ts';
import { Chart } from './chart.tsx';
import { count, time, timeSteps } from './format.ts';
import { colours, faultColours } from './palette.ts';
import { Legend, Section } from './section.tsx';

const heightSeries: readonly uPlot.Series[] = [
  { label: 'slowest city', stroke: colours.vermilion, width: 1.5, points: { show: false } },
  { label: 'median', stroke: colours.blue, width: 2, points: { show: false } },
  { label: 'furthest city', stroke: colours.green, width: 1.5, points: { show: false } },
];
const heightBands: readonly uPlot.Band[] = [{ series: [3, 1], fill: 'rgb(0 114 178 / 0.12)' }];
const recordSeries: readonly uPlot.Series[] = [
  { label: 'records final', stroke: colours.blue, width: 2, points: { show: false } },
];
const upSeries: readonly uPlot.Series[] = [
  { label: 'cities up', stroke: colours.purple, width: 2, points: { show: false } },
];

/** Time of each step of the series, in virtual microseconds. */
export function stepTimes({ series, endedAtUs }: Result): number[] {
  return series.heightMax.map((_, step) => Math.min((step + 1) * series.stepUs, endedAtUs));
}

interface Props {
  readonly result: Result;
  readonly onTime: (us: number) => void;
}

export function Convergence({ result, onTime }: Props): JSX.Element {
  const { series, faults, cities } = result;
  const times = useMemo(() => stepTimes(result), [result]);
  const heights = useMemo<uPlot.AlignedData>(
    () => [times, series.heightMin, series.heightMedian, series.heightMax],
    [times, series],
  );
  const records = useMemo<uPlot.AlignedData>(() => [times, series.recordsFinal], [times, series]);
  const up = useMemo<uPlot.AlignedData>(() => [times, series.upCities], [times, series]);
  const background = useMemo(() => shadeFaults(result), [result]);
  const kinds = [...new Set(faults.map(({ kind }) => kind))];
  const someDown = series.upCities.some((value) => value < cities.length);
  return (
    <Section
      id="convergence"
      title="Convergence"
      note="Final height over virtual time: the furthest, the median and the slowest honest city that is up. Where the lines are one, the cities stand together. Shaded: faults. Drag to zoom, double-click to go back."
    >
      <Chart
        label="Final height"
        height={280}
        data={heights}
        series={heightSeries}
        bands={heightBands}
        x={time}
        xSteps={timeSteps}
        y={count}
        background={background}
        onPoint={onTime}
      />
      <Chart
        label="Final records"
        height={180}
        data={records}
        series={recordSeries}
        x={time}
        xSteps={timeSteps}
        y={count}
        background={background}
        onPoint={onTime}
      />
      {someDown ? (
        <Chart
          label="Cities that are up"
          height={140}
          data={up}
          series={upSeries}
          x={time}
          xSteps={timeSteps}
          y={count}
          background={background}
          onPoint={onTime}
        />
      ) : undefined}
      {kinds.length > 0 ? (
        <Legend items={kinds.map((kind) => [kind, faultColours[kind] ?? colours.grey])} />
      ) : undefined}
    </Section>
  );
}

/** Bands behind a chart: one for each fault, from its beginning to its end; a line where it was a moment. */
function shadeFaults({ faults, endedAtUs }: Result): (plot: uPlot) => void {
  return (plot) => {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    for (const { kind, fromUs, toUs } of faults) {
      const from = plot.valToPos(fromUs, 'x', true);
      const to = plot.valToPos(toUs ?? endedAtUs, 'x', true);
      ctx.fillStyle = faultColours[kind] ?? colours.grey;
      ctx.globalAlpha = to - from < 2 ? 0.6 : 0.16;
      ctx.fillRect(from, bbox.top, Math.max(to - from, 1.5 * devicePixelRatio), bbox.height);
    }
    ctx.restore();
  };
}
