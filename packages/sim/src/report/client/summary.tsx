import type { JSX } from 'preact';
import type { Result } from '../../results/schema.ts';
import { count, milliseconds, plural, round, time } from './format.ts';
import { Section } from './section.tsx';

export function Summary({ result }: { readonly result: Result }): JSX.Element {
  const { scenario, verdict, violations, liveness, totals, finalityMs, cities } = result;
  const passed = verdict === 'passed';
  const corrupted = cities.filter(({ role }) => role === 'corrupted').length;
  return (
    <header>
      <p class="eyebrow">Hansa simulator</p>
      <h1>{scenario.name}</h1>
      <p class="shows">{scenario.shows}</p>
      <p class={`verdict ${verdict}`} role="status">
        <strong>{passed ? '✓ Passed' : '✗ Failed'}</strong>
        <span>{passed ? sentence(result) : plural(violations.length, 'broken invariant')}</span>
      </p>
      {violations.length > 0 ? (
        <ul class="violations">
          {violations.map((violation) => (
            <li key={`${violation.check} ${violation.atUs} ${violation.message}`}>
              <strong>{violation.check}</strong> at {time(violation.atUs)}: {violation.message}
            </li>
          ))}
        </ul>
      ) : undefined}
      <dl class="figures">
        <Figure
          name="cities"
          value={count(scenario.topology.cities)}
          more={corrupted === 0 ? 'all honest' : `${corrupted} corrupted`}
        />
        <Figure name="virtual time" value={time(result.endedAtUs)} more={`ended: ${result.endedBecause}`} />
        <Figure
          name="final records"
          value={count(totals.recordsFinal)}
          more={`${round(totals.recordsPerSecond)} a second`}
        />
        <Figure
          name="time to final"
          value={finalityMs.count === 0 ? '–' : milliseconds(finalityMs.p50)}
          more={finalityMs.count === 0 ? 'no record' : `p99 ${milliseconds(finalityMs.p99)}`}
        />
        <Figure
          name="blocks"
          value={count(totals.blocks)}
          more={`${count(totals.nullifiedViews)} of ${plural(totals.views, 'view')} skipped`}
        />
        <Figure
          name="converged"
          value={liveness.convergedUs === null ? 'no' : time(liveness.convergedUs)}
          more={
            liveness.convergedUs === null
              ? (liveness.excuse ?? 'not within the run')
              : liveness.healedAtUs > 0
                ? 'after the last fault'
                : 'from the start'
          }
        />
      </dl>
    </header>
  );
}

function sentence({ liveness }: Result): string {
  if (liveness.excuse !== null) return `Safety held; liveness is excused: ${liveness.excuse}.`;
  return liveness.healedAtUs > 0
    ? `Safety held throughout, and finality came back ${time(liveness.firstFinalityUs ?? 0)} after the last fault (bound ${time(liveness.boundUs)}).`
    : 'Safety and liveness held throughout.';
}

function Figure({
  name,
  value,
  more,
}: {
  readonly name: string;
  readonly value: string;
  readonly more: string;
}): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <span class="large">{value}</span>
        <span>{more}</span>
      </dd>
    </div>
  );
}

export function Reproduce({ result }: { readonly result: Result }): JSX.Element {
  const { scenario, seed, traceHash, performance, version, federationId, events } = result;
  return (
    <Section
      id="again"
      title="Run it again"
      note="The same scenario, seed and version give the same run, event by event; its hash says so."
    >
      <pre>{`hansa-sim run ${scenario.name}.json --seed ${seed}`}</pre>
      <dl class="plain">
        <dt>trace hash</dt>
        <dd>
          <code>{traceHash}</code>
        </dd>
        <dt>federation</dt>
        <dd>
          <code>{federationId}</code>
        </dd>
        <dt>simulator</dt>
        <dd>
          {version}, {count(events)} events, {round(performance.eventsPerSecond)} a second,{' '}
          {round(performance.virtualSecondsPerSecond)} virtual seconds a second
        </dd>
      </dl>
      <details>
        <summary>The scenario, whole</summary>
        <pre>{JSON.stringify(scenario, undefined, 2)}</pre>
      </details>
      <button type="button" onClick={() => save(`${scenario.name}-${seed}.result.json`, JSON.stringify(result))}>
        Save the data of this report (JSON)
      </button>{' '}
      <button type="button" onClick={() => save(`${scenario.name}.json`, JSON.stringify(scenario, undefined, 2))}>
        Save the scenario
      </button>
    </Section>
  );
}

function save(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
