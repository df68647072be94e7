export * from './answer.ts';
export * from './batch.ts';
export * from './payload.ts';
export * from './proof.ts';
export * from './receipt.ts';
export * from './request.ts';
export * from './testimony.ts';
export * from './tree.ts';
