export type { LastingFault } from './fault-log.ts';
export { type Faults, installFaults, type MissedFault } from './install.ts';
export { holds } from './predicates.ts';
export { resolveSelector } from './selectors.ts';
