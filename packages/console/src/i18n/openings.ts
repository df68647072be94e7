import type { Text } from './text.ts';

export const openings = {
  certificate: ['Open the printed fields', '查阅证明内容'],
  certificateHint: [
    'Another city issued it: its holder’s consent opens it, and each opening takes one use. Both cities keep a signed receipt, also of a refusal.',
    '该证明由其他城市开具：凭持有人授权查阅，每次查阅计一次。双方城市均留存签名回执，被拒绝的查阅也不例外。',
  ],
  under: ['Under', '查阅依据'],
  consent: ['consent for {purpose}, {left} left', '授权：{purpose}，剩余 {left} 次'],
  consentAny: ['consent for {purpose}, no limit', '授权：{purpose}，不限次数'],
  basis: ['legal basis: {name}', '法定依据：{name}'],
  noConsent: [
    'No consent for this centre stands. Ask the holder for one, and carry it on the page Consents.',
    '没有给予本中心的有效授权。请持有人授权，并在“授权”页面登记。',
  ],
  toConsents: ['Consents of this certificate', '该证明的授权'],
  open: ['Open', '查阅'],
  opening: ['Asking for it…', '正在调取…'],
  openedDelivered: [
    'Delivered with the consent; opened here, use {use}.',
    '随授权交付，在本市打开；本次查阅记录于 {use}。',
  ],
  openedIssuer: ['Sent by the issuing city just now.', '由签发城市当场提供。'],
  receipt: ['Receipt of the access', '查阅回执'],
  commitmentHolds: [
    'These fields are what the ledger has a commitment to. Computed in this browser.',
    '内容与账本上的承诺值一致。由本浏览器计算。',
  ],
  commitmentBroken: [
    'These fields are NOT what the issuing city committed to. Do not rely on them; tell the operator.',
    '内容与账本上的承诺值不符。请勿采信，并通知运维人员。',
  ],
  listing: ['Show behaviour and amount', '查看失信行为与金额'],
  listingHint: [
    'Only {city} has them. It asks for a legal basis, and both cities keep a signed receipt.',
    '仅{city}持有。须有法定依据，双方城市均留存签名回执。',
  ],
  details: ['What the listing city holds', '列入城市所持内容'],
  matter: ['Case reference', '业务编号'],
  legalBasis: ['Legal basis', '法定依据'],
} as const satisfies Record<string, Text>;

/** Those of the default policy; a federation may have others, which are shown by their codes. */
export const legalBases = {
  LISTING_REVIEW: ['review of the listing', '名单复核'],
  LOAN_DECISION: ['decision on a loan', '贷款审批'],
  COURT_ORDER: ['order of a court', '法院协查'],
} as const satisfies Record<string, Text>;

/** Names of the private fields of a listing, in the order in which they are shown. */
export const listingFields = {
  name: ['Name', '姓名或单位名称'],
  identityNumber: ['Number', '证件号码'],
  behaviour: ['Behaviour', '失信行为'],
  amountFen: ['Amount, yuan', '涉及金额（元）'],
  judgementNumber: ['Number of the decision', '认定文书号'],
  noticeDate: ['Notice given', '告知日期'],
  objectionUntil: ['Objection until', '异议截止'],
  decidedOn: ['Decided', '认定日期'],
  restrictUntil: ['Restricts until', '限制至'],
  handler: ['Officer', '经办人'],
  approver: ['Approved by', '审批人'],
} as const satisfies Record<string, Text>;
