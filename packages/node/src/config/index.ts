export * from './config.ts';
export { type Environment, environmentOverrides, unknownVariables } from './environment.ts';
