import { accept, type Result, reject } from '@hansa/protocol';

export const moneyUnits = ['yuan', 'fen'] as const;
export type MoneyUnit = (typeof moneyUnits)[number];

/** Ten thousand billion yuan: above any single figure of a centre, and exact in a double with room for sums. */
const FEN_MAX = 1_000_000_000_000_000;
const YUAN = /^(\d{1,18}|\d{1,3}(?:,\d{3}){1,5})(?:\.(\d{1,2})0*)?$/;
const FEN = /^\d{1,18}$/;

/**
 * A figure in yuan (`1,234.50`, at most two decimals that count) or in whole fen, as integer fen. No binary fraction is
 * ever involved.
 *
 * Errors: MONEY_NEGATIVE, MONEY_MALFORMED, MONEY_TOO_LARGE.
 */
export function parseFen(text: string, unit: MoneyUnit): Result<number> {
  if (/^[-−(]/.test(text)) return reject('MONEY_NEGATIVE', 'The amount is negative. Correct it in the source system.');
  let fen: bigint;
  if (unit === 'fen') {
    if (!FEN.test(text))
      return reject(
        'MONEY_MALFORMED',
        'The amount is not a whole number of fen. Correct it, or the unit in the mapping.',
      );
    fen = BigInt(text);
  } else {
    const match = YUAN.exec(text);
    if (match === null) {
      return reject(
        'MONEY_MALFORMED',
        'The amount is not a number of yuan with at most two decimals. Correct it, or the unit in the mapping.',
      );
    }
    fen = BigInt((match[1] as string).replaceAll(',', '')) * 100n + BigInt((match[2] ?? '').padEnd(2, '0'));
  }
  if (fen > FEN_MAX)
    return reject(
      'MONEY_TOO_LARGE',
      'The amount is larger than any real one. Check the unit (yuan or fen) in the mapping.',
    );
  return accept(Number(fen));
}
