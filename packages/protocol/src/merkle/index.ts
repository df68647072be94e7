export { HistoryTree } from './history-tree.ts';
export type { MapChange, MapChanges } from './map-changes.ts';
export { type MapProof, verifyMapProof } from './map-proof.ts';
export { SparseMerkleMap } from './sparse-map.ts';
export {
  inclusionPath,
  leafHash,
  merkleRoot,
  merkleRootOfDigests,
  nodeHash,
  verifyConsistency,
  verifyInclusion,
} from './tree.ts';
