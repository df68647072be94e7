/** The arithmetic of figures. Nothing here knows cities. */

export * from './bootstrap.ts';
export * from './distribution.ts';
export * from './normal.ts';
export * from './order-statistics.ts';
export * from './paired.ts';
export * from './percentile.ts';
export * from './proportion.ts';
