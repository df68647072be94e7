import { describe, expect, test } from 'vitest';
import type { Listing } from '../api/types.ts';
import { coastPath, frameAround, type Place, placeOf } from '../map/projection.ts';
import { readRoute } from '../shell/route.ts';
import { KeyReader } from '../shell/shortcuts.ts';
import { groupedCode, readCode } from './code.ts';
import { readLines } from './lines.ts';
import { pathOf, readTarget, targetOf } from './location.ts';
import { type Filter, matchingChecks, purposeOf } from './looks.ts';
import { fenOf } from './money.ts';
import { median } from './statistics.ts';
import { masked, readSubject } from './subject.ts';
import { countsUntil, verdictOf } from './verdict.ts';

const listing: Listing = {
  location: 'haikou/1/0',
  city: 'haikou',
  cityName: '海口市住房公积金管理局',
  severity: 'serious',
  decidedOn: '2026-06-02',
  effectiveFrom: '2026-06-02',
  publishUntil: null,
  shareUntil: '2029-01-01',
  restrictUntil: '2028-06-02',
  listedAt: '2026-06-02T00:00:00.000Z',
  disputed: false,
  late: false,
  published: false,
  shared: true,
  restricted: true,
  suspended: false,
};
const asOf = { height: 3, timestampMs: 0 };
const well = { behind: false, halted: false, joined: true };
const answer = (...listings: Listing[]) => ({
  result: listings.length > 0 ? ('hit' as const) : ('none' as const),
  listings,
  asOf,
  stale: false,
  proof: '',
});

describe('a number', () => {
  test('is read as what it is, with blanks and small letters', () => {
    expect(readSubject(' 9901 0119 9001 0100 19 ')).toEqual({ ok: true, kind: 'id', number: '990101199001010019' });
    expect(readSubject('99010420000229007x')).toEqual({ ok: true, kind: 'id', number: '99010420000229007X' });
    expect(readSubject('91350100M000100Y43')).toEqual({ ok: true, kind: 'org', number: '91350100M000100Y43' });
  });

  test.each([
    ['', 'empty'],
    ['9901011990', 'length'],
    ['990101900101001', 'old-number'],
    ['990101199013010019', 'birthday'],
    ['990101199001010018', 'check-digit'],
    ['91350100M000100Y44', 'check-digit'],
    ['9135010OM000100Y43', 'characters'],
  ])('%s is refused here already: %s', (number, problem) => {
    expect(readSubject(number)).toEqual({ ok: false, problem });
  });

  test('shows its last four characters on paper, and no more', () => {
    expect(masked('990101199001010019')).toBe('••••••••••••••0019');
  });
});

describe('the one answer', () => {
  test('is red while a restriction counts, also a disputed one', () => {
    expect(verdictOf(answer(listing), well)).toEqual({ colour: 'red', reason: 'restricted' });
    const disputed = { ...listing, disputed: true };
    expect(verdictOf(answer(disputed), well)).toEqual({ colour: 'red', reason: 'restricted-disputed' });
    expect(verdictOf(answer(disputed, listing), well).reason).toBe('restricted');
  });

  test('is amber for a listing that restricts nothing today', () => {
    const mild = { ...listing, restricted: false };
    expect(verdictOf(answer(mild), well)).toEqual({ colour: 'amber', reason: 'listed-only' });
    expect(verdictOf(answer({ ...mild, disputed: true, suspended: true }), well).reason).toBe('suspended');
  });

  test('is never green from a city that has not caught up', () => {
    expect(verdictOf(answer(), well)).toEqual({ colour: 'green', reason: 'not-listed' });
    for (const state of [{ behind: true }, { halted: true }, { joined: false }]) {
      expect(verdictOf(answer(), { ...well, ...state }).colour).toBe('amber');
      expect(verdictOf(answer(listing), { ...well, ...state }).colour).toBe('red');
    }
  });

  test('is never green from an answer that is older than the policy allows', () => {
    expect(verdictOf({ ...answer(), stale: true }, well)).toEqual({ colour: 'amber', reason: 'stale' });
    expect(verdictOf({ ...answer(listing), stale: true }, well).colour).toBe('red');
  });

  test('names the last day on which anything counts', () => {
    expect(countsUntil(listing)).toBe('2029-01-01');
    expect(countsUntil({ ...listing, shareUntil: null, restrictUntil: null })).toBeNull();
  });
});

describe('the way to a page', () => {
  test('is read from behind the # of the address, whatever stands there', () => {
    expect(readRoute('#/explorer/haikou/12/0')).toEqual(['explorer', 'haikou', '12', '0']);
    expect(readRoute('')).toEqual([]);
    expect(readRoute('#/a%20b/%ff')).toEqual(['a b', '%ff']);
  });

  test.each(['haikou/12/0', 'haikou/12', 'haikou', '118'])('leads to %s and back', (text) => {
    const target = readTarget(text);
    expect(target).toBeDefined();
    if (target !== undefined) expect(targetOf(pathOf(target).slice(1).map(String))).toEqual(target);
  });

  test.each(['', '/', 'haikou/x', 'haikou/1/2/3', 'HAI KOU', '12/0'])('does not begin with "%s"', (text) => {
    expect(readTarget(text)).toBeUndefined();
  });
});

