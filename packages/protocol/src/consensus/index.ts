export * from './block.ts';
export * from './block-tree.ts';
export * from './ports.ts';
export * from './quorum-certificate.ts';
export * from './round.ts';
export * from './signers.ts';
export * from './simplex.ts';
export * from './votes.ts';
