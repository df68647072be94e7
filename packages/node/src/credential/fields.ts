/**
 * The fields of a deposit certificate that its SD-JWT discloses one by one, in the order of the printed form. `vct` names
 * this list: another list is another type of credential. Format, code and last valid day stand in the open.
 */
export const credentialFields = {
  number: { kind: 'text', zh: '证明编号', en: 'Number' },
  issuedBy: { kind: 'text', zh: '出具中心', en: 'Issued by' },
  addressedTo: { kind: 'text', zh: '发往中心', en: 'Addressed to' },
  holderName: { kind: 'text', zh: '职工姓名', en: 'Holder' },
  holderIdentityNumber: { kind: 'text', zh: '证件号码', en: 'Identity number' },
  accountNumber: { kind: 'text', zh: '个人账号', en: 'Account' },
  openedOn: { kind: 'text', zh: '开户日期', en: 'Account opened on' },
  employerName: { kind: 'text', zh: '单位名称', en: 'Employer' },
  employerCode: { kind: 'text', zh: '统一社会信用代码', en: 'Credit code of the employer' },
  baseFen: { kind: 'fen', zh: '缴存基数', en: 'Deposit base' },
  employerRate: { kind: 'text', zh: '单位缴存比例', en: 'Rate of the employer' },
  personalRate: { kind: 'text', zh: '个人缴存比例', en: 'Personal rate' },
  monthlyDepositFen: { kind: 'fen', zh: '月缴存额', en: 'Monthly deposit' },
  balanceFen: { kind: 'fen', zh: '账户余额', en: 'Balance' },
  accountStatus: { kind: 'text', zh: '账户状态', en: 'Account status' },
  continuousSince: { kind: 'text', zh: '连续缴存起始年月', en: 'Continuous since' },
  continuousThrough: { kind: 'text', zh: '缴至年月', en: 'Paid through' },
  continuousMonths: { kind: 'count', zh: '连续缴存月数', en: 'Continuous months' },
  everBorrowed: { kind: 'flag', zh: '是否使用过公积金贷款', en: 'Ever borrowed' },
  loanCount: { kind: 'count', zh: '贷款次数', en: 'Loans so far' },
  loanTotalFen: { kind: 'fen', zh: '贷款总额', en: 'Loans in all' },
  loanOutstandingFen: { kind: 'fen', zh: '未结清贷款余额', en: 'Loans outstanding' },
  handler: { kind: 'text', zh: '经办人', en: 'Officer' },
  phone: { kind: 'text', zh: '联系电话', en: 'Phone of the counter' },
  issuedOn: { kind: 'text', zh: '出具日期', en: 'Issued on' },
} as const satisfies Readonly<Record<string, CredentialField>>;

export interface CredentialField {
  readonly kind: 'text' | 'fen' | 'count' | 'flag';
  readonly zh: string;
  readonly en: string;
}

export type CredentialFieldName = keyof typeof credentialFields;
export type FieldValue = string | number | boolean;
export type Disclosed = Readonly<Partial<Record<CredentialFieldName, FieldValue>>>;

export const credentialFieldNames = Object.keys(credentialFields) as CredentialFieldName[];

export function isFieldName(name: string): name is CredentialFieldName {
  return Object.hasOwn(credentialFields, name);
}

/** Text; a safe non-negative integer of fen or of things; yes or no. */
export function fitsField(name: CredentialFieldName, value: unknown): value is FieldValue {
  const { kind } = credentialFields[name];
  if (kind === 'text') return typeof value === 'string' && value.length <= 256;
  if (kind === 'flag') return typeof value === 'boolean';
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
