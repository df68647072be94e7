/** One closed form beside what was measured. */
export interface Validation {
  readonly name: string;
  /** How the expectation is computed. */
  readonly formula: string;
  readonly unit: 'ms' | 'hops' | 'share';
  readonly expected: number;
  readonly measured: number;
  /** How far apart the two may be: 0 where the model is exact, four standard errors where luck is measured. */
  readonly tolerance: number;
  /** Measurements behind `measured`. */
  readonly samples: number;
}

export function isWithin({ expected, measured, tolerance }: Validation): boolean {
  return Math.abs(measured - expected) <= tolerance;
}

/** A mean of independent measurements may be four standard errors off: once in 16,000 sound experiments it is more. */
export const STANDARD_ERRORS = 4;
