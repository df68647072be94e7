/** The block at which an answer was true: height, and its legal time (L4) in milliseconds since 1970. */
export interface AsOf {
  readonly height: number;
  readonly timestampMs: number;
}
