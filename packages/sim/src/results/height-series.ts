import type { Result } from './schema.ts';

/** What is sampled: the recorder's own counters, at the moment before anything else happens. */
export interface Sampled {
  /** Final height of each node; -1: it is not up. Only these of honest authorities count for minimum and median. */
  readonly heights: ArrayLike<number>;
  readonly honest: (node: number) => boolean;
  readonly recordsFinal: number;
  readonly bytes: number;
  readonly messages: number;
}

interface Sample {
  readonly min: number;
  readonly median: number;
  readonly max: number;
  readonly up: number;
  readonly recordsFinal: number;
  /** Sums since the start. */
  readonly bytes: number;
  readonly messages: number;
  readonly lag: readonly number[];
}

/** The finest step; with it and `INTERVALS_MAX` intervals every run fits after some doublings. */
const STEP_US = 1000;
const INTERVALS_MAX = 400;

/**
 * Samples a run whose length nobody knows: so many intervals at most, whose length doubles when they run out. The
 * caller calls `advance` before each change, so that a sample shows what stood at its moment.
 */
export class HeightSeries {
  readonly #sampled: Sampled;
  #stepUs = STEP_US;
  #samples: Sample[] = [];
  #nextUs = 0;
  /** Heights at the last sample: while none moves, what follows from them is the same. */
  #heights: number[] | undefined;

  constructor(sampled: Sampled) {
    this.#sampled = sampled;
  }

  /** Moment of the next sample: `advance` does nothing before it. */
  get nextUs(): number {
    return this.#nextUs;
  }

  /** Nothing has changed since the last call; something changes now. */
  advance(nowUs: number): void {
    if (nowUs <= this.#nextUs) return;
    while (nowUs > this.#stepUs * INTERVALS_MAX) this.#double();
    while (this.#nextUs < nowUs) {
      this.#samples.push(this.#sample());
      this.#nextUs += this.#stepUs;
    }
  }

  finish(endedAtUs: number): Result['series'] {
    this.advance(endedAtUs);
    this.#samples.push(this.#sample());
    const samples = this.#samples;
    const differences = (sum: (sample: Sample) => number) =>
      samples.map((sample, index) => sum(sample) - (index === 0 ? 0 : sum(samples[index - 1] as Sample)));
    return {
      stepUs: this.#stepUs,
      heightMin: samples.map(({ min }) => min),
      heightMedian: samples.map(({ median }) => median),
      heightMax: samples.map(({ max }) => max),
      upCities: samples.map(({ up }) => up),
      recordsFinal: samples.map(({ recordsFinal }) => recordsFinal),
      bytes: differences(({ bytes }) => bytes),
      messages: differences(({ messages }) => messages),
      lag: samples.map(({ lag }) => [...lag]),
    };
  }

  #double(): void {
    this.#stepUs *= 2;
    this.#samples = this.#samples.filter((_, index) => index % 2 === 0);
    this.#nextUs = this.#samples.length * this.#stepUs;
  }

  #sample(): Sample {
    const { heights, honest, recordsFinal, bytes, messages } = this.#sampled;
    const before = this.#samples.at(-1);
    if (before !== undefined && this.#heights?.every((height, node) => height === heights[node]) === true) {
      return { ...before, recordsFinal, bytes, messages };
    }
    this.#heights = Array.from(heights);
    const standing: number[] = [];
    let up = 0;
    for (let node = 0; node < heights.length; node++) {
      const height = heights[node] as number;
      if (height < 0) continue;
      up++;
      if (honest(node)) standing.push(height);
    }
    standing.sort((a, b) => a - b);
    const max = Math.max(standing.at(-1) ?? 0, before?.max ?? 0);
    return {
      min: standing[0] ?? before?.min ?? 0,
      median: standing[(standing.length - 1) >> 1] ?? before?.median ?? 0,
      max,
      up,
      recordsFinal,
      bytes,
      messages,
      lag: Array.from(heights, (height) => (height < 0 ? -1 : Math.max(0, max - height))),
    };
  }
}
