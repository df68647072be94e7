import { wrapEnvelope } from '@hansa/protocol/replica';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Transit } from '../world/contract.ts';
import { toCsv } from './csv.ts';
import { ExecutedBlocks } from './executed-blocks.ts';
import { FaultLog } from './fault-log.ts';
import { HeightSeries, type Sampled } from './height-series.ts';
import { CityLatencies } from './latencies.ts';
import { MessageKinds } from './message-kind.ts';
import { SpaceTime, type SpaceTimeOptions } from './space-time.ts';
import { TrafficCount } from './traffic-count.ts';
import { ViewMatrix } from './view-matrix.ts';
import { wireField, wireFieldAt } from './wire-fields.ts';

describe('kinds of messages', () => {
  const kinds = new MessageKinds();
  /** Bytes of a message: [field number, value], numbers as varints below 128. */
  const message = (...fields: readonly (readonly [number, number | Uint8Array])[]) =>
    new Uint8Array(
      fields.flatMap(([number, value]) =>
        typeof value === 'number' ? [number << 3, value] : [(number << 3) | 2, value.length, ...value],
      ),
    );
  const statement = (kind: number, view: number) => message([1, new Uint8Array(32)], [2, kind], [4, view]);

  test('are read from votes, certificates and proposals, with the view', () => {
    const vote = wrapEnvelope('vote', message([1, statement(2, 9)], [2, 3]));
    const certificate = wrapEnvelope('certificate', message([1, statement(3, 12)]));
    const block = message([1, new Uint8Array(32)], [3, 7], [4, 5]);
    const proposal = wrapEnvelope('proposal', message([1, block], [2, new Uint8Array(64)]));
    expect([vote, certificate, proposal].map((bytes) => kinds.of('consensus', bytes))).toEqual([
      { kind: 'nullify', view: 9 },
      { kind: 'finalization', view: 12 },
      { kind: 'proposal', view: 7 },
    ]);
  });

  test('tell an announced header from an entry with its records, and sync messages by what they ask', () => {
    const header = wrapEnvelope('entry', message([1, new Uint8Array(4)]));
    const entry = wrapEnvelope('entry', message([1, new Uint8Array(4)], [2, new Uint8Array(9)]));
    expect([kinds.of('lanes', header).kind, kinds.of('entries', entry).kind]).toEqual(['header', 'entry']);
    expect(kinds.of('request', message([3, new Uint8Array(2)])).kind).toBe('blocks-request');
    expect(kinds.of('reply', message([4, new Uint8Array(2)])).kind).toBe('refusal');
  });

  test('of bytes that an adversary made up are no reason to stop', () => {
    expect(kinds.of('consensus', new Uint8Array())).toEqual({ kind: 'unreadable', view: undefined });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.constantFrom('consensus', 'request', 'reply'), (bytes, path) => {
        expect(typeof new MessageKinds().of(path as 'consensus', bytes).kind).toBe('string');
      }),
    );
    expect(wireField(new Uint8Array([0x0a, 200, 1]), 1)).toBeUndefined();
    expect(wireField(new Uint8Array([0x0b, 0]), 1)).toBeUndefined();
    expect(wireFieldAt(new Uint8Array([8, 5]), 1, 1)).toBeUndefined();
  });
});

