/** The simulator as a library: what plug-ins and experiments import. */

export { Replica } from '@hansa/protocol/replica';
export * from './adversaries/index.ts';
export type * from './checks/contract.ts';
export type * from './kernel/random.ts';
export { type ReportClient, renderReport } from './report/render.ts';
export type * from './results/schema.ts';
export { microseconds } from './scenario/duration.ts';
export type * from './scenario/schema.ts';
export type * from './world/contract.ts';
