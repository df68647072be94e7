import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { themeColour, useTheme, useWidth } from './canvas.tsx';

interface ChartProps {
  readonly label: string;
  readonly height: number;
  readonly data: uPlot.AlignedData;
  /** Series after the x values. */
  readonly series: readonly uPlot.Series[];
  readonly bands?: readonly uPlot.Band[];
  readonly x: (value: number) => string;
  /** Steps between the marks of x, ascending; without them uPlot's, which are powers of ten. */
  readonly xSteps?: readonly number[];
  readonly y: (value: number) => string;
  /** Drawn under everything: faults, marks. */
  readonly background?: (plot: uPlot) => void;
  /** The x value under the pointer. */
  readonly onPoint?: (x: number) => void;
  readonly legend?: boolean;
}

/** A uPlot chart in the theme of the page, as wide as its place. */
export function Chart({
  label,
  height,
  data,
  series,
  bands,
  x,
  xSteps,
  y,
  background,
  onPoint,
  legend = true,
}: ChartProps): JSX.Element {
  const [place, width] = useWidth<HTMLDivElement>();
  const theme = useTheme();
  const pointer = useRef(onPoint);
  pointer.current = onPoint;
  useEffect(() => {
    const target = place.current;
    if (target === null || width <= 0) return;
    const ink = themeColour('--ink-soft');
    const grid = { stroke: themeColour('--line'), width: 1 };
    const axis = { stroke: ink, grid, ticks: grid, font: '12px system-ui, sans-serif' };
    const plot = new uPlot(
      {
        width,
        height,
        series: [{ label: 'time', value: (_plot, value) => (value === null ? '' : x(value)) }, ...series],
        bands: [...(bands ?? [])],
        scales: { x: { time: false } },
        axes: [
          { ...axis, values: (_plot, ticks) => ticks.map(x), space: 70, ...(xSteps && { incrs: [...xSteps] }) },
          { ...axis, values: (_plot, ticks) => ticks.map(y), size: 64 },
        ],
        cursor: { y: false, drag: { x: true, y: false } },
        legend: { show: legend },
        hooks: {
          drawClear: [(drawn) => background?.(drawn)],
          setCursor: [
            (moved) => {
              const { left } = moved.cursor;
              if (left !== undefined && left >= 0) pointer.current?.(moved.posToVal(left, 'x'));
            },
          ],
        },
      },
      data,
      target,
    );
    return () => plot.destroy();
  }, [width, height, data, series, bands, background, legend, theme, xSteps]);
  return (
    <figure>
      <h3>{label}</h3>
      <div ref={place} class="chart" role="img" aria-label={label} style={{ minHeight: `${height}px` }} />
    </figure>
  );
}
