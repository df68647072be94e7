export { type ExecutionLog, type RejectedRecord, readExecutionLog } from './execution-log.ts';
export { Ledger, type LedgerOptions } from './ledger.ts';
export type { CheckpointState, ExecutedBlock, LedgerBlock, LedgerEntry, RecordOutcome } from './types.ts';
