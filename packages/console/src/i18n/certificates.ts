import type { Text } from './text.ts';

export const certificates = {
  title: ['Deposit certificates', '缴存使用证明'],
  find: ['Code of a certificate', '证明编号'],
  findHint: [
    '32 digits and letters a to f, as printed; or scan the code with a hand scanner.',
    '32 位数字与字母 a–f，见证明；也可用扫码枪扫描。',
  ],
  findButton: ['Look up', '查询'],
  findWrong: [
    'A code has 32 digits and letters a to f. Compare it with the document.',
    '编号为 32 位数字与字母 a–f，请与证明核对。',
  ],
  file: ['Verify what a citizen shows', '核验市民出示的证明'],
  fileHint: [
    'A copy from a phone as QR codes, text or a file, or a receipt from anywhere. It is verified in this browser and does not leave it.',
    '手机出示的二维码、文本或文件，或任何来源的回执。仅在本浏览器中核验，不会上传。',
  ],
  copyCase: ['Reference named to the citizen', '告知市民的业务编号'],
  copyCaseHint: [
    'What is shown is good for this reference alone; name a new one each time.',
    '出示内容仅对该编号有效，请每次使用新的编号。',
  ],
  copyFiles: ['Files or photos of codes', '文件或二维码照片'],
  copyText: ['Scan with a hand scanner, or paste', '扫码枪扫描或粘贴文本'],
  copyTextHint: ['Put the cursor here and scan each code, in any order.', '光标放在此处后逐个扫描，顺序不限。'],
  camera: ['Use the camera', '使用摄像头'],
  cameraStop: ['Stop the camera', '关闭摄像头'],
  cameraRefused: ['The camera cannot be used. Take a hand scanner or photos.', '无法使用摄像头，请改用扫码枪或照片。'],
  photoEmpty: [
    'No code was read in {name}. Come closer, one code at a time.',
    '未能从 {name} 读出二维码，请靠近并逐个拍摄。',
  ],
  copyNext: ['Next citizen', '下一位'],
  copyLook: ['See its status in this city, and use it', '在本市查看状态并使用'],
  receiptHolds: [
    'The receipt holds: block {height}, signed by {signers} of {cities} cities.',
    '回执有效：第 {height} 区块，{cities} 个城市中有 {signers} 个签署。',
  ],
  receiptBroken: ['The file does not hold: {code}. Do not rely on it.', '文件无效：{code}。请勿采信。'],
  code: ['Code', '编号'],
  issuer: ['Issued by', '签发城市'],
  addressedTo: ['To be used at', '使用城市'],
  anyCity: ['any city', '任何城市'],
  issuedOn: ['Issued', '签发日期'],
  validUntil: ['Valid until', '有效期至'],
  endedAt: ['Ended', '终止时间'],
  endedBy: ['Ended by', '终止记录'],
  record: ['Record', '记录'],
  supersededBy: ['Replaced by', '替换为'],
  commitment: ['Commitment', '承诺值'],
  asOf: ['As of', '截至'],
  document: ['Printed fields', '证明内容'],
  yes: ['yes', '是'],
  no: ['no', '否'],
  conflict: ['Conflict: another city certified the same person', '冲突：另一城市已为同一人开具证明'],
  conflictHint: [
    'Ask {cities} before you grant: two active certificates for one person.',
    '批准前请联系{cities}：同一人有两份有效证明。',
  ],
  use: ['Use it for a loan', '用于贷款'],
  useHint: [
    'Once in the whole federation. Between two cities the agreed order decides.',
    '全联盟仅可使用一次；两城同时使用时，以共识顺序为准。',
  ],
  loanReference: ['Reference of the loan', '贷款编号'],
  useButton: ['Use now', '确认使用'],
  usedDone: ['Used. Final at {location}; every city sees it.', '已使用。最终记录于 {location}，所有城市可见。'],
  revoke: ['Revoke', '撤销'],
  revokeReason: ['Reason', '原因'],
  revokeButton: ['Revoke it', '确认撤销'],
  revokedDone: ['Revoked. Final at {location}.', '已撤销。最终记录于 {location}。'],
  issue: ['Issue a certificate', '开具证明'],
  account: ['Account number or citizen number', '个人账号或身份证号'],
  phone: ['Telephone of the counter', '经办电话'],
  issueButton: ['Issue', '开具'],
  issuedDone: ['Issued: {code}', '已开具：{code}'],
  show: ['Show it', '查看'],
  pending: [
    'Accepted here; the other cities have not agreed yet. Look again in a moment.',
    '本市已受理，其他城市尚未确认，请稍后查看。',
  ],
  working: ['Waiting for the other cities…', '等待其他城市确认…'],
  applications: ['Applications from phones', '手机申请'],
  applicationsHint: ['Compare the applicant’s identity card before you approve.', '批准前请核对申请人身份证件。'],
  applicationsNone: ['Nobody waits.', '没有待处理的申请。'],
  appliedAt: ['Applied', '申请时间'],
  approve: ['Approve', '批准'],
  refuse: ['Refuse', '拒绝'],
  refuseReason: ['Reason that the applicant sees', '告知申请人的原因'],
} as const satisfies Record<string, Text>;

