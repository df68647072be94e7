import type { Result } from '../results/schema.ts';
import { bytes, count, counted, duration, figure, table } from './words.ts';

/** What a run says to people: the verdict first, then the figures. */
export function runText(result: Result): string {
  const { scenario, seed, totals, events, traceHash, performance } = result;
  const title = `${scenario.name}, seed ${seed}`;
  const speed = [
    `${figure(performance.virtualSecondsPerSecond)} virtual seconds a second`,
    `${count(performance.eventsPerSecond)} events/s`,
    `${count(performance.residentMegabytes)} MB`,
  ].join(', ');
  const rows: [string, string][] = [
    ['verdict', result.verdict],
    ['ended', `${endings[result.endedBecause] ?? result.endedBecause} at ${duration(result.endedAtUs)}`],
    ['finality', distributionText(result.finalityMs)],
    ['provable', distributionText(result.provableMs)],
    ['converged', convergedText(result)],
    ['records', recordsText(totals)],
    [
      'blocks',
      `${count(totals.blocks)} (${count(totals.emptyBlocks)} empty) in ${counted(totals.views, 'view')}, ${count(totals.nullifiedViews)} nullified`,
    ],
    ['traffic', `${counted(totals.messages, 'message')}, ${bytes(totals.bytes)}, ${count(totals.lost)} lost`],
    ['evidence', counted(totals.evidence, 'proof')],
    ['trace', `${traceHash} over ${counted(events, 'event')}`],
    ['speed', speed],
  ];
  return [
    title,
    `  ${scenario.shows}`,
    '',
    table(rows),
    ...missedLines(result),
    ...excuseLines(result),
    ...violationLines(result),
  ].join('\n');
}

const endings: Readonly<Record<string, string>> = {
  at: 'as planned',
  when: 'its condition held',
  converged: 'converged',
  events: 'its events were used up',
  idle: 'nothing was left to happen',
  interrupted: 'interrupted',
  exception: 'the code under test threw',
};

/** A verdict about a fault that never happened says nothing. */
function missedLines({ missedFaults }: Result): string[] {
  if (missedFaults.length === 0) return [];
  const lines = missedFaults.map(({ place, kind, waitedFor }) => `  faults[${place}], ${kind}: ${waitedFor}`);
  return ['', 'Never happened:', ...lines];
}

/** More than f are faulty: which checks were not held against the run, and why. */
function excuseLines({ excuses }: Result): string[] {
  const [first] = excuses;
  if (first === undefined) return [];
  return [
    '',
    `Not held against this run, because ${first.because}:`,
    `  ${excuses.map(({ check }) => check).join(', ')}`,
  ];
}

/** One line a violation; of many the first ten. */
export function violationLines({ violations, cities }: Pick<Result, 'violations' | 'cities'>): string[] {
  const shown = violations.slice(0, 10).map(({ check, atUs, message, nodes }) => {
    const named = nodes.map((node) => cities[node]?.name ?? String(node)).join(', ');
    return `  ${check} at ${duration(atUs)}: ${message}${named === '' ? '' : ` (${named})`}`;
  });
  const more = violations.length - shown.length;
  if (shown.length === 0) return [];
  return ['', 'What failed:', ...shown, ...(more > 0 ? [`  and ${count(more)} more`] : [])];
}

function distributionText({ count: records, p50, p90, p99, max }: Result['finalityMs']): string {
  if (records === 0) return 'no record';
  const parts = [`p50 ${figure(p50)}`, `p90 ${figure(p90)}`, `p99 ${figure(p99)}`, `max ${figure(max)} ms`];
  return `${parts.join('  ')}  (${counted(records, 'record')})`;
}

function convergedText({ liveness }: Result): string {
  const { excuse, convergedUs, boundUs } = liveness;
  const found = convergedUs === null ? 'never' : `${duration(convergedUs)} after the last fault`;
  return `${found}${excuse === null ? ` (finality is due within ${duration(boundUs)})` : `; excused: ${excuse}`}`;
}

function recordsText(totals: Result['totals']): string {
  const parts = [
    `${count(totals.recordsFinal)} final of ${count(totals.recordsSealed)} sealed`,
    `${figure(totals.recordsPerSecond)}/s`,
  ];
  if (totals.recordsRefused > 0) parts.push(`${count(totals.recordsRefused)} refused`);
  if (totals.recordsRejected > 0) parts.push(`${count(totals.recordsRejected)} rejected by rule`);
  return parts.join(', ');
}

/** The same for programs. */
export function runJson(result: Result): Record<string, unknown> {
  const {
    scenario,
    seed,
    verdict,
    violations,
    endedAtUs,
    endedBecause,
    liveness,
    totals,
    missedFaults,
    traceHash,
    events,
  } = result;
  const without = ({ histogram, ...rest }: Result['finalityMs']) => rest;
  return {
    scenario: scenario.name,
    seed,
    verdict,
    violations,
    endedAtUs,
    endedBecause,
    liveness,
    missedFaults,
    totals,
    finalityMs: without(result.finalityMs),
    provableMs: without(result.provableMs),
    traceHash,
    events,
    performance: result.performance,
  };
}
