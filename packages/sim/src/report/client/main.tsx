import { type JSX, render } from 'preact';
import { useCallback, useMemo, useState } from 'preact/hooks';
import type { Result } from '../../results/schema.ts';
import { Convergence } from './convergence.tsx';
import { Finality } from './finality.tsx';
import { Heatmap } from './heatmap.tsx';
import { LagMap } from './lag-map.tsx';
import { SpaceTime } from './space-time.tsx';
import { Reproduce, Summary } from './summary.tsx';
import { Cities, Faults } from './tables.tsx';
import { Traffic } from './traffic.tsx';

const chapters = [
  ['convergence', 'Convergence'],
  ['finality', 'Finality'],
  ['map', 'Map'],
  ['views', 'Views'],
  ['space-time', 'Space and time'],
  ['faults', 'Faults'],
  ['traffic', 'Traffic'],
  ['cities', 'Cities'],
  ['again', 'Run it again'],
] as const;

function Report({ result }: { readonly result: Result }): JSX.Element {
  const steps = result.series.lag.length;
  const [step, setStep] = useState(() => worstStep(result));
  const { stepUs } = result.series;
  const toTime = useCallback(
    (us: number) => setStep(Math.min(Math.max(Math.round(us / stepUs) - 1, 0), steps - 1)),
    [stepUs, steps],
  );
  const links = useMemo(
    () => (
      <nav aria-label="Chapters">
        {chapters.map(([id, title]) => (
          <a key={id} href={`#${id}`}>
            {title}
          </a>
        ))}
      </nav>
    ),
    [],
  );
  return (
    <main>
      <Summary result={result} />
      {links}
      <Convergence result={result} onTime={toTime} />
      <Finality result={result} />
      <LagMap result={result} step={step} onStep={setStep} />
      <Heatmap result={result} />
      <SpaceTime result={result} />
      <Faults result={result} />
      <Traffic result={result} />
      <Cities result={result} />
      <Reproduce result={result} />
    </main>
  );
}

/** Where the slider starts: the moment when most cities were behind or down, which is what a reader looks for. */
function worstStep({ series }: Result): number {
  let worst = Math.max(0, series.lag.length - 1);
  let most = 0;
  series.lag.forEach((lags, step) => {
    const troubled = lags.reduce((sum, lag) => sum + (lag < 0 ? 1 : lag > 3 ? Math.min(lag / 10, 1) : 0), 0);
    if (troubled <= most) return;
    worst = step;
    most = troubled;
  });
  return worst;
}

const data = document.getElementById('result')?.textContent;
const place = document.getElementById('report');
if (data !== null && data !== undefined && place !== null)
  render(<Report result={JSON.parse(data) as Result} />, place);
