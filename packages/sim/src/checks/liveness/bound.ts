import type { Parameters } from '@hansa/protocol/genesis';
import type { Settled } from '../../scenario/defaults.ts';
import { settle } from '../../scenario/defaults.ts';
import { microseconds } from '../../scenario/duration.ts';
import type { Latency, Scenario } from '../../scenario/schema.ts';

/** What the bound on the time to finality depends on. Times in microseconds. */
export interface Situation {
  readonly parameters: Parameters;
  readonly n: number;
  readonly quorum: number;
  /** Members of the connected honest core. */
  readonly core: number;
  /** Views without finality beyond the two that are normal, in the city that has most of them: what timeouts have grown by. */
  readonly grown: number;
  /** δ: what one message takes from one city's decision to the other's, but for one in a million. */
  readonly delayUs: number;
  /** Share of messages that are lost for good. */
  readonly loss: number;
}

export interface Bound {
  /** Undefined: agreement is not promised. */
  readonly us: number | undefined;
  /** Why it is not. */
  readonly unless?: string;
  /** The largest timeout that counts into it: 3Δ as it has grown. */
  readonly timeoutUs: number;
  /** Views that may fail before one must succeed. */
  readonly views: number;
}

/**
 * How long a connected honest core of at least q may take to finalize something new, once nothing is lost any more.
 *
 * With Δ_i = min(Δ gⁱ, max(cap / 3, Δ)) (C8) and δ as above:
 *
 * 1. R6: whoever was restarted hears q - 1 others: a request, and one that is tried again, 2 max(4Δ, t_r) + 2δ. If 2δ is longer than
 *    a request waits for its answer, so many more as it takes until they wait long enough: each waits g times as long, up to the cap.
 * 2. C5: who stands in the newest view has nullified it by 3Δ_k + idle, or enters the next; k is how far timeouts have grown. C7: the
 *    certificate that lets others enter is said again within t_r, what is older within T_s: all are in one view after t_r + 2 T_s + 2δ.
 * 3. Each view ends by 3Δ_i + idle + 2δ: it is notarized (C4), or all nullify (C5). It may fail because its leader is not of the core,
 *    which happens at most n - |core| times in a row (C2), or because Δ_i < 4δ: the proposal must come and what it names be
 *    fetched, voted on and heard, from who entered last to who entered first. That ends with the first i for which
 *    Δ gⁱ >= 4δ; if the cap is below, it never does. Where a share p of messages is lost for good, a view of a core leader fails with
 *    probability 1 - s²; so many more views are allowed for that all fail once in a million runs.
 *    Here s = P(Binomial(|core|, (1 - p)²) >= q): enough heard the proposal, and were heard.
 * 4. The view of a core leader that does not fail is final 3δ after its proposal (C6).
 */
export function finalityBound({ parameters, n, quorum, core, grown, delayUs, loss }: Situation): Bound {
  const { timeoutGrowth } = parameters;
  const [deltaUs, idleUs, resendUs, resyncUs, capUs] = [
    parameters.deltaMs,
    parameters.idleIntervalMs,
    parameters.resendMs,
    parameters.resyncMs,
    parameters.timeoutCapMs,
  ].map((ms) => ms * 1000) as [number, number, number, number, number];
  const timeoutUs = (view: number) =>
    Math.min(3 * deltaUs * timeoutGrowth ** Math.min(64, view), Math.max(capUs, 3 * deltaUs));

  let slow = 0;
  while (timeoutUs(grown + slow) < 12 * delayUs) {
    // Growth that stopped, or never was: no later view waits longer.
    if (timeoutUs(grown + slow) === timeoutUs(grown + slow + 1)) {
      const unless = `messages take up to ${Math.ceil(delayUs / 1000)} ms, longer than the timeouts ever grow for`;
      return { us: undefined, unless, timeoutUs: timeoutUs(64), views: 0 };
    }
    slow += 1;
  }
  const unlucky = unluckyViews(core, quorum, loss);
  if (unlucky > UNLUCKY_VIEWS_MAX) {
    const unless = `so much is lost that ${core} cities seldom hear q = ${quorum} of each other`;
    return { us: undefined, unless, timeoutUs: timeoutUs(64), views: 0 };
  }
  const views = n - core + slow + unlucky + 1;
  let us = 2 * delayUs;
  const firstUs = Math.max(4 * deltaUs, resendUs);
  const requestUs = (tries: number) =>
    Math.min(firstUs * timeoutGrowth ** Math.min(64, tries), Math.max(firstUs, capUs));
  let tries = 0;
  for (; requestUs(tries) < 2 * delayUs && requestUs(tries) < requestUs(tries + 1); tries++) us += requestUs(tries);
  us += 2 * requestUs(tries);
  us += resendUs + 2 * resyncUs + 2 * delayUs;
  for (let view = 0; view <= views; view++) us += timeoutUs(grown + view) + idleUs + 2 * delayUs;
  us += 3 * delayUs;
  return { us: Math.ceil(us), timeoutUs: timeoutUs(grown + views), views };
}

/** Beyond so many views luck is no help. */
const UNLUCKY_VIEWS_MAX = 400;

/** Views that all fail for want of luck once in a million runs. */
function unluckyViews(core: number, quorum: number, loss: number): number {
  if (loss === 0) return 0;
  if (core < quorum) return Number.POSITIVE_INFINITY;
  const succeeds = atLeast(core, quorum, (1 - loss) ** 2) ** 2;
  return succeeds >= 1 ? 0 : Math.ceil(Math.log(1e-6) / Math.log1p(-Math.max(succeeds, 1e-9)));
}

/** P(Binomial(trials, chance) >= least). */
export function atLeast(trials: number, least: number, chance: number): number {
  if (chance >= 1) return trials >= least ? 1 : 0;
  let logTerm = trials * Math.log1p(-chance);
  let sum = least <= 0 ? Math.exp(logTerm) : 0;
  for (let count = 1; count <= trials; count++) {
    logTerm += Math.log((trials - count + 1) / count) + Math.log(chance) - Math.log1p(-chance);
    if (count >= least) sum += Math.exp(logTerm);
  }
  return Math.min(1, sum);
}

/** Processor time that a city spends on one message of each other city, in microseconds; generous. */
const PROCESSING_US_PER_CITY = 300;
/** -ln of one in a million, and the normal deviate that is exceeded as rarely. */
const RARE_LOG = 13.8;
const RARE_DEVIATE = 4.75;
/** Half of the Earth's circumference through half as long cables again is far more than any line in China. */
const GEOGRAPHY_US = 50_000;

/** δ of a scenario: network, disk (what is said is flushed first) and processor. */
export function delayOf(scenario: Scenario): number {
  const settled: Settled = settle(scenario);
  const { link, flushUs, costs, cities } = settled;
  const jitterUs = link.jitter === undefined ? 0 : microseconds(link.jitter);
  const processingUs = costs === undefined ? 0 : cities * PROCESSING_US_PER_CITY;
  return latencyBound(link.latency) + jitterUs + 2 * flushUs + processingUs;
}

function latencyBound(latency: Latency): number {
  switch (latency.kind) {
    case 'constant':
      return microseconds(latency.delay);
    case 'uniform':
      return microseconds(latency.max);
    case 'exponential':
      return (latency.min === undefined ? 0 : microseconds(latency.min)) + RARE_LOG * microseconds(latency.mean);
    case 'lognormal':
      return microseconds(latency.median) * Math.exp(RARE_DEVIATE * latency.sigma);
    case 'matrix':
      return Math.max(...latency.delays.flat().map(microseconds));
    case 'geography':
      return GEOGRAPHY_US;
  }
}
