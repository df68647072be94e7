export * from './config.ts';
export { type Environment, environmentOverrides } from './environment.ts';
