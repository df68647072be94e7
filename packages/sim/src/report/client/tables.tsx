import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { CityResult, Result } from '../../results/schema.ts';
import { count, time } from './format.ts';
import { Section } from './section.tsx';

export function Faults({ result }: { readonly result: Result }): JSX.Element {
  const { faults, missedFaults } = result;
  return (
    <Section id="faults" title="Faults">
      {faults.length === 0 ? (
        <p class="empty">Nothing went wrong by order of the scenario.</p>
      ) : (
        <div class="scroll tall">
          <table>
            <thead>
              <tr>
                <th class="number">from</th>
                <th class="number">to</th>
                <th>what</th>
              </tr>
            </thead>
            <tbody>
              {faults.map((fault) => (
                <tr key={`${fault.fromUs} ${fault.kind} ${fault.text}`}>
                  <td class="number">{time(fault.fromUs)}</td>
                  <td class="number">
                    {fault.toUs === null ? 'the end' : fault.toUs === fault.fromUs ? '' : time(fault.toUs)}
                  </td>
                  <td>{fault.text}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {missedFaults.map(({ place, kind, waitedFor }) => (
        <p key={place}>
          Never happened: {kind}, {waitedFor}.
        </p>
      ))}
    </Section>
  );
}

type Key = 'name' | 'finalizedHeight' | 'recordsExecuted' | 'recordsSealed' | 'crashes' | 'busyUs';

const columns: readonly (readonly [Key, string])[] = [
  ['name', 'city'],
  ['finalizedHeight', 'final height'],
  ['recordsExecuted', 'records executed'],
  ['recordsSealed', 'own records sealed'],
  ['crashes', 'crashes'],
  ['busyUs', 'processor busy'],
];

export function Cities({ result }: { readonly result: Result }): JSX.Element {
  const [sorted, setSorted] = useState<{ key: Key; down: boolean }>();
  const cities = useMemo(() => {
    if (sorted === undefined) return result.cities;
    const { key, down } = sorted;
    const order = (a: CityResult, b: CityResult) =>
      typeof a[key] === 'string' ? String(a[key]).localeCompare(String(b[key])) : Number(a[key]) - Number(b[key]);
    return [...result.cities].sort((a, b) => (down ? -order(a, b) : order(a, b)));
  }, [result, sorted]);
  return (
    <Section id="cities" title="Cities at the end">
      <div class="scroll tall">
        <table>
          <thead>
            <tr>
              {columns.map(([key, title]) => (
                <th
                  key={key}
                  class={key === 'name' ? '' : 'number'}
                  aria-sort={sorted?.key === key ? (sorted.down ? 'descending' : 'ascending') : 'none'}
                >
                  <button
                    type="button"
                    class="plain"
                    onClick={() => setSorted({ key, down: sorted?.key === key ? !sorted.down : key !== 'name' })}
                  >
                    {title}
                  </button>
                </th>
              ))}
              <th>state</th>
              <th>state root</th>
            </tr>
          </thead>
          <tbody>
            {cities.map((city) => (
              <tr key={city.node} class={city.role}>
                <td>{city.name}</td>
                <td class="number">{count(city.finalizedHeight)}</td>
                <td class="number">{count(city.recordsExecuted)}</td>
                <td class="number">{count(city.recordsSealed)}</td>
                <td class="number">{city.crashes}</td>
                <td class="number">{time(city.busyUs)}</td>
                <td>{stateOf(city)}</td>
                <td>
                  <code>{city.stateRoot.slice(0, 12)}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function stateOf(city: CityResult): string {
  const words = [city.role === 'honest' ? '' : city.role, city.state === 'up' ? '' : city.state];
  if (city.halted) words.push('halted');
  if (city.quarantined) words.push('quarantined');
  return words.filter((word) => word !== '').join(', ') || 'up';
}
