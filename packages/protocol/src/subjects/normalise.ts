import { refuse } from '../error-codes.ts';
import { accept, type Result } from '../errors.ts';
import type { Subject } from './tagger.ts';

/**
 * One spelling of one subject: full-width digits and letters become ASCII, spaces and hyphens go, letters become upper
 * case. Two clerks who type the same number differently must get the same tag. Only the shape is checked here; check
 * digits, dates and prefixes are the business of whoever takes the number in. Errors: SUBJECT_MALFORMED, without the
 * number.
 */
export function normaliseSubject(kind: Subject['kind'], typed: string): Result<Subject> {
  const number = typed
    .normalize('NFKC')
    .replace(/[\s\-\u200b\ufeff]/g, '')
    .toUpperCase();
  if (!SHAPES[kind].test(number)) {
    return refuse('SUBJECT_MALFORMED');
  }
  return accept({ kind, number });
}

const SHAPES: Readonly<Record<Subject['kind'], RegExp>> = {
  id: /^[0-9]{17}[0-9X]$/,
  org: /^[0-9A-HJ-NP-RT-UW-Y]{18}$/,
};
