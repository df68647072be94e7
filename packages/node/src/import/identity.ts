import { type Result, reject } from '@hansa/protocol';
import { normaliseSubject, type Subject } from '@hansa/protocol/subjects';
import { checkCitizenNumber, type IdentityContext } from './citizen-number.ts';
import { checkCreditCode } from './credit-code.ts';
import type { SubjectKind } from './vocabulary.ts';

/**
 * The one door for numbers of persons and organisations: spelled as `normaliseSubject` does, then checked by GB 11643
 * or GB 32100. Import, the API and the command line all come through here.
 */
export function checkSubject(kind: SubjectKind, typed: string, context: IdentityContext): Result<Subject> {
  const tagKind = kind === 'person' ? 'id' : 'org';
  const spelled = normaliseSubject(tagKind, typed);
  const text = spelled.ok ? spelled.value.number : typed.trim();
  const checked = kind === 'person' ? checkCitizenNumber(text, context) : checkCreditCode(text, context);
  if (!checked.ok) return checked;
  return spelled.ok ? { ok: true, value: { kind: tagKind, number: checked.value } } : spelled;
}

/** A person's card must be a citizen's, an organisation's number a credit code. */
export function identityTypeMisfit(): Result<never> {
  return reject(
    'ID_TYPE_MISFIT',
    'This type of document does not belong to this kind of subject. Correct one of them in the source system.',
  );
}