describe('the series', () => {
  const sampled = (heights: number[]): Sampled & { heights: number[]; bytes: number; recordsFinal: number } => ({
    heights,
    honest: (node: number) => node < 3,
    recordsFinal: 0,
    bytes: 0,
    messages: 0,
  });

  test('show at each moment what stood then, though nothing happened at that moment', () => {
    const state = sampled([0, 0, -1, 0]);
    const series = new HeightSeries(state);
    const happens = (atUs: number, change: () => void) => {
      series.advance(atUs);
      change();
    };
    happens(1500, () => {
      state.heights[0] = 4;
      state.bytes = 100;
    });
    happens(2000, () => {
      state.heights[1] = 1;
      state.bytes = 150;
    });
    expect(series.finish(3200)).toEqual({
      stepUs: 1000,
      heightMin: [0, 0, 1, 1, 1],
      heightMedian: [0, 0, 1, 1, 1],
      heightMax: [0, 0, 4, 4, 4],
      upCities: [3, 3, 3, 3, 3],
      recordsFinal: [0, 0, 0, 0, 0],
      bytes: [0, 0, 150, 0, 0],
      messages: [0, 0, 0, 0, 0],
      lag: [
        [0, 0, -1, 0],
        [0, 0, -1, 0],
        [0, 3, -1, 4],
        [0, 3, -1, 4],
        [0, 3, -1, 4],
      ],
    });
  });

  test('have 200 to 401 values however long the run is, and lose no byte', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3e9 }), { minLength: 1, maxLength: 60 }), (gaps) => {
        const state = sampled([0, 0, 0]);
        const series = new HeightSeries(state);
        let nowUs = 0;
        for (const gap of gaps) {
          nowUs += gap;
          series.advance(nowUs);
          state.bytes += 7;
          state.heights[0] = (state.heights[0] ?? 0) + 1;
        }
        const made = series.finish(nowUs);
        expect(made.heightMax.length).toBeLessThanOrEqual(401);
        expect(made.heightMax.length).toBeGreaterThanOrEqual(Math.min(200, nowUs / 1000));
        expect(made.bytes.reduce((sum, each) => sum + each, 0)).toBe(7 * gaps.length);
        expect(made.heightMax.at(-1)).toBe(gaps.length);
        expect((made.heightMax.length - 1) * made.stepUs).toBeGreaterThanOrEqual(nowUs);
      }),
    );
  });
});

describe('the way of a record', () => {
  const outcome = (lane: number, sequence: number, position: number) => ({
    location: { lane, sequence, position },
    recordId: new Uint8Array(32),
    family: 1,
    type: 1,
    rejected: undefined,
  });

  test('is timed from its submission, once for each record, to the execution in its own city, and to the proof', () => {
    const city = new CityLatencies();
    city.submitted(1000, 1, 2);
    city.submitted(3000, 2, 1);
    city.submitted(4000, 3, 5);
    city.sealed(1, { lane: 0, sequence: 1, position: 0 });
    city.sealed(2, { lane: 0, sequence: 1, position: 2 });
    city.refused(3);
    city.executed(9000, 0, 4, [outcome(0, 1, 0), outcome(0, 1, 1), outcome(0, 1, 2), outcome(1, 1, 0)]);
    city.proven(10_000, 3);
    city.proven(11_000, 4);
    const { finalityMs, provableMs } = CityLatencies.together([city, new CityLatencies()]);
    expect(finalityMs).toMatchObject({ count: 3, min: 6, p50: 8, max: 8 });
    expect(provableMs).toMatchObject({ count: 3, min: 8, p50: 10, max: 10 });
    expect([city.recordsSubmitted, city.recordsSealed, city.recordsRefused]).toEqual([8, 3, 5]);
  });

  test('goes on after a crash: what was sealed counts when the log has it, what was not is gone', () => {
    const city = new CityLatencies();
    city.submitted(0, 1, 1);
    city.submitted(0, 2, 1);
    city.submitted(0, 3, 1);
    city.sealed(1, { lane: 0, sequence: 1, position: 0 });
    city.sealed(2, { lane: 0, sequence: 2, position: 0 });
    city.recovered(5000, 1, 7);
    city.sealed(3, { lane: 0, sequence: 3, position: 0 });
    city.executed(8000, 0, 9, [outcome(0, 2, 0), outcome(0, 3, 0)]);
    expect(CityLatencies.together([city]).finalityMs).toMatchObject({ count: 2, min: 5, max: 8 });
    expect(city.recordsSealed).toBe(2);
  });

  test('is counted once, whichever city executes first, and by height after that', () => {
    const blocks = new ExecutedBlocks();
    blocks.executed(1, [outcome(0, 1, 0), { ...outcome(0, 1, 1), rejected: 'DUPLICATE_REQUEST' }]);
    blocks.executed(1, [outcome(0, 1, 0)]);
    blocks.executed(2, []);
    expect(blocks.upTo(1)).toEqual({ records: 2, rejected: 1, emptyBlocks: 0 });
    expect(blocks.upTo(5)).toEqual({ records: 2, rejected: 1, emptyBlocks: 1 });
  });
});

