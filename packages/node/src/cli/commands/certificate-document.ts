import type { CertificateDocument } from '../../registry/certificates.ts';
import { groupedCode, pairs } from './text.ts';

/** The printed form's own words for its fields, in its order. */
const titles: Readonly<Record<keyof CertificateDocument, string>> = {
  format: '格式',
  number: '证明编号',
  code: '验证码',
  issuedBy: '出具中心',
  addressedTo: '发往中心',
  holderName: '职工姓名',
  holderIdentityNumber: '证件号码',
  accountNumber: '个人账号',
  openedOn: '开户日期',
  employerName: '单位名称',
  employerCode: '统一社会信用代码',
  baseFen: '缴存基数',
  employerRate: '单位缴存比例',
  personalRate: '个人缴存比例',
  monthlyDepositFen: '月缴存额',
  balanceFen: '账户余额',
  accountStatus: '账户状态',
  continuousSince: '连续缴存起始年月',
  continuousThrough: '缴至年月',
  continuousMonths: '连续缴存月数',
  everBorrowed: '是否使用过公积金贷款',
  loanCount: '贷款次数',
  loanTotalFen: '贷款总额',
  loanOutstandingFen: '未结清贷款余额',
  handler: '经办人',
  phone: '联系电话',
  issuedOn: '出具日期',
  validUntil: '有效期至',
};

/** The document as it is printed: titles, money in yuan. */
export function documentText(document: CertificateDocument): string {
  const fields = Object.entries(titles) as [keyof CertificateDocument, string][];
  const lines = fields
    .filter(([name]) => name !== 'format' && document[name] !== undefined)
    .map(([name, title]) => [title, printed(name, document[name])] as const);
  return `异地贷款职工住房公积金缴存使用证明\n${pairs(lines)}`;
}

function printed(name: keyof CertificateDocument, value: unknown): string {
  if (name.endsWith('Fen')) return `${(Number(value) / 100).toFixed(2)} 元`;
  if (name === 'code') return groupedCode(String(value));
  if (value === true) return '是';
  if (value === false) return '否';
  return value === 'normal' ? '正常' : String(value);
}
