import { formatDay, legalDay } from '@hansa/protocol/families';
import { citizenCheckDigit } from '../import/citizen-number.ts';

/** Synthetic persons: prefix 99, which nobody has (DOMAIN). */

/** With the right check digit; distinct for every `index` from 0. */
export function personNumber(index: number): string {
  const order = String(index % 1000).padStart(3, '0');
  const day = Math.floor(index / 1000);
  const month = String(1 + (day % 12)).padStart(2, '0');
  const year = 1950 + (Math.floor(day / 12) % 50);
  const area = String(Math.floor(day / 600) % 10_000).padStart(4, '0');
  const digits = `99${area}${year}${month}10${order}`;
  return digits + citizenCheckDigit(digits);
}

const header =
  '序号,主体类型,姓名,证件类型,证件号码,失信行为,严重程度,涉及金额,认定文书号,告知日期,异议截止日期,认定日期,限制期限至,经办人,审批人';

/** An export like Haikou's: one listing of each of `count` persons from `first` on, valid today. */
export function listingExport(first: number, count: number, nowMs: number): Uint8Array {
  const today = legalDay(nowMs, 480);
  const [notice, objection, decided, until] = [-60, -45, -30, 300].map((days) => formatDay(today + days));
  const rows = Array.from({ length: count }, (_, row) => {
    const person = `自然人,测试,01,${personNumber(first + row)}`;
    return `${row + 1},${person},贷款逾期6期以上,严重,27150.00,测试认字第${first + row}号,${notice},${objection},${decided},${until},op08,ap02`;
  });
  return new TextEncoder().encode(`${[header, ...rows].join('\r\n')}\r\n`);
}
