/**
 * The messages themselves, and the one strict way to read and write them (R1): for whoever judges or makes frames
 * without the rest of the protocol, such as checks, adversaries and tools.
 */
export { create } from '@bufbuild/protobuf';
export * from '../gen/hansa/v1/consensus_pb.ts';
export * from '../gen/hansa/v1/exchange_pb.ts';
export * from '../gen/hansa/v1/families_pb.ts';
export * from '../gen/hansa/v1/lane_pb.ts';
export * from '../gen/hansa/v1/oprf_pb.ts';
export * from '../gen/hansa/v1/receipt_pb.ts';
export * from '../gen/hansa/v1/record_pb.ts';
export * from '../gen/hansa/v1/store_pb.ts';
export * from '../gen/hansa/v1/sync_pb.ts';
export * from './index.ts';
