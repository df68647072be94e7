export * from './blacklist/index.ts';
export * from './calendar.ts';
export * from './certificate/index.ts';
export * from './check-record.ts';
export * from './family.ts';
export * from './membership/index.ts';
export * from './registered.ts';
export * from './registry.ts';