export const certificateStatuses = {
  active: { word: ['Green: valid, unused', '绿色：有效，未使用'], todo: ['It may be used once.', '可使用一次。'] },
  expired: {
    word: ['Red: expired', '红色：已过期'],
    todo: ['Refuse it; the holder may ask for a new one.', '不予使用；持有人可重新申请。'],
  },
  used: {
    word: ['Red: used', '红色：已使用'],
    todo: ['Refuse it: a certificate is used once.', '不予使用：证明只能使用一次。'],
  },
  revoked: {
    word: ['Red: revoked', '红色：已撤销'],
    todo: ['Refuse it, and ask the issuing city why.', '不予使用，并向签发城市了解原因。'],
  },
  superseded: { word: ['Red: replaced', '红色：已替换'], todo: ['Ask for the newer one.', '请使用新的证明。'] },
} as const satisfies Record<string, { readonly word: Text; readonly todo: Text }>;

export const revokeReasons = {
  error: ['mistake', '开具有误'],
  'holder-request': ['the holder asked for it', '持有人申请'],
  fraud: ['fraud', '欺诈'],
  'account-changed': ['the account changed', '账户变动'],
} as const satisfies Record<string, Text>;

export const refusalReasons = {
  'identity-not-confirmed': ['identity not confirmed', '身份未核实'],
  'account-unfit': ['account not in good standing', '账户状态不符'],
  'not-entitled': ['not entitled', '无权申请'],
  duplicate: ['applied twice', '重复申请'],
} as const satisfies Record<string, Text>;

export const applicationPurposes = {
  'loan-approval': ['loan approval', '贷款审批'],
  'loan-review': ['loan review', '贷后核查'],
  withdrawal: ['withdrawal', '提取'],
  transfer: ['transfer', '转移'],
} as const satisfies Record<string, Text>;

/** Names of the printed fields; one that is not here is shown by its own name. */
export const documentFields = {
  number: ['Number', '编号'],
  issuedBy: ['Issued by', '出具单位'],
  addressedTo: ['Addressed to', '主送单位'],
  holderName: ['Name', '姓名'],
  holderIdentityNumber: ['Citizen number', '身份证号'],
  accountNumber: ['Account', '个人账号'],
  openedOn: ['Opened', '开户日期'],
  employerName: ['Employer', '单位名称'],
  employerCode: ['Employer’s code', '单位代码'],
  baseFen: ['Base, yuan', '缴存基数（元）'],
  employerRate: ['Employer’s rate', '单位缴存比例'],
  personalRate: ['Personal rate', '个人缴存比例'],
  monthlyDepositFen: ['Monthly deposit, yuan', '月缴存额（元）'],
  balanceFen: ['Balance, yuan', '余额（元）'],
  accountStatus: ['Account status', '账户状态'],
  continuousSince: ['Continuous since', '连续缴存起始'],
  continuousThrough: ['Continuous through', '连续缴存截止'],
  continuousMonths: ['Continuous months', '连续缴存月数'],
  everBorrowed: ['Ever borrowed', '是否贷款'],
  loanCount: ['Loans', '贷款次数'],
  loanTotalFen: ['Loans in total, yuan', '贷款累计（元）'],
  loanOutstandingFen: ['Outstanding, yuan', '贷款余额（元）'],
  handler: ['Officer', '经办人'],
  phone: ['Telephone', '联系电话'],
  issuedOn: ['Issued', '出具日期'],
} as const satisfies Record<string, Text>;

/** Of an account, as certificates name it (JGJ/T 320). */
export const accountStatuses = {
  normal: ['normal', '正常'],
} as const satisfies Record<string, Text>;
