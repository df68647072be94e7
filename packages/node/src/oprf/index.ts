export type { OprfAlarm, OprfCity } from './ports.ts';
export * from './service.ts';
