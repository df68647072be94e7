import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { CityResult, Result } from '../../results/schema.ts';
import { bytes, count, plural } from './format.ts';
import { colours } from './palette.ts';
import { Legend, Section } from './section.tsx';

const ROWS_SHOWN = 12;

export function Traffic({ result }: { readonly result: Result }): JSX.Element {
  const [all, setAll] = useState(false);
  const cities = useMemo(
    () => [...result.cities].sort((a, b) => b.bytesOut + b.bytesIn - a.bytesOut - a.bytesIn),
    [result],
  );
  const most = Math.max(1, ...cities.flatMap((city) => [city.bytesIn, city.bytesOut]));
  const shown = all ? cities : cities.slice(0, ROWS_SHOWN);
  return (
    <Section
      id="traffic"
      title="Traffic"
      note="What each city sent and heard, most first; below, what kind of messages it was."
    >
      <ul class="bars">
        {shown.map((city) => (
          <li key={city.node}>
            <span class="name">{city.name}</span>
            <Bar city={city} most={most} />
            <span class="value">{`${bytes(city.bytesOut)} out, ${bytes(city.bytesIn)} in`}</span>
          </li>
        ))}
      </ul>
      <Legend
        items={[
          ['sent', colours.blue],
          ['heard', colours.sky],
        ]}
      />
      {cities.length > ROWS_SHOWN ? (
        <button type="button" onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${plural(cities.length, 'city', 'cities')}`}
        </button>
      ) : undefined}
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th>path</th>
              <th>kind</th>
              <th class="number">messages</th>
              <th class="number">bytes</th>
              <th class="number">lost</th>
            </tr>
          </thead>
          <tbody>
            {result.traffic.map((row) => (
              <tr key={`${row.path} ${row.kind}`}>
                <td>{row.path}</td>
                <td>{row.kind}</td>
                <td class="number">{count(row.messages)}</td>
                <td class="number">{bytes(row.bytes)}</td>
                <td class="number">{count(row.lost)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function Bar({ city, most }: { readonly city: CityResult; readonly most: number }): JSX.Element {
  return (
    <span class="bar">
      <span style={{ width: `${(100 * city.bytesOut) / most}%`, background: colours.blue }} />
      <span style={{ width: `${(100 * city.bytesIn) / most}%`, background: colours.sky }} />
    </span>
  );
}
