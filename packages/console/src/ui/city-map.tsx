import { useEffect, useState } from 'preact/hooks';
import type { City, Lane } from '../api/types.ts';
import { federation as words } from '../i18n/federation.ts';
import { useSpeech } from '../i18n/language.tsx';
import type { Place } from '../map/projection.ts';
import { linkTo } from '../shell/route.ts';

type Projection = typeof import('../map/projection.ts');

const width = 560;
const height = 400;
/** More names than this would cover each other. */
const namesMax = 40;

/** The cities where they lie. What the map shows stands in the table beside it, too. */
export function CityMap({ cities, lanes }: { readonly cities: readonly City[]; readonly lanes: readonly Lane[] }) {
  const { t } = useSpeech();
  const [projection, setProjection] = useState<Projection | undefined>(undefined);
  useEffect(() => {
    // Coasts and places are loaded with the first map.
    void import('../map/projection.ts').then(setProjection);
  }, []);
  if (projection === undefined) return <div class="map-wait" />;
  const placed = cities.flatMap((city) => {
    const place = projection.placeOf(city.name);
    return place === undefined ? [] : [{ city, place }];
  });
  const unplaced = cities.filter((city) => projection.placeOf(city.name) === undefined);
  return (
    <figure class="map">
      {placed.length === 0 ? null : <Picture projection={projection} placed={placed} lanes={lanes} />}
      <figcaption class="hint">
        {unplaced.length === 0
          ? null
          : `${t(words.mapUnplaced, { names: unplaced.map(({ displayName }) => displayName).join(', ') })} `}
        {t(words.mapSources)}
      </figcaption>
    </figure>
  );
}

function Picture(props: {
  readonly projection: Projection;
  readonly placed: readonly { readonly city: City; readonly place: Place }[];
  readonly lanes: readonly Lane[];
}) {
  const { t, count } = useSpeech();
  const { projection, placed, lanes } = props;
  const frame = projection.frameAround(
    placed.map(({ place }) => place),
    width,
    height,
  );
  const self = placed.find(({ city }) => city.self);
  const from = self === undefined ? undefined : frame.point(self.place);
  return (
    <svg viewBox={`0 0 ${width} ${height}`}>
      <title>{t(words.map)}</title>
      <path class="map-land" d={projection.coastPath(frame)} />
      {from === undefined
        ? null
        : placed
            .filter(({ city }) => !city.self)
            .map(({ city, place }) => {
              const [x, y] = frame.point(place);
              const state = city.connected ? 'map-link' : 'map-link map-link-away';
              return <line key={city.name} class={state} x1={from[0]} y1={from[1]} x2={x} y2={y} />;
            })}
      {placed.map(({ city, place }) => {
        const [x, y] = frame.point(place);
        const lane = lanes.find((each) => each.city === city.name);
        const state = city.quarantined ? 'quarantined' : city.connected ? 'connected' : 'away';
        const said = city.quarantined ? words.quarantined : city.connected ? words.connected : words.away;
        const toLeft = x > width * 0.62;
        return (
          <a
            key={city.name}
            href={linkTo('explorer', city.name)}
            aria-label={`${city.displayName}: ${t(city.self ? words.self : said)}, ${t(words.laneFinal)} ${count(lane?.finalizedSequence ?? 0)}`}
          >
            <g class={`map-city map-${state}`}>
              <circle cx={x} cy={y} r={city.self ? 10 : 7} />
              {state === 'connected' ? null : (
                <path class="map-cross" d={`M${x - 3} ${y - 3}l6 6M${x + 3} ${y - 3}l-6 6`} />
              )}
              {placed.length > namesMax ? null : (
                <text x={toLeft ? x - 14 : x + 14} y={y + 5} text-anchor={toLeft ? 'end' : 'start'}>
                  {shortName(city.displayName)}
                </text>
              )}
            </g>
          </a>
        );
      })}
    </svg>
  );
}

/** `海口市住房公积金管理局` is too long for a map: the city alone. */
function shortName(displayName: string): string {
  return displayName.replace(/住房公积金.*$/, '').replace(/^Housing Fund of /, '');
}
