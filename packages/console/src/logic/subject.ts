/** Which number a clerk has typed, and whether it can be one: a wrong digit is said before anybody is asked. */

export type SubjectReading =
  | { readonly ok: true; readonly kind: 'id' | 'org'; readonly number: string }
  | { readonly ok: false; readonly problem: SubjectProblem };

export type SubjectProblem = 'empty' | 'length' | 'characters' | 'old-number' | 'birthday' | 'check-digit';

const idWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const idCheck = '10X98765432';
const orgAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const orgWeights = Array.from({ length: 17 }, (_, index) => 3 ** index % 31);

/** A citizen number (GB 11643) or a credit code (GB 32100). Blanks and hyphens do not matter. */
export function readSubject(text: string): SubjectReading {
  const number = text.replace(/[\s-]/g, '').toUpperCase();
  if (number === '') return { ok: false, problem: 'empty' };
  if (/^\d{15}$/.test(number)) return { ok: false, problem: 'old-number' };
  if (number.length !== 18) return { ok: false, problem: 'length' };
  if (/^\d{17}[\dX]$/.test(number)) {
    // A credit code of digits alone passes its own check as well; a citizen number has a birthday in it.
    if (!isDay(number.slice(6, 14))) {
      return orgHolds(number) ? { ok: true, kind: 'org', number } : { ok: false, problem: 'birthday' };
    }
    if (idHolds(number)) return { ok: true, kind: 'id', number };
    return orgHolds(number) ? { ok: true, kind: 'org', number } : { ok: false, problem: 'check-digit' };
  }
  if (![...number].every((character) => orgAlphabet.includes(character))) return { ok: false, problem: 'characters' };
  return orgHolds(number) ? { ok: true, kind: 'org', number } : { ok: false, problem: 'check-digit' };
}

/** The last four characters alone: what may stand on a screen that others see, and on paper. */
export function masked(number: string): string {
  return `${'•'.repeat(Math.max(0, number.length - 4))}${number.slice(-4)}`;
}

function idHolds(number: string): boolean {
  const sum = idWeights.reduce((total, weight, index) => total + weight * Number(number[index]), 0);
  return idCheck[sum % 11] === number[17];
}

function orgHolds(number: string): boolean {
  const values = [...number].map((character) => orgAlphabet.indexOf(character));
  if (values.some((value) => value < 0)) return false;
  const sum = orgWeights.reduce((total, weight, index) => total + weight * (values[index] ?? 0), 0);
  return (31 - (sum % 31)) % 31 === values[17];
}

function isDay(text: string): boolean {
  const [year, month, day] = [text.slice(0, 4), text.slice(4, 6), text.slice(6, 8)].map(Number) as [
    number,
    number,
    number,
  ];
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1800 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
