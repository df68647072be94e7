import { type Coast, coasts } from './coast.ts';
import { places } from './places.ts';

export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

const known: ReadonlyMap<string, Place> = new Map(
  places
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', latitude, longitude] = line.split(' ');
      return [name, { latitude: Number(latitude), longitude: Number(longitude) }] as const;
    }),
);

/** Where a city lies, by its short name; undefined for names that no place has. */
export function placeOf(name: string): Place | undefined {
  return known.get(name);
}

/** The part of the world that is shown: degrees to pixels, and the coast that fits it. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly coast: Coast;
  point(place: Place): readonly [x: number, y: number];
}

/** At least this many degrees from edge to edge, so that one city alone has surroundings. */
const spanMin = 2.6;
/** Share of the picture around the outermost cities, for their names. */
const margin = 0.32;

/** A frame around places. Longitudes shrink with the cosine of the middle latitude (equirectangular). */
export function frameAround(all: readonly Place[], width: number, height: number): Frame {
  const latitudes = all.map(({ latitude }) => latitude);
  const longitudes = all.map(({ longitude }) => longitude);
  const [south, north] = [Math.min(...latitudes), Math.max(...latitudes)];
  const [west, east] = [Math.min(...longitudes), Math.max(...longitudes)];
  const middle = { latitude: (south + north) / 2, longitude: (west + east) / 2 };
  const shrink = Math.cos((middle.latitude * Math.PI) / 180);
  const spanY = Math.max(spanMin, (north - south) * (1 + 2 * margin));
  const spanX = Math.max(spanMin, (east - west) * shrink * (1 + 2 * margin));
  const scale = Math.min(width / spanX, height / spanY);
  const point = ({ latitude, longitude }: Place): readonly [number, number] => [
    width / 2 + (longitude - middle.longitude) * shrink * scale,
    height / 2 - (latitude - middle.latitude) * scale,
  ];
  const [halfX, halfY] = [width / 2 / scale / shrink, height / 2 / scale];
  const fits = ({ box: [left, bottom, right, top] }: Coast) =>
    middle.longitude - halfX >= left &&
    middle.longitude + halfX <= right &&
    middle.latitude - halfY >= bottom &&
    middle.latitude + halfY <= top;
  return { width, height, point, coast: coasts.find(fits) ?? (coasts.at(-1) as Coast) };
}

/** The coast as the data of an SVG path. */
export function coastPath({ coast, point }: Frame): string {
  return coast.rings
    .map((ring) => {
      let [x, y] = [0, 0];
      const points = ring.split(' ').map((pair) => {
        const [stepX = 0, stepY = 0] = pair.split(',').map(Number);
        [x, y] = [x + stepX, y + stepY];
        return point({ longitude: x / 100, latitude: y / 100 })
          .map((value) => value.toFixed(1))
          .join(' ');
      });
      return `M${points.join('L')}Z`;
    })
    .join('');
}
