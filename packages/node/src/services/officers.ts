import type { RegistryPort } from '../api/ports.ts';
import { refusal } from './meanings.ts';

/** Two officers, by the names that the centre knows them by; the ledger sees pseudonyms only. */
export interface Officers {
  readonly handler: string;
  readonly approver: string;
}

/**
 * Their pseudonyms. Throws APPROVERS_NOT_DISTINCT: refused here by name, because two names could be one officer's to the
 * ledger only by their pseudonyms.
 */
export async function pseudonyms(
  registry: Pick<RegistryPort, 'officer'>,
  { handler, approver }: Officers,
): Promise<{ handler: Uint8Array; approver: Uint8Array }> {
  if (handler.trim() === approver.trim()) throw refusal('APPROVERS_NOT_DISTINCT');
  return { handler: await registry.officer(handler.trim()), approver: await registry.officer(approver.trim()) };
}
