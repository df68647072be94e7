import type { Text } from './text.ts';

export const check = {
  title: ['Is this person or organisation listed?', '该个人或单位是否列入失信名单？'],
  number: ['Citizen number or credit code', '身份证号或统一社会信用代码'],
  hint: ['18 characters. Type, paste or scan; Enter asks.', '18 位。可输入、粘贴或扫描，按回车核查。'],
  ask: ['Check', '核查'],
  asking: ['Checking…', '核查中…'],
  again: ['New check', '新的核查'],
  purpose: ['For', '用途'],
  case: ['Case reference', '业务编号'],
  caseHint: ['Every look is kept with its case.', '每次查询都会与业务编号一并留存。'],
  caseMissing: ['Name the case: every look is kept with it.', '请填写业务编号：每次查询都会与之一并留存。'],
  isId: ['Citizen number', '身份证号'],
  isOrg: ['Credit code', '统一社会信用代码'],
  problemEmpty: ['Type a number first.', '请先输入号码。'],
  problemLength: ['A number has 18 characters. Compare it with the document.', '号码应为 18 位，请与证件核对。'],
  problemCharacters: [
    'A character does not occur in such numbers. Compare it with the document.',
    '含有无效字符，请与证件核对。',
  ],
  problemOld: [
    'Numbers of 15 digits are invalid since 2013. Ask for the 18-digit number.',
    '15 位号码自 2013 年起停用，请使用 18 位号码。',
  ],
  problemBirthday: [
    'Digits 7 to 14 are not a birthday. Compare it with the document.',
    '第 7 至 14 位不是有效的出生日期，请与证件核对。',
  ],
  problemDigit: [
    'The check character does not fit: a digit is mistyped. Compare it with the document.',
    '校验码不符，可能有误输，请与证件核对。',
  ],
  subject: ['Asked about', '核查对象'],
  asOf: ['As of', '截至'],
  asOfValue: ['{time}, block {height}', '{time}（第 {height} 区块）'],
  staleNote: [
    'This answer is older than the federation allows: a lift or a new listing since then is not known here.',
    '数据时间已超过联盟允许的期限：此后的解除或新列入，本市尚不知晓。',
  ],
  askedAt: ['Asked', '核查时间'],
  officer: ['Officer', '经办人'],
  whatToDo: ['What to do', '处理办法'],
  listings: ['Listings', '名单记录'],
  listedBy: ['Listed by', '列入单位'],
  severity: ['Severity', '严重程度'],
  decided: ['Decided', '认定日期'],
  effective: ['Counts from', '生效日期'],
  restrictUntil: ['Restricts until', '限制至'],
  shareUntil: ['Shared until', '共享至'],
  publishUntil: ['Published until', '公示至'],
  countsUntil: ['Counts until', '有效期至'],
  noEnd: ['not at all', '不适用'],
  record: ['Record', '记录'],
  showRecord: ['Show the record {location} and its proof', '查看记录 {location} 及其证明'],
  disputed: ['Disputed', '有异议'],
  takeDispute: ['The person objects: take the dispute', '当事人有异议：登记异议'],
  late: ['Late', '补录'],
  lateHint: [
    'Late: the cities agreed on it only after the day from which it claims effect. It counts from the day on which they agreed, not before.',
    '补录：各城市确认的时间晚于其声明的生效日期。自确认之日起计算，不溯及既往。',
  ],
  restrictsNow: ['Restricts today', '当前限制中'],
  restrictsNot: ['Does not restrict today', '当前不限制'],
  receipt: ['Receipt', '回执'],
  print: ['Print the receipt', '打印回执'],
  save: ['Save the proof', '保存证明文件'],
  making: ['Making the proof…', '正在生成证明…'],
  verified: [
    'Proven: {signers} of {cities} cities signed block {height}. Verified in this browser.',
    '已验证：{cities} 个城市中有 {signers} 个签署了第 {height} 区块。由本浏览器验证。',
  ],
  notVerified: [
    'The proof does not hold: {code}. Do not rely on this answer; tell the operator.',
    '证明无效：{code}。请勿采信此结果，并通知运维人员。',
  ],
  proofId: ['Proof', '证明编号'],
  receiptTitle: ['Receipt of a blacklist check', '失信名单核查回执'],
  receiptNote: [
    'The answer is that of the federation’s ledger as of the time above. The proof file shows it to anybody who has the genesis file.',
    '结果以上述时间的联盟账本为准。持有创世文件的任何人均可凭证明文件核验。',
  ],
  federationId: ['Federation', '联盟标识'],
  signature: ['Signature of the officer', '经办人签字'],
} as const satisfies Record<string, Text>;

