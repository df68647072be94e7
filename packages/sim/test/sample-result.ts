import type { Distribution, Result } from '../src/results/schema.ts';

/** A result that no simulation made: everything that a report can show, in a shape that the eye can check. */
export function sampleResult(cities: number, placed: boolean, failed: boolean): Result {
  const steps = 200;
  const stepUs = 300_000;
  const endedAtUs = steps * stepUs;
  const isDown = (node: number, step: number) => node % 7 === 3 && step > 60 && step < 110;
  const isBehind = (node: number, step: number) => node % 5 === 1 && step > 60 && step < 140;
  const lag = Array.from({ length: steps }, (_, step) =>
    Array.from({ length: cities }, (_, node) => {
      if (isDown(node, step)) return -1;
      return isBehind(node, step) ? Math.min(step - 60, 140 - step) : 0;
    }),
  );
  const top = Array.from({ length: steps }, (_, step) => step * 2);
  const behind = top.map((height, step) => height - Math.max(0, ...(lag[step] ?? [])));
  const viewCount = 120;
  return {
    format: 'hansa-sim-result/1',
    version: '0.0.0',
    scenario: {
      format: 'hansa-scenario/1',
      name: 'sample',
      shows: 'What a report looks like, </script><b>even</b> with such a line.',
      topology: { cities },
    },
    seed: 7,
    federationId: 'ab'.repeat(32),
    traceHash: '0123456789abcdef',
    events: 1_234_567,
    endedAtUs,
    endedBecause: 'converged',
    verdict: failed ? 'failed' : 'passed',
    violations: failed
      ? [
          {
            check: 'agreement',
            atUs: 24_300_000,
            message: 'height 71 has two blocks: 12ab… in city 1, 34cd… in city 2',
            nodes: [1, 2],
          },
        ]
      : [],
    excuses: [],
    liveness: {
      excuse: null,
      healedAtUs: 33_000_000,
      firstFinalityUs: 120_000,
      convergedUs: 9_000_000,
      boundUs: 12_000_000,
    },
    totals: {
      recordsSubmitted: 12_000,
      recordsSealed: 11_950,
      recordsRefused: 50,
      recordsFinal: 11_950,
      recordsRejected: 3,
      blocks: 400,
      emptyBlocks: 12,
      views: 431,
      nullifiedViews: 31,
      evidence: 1,
      alarms: 0,
      messages: 2_400_000,
      bytes: 812_000_000,
      lost: 23_456,
      recordsPerSecond: 199.2,
    },
    finalityMs: distribution(42, 9),
    provableMs: distribution(95, 20),
    cities: Array.from({ length: cities }, (_, node) => ({
      node,
      name: placed ? `city-${node}` : (['haikou', 'sanya', 'danzhou', 'qionghai'][node] ?? `city-${node}`),
      role: node === 2 ? ('corrupted' as const) : ('honest' as const),
      ...(placed
        ? {
            place: {
              province: 'Somewhere',
              latitude: 20 + 25 * ((node * 0.618) % 1),
              longitude: 80 + 50 * ((node * 0.414) % 1),
              synthetic: node > 336,
            },
          }
        : {}),
      state: 'up' as const,
      view: 431,
      finalizedHeight: 400,
      executedHeight: 400,
      recordsSealed: Math.round(11_950 / cities),
      recordsExecuted: 11_950,
      historyRoot: 'cd'.repeat(32),
      stateRoot: 'ef'.repeat(32),
      crashes: node % 7 === 3 ? 1 : 0,
      halted: false,
      quarantined: node === 2,
      messagesIn: 30_000 + node,
      messagesOut: 30_000,
      bytesIn: 9_000_000 - node * 10_000,
      bytesOut: 8_000_000 + node * 12_000,
      busyUs: 1_200_000 + node * 1000,
    })),
    series: {
      stepUs,
      heightMin: behind,
      heightMedian: top.map((height, step) => Math.round((height * 3 + (behind[step] ?? 0)) / 4)),
      heightMax: top,
      upCities: lag.map((each) => each.filter((value) => value >= 0).length),
      recordsFinal: top.map((height) => height * 30),
      bytes: top.map((height) => height * 1000),
      messages: top.map((height) => height * 10),
      lag,
    },
    views: {
      first: 1,
      leaders: Array.from({ length: viewCount }, (_, view) => (view + 1) % cities),
      enteredAtUs: Array.from({ length: viewCount }, (_, view) => view * 80_000),
      states: Array.from({ length: viewCount }, (_, view) =>
        Array.from({ length: cities }, (_, node) => stateOf(view, node)).join(''),
      ),
      finalized: Array.from({ length: viewCount }, (_, view) => view % 11 !== 4),
    },
    faults: [
      { kind: 'partition', fromUs: 18_000_000, toUs: 33_000_000, nodes: [1], text: 'sanya and others are cut off' },
      { kind: 'crash', fromUs: 18_300_000, toUs: 33_000_000, nodes: [3], text: 'qionghai loses power' },
      { kind: 'clock', fromUs: 45_000_000, toUs: 45_000_000, nodes: [0], text: "haikou's clock jumps by 3 s" },
    ],
    missedFaults: [{ place: 3, kind: 'crash-all', waitedFor: 'when height: 900' }],
    traffic: [
      { path: 'consensus', kind: 'vote', messages: 1_900_000, bytes: 310_000_000, lost: 20_000 },
      { path: 'lanes', kind: 'entry', messages: 400_000, bytes: 480_000_000, lost: 3000 },
    ],
    window: {
      fromUs: 18_000_000,
      toUs: 18_200_000,
      nodes: Array.from({ length: Math.min(cities, 6) }, (_, node) => node),
      messages: Array.from({ length: 120 }, (_, index) => {
        const nodes = Math.min(cities, 6);
        const from = index % nodes;
        const to = (from + 1 + (index % (nodes - 1))) % nodes;
        const sentUs = 18_000_000 + Math.floor(index / 6) * 9500;
        const kind =
          ['proposal', 'notarize', 'finalize', 'certificate', 'entry', 'nullify'][Math.floor(index / 12) % 6] ?? 'vote';
        return {
          from,
          to,
          sentUs,
          arrivedUs: index % 17 === 0 ? null : sentUs + 8000 + (index % 5) * 900,
          kind,
          view: 60,
        };
      }),
      marks: [{ node: 1, atUs: 18_120_000, kind: 'finalized', text: 'finalized height 120' }],
    },
    performance: { wallMs: 5600, eventsPerSecond: 220_000, virtualSecondsPerSecond: 10.7, residentMegabytes: 210 },
  };
}

function stateOf(view: number, node: number): string {
  if (view % 11 === 4) return node % 9 === 0 ? '.' : 'X';
  if (node % 7 === 3 && view > 50 && view < 80) return '.';
  return view % 13 === 5 && node % 2 === 0 ? 'N' : 'F';
}

function distribution(middle: number, spread: number): Distribution {
  const bins = 40;
  const width = (spread * 8) / bins;
  const from = middle - spread * 2;
  const histogram = Array.from({ length: bins }, (_, bin) => {
    const place = bin * width;
    return {
      from: from + place,
      to: from + place + width,
      count: Math.round(900 * Math.exp(-(((place - 2 * spread) / (1.6 * spread)) ** 2))),
    };
  });
  const count = histogram.reduce((sum, bin) => sum + bin.count, 0);
  return {
    count,
    min: from,
    p50: middle,
    p90: middle + 1.8 * spread,
    p99: middle + 3.4 * spread,
    max: from + 8 * spread,
    mean: middle + 0.1,
    histogram,
  };
}
