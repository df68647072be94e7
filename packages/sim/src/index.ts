/** The simulator as a library: what plug-ins and experiments import. */

export { Replica } from '@hansa/protocol/replica';
export * from './adversaries/index.ts';
export type * from './checks/contract.ts';
export { measuredCosts, type ProcessingCosts } from './crypto/costs.ts';
export { errorCodes } from './error-codes.ts';
export * from './faults/index.ts';
export type { RunOptions, StoppedBecause } from './kernel/kernel.ts';
export type * from './kernel/random.ts';
export { createRandom } from './kernel/seeded-random.ts';
export { type ReportClient, renderReport } from './report/render.ts';
export type * from './results/schema.ts';
export { ScenarioBuilder, ScenarioError, scenario } from './scenario/builder.ts';
export { checkScenario, type KnownNames } from './scenario/check/check.ts';
export { type Settled, type SettledWorkload, settle } from './scenario/defaults.ts';
export { microseconds } from './scenario/duration.ts';
export { at, type DurationText, every, when } from './scenario/fault-builder.ts';
export { type FieldValue, parsePath, withValue } from './scenario/field-paths.ts';
export { type Parsed, parseScenario } from './scenario/parse.ts';
export { type Problem, problemText } from './scenario/problem.ts';
export type * from './scenario/schema.ts';
export { scenarioYaml, type YamlOptions } from './scenario/write.ts';
export { ListingFactory } from './workload/listings.ts';
export { installWorkload, type Workload } from './workload/workload.ts';
export type * from './world/contract.ts';
export { createWorld, type SimWorld, type WorldOptions } from './world/sim-world.ts';
export type { NodeTraffic, TrafficRow } from './world/traffic.ts';
