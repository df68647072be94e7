import { accept, type Result, reject } from '@hansa/protocol';
import type { IdentityContext } from './citizen-number.ts';
import { provincePrefixes, testPrefix } from './province-prefixes.ts';

/** GB 32100: digits and capitals without I, O, S, V, Z, which look like digits or each other. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
/** GB 11714 counts capitals from A = 10 without a gap. */
const BODY_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const BODY_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2] as const;
const FORM = /^[0-9A-HJ-NP-RTUWXY]{2}\d{6}[0-9A-HJ-NP-RTUWXY]{10}$/;
/** How the body of a synthetic organisation starts. */
const TEST_BODY = 'TE5T';

/** GB 32100 section 5 (ISO 7064 mod 31-3): the check character of 17 characters of the alphabet. */
export function creditCheckCharacter(code: string): string {
  let sum = 0;
  let weight = 1;
  for (let i = 0; i < 17; i++) {
    sum += ALPHABET.indexOf(code[i] as string) * weight;
    weight = (weight * 3) % 31;
  }
  return ALPHABET[(31 - (sum % 31)) % 31] as string;
}

/** GB 11714: the check character of an organisation body's first 8 characters. */
export function bodyCheckCharacter(body: string): string {
  let sum = 0;
  for (let i = 0; i < BODY_WEIGHTS.length; i++)
    sum += BODY_ALPHABET.indexOf(body[i] as string) * (BODY_WEIGHTS[i] as number);
  const check = 11 - (sum % 11);
  if (check === 10) return 'X';
  return check === 11 ? '0' : String(check);
}

/**
 * Checks a unified social credit code (GB 32100) and returns its normal form, upper case.
 *
 * Errors, in this order: ORG_CODE_MALFORMED, ORG_CODE_TEST_PREFIX, ORG_CODE_PREFIX_UNASSIGNED, ORG_CODE_CHECK_CHARACTER,
 * ORG_CODE_BODY_CHECK. A test federation relaxes two things, and only where the code says of itself that it is
 * synthetic: region 99, and the body's own check character where the body starts with TE5T under region 99. The code's
 * check character always has to hold.
 */
export function checkCreditCode(text: string, context: IdentityContext): Result<string> {
  const code = text.toUpperCase();
  if (!FORM.test(code)) {
    return reject(
      'ORG_CODE_MALFORMED',
      'A unified social credit code has 18 characters: 2 letters or digits, 6 digits of the region, 10 letters or digits, none of I O S V Z. Correct it in the source system.',
    );
  }
  const region = code.slice(2, 4);
  const synthetic = region === testPrefix;
  if (synthetic && !context.testFederation) {
    return reject(
      'ORG_CODE_TEST_PREFIX',
      'Region 99 marks a synthetic organisation, which only a test federation admits. Remove the row.',
    );
  }
  // Region 100000 is the national register (central bodies and their institutions).
  if (!synthetic && region !== '10' && !provincePrefixes.has(region)) {
    return reject(
      'ORG_CODE_PREFIX_UNASSIGNED',
      'No province has the region of characters 3 and 4. Correct the code in the source system.',
    );
  }
  if (creditCheckCharacter(code) !== code[17]) {
    return reject(
      'ORG_CODE_CHECK_CHARACTER',
      'The check character does not fit the other 17: one was mistyped. Correct the code in the source system.',
    );
  }
  const body = code.slice(8, 17);
  if (bodyCheckCharacter(body) !== body[8] && !(synthetic && body.startsWith(TEST_BODY))) {
    return reject(
      'ORG_CODE_BODY_CHECK',
      'The organisation number in characters 9 to 17 fails its own check. Correct the code in the source system.',
    );
  }
  return accept(code);
}