export const purposes = {
  loan: ['Loan', '贷款'],
  withdrawal: ['Withdrawal', '提取'],
  account: ['Account', '账户'],
  supervision: ['Supervision', '监督'],
} as const satisfies Record<string, Text>;

export const severities = {
  minor: ['minor', '轻微'],
  general: ['general', '一般'],
  serious: ['serious', '严重'],
} as const satisfies Record<string, Text>;

interface VerdictText {
  readonly word: Text;
  readonly headline: Text;
  readonly steps: readonly Text[];
}

/** By the reason of a verdict: the word beside the colour, the answer in a sentence, and what the clerk does now. */
export const verdicts = {
  restricted: {
    word: ['Red: restricted', '红色：限制'],
    headline: ['A restriction counts today. Do not grant.', '当前处于限制期，不予办理。'],
    steps: [
      ['Do not grant the loan or the withdrawal.', '不予办理贷款或提取。'],
      [
        'Tell the person which city listed them, and that they may object there or here.',
        '告知当事人列入城市，并说明可向该市或本市提出异议。',
      ],
      ['Hand over the printed receipt.', '交付打印的回执。'],
    ],
  },
  'restricted-disputed': {
    word: ['Red: restricted, disputed', '红色：限制（有异议）'],
    headline: [
      'A restriction counts today, and it is disputed. Do not grant yet.',
      '当前处于限制期且存在异议，暂不办理。',
    ],
    steps: [
      ['Do not grant now: a dispute alone does not lift a restriction.', '暂不办理：异议本身不解除限制。'],
      [
        'Ask the listing city when it will decide, and note the answer in the case.',
        '向列入城市了解处理时限，并记入业务。',
      ],
      [
        'Hand over the printed receipt; check again on the day of the decision.',
        '交付打印的回执；在作出决定当日重新核查。',
      ],
    ],
  },
  'listed-only': {
    word: ['Amber: listed, not restricted', '黄色：已列入，不限制'],
    headline: ['There is a listing, but it restricts nothing today.', '有名单记录，但当前不构成限制。'],
    steps: [
      [
        'Go on, but let a second officer look at the case before you grant.',
        '可继续办理，但批准前须由第二名人员复核。',
      ],
      ['Keep the receipt with the case.', '将回执归入业务档案。'],
    ],
  },
  suspended: {
    word: ['Amber: listed, disputed', '黄色：已列入，有异议'],
    headline: ['There is a listing, and its dispute suspends the restriction.', '有名单记录，异议期间暂停限制。'],
    steps: [
      [
        'Go on, but let a second officer look at the case before you grant.',
        '可继续办理，但批准前须由第二名人员复核。',
      ],
      [
        'Check again on the day of the contract: the dispute may be decided by then.',
        '签约当日重新核查：届时异议可能已有结论。',
      ],
    ],
  },
  'city-behind': {
    word: ['Amber: not certain', '黄色：无法确定'],
    headline: [
      'No listing is known here, but this city has not caught up with the others.',
      '本市暂无记录，但尚未与其他城市同步完成。',
    ],
    steps: [
      ['Do not grant on this answer.', '不得据此办理。'],
      ['Wait until the line at the top says “Live”, and check again.', '待页面顶部显示“实时”后重新核查。'],
    ],
  },
  stale: {
    word: ['Amber: not certain', '黄色：无法确定'],
    headline: [
      'No listing is known here, but this answer is older than the federation allows.',
      '本市暂无记录，但数据时间已超过联盟允许的期限。',
    ],
    steps: [
      ['Do not grant on this answer.', '不得据此办理。'],
      [
        'Check again when this city has heard the others, or ask another centre by telephone.',
        '待本市与其他城市恢复联系后重新核查，或电话询问其他中心。',
      ],
    ],
  },
  'not-listed': {
    word: ['Green: not listed', '绿色：未列入'],
    headline: ['No city lists this number.', '没有任何城市将该号码列入名单。'],
    steps: [
      ['Go on with the case.', '可继续办理。'],
      [
        'Keep the receipt with it; it proves the absence as of the time below.',
        '将回执归入档案；它证明截至下述时间未列入。',
      ],
    ],
  },
} as const satisfies Record<string, VerdictText>;
