import type { Text } from './text.ts';

export const consents = {
  title: ['Consents', '授权'],
  lead: [
    'The holder of a certificate lets one centre read it: for one purpose, for a time or a number of times.',
    '证明持有人授权某一中心查阅其证明：限定用途，并限定期限或次数。',
  ],
  find: ['Consent or certificate', '授权编号或证明编号'],
  findHint: [
    '32 digits and letters a to f: of the consent, as the citizen’s app shows it, or of the certificate.',
    '32 位数字与字母 a–f：可输入市民手机上显示的授权编号，也可输入证明编号。',
  ],
  findButton: ['Look up', '查询'],
  findWrong: [
    'Both have 32 digits and letters a to f. Compare it with the citizen’s app or the document.',
    '两种编号均为 32 位数字与字母 a–f，请与市民手机或证明核对。',
  ],
  neither: [
    'Neither a consent nor a certificate has this number. Compare it; what was just signed has to be carried first.',
    '没有该编号的授权或证明，请核对；刚签署的授权须先登记。',
  ],
  id: ['Consent', '授权编号'],
  certificate: ['Certificate', '证明编号'],
  grantee: ['May read', '被授权中心'],
  thisCity: ['{city} (this centre)', '{city}（本中心）'],
  purpose: ['For', '用途'],
  uses: ['Uses', '查阅次数'],
  usesValue: ['{uses} of {max} taken, {left} left', '已查阅 {uses} 次，剩余 {left} 次（共 {max} 次）'],
  usesAny: ['{uses} so far, without a limit', '已查阅 {uses} 次，不限次数'],
  period: ['Valid', '有效期'],
  periodValue: ['{from} to {to}', '{from} 至 {to}'],
  periodAny: ['without an end', '不限期限'],
  grantedAt: ['Given', '授权时间'],
  withdrawnAt: ['Withdrawn', '撤回时间'],
  record: ['Record', '记录'],
  balance: ['Uses left', '剩余次数'],
  balanceAny: ['no limit', '不限'],
  balanceOf: ['of {max}', '共 {max} 次'],
  otherCity: ['Amber: for another centre', '黄色：授权给其他中心'],
  otherCityTodo: [
    'Only {city} may read under it. Ask the holder for a consent for this centre.',
    '仅{city}可凭此查阅。如需查阅，请持有人授权本中心。',
  ],
  open: ['Open the certificate', '查阅证明'],
  list: ['Consents of this certificate', '该证明的授权'],
  listNone: [
    'Its holder has given no consent. Ask the holder for one in the app, or carry one below.',
    '持有人尚未授权。请持有人在手机上授权，或在下方登记授权文件。',
  ],
  show: ['Show', '查看'],
  showCertificate: ['Show the certificate', '查看该证明'],
  carry: ['Carry a consent or a withdrawal', '登记授权或撤回'],
  carryHint: [
    'What the citizen’s app signed. This centre cannot change a bit of it, and cannot make one.',
    '登记市民手机已签署的内容。本中心无法改动，也无法代为签署。',
  ],
  file: ['File from the citizen', '市民提供的文件'],
  text: ['Or paste the text', '或粘贴文本'],
  textWrong: [
    'This is not what an app signs: nothing can be read from it. Ask the citizen to write it again.',
    '无法识别：这不是手机签署的授权内容。请市民重新导出。',
  ],
  broken: [
    'The signature does not hold: {code}. Do not carry it; ask the citizen to sign again.',
    '签名无效：{code}。请勿登记，请市民重新签署。',
  ],
  readGrant: ['The citizen allows this:', '市民签署的授权内容：'],
  readWithdraw: ['The citizen ends consent {id}.', '市民撤回授权 {id}。'],
  carryGrant: ['Carry the consent', '登记授权'],
  carryWithdraw: ['Carry the withdrawal', '登记撤回'],
  carriedGrant: ['The consent is final. Every city sees it.', '授权已生效，所有城市可见。'],
  carriedWithdraw: [
    'The withdrawal is final. The centre that had read deletes what it was given.',
    '撤回已生效。被授权中心将删除已取得的内容。',
  ],
  carriedPending: [
    'Accepted here; the other cities have not agreed yet. Look it up again in a moment.',
    '本市已受理，其他城市尚未确认，请稍后查询。',
  ],
  withdrawHow: [
    'Only the holder ends a consent: in the app, or by what the app signs, carried below.',
    '只有持有人可以撤回授权：在手机上操作，或在下方登记手机签署的撤回内容。',
  ],
} as const satisfies Record<string, Text>;

/** By the status of a consent: the word beside the colour, and what the counter does. */
export const consentStatuses = {
  active: {
    word: ['Green: may be read', '绿色：可查阅'],
    todo: [
      'Open the certificate for the named purpose; each opening takes one use.',
      '可按授权用途查阅；每次查阅计一次。',
    ],
    short: ['may be read', '可查阅'],
  },
  'not-yet': {
    word: ['Amber: not yet', '黄色：尚未生效'],
    todo: [
      'It begins later. Wait, or ask the holder for one that begins now.',
      '授权尚未开始。请等待，或请持有人重新授权。',
    ],
    short: ['not yet', '尚未生效'],
  },
  expired: {
    word: ['Red: expired', '红色：已过期'],
    todo: ['Nobody may read under it. Ask the holder for a new one.', '不得再查阅。如需查阅，请持有人重新授权。'],
    short: ['expired', '已过期'],
  },
  withdrawn: {
    word: ['Red: withdrawn', '红色：已撤回'],
    todo: ['The holder ended it. Nobody may read under it.', '持有人已撤回，不得再查阅。'],
    short: ['withdrawn', '已撤回'],
  },
  exhausted: {
    word: ['Red: used up', '红色：次数已用完'],
    todo: ['All its uses are taken. Ask the holder for a new one.', '查阅次数已用完。如需查阅，请持有人重新授权。'],
    short: ['used up', '已用完'],
  },
} as const satisfies Record<string, { readonly word: Text; readonly todo: Text; readonly short: Text }>;
