export * from './answer.ts';
export * from './effects.ts';
export * from './envelope.ts';
export * from './keys.ts';
export type { ReplicaOptions } from './recovered-state.ts';
export * from './recovery.ts';
export * from './replica.ts';
export { decodeStatusReply, statusRequest } from './status.ts';
export * from './store.ts';
