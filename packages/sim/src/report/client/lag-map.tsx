import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Result } from '../../results/schema.ts';
import { Canvas, themeColour, useWidth } from './canvas.tsx';
import { stepTimes } from './convergence.tsx';
import { plural, time } from './format.ts';
import { colours, sequential } from './palette.ts';
import { Section } from './section.tsx';

interface Props {
  readonly result: Result;
  readonly step: number;
  readonly onStep: (step: number) => void;
}

interface Spot {
  readonly node: number;
  readonly x: number;
  readonly y: number;
}

const STEP_MS = 60;

/** The cities where they lie (or in a ring), coloured by how far behind they are; time moves with the slider. */
export function LagMap({ result, step, onStep }: Props): JSX.Element {
  const { cities, series } = result;
  const [place, width] = useWidth<HTMLDivElement>();
  const [playing, setPlaying] = useState(false);
  const [pointed, setPointed] = useState<number>();
  const steps = series.lag.length;
  const lags = series.lag[step] ?? [];
  const largest = Math.max(1, ...series.lag.map((each) => Math.max(...each)));
  const onMap = cities.some((city) => city.place !== undefined);
  const height = Math.round(Math.min(onMap ? width * 0.72 : width, onMap ? 560 : 200 + 4 * cities.length, 560));
  const spots = layout(result, width, height);
  const radius = cities.length > 120 ? 4 : cities.length > 30 ? 6 : 10;

  useEffect(() => {
    if (!playing) return;
    if (step >= steps - 1) {
      setPlaying(false);
      return;
    }
    const timer = setTimeout(() => onStep(step + 1), STEP_MS);
    return () => clearTimeout(timer);
  }, [playing, step, steps, onStep]);

  const toggle = () => {
    if (!playing && step >= steps - 1) onStep(0);
    setPlaying(!playing);
  };

  const draw = useCallback(
    (context: CanvasRenderingContext2D) => {
      const ink = themeColour('--ink');
      context.font = '12px system-ui, sans-serif';
      const label = labeller(context, spots, radius, width, height);
      for (const { node, x, y } of spots) {
        const lag = lags[node] ?? -1;
        context.beginPath();
        context.arc(x, y, radius, 0, 2 * Math.PI);
        context.fillStyle =
          lag < 0
            ? themeColour('--paper')
            : lag === 0
              ? colours.blue
              : sequential(0.35 + 0.65 * (Math.log1p(lag) / Math.log1p(largest)));
        context.fill();
        context.lineWidth = cities[node]?.role === 'corrupted' ? 3 : 1;
        context.strokeStyle =
          cities[node]?.role === 'corrupted' ? colours.vermilion : lag < 0 ? colours.vermilion : themeColour('--paper');
        context.setLineDash(lag < 0 ? [2, 2] : []);
        context.stroke();
        context.setLineDash([]);
        if (cities.length > 40 && node !== pointed) continue;
        context.fillStyle = ink;
        label(cities[node]?.name ?? '', x, y, node === pointed);
      }
    },
    [spots, lags, cities, radius, largest, pointed, width, height],
  );
  const point = (x: number, y: number) => {
    const nearest = spots
      .map((spot) => ({ node: spot.node, far: Math.hypot(spot.x - x, spot.y - y) }))
      .sort((a, b) => a.far - b.far)[0];
    setPointed(nearest !== undefined && nearest.far < 20 ? nearest.node : undefined);
  };
  const at = stepTimes(result)[step] ?? 0;
  const down = lags.filter((lag) => lag < 0).length;
  const behind = lags.filter((lag) => lag > 0).length;
  return (
    <Section
      id="map"
      title={onMap ? 'Where the cities stand' : 'How the cities stand'}
      note="Blue: with the furthest. Grey to yellow: behind, the brighter the more blocks. Dashed red: down. Thick red ring: corrupted."
    >
      <div class="scrub">
        <button type="button" onClick={toggle}>
          {playing ? 'Pause' : 'Play'}
        </button>
        <input
          type="range"
          min={0}
          max={Math.max(0, steps - 1)}
          value={step}
          aria-label="Virtual time"
          aria-valuetext={time(at)}
          onInput={(event) => onStep(Number(event.currentTarget.value))}
        />
        <output>{time(at)}</output>
      </div>
      <div ref={place}>
        <Canvas
          width={width}
          height={height}
          label="Cities coloured by lag"
          draw={draw}
          onPoint={point}
          onLeave={() => setPointed(undefined)}
        />
      </div>
      <p class="readout" aria-live="polite">
        {pointed === undefined
          ? `${plural(lags.length - down - behind, 'city', 'cities')} with the furthest, ${behind} behind, ${down} down.`
          : describe(result, pointed, lags[pointed] ?? -1)}
      </p>
    </Section>
  );
}

