/** What one part of the benchmark measured, by name. */
export type Figures = Readonly<Record<string, number>>;
