/** Just enough reading of the demo's own exports to pick persons and accounts from them; imports use the real readers. */
export interface DemoRow {
  readonly number: string;
  readonly account: string;
  readonly status: string;
}

const numberColumns = ['证件号码', 'ZJHM'];
const accountColumns = ['个人账号', 'GRZH'];
const statusColumns = ['个人账户状态', 'GRZHZT'];

/** Rows of an export in one of the four dialects; only ASCII cells are looked at, so that the encoding does not matter. */
export function rowsOf(file: string, bytes: Uint8Array): DemoRow[] {
  const text = decode(bytes);
  const lines = text.split(/\r?\n/).filter((line) => line !== '');
  if (file.endsWith('.jsonl')) return lines.map((line) => pick(JSON.parse(line) as Record<string, string>));
  const separator = file.endsWith('.tsv') ? '\t' : ',';
  const header = (lines[0] ?? '').split(separator);
  return lines.slice(1).map((line) => {
    const cells = line.split(separator);
    return pick(Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ''])));
  });
}

/** Account numbers that may get a certificate: status 01 in all four dialects. */
export function normalAccounts(file: string, bytes: Uint8Array): string[] {
  return rowsOf(file, bytes)
    .filter(({ status }) => status === '01')
    .map(({ account }) => account);
}

function pick(row: Record<string, string>): DemoRow {
  const first = (names: readonly string[]) => names.map((name) => row[name]).find((cell) => cell !== undefined) ?? '';
  return { number: first(numberColumns), account: first(accountColumns), status: first(statusColumns) };
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
