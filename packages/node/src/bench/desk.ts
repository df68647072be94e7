import { setTimeout as sleep } from 'node:timers/promises';
import { importFile } from '../demo/queries.ts';
import { type Percentiles, percentiles } from '../testbed/checks.ts';
import type { Daemon } from '../testbed/daemon.ts';
import type { World } from '../testbed/world.ts';
import { beat } from './load.ts';
import { RecordMill } from './records.ts';
import { listingExport, personNumber } from './subjects.ts';

/** What a clerk waits for, measured at the API of running daemons: lookups, papers of other cities, imports with tags. */

/** Quotas are there to stop what this does: it looks people up without end. */
export const deskPolicy = 'lookup:\n  evaluationsPerHour: 1000000\n';

export interface LookupFigures {
  /** One at a time, of a person never looked up before: from the request to the answer, four cities in turn. */
  readonly answerMs: Percentiles;
  /** As many as the four cities answer together. */
  readonly perSecond: number;
}

const LOOKUPS_ALONE = 100;
const CLERKS_PER_CITY = 6;

export async function lookups(world: World, seconds: number): Promise<LookupFigures> {
  let next = 0;
  const look = async (daemon: Daemon): Promise<number> => {
    const number = personNumber(1_000_000 + next++);
    const startMs = performance.now();
    const clerk = await daemon.as('clerk');
    const matter = { purpose: 'loan', case: `BENCH-${next}`, operator: `op${next % 50}` };
    await clerk.post('/v1/check', { subject: { kind: 'id', number }, ...matter });
    return performance.now() - startMs;
  };
  // What runs for the first time is slower; clerks work all day.
  await together(world.daemons, 2, 3, look);
  const alone: number[] = [];
  for (let i = 0; i < LOOKUPS_ALONE; i++) alone.push(await look(world.daemons[i % world.daemons.length] as Daemon));
  const perSecond = await together(world.daemons, CLERKS_PER_CITY, seconds, look);
  return { answerMs: percentiles(alone), perSecond: Math.round(perSecond) };
}

/** So many clerks in each city, each with one question after the other; answers a second. */
async function together(
  daemons: readonly Daemon[],
  clerks: number,
  seconds: number,
  look: (daemon: Daemon) => Promise<unknown>,
): Promise<number> {
  const startMs = performance.now();
  const endMs = startMs + 1000 * seconds;
  let answers = 0;
  const clerk = async (daemon: Daemon) => {
    for (; performance.now() < endMs; answers++) await look(daemon);
  };
  await Promise.all(daemons.flatMap((daemon) => Array.from({ length: clerks }, () => clerk(daemon))));
  return (1000 * answers) / (performance.now() - startMs);
}

export interface ImportFigures {
  readonly subjects: number;
  readonly seconds: number;
  readonly recordsPerSecond: number;
  /** Of interactive records in all cities, while the import ran. */
  readonly finalMs: Percentiles;
}

const BEAT_PER_SECOND = 20;

/** One export whose persons all need a tag, while the cities do what they always do. */
export async function taggedImport(world: World, subjects: number): Promise<ImportFigures> {
  const haikou = world.city('haikou');
  const operator = await haikou.as('operator');
  const mill = new RecordMill(Date.now());
  let imported = false;
  const startMs = performance.now();
  const importing = importFile(operator, 'blacklist', listingExport(0, subjects, Date.now())).finally(() => {
    imported = true;
  });
  const final: number[] = [];
  while (!imported) {
    final.push(
      ...(await beat(world.daemons, { record: () => mill.next(), perSecond: BEAT_PER_SECOND, count: BEAT_PER_SECOND })),
    );
  }
  const { accepted } = await importing;
  const seconds = (performance.now() - startMs) / 1000;
  if (accepted !== subjects) throw new Error(`of ${subjects} rows only ${accepted} were accepted`);
  return {
    ...{ subjects, seconds, recordsPerSecond: Math.round(subjects / seconds) },
    finalMs: percentiles(final),
  };
}

export interface ExchangeFigures {
  readonly count: number;
  /** From a clerk's request in one city until the payload of another is there, with its receipt durable in both. */
  readonly readMs: Percentiles;
}

/** Of a city, at another one's door (`network/settings.ts`), with room to spare. */
const READS_PER_SECOND = 10;

/** Sanya reads Haikou's papers on a legal basis, one after the other. */
export async function exchange(world: World, seconds: number): Promise<ExchangeFigures> {
  const [haikou, sanya] = [world.city('haikou'), world.city('sanya')];
  const clerk = await sanya.as('clerk');
  const number = personNumber(2_000_000);
  await importFile(await haikou.as('operator'), 'blacklist', listingExport(2_000_000, 1, Date.now()));
  let location: string | undefined;
  const matter = { purpose: 'loan', case: 'BENCH', operator: 'op03' };
  while (location === undefined) {
    const { listings } = await clerk.post<{ listings: { location: string }[] }>('/v1/check', {
      ...{ subject: { kind: 'id', number }, ...matter },
    });
    location = listings[0]?.location;
  }
  const samples: number[] = [];
  for (let i = 0; i < READS_PER_SECOND * seconds; i++) {
    const startMs = performance.now();
    await clerk.post(`/v1/blacklist/${location}/open`, { basis: 'LOAN_DECISION', case: `BENCH-${i}`, handler: 'op03' });
    const tookMs = performance.now() - startMs;
    samples.push(tookMs);
    await sleep(Math.max(0, 1000 / READS_PER_SECOND - tookMs));
  }
  return { count: samples.length, readMs: percentiles(samples) };
}