test('city x view: the strongest that each city said, in views that somebody entered', () => {
  const matrix = new ViewMatrix(3);
  matrix.entered(10, 1);
  matrix.voted(0, 'notarize', 1);
  matrix.voted(0, 'finalize', 1);
  matrix.voted(1, 'notarize', 1);
  matrix.voted(1, 'nullify', 1);
  matrix.voted(2, 'proposal', 1);
  matrix.finalized(1);
  matrix.entered(50, 3);
  matrix.entered(60, 3);
  matrix.voted(2, 'notarize', 3);
  expect(matrix.finish((view) => view % 3)).toEqual({
    first: 1,
    leaders: [1, 2, 0],
    enteredAtUs: [10, 10, 50],
    states: ['FX.', '...', '..N'],
    finalized: [true, false, false],
  });
});

test('city x view: keeps the last 2,000 views', () => {
  const matrix = new ViewMatrix(1);
  for (let view = 1; view <= 9000; view++) {
    matrix.entered(view, view);
    matrix.voted(0, 'notarize', view);
  }
  const { first, states, enteredAtUs } = matrix.finish(() => 0);
  expect([first, states.length, enteredAtUs[0], states[0], states.at(-1)]).toEqual([7001, 2000, 7001, 'N', 'N']);
});

test('traffic is counted by path and kind, and by city at both ends', () => {
  const traffic = new TrafficCount(2);
  const transit = (path: Transit['path'], bytes: number) => ({
    id: 0,
    from: 0,
    to: 1,
    path,
    bytes: new Uint8Array(bytes),
    sentAtUs: 0,
  });
  traffic.sent(transit('consensus', 100), 'notarize');
  traffic.sent(transit('consensus', 100), 'notarize');
  traffic.sent(transit('lanes', 900), 'entry');
  traffic.delivered(transit('lanes', 900));
  traffic.wasLost(transit('consensus', 100), 'notarize');
  expect(traffic.rows()).toEqual([
    { path: 'lanes', kind: 'entry', messages: 1, bytes: 900, lost: 0 },
    { path: 'consensus', kind: 'notarize', messages: 2, bytes: 200, lost: 1 },
  ]);
  expect([traffic.messages, traffic.bytes, traffic.lost, traffic.messagesOut[0], traffic.bytesIn[1]]).toEqual([
    3, 1100, 1, 3, 900,
  ]);
});

test('a fault has a beginning and an end; a moment has one time, a lasting one none', () => {
  const log = new FaultLog();
  const notice = (id: number, phase: 'begin' | 'end' | 'moment') =>
    ({ id, phase, kind: 'crash', nodes: [1], text: 'haikou loses power' }) as const;
  log.noted(10, notice(1, 'begin'));
  log.noted(20, notice(2, 'moment'));
  log.noted(30, notice(1, 'end'));
  log.noted(40, notice(3, 'begin'));
  expect(log.faults.map(({ fromUs, toUs }) => [fromUs, toUs])).toEqual([
    [10, 30],
    [20, 20],
    [40, null],
  ]);
});

