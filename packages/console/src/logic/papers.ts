import type { PaperInfo } from '../api/types.ts';

/** A paper as an officer chose it, read and hashed in this browser. */
export interface Paper {
  readonly name: string;
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
  readonly content: Uint8Array;
}

export type PaperFault = 'too-large' | 'type-unknown' | 'name-unfit';

/** As the daemon has it: what it would refuse is said before it is sent. */
export const paperBytesMax = 511 * 1024;
/** Of one decision. */
export const papersMax = 8;
export const paperTypes = '.pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png';
export const paperName = /^[^\p{C}/\\"<>:|?*]{1,100}$/u;

/** How each type begins. */
const beginnings = ['25504446', 'ffd8ff', '89504e470d0a1a0a'];

/** The bytes of a chosen file, or why it can be no paper of a listing. */
export async function readPaper(file: File): Promise<Paper | PaperFault> {
  if (file.size > paperBytesMax) return 'too-large';
  if (!paperName.test(file.name)) return 'name-unfit';
  const content = new Uint8Array(await file.arrayBuffer());
  const head = Array.from(content.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (!beginnings.some((beginning) => head.startsWith(beginning))) return 'type-unknown';
  const { sha256Hex } = await import('./digest.ts');
  return { name: file.name, bytes: content.length, sha256: sha256Hex(content), content };
}

/** Papers that the details of a listing name. They come from the listing city: what is no paper is left out. */
export function papersOf(details: object): readonly PaperInfo[] {
  const { documents } = details as { readonly documents?: unknown };
  return Array.isArray(documents) ? documents.filter(isPaper) : [];
}

function isPaper(value: unknown): value is PaperInfo {
  if (typeof value !== 'object' || value === null) return false;
  const { name, mediaType, bytes, sha256, commitment } = value as Partial<Record<keyof PaperInfo, unknown>>;
  const isDigest = (text: unknown) => typeof text === 'string' && /^[0-9a-f]{64}$/.test(text);
  return (
    typeof name === 'string' &&
    paperName.test(name) &&
    typeof mediaType === 'string' &&
    typeof bytes === 'number' &&
    isDigest(sha256) &&
    isDigest(commitment)
  );
}
