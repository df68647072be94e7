export type { OprfAlarm, OprfCity } from './ports.ts';
export * from './service.ts';
export { ThreadCalculator } from './thread-calculator.ts';
