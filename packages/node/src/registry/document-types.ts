import type { BlacklistDraft } from '../import/index.ts';

/** What names a decision about a subject. */
export type Decision = Pick<BlacklistDraft, 'judgementNumber' | 'subject' | 'decidedOn'>;

export const documentTypes = ['application/pdf', 'image/jpeg', 'image/png'] as const;

export type DocumentType = (typeof documentTypes)[number];

/** What a listing's payload says of one of its papers. */
export interface DocumentInfo {
  readonly name: string;
  readonly mediaType: DocumentType;
  /** Of the paper itself. */
  readonly bytes: number;
  /** Of the paper itself, in hexadecimal. */
  readonly sha256: string;
  /** SHA-256(salt || form) in hexadecimal, as the record has it. */
  readonly commitment: string;
}
