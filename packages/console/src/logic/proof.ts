import type { ApiClient } from '../api/client.ts';
import type { Verified } from './verified.ts';

/** Fetches a receipt and verifies it with the light client, which is loaded now and not before. */
export async function fetchProof(api: ApiClient, question: unknown): Promise<Verified> {
  const [bytes, verifier] = await Promise.all([api.receipt(question), import('./verifier.ts')]);
  return verifier.verify(await api.federation(), bytes);
}

/** Offers bytes as a file. */
export function saveFile(name: string, type: string, content: Uint8Array | string): void {
  const part = typeof content === 'string' ? content : new Uint8Array(content);
  const address = URL.createObjectURL(new Blob([part], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
