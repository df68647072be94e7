import { HansaError } from '@hansa/protocol';
import { legalDay } from '@hansa/protocol/families';
import type { Genesis } from '@hansa/protocol/genesis';
import { normaliseSubject, type Subject } from '@hansa/protocol/subjects';
import { checkCitizenNumber } from '../import/citizen-number.ts';
import { checkCreditCode } from '../import/credit-code.ts';

/** A person or an organisation as a clerk names it. */
export interface SubjectInput {
  readonly kind: 'id' | 'org';
  readonly number: string;
}

/**
 * One spelling of the subject, its check digits checked: a mistyped number must be an error, not "nobody is listed".
 * Throws the codes of GB 11643 and GB 32100 checks; the number is in no message.
 */
export function readSubject(input: SubjectInput, genesis: Genesis, nowMs: number): Subject {
  const context = { testFederation: genesis.testFederation, today: legalDay(nowMs, genesis.utcOffsetMinutes) };
  const check = input.kind === 'id' ? checkCitizenNumber : checkCreditCode;
  const plain = input.number.normalize('NFKC').replace(/[\s\-\u200b\ufeff]/g, '');
  const checked = check(plain, context);
  if (!checked.ok) throw new HansaError(checked.error.code, forClerk(checked.error.code, checked.error.message));
  const subject = normaliseSubject(input.kind, checked.value);
  if (!subject.ok) throw new HansaError(subject.error.code, subject.error.message);
  return subject.value;
}

/** The import's advice is about rows of a file; a clerk has a document in hand. */
function forClerk(code: string, message: string): string {
  const finding = message.split('. ')[0] ?? message;
  return code.endsWith('_TEST_PREFIX')
    ? `${finding}.`
    : `${finding}. Compare the number with the document and type it again.`;
}
