import { LAST_MILE } from '../scenario/defaults.ts';
import { microseconds } from '../scenario/duration.ts';
import type { Latency, Link } from '../scenario/schema.ts';
import type { NodeIndex, Place } from './contract.ts';

/** How one directed link behaves, ready to be drawn from. */
export interface LinkModel {
  /** One-way latency in microseconds, jitter apart. `draw`: uniform in [0, 1). */
  readonly latencyUs: (from: NodeIndex, to: NodeIndex, draw: () => number) => number;
  readonly jitterUs: number;
  readonly loss: number;
  readonly duplication: number;
  readonly reordering: number;
  /** Undefined: no limit. */
  readonly bytesPerUs: number | undefined;
}

/** What a model may know of the nodes. */
export interface Ground {
  /** Undefined: nowhere in particular. */
  place(node: NodeIndex): Place | undefined;
  /** Row and column of a node in a matrix of delays. */
  row(node: NodeIndex): number;
}

export function linkModel(link: Link & Required<Pick<Link, 'latency'>>, ground: Ground): LinkModel {
  const { latency, jitter, loss = 0, duplication = 0, reordering = 0, bandwidthMbps } = link;
  return {
    latencyUs: latencyModel(latency, ground),
    jitterUs: jitter === undefined ? 0 : microseconds(jitter),
    loss,
    duplication,
    reordering,
    // A megabit a second is an eighth of a byte a microsecond.
    bytesPerUs: bandwidthMbps === undefined ? undefined : bandwidthMbps / 8,
  };
}

function latencyModel(latency: Latency, ground: Ground): LinkModel['latencyUs'] {
  switch (latency.kind) {
    case 'constant': {
      const us = microseconds(latency.delay);
      return () => us;
    }
    case 'uniform': {
      const min = microseconds(latency.min);
      const span = Math.max(0, microseconds(latency.max) - min);
      return (_from, _to, draw) => min + span * draw();
    }
    case 'exponential': {
      const min = latency.min === undefined ? 0 : microseconds(latency.min);
      const mean = microseconds(latency.mean);
      return (_from, _to, draw) => min - mean * Math.log(1 - draw());
    }
    case 'lognormal': {
      const median = microseconds(latency.median);
      return (_from, _to, draw) => median * Math.exp(latency.sigma * normal(draw));
    }
    case 'matrix': {
      const delays = latency.delays.map((row) => row.map(microseconds));
      return (from, to) => {
        const row = delays[ground.row(from) % delays.length] as number[];
        return row[ground.row(to) % row.length] as number;
      };
    }
    case 'geography':
      return geography(microseconds(latency.lastMile ?? LAST_MILE), ground);
  }
}

/** Cables are half as long again as the great circle. */
const DETOUR = 1.5;
/** Light in fibre. */
const KILOMETRES_PER_MS = 200;

/** Synthetic: RTT = 2 x 1.5 x km / (200 km per ms) + last mile; half of it one way. */
function geography(lastMileUs: number, ground: Ground): LinkModel['latencyUs'] {
  const known = new Map<number, number>();
  return (from, to) => {
    const pair = from * 0x1_0000 + to;
    let us = known.get(pair);
    if (us === undefined) {
      const [here, there] = [ground.place(from), ground.place(to)];
      const km = here === undefined || there === undefined ? 0 : greatCircleKm(here, there);
      us = (DETOUR * km * 1000) / KILOMETRES_PER_MS + lastMileUs / 2;
      known.set(pair, us);
    }
    return us;
  };
}

const EARTH_RADIUS_KM = 6371;

/** Great-circle distance by the haversine formula. */
export function greatCircleKm(a: Pick<Place, 'latitude' | 'longitude'>, b: typeof a): number {
  const radians = Math.PI / 180;
  const half = (angle: number) => Math.sin((angle * radians) / 2) ** 2;
  const h =
    half(b.latitude - a.latitude) +
    Math.cos(a.latitude * radians) * Math.cos(b.latitude * radians) * half(b.longitude - a.longitude);
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Standard normal, by Box and Muller; 1 - draw() is never 0. */
function normal(draw: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
}
