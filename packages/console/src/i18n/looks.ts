import type { Text } from './text.ts';

export const looks = {
  title: ['Who looked', '查询留痕'],
  lead: [
    'Every check of this city, with its purpose and case. Two checks of one person have the same proof id; the number is kept nowhere.',
    '本市的每次核查，均附用途与业务编号。同一人的核查具有相同的证明编号；号码本身不留存。',
  ],
  filter: ['Case, officer, role or proof', '业务编号、经办人、角色或证明编号'],
  from: ['From', '起'],
  to: ['To', '止'],
  number: ['No.', '序号'],
  at: ['When', '时间'],
  operator: ['Officer', '经办人'],
  role: ['Role', '角色'],
  purpose: ['For', '用途'],
  case: ['Case', '业务编号'],
  result: ['Result', '结果'],
  hit: ['listed', '已列入'],
  noHit: ['not listed', '未列入'],
  given: ['Given', '提供'],
  givenAnswer: ['answer', '答复'],
  givenReceipt: ['receipt', '回执'],
  proof: ['Proof', '证明编号'],
  samePerson: ['Show all of this person', '查看此人全部查询'],
  none: ['No check matches.', '没有符合条件的查询。'],
  older: ['Older ones', '更早的记录'],
  shown: ['{count} checks', '{count} 次查询'],
} as const satisfies Record<string, Text>;
