import { useEffect, useRef } from 'preact/hooks';
import type uPlot from 'uplot';
import type { FinalitySample } from '../api/types.ts';
import { federation as words } from '../i18n/federation.ts';
import { useSpeech } from '../i18n/language.tsx';
import { median } from '../logic/statistics.ts';

const heightPx = 220;

/** Time to final over the newest blocks. Readers of screens get the newest ones as a sentence. */
export function FinalityChart({ samples }: { readonly samples: readonly FinalitySample[] }) {
  const { t, language, count } = useSpeech();
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | undefined>(undefined);
  const newest = useRef(samples);
  newest.current = samples;

  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    let gone = false;
    // Loaded with the page that draws: a clerk who checks needs no charts.
    void import('./plot.ts').then(({ makePlot }) => {
      if (gone) return;
      chart.current = makePlot(element, heightPx, dataOf(newest.current));
    });
    const follow = new ResizeObserver(() => chart.current?.setSize({ width: element.clientWidth, height: heightPx }));
    follow.observe(element);
    // Its lines are painted: a change of the colours paints them again.
    const repaint = () => chart.current?.redraw(false);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', repaint);
    const themed = new MutationObserver(repaint);
    themed.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      gone = true;
      follow.disconnect();
      themed.disconnect();
      scheme.removeEventListener('change', repaint);
      chart.current?.destroy();
      chart.current = undefined;
    };
  }, [language]);
  useEffect(() => chart.current?.setData(dataOf(samples)), [samples]);

  const middle = median(samples.map(({ afterMs }) => afterMs)) ?? 0;
  const said = `${t(words.finalityMedian, { count: samples.length })}: ${count(Math.round(middle))} ms`;
  return <div class="chart" ref={box} role="img" aria-label={said} />;
}

function dataOf(samples: readonly FinalitySample[]): uPlot.AlignedData {
  return [samples.map(({ timestamp }) => Date.parse(timestamp) / 1000), samples.map(({ afterMs }) => afterMs)];
}
