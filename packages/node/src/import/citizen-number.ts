import { accept, type Result, reject } from '@hansa/protocol';
import { calendarDay } from './dates.ts';
import { provincePrefixes, testPrefix } from './province-prefixes.ts';

export interface IdentityContext {
  /** Only a federation whose genesis says so admits synthetic subjects (prefix 99). */
  readonly testFederation: boolean;
  /** The legal day: nobody is born after it. */
  readonly today: number;
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECK_DIGITS = '10X98765432';

/** GB 11643 section 4.2.4 (ISO 7064 mod 11-2): the check character of 17 digits. */
export function citizenCheckDigit(digits: string): string {
  let sum = 0;
  for (let i = 0; i < WEIGHTS.length; i++) sum += (WEIGHTS[i] as number) * (digits.charCodeAt(i) - 48);
  return CHECK_DIGITS[sum % 11] as string;
}

/**
 * Checks a citizen identity number (GB 11643) and returns its normal form, upper case.
 *
 * Each error has one cause and one remedy, tried in this order: ID_15_DIGITS, ID_MALFORMED, ID_TEST_PREFIX,
 * ID_PREFIX_UNASSIGNED, ID_DATE_IMPOSSIBLE, ID_CHECK_DIGIT. The number itself is in no message.
 */
export function checkCitizenNumber(text: string, context: IdentityContext): Result<string> {
  if (/^\d{15}$/.test(text)) {
    return reject(
      'ID_15_DIGITS',
      'This is a 15-digit number of the first generation, invalid since 2013. Ask for the 18-digit number.',
    );
  }
  if (!/^\d{17}[\dXx]$/.test(text)) {
    return reject(
      'ID_MALFORMED',
      'A citizen number has 17 digits and a check character (0-9 or X). Correct it in the source system.',
    );
  }
  const number = text.toUpperCase();
  const prefix = number.slice(0, 2);
  if (prefix === testPrefix) {
    if (!context.testFederation) {
      return reject(
        'ID_TEST_PREFIX',
        'The prefix 99 marks a synthetic person, which only a test federation admits. Remove the row.',
      );
    }
  } else if (!provincePrefixes.has(prefix)) {
    return reject(
      'ID_PREFIX_UNASSIGNED',
      'No province has the first two digits. Correct the number in the source system.',
    );
  }
  const born = calendarDay(Number(number.slice(6, 10)), Number(number.slice(10, 12)), Number(number.slice(12, 14)));
  if (born === undefined || born > context.today) {
    return reject(
      'ID_DATE_IMPOSSIBLE',
      'Digits 7 to 14 are not a day on which a living person was born. Correct the number in the source system.',
    );
  }
  if (citizenCheckDigit(number) !== number[17]) {
    return reject(
      'ID_CHECK_DIGIT',
      'The check character does not fit the other 17 digits: one was mistyped. Correct the number in the source system.',
    );
  }
  return accept(number);
}