const LABEL_HEIGHT = 13;

/**
 * Writes a name beside its spot, where it covers neither a name nor another spot: to the right, to the left, above or below. Where it
 * fits nowhere it is left out, and seen when the spot is pointed at.
 */
function labeller(
  context: CanvasRenderingContext2D,
  spots: readonly Spot[],
  radius: number,
  width: number,
  height: number,
): (name: string, x: number, y: number, always: boolean) => void {
  const taken = spots.map(({ x, y }) => ({ left: x - radius, top: y - radius, right: x + radius, bottom: y + radius }));
  return (name, x, y, always) => {
    const wide = context.measureText(name).width;
    const far = radius + 5;
    const corners = [
      [x + far, y - LABEL_HEIGHT / 2],
      [x - far - wide, y - LABEL_HEIGHT / 2],
      [x - wide / 2, y - radius - 2 - LABEL_HEIGHT],
      [x - wide / 2, y + radius + 2],
    ] as const;
    const inside = corners
      .map(([left, top]) => ({ left, top, right: left + wide, bottom: top + LABEL_HEIGHT }))
      .filter(({ left, top, right, bottom }) => left >= 0 && top >= 0 && right <= width && bottom <= height);
    const free = inside.find((place) => !taken.some((other) => overlap(place, other)));
    const chosen = free ?? (always ? inside[0] : undefined);
    if (chosen === undefined) return;
    taken.push(chosen);
    context.fillText(name, chosen.left, chosen.top + LABEL_HEIGHT - 3);
  };
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function describe({ cities }: Result, node: number, lag: number): string {
  const city = cities[node];
  const where = city?.place === undefined ? '' : `, ${city.place.province}${city.place.synthetic ? ' (made up)' : ''}`;
  return `${city?.name ?? node}${where}: ${lag < 0 ? 'down' : lag === 0 ? 'with the furthest' : `${plural(lag, 'block')} behind`}${city?.role === 'corrupted' ? ', corrupted' : ''}.`;
}

/** Equirectangular at the middle latitude; cities without a place stand in a ring. */
function layout({ cities }: Result, width: number, height: number): Spot[] {
  const placed = cities.flatMap(({ node, place }) => (place === undefined ? [] : [{ node, ...place }]));
  if (placed.length === 0) {
    const round = Math.max(10, Math.min(width, height) / 2 - 60);
    return cities.map(({ node }, index) => {
      const angle = (2 * Math.PI * index) / cities.length - Math.PI / 2;
      return { node, x: width / 2 + round * Math.cos(angle), y: height / 2 + round * Math.sin(angle) };
    });
  }
  const margin = 24;
  const [south, north] = [
    Math.min(...placed.map((each) => each.latitude)),
    Math.max(...placed.map((each) => each.latitude)),
  ];
  const [west, east] = [
    Math.min(...placed.map((each) => each.longitude)),
    Math.max(...placed.map((each) => each.longitude)),
  ];
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = Math.min(
    (width - 2 * margin) / ((east - west) * squeeze || 1),
    (height - 2 * margin) / (north - south || 1),
  );
  const offset = (width - (east - west) * squeeze * scale) / 2;
  return placed.map(({ node, latitude, longitude }) => ({
    node,
    x: offset + (longitude - west) * squeeze * scale,
    y: margin + (north - latitude) * scale,
  }));
}
