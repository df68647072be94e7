import type { ApiClient } from '../api/client.ts';
import type { SignedConsent } from './consent-read.ts';

const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** The record of a file or a text in base64, which the daemon takes; undefined when it is neither. */
export function recordText(content: Uint8Array | string): string | undefined {
  const text = (typeof content === 'string' ? content : new TextDecoder().decode(content)).replaceAll(/\s/g, '');
  if (base64.test(text)) return text;
  if (typeof content === 'string' || content.length === 0) return undefined;
  return btoa(Array.from(content, (byte) => String.fromCharCode(byte)).join(''));
}

/** Reads and verifies it here, before anybody sends it. The reader is loaded now and not before. */
export async function readSigned(api: ApiClient, record: string): Promise<SignedConsent> {
  const [genesis, reader] = await Promise.all([api.genesis(), import('./consent-reader.ts')]);
  return reader.readConsent(genesis, record);
}