describe('keys', () => {
  const known = ['g c', 'g f', '?'];
  test('are one, or two within a moment', () => {
    const keys = new KeyReader();
    expect(keys.press('?', 0, known)).toBe('?');
    expect(keys.press('g', 10, known)).toBeUndefined();
    expect(keys.press('f', 500, known)).toBe('g f');
    expect(keys.press('f', 600, known)).toBeUndefined();
    expect(keys.press('g', 1000, known)).toBeUndefined();
    expect(keys.press('c', 9000, known)).toBeUndefined();
  });

  test('that lead nowhere are forgotten', () => {
    const keys = new KeyReader();
    keys.press('g', 0, known);
    expect(keys.press('x', 10, known)).toBeUndefined();
    expect(keys.press('c', 20, known)).toBeUndefined();
  });
});

describe('the map', () => {
  const hainan = ['haikou', 'sanya', 'danzhou', 'qionghai'].map((name) => placeOf(name) as Place);

  test('has every city inside the picture, north above south and west before east', () => {
    const all = [...hainan, placeOf('harbin') as Place, placeOf('kashgar') as Place];
    for (const places of [hainan, all, hainan.slice(0, 1)]) {
      const frame = frameAround(places, 560, 400);
      for (const place of places) {
        const [x, y] = frame.point(place);
        expect(x).toBeGreaterThan(20);
        expect(x).toBeLessThan(540);
        expect(y).toBeGreaterThan(20);
        expect(y).toBeLessThan(380);
      }
    }
    const frame = frameAround(hainan, 560, 400);
    const [haikou, sanya, danzhou] = hainan.map((place) => frame.point(place)) as [number, number][];
    expect(haikou?.[1]).toBeLessThan(sanya?.[1] as number);
    expect(danzhou?.[0]).toBeLessThan(haikou?.[0] as number);
  });

  test('takes the finest coast that fills the picture', () => {
    const near = frameAround(hainan, 560, 400);
    const far = frameAround([...hainan, placeOf('harbin') as Place], 560, 400);
    expect(near.coast).not.toBe(far.coast);
    expect(coastPath(near)).toMatch(/^M[-\d. ]+L/);
  });
});

test('the middle of some figures', () => {
  expect(median([])).toBeUndefined();
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
});

test('amounts in yuan are fen, to the last one', () => {
  expect(fenOf('27,150.00')).toBe(2_715_000);
  expect(fenOf('0.1')).toBe(10);
  expect(fenOf('19.99')).toBe(1999);
  for (const text of ['', 'x', '1.234', '-1', '1e3', '٣']) expect(fenOf(text)).toBeNaN();
});

test('codes are read as they are printed and shown in groups', () => {
  const code = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';
  expect(readCode(' 0F1E 2d3c-4b5a 6978 8796 a5b4 c3d2 e1f0')).toBe(code);
  expect(readCode(groupedCode(code))).toBe(code);
  for (const text of ['', code.slice(1), `${code}0`, code.replace('f', 'g')]) expect(readCode(text)).toBeUndefined();
});

test('a supervisor finds checks by case, by person and by time', () => {
  const at = (number: number, matter: string, proof: string, time: string) =>
    ({
      number,
      case: matter,
      proof,
      at: time,
      role: 'clerk',
      operator: 'op03',
      purpose: 'loan',
      given: 'answer',
      result: 'none',
      height: 1,
    }) as const;
  const checks = [
    at(1, 'SY-1', 'blacklist:aa', '2026-11-24T01:00:00.000Z'),
    at(2, 'SY-2', 'blacklist:aa', '2026-11-24T02:00:30.000Z'),
    at(3, 'HK-1', 'blacklist:bb', '2026-11-24T03:00:00.000Z'),
  ];
  const found = (filter: Partial<Filter>) =>
    matchingChecks(checks, { text: '', fromMs: undefined, toMs: undefined, ...filter }).map(({ number }) => number);
  expect(found({})).toEqual([1, 2, 3]);
  expect(found({ text: ' sy- ' })).toEqual([1, 2]);
  expect(found({ text: 'blacklist:bb' })).toEqual([3]);
  expect(found({ text: 'OP03' })).toEqual([1, 2, 3]);
  expect(found({ fromMs: Date.parse('2026-11-24T02:00Z') })).toEqual([2, 3]);
  expect(found({ toMs: Date.parse('2026-11-24T02:00:59.999Z') })).toEqual([1, 2]);
});

test('a look for another purpose than a check has is shown by its own word', () => {
  expect(purposeOf({ purpose: 'loan' })).toEqual(['Loan', '贷款']);
  expect(purposeOf({ purpose: 'COURT_ORDER' })).toEqual(['order of a court', '法院协查']);
  expect(purposeOf({ purpose: 'AUDIT_LAW' })).toEqual(['AUDIT_LAW', 'AUDIT_LAW']);
});

test('an answer of many lines is read as it comes, however it is cut', async () => {
  const lines = [{ kind: 'progress', rows: 1 }, { kind: 'refused', message: '第 3 行' }, { kind: 'report' }];
  const bytes = new TextEncoder().encode(lines.map((line) => JSON.stringify(line)).join('\n'));
  for (const size of [1, 5, bytes.length]) {
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let i = 0; i < bytes.length; i += size) controller.enqueue(bytes.slice(i, i + size));
        controller.close();
      },
    });
    const read: unknown[] = [];
    for await (const line of readLines(new Response(stream))) read.push(line);
    expect(read).toEqual(lines);
  }
});