describe('the space-time window', () => {
  const message = { kind: 'proposal', view: 1 };
  const make = (options: Partial<SpaceTimeOptions> = {}) => {
    const window = new SpaceTime({ nodes: 4, deltaUs: 1000, ...options });
    let id = 0;
    const send = (atUs: number, from = 0, to = 1): Transit => {
      const transit = { id: id++, from, to, path: 'consensus' as const, bytes: new Uint8Array(), sentAtUs: atUs };
      window.sent(atUs, transit, atUs + 10, message);
      return transit;
    };
    return { window, send };
  };

  test('is around the first violation, else the first fault, else the first views', () => {
    const { window, send } = make();
    window.moment(0, 'views', [], []);
    for (let atUs = 0; atUs < 60_000; atUs += 500) {
      if (atUs === 20_000) window.moment(atUs, 'fault', [2], []);
      if (atUs === 40_000) window.moment(atUs, 'violation', [3], []);
      send(atUs);
    }
    window.moment(50_000, 'violation', [3], []);
    const made = window.finish(60_000);
    expect([made.fromUs, made.toUs, made.nodes]).toEqual([37_000, 49_000, [0, 1, 2, 3]]);
    expect([made.messages[0]?.sentUs, made.messages.at(-1)?.sentUs]).toEqual([37_000, 49_000]);
    expect(made.messages).toHaveLength(25);
    expect(made.messages[0]).toEqual({ from: 0, to: 1, sentUs: 37_000, arrivedUs: 37_010, kind: 'proposal', view: 1 });
  });

  test('has few views where views are quick, whatever Δ is', () => {
    const { window, send } = make({ deltaUs: 1_000_000 });
    for (let atUs = 0; atUs < 60_000; atUs += 100) {
      if (atUs % 1000 === 0) window.enteredView(atUs);
      if (atUs === 20_500) window.moment(atUs, 'fault', [2], []);
      send(atUs);
    }
    const made = window.finish(60_000);
    expect([made.fromUs, made.toUs, made.messages.length]).toEqual([18_000, 29_000, 111]);
  });

  test('is the chosen one, when one was chosen', () => {
    const { window, send } = make({ chosen: { fromUs: 3000, toUs: 4000 } });
    window.moment(0, 'violation', [], []);
    for (let atUs = 0; atUs < 9000; atUs += 500) send(atUs);
    const made = window.finish(9000);
    expect([made.fromUs, made.toUs, made.messages.map(({ sentUs }) => sentUs)]).toEqual([
      3000,
      4000,
      [3000, 3500, 4000],
    ]);
  });

  test('shows what was lost, also when it is known later, and what cities did', () => {
    const { window, send } = make();
    window.mark(5, 1, 'view', 'enters view 1');
    const early = send(5);
    window.moment(10, 'fault', [], []);
    const late = send(20);
    send(30);
    window.lost(early);
    window.lost(late);
    window.mark(40, 1, 'final', 'height 1 is final');
    const made = window.finish(100);
    expect(made.messages.map(({ arrivedUs }) => arrivedUs)).toEqual([null, null, 40]);
    expect(made.marks.map(({ text }) => text)).toEqual(['enters view 1', 'height 1 is final']);
    expect(made.toUs).toBe(100);
  });

  test('of many cities shows a dozen: those it is about and the next leaders first; and never too many messages', () => {
    const { window, send } = make({ nodes: 341 });
    window.moment(0, 'fault', [300], [17, 18]);
    for (let number = 0; number < 20_000; number++) send(Math.floor(number / 10), 300, number % 2 === 0 ? 17 : 200);
    const made = window.finish(5000);
    expect(made.nodes).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 17, 18, 300]);
    expect(made.messages).toHaveLength(4000);
    expect(new Set(made.messages.map(({ to }) => to))).toEqual(new Set([17]));
    expect(made.toUs).toBe(799);
  });
});

test('CSV quotes what needs it, and leaves empty what is not there', () => {
  expect(
    toCsv(
      ['a', 'b'],
      [
        ['x,"y"', null],
        [true, 1.5],
        ['two\nlines', undefined],
      ],
    ),
  ).toBe('a,b\n"x,""y""",\ntrue,1.5\n"two\nlines",\n');
});
