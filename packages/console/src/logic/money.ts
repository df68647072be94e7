/** Fen of an amount in yuan as people write it: `27,150.00`. NaN for anything else. */
export function fenOf(text: string): number {
  const plain = text.trim().replace(/[,，\s]/g, '');
  if (!/^\d{1,13}(\.\d{1,2})?$/.test(plain)) return Number.NaN;
  const [yuan = '0', fen = ''] = plain.split('.');
  return Number(yuan) * 100 + Number(fen.padEnd(2, '0'));
}
