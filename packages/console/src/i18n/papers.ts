import type { Text } from './text.ts';

export const papers = {
  title: ['Papers', '材料'],
  attach: ['Papers of the decision', '认定材料'],
  attachHint: [
    'PDF, JPEG or PNG, up to 511 KiB each, eight at most. They stay in this city; the listing commits to each.',
    'PDF、JPEG 或 PNG，每份不超过 511 KiB，最多 8 份。材料留存本市，列入记录对每份材料作出承诺。',
  ],
  add: ['Add papers', '添加材料'],
  remove: ['Remove {name}', '移除 {name}'],
  sending: ['Sending papers…', '正在上传材料…'],
  tooLarge: [
    '{name} is larger than 511 KiB. Scan it in grey at 150 dpi, or add its pages one by one.',
    '{name} 超过 511 KiB。请以 150 dpi 灰度扫描，或逐页添加。',
  ],
  typeUnknown: ['{name} is no PDF, JPEG or PNG file. Convert it.', '{name} 不是 PDF、JPEG 或 PNG 文件，请转换。'],
  nameUnfit: [
    'The name of {name} is too long or has signs such as / \\ : * ? in it. Rename the file.',
    '{name} 的文件名过长，或含有 / \\ : * ? 等字符，请重命名。',
  ],
  tooMany: ['Eight papers at most. Join some of them into one file.', '最多 8 份材料，请合并部分文件。'],
  waiting: ['Papers that the listing commits to when it is approved', '批准后由列入记录承诺的材料'],
  noneWaiting: ['No papers are attached.', '未附材料。'],
  withoutName: ['paper', '材料'],
  digest: ['SHA-256', 'SHA-256 值'],
  held: ['Papers of the listing', '列入材料'],
  heldHint: [
    'Opening one is a look of its own, under the same legal basis and case.',
    '每查阅一份即单独留痕，沿用同一法定依据与业务编号。',
  ],
  open: ['Open {name}', '查阅 {name}'],
  opening: ['Asking for it…', '正在调取…'],
  holds: [
    'This is the paper that the listing commits to: its SHA-256 was computed in this browser.',
    '与列入记录所承诺的材料一致：SHA-256 由本浏览器计算。',
  ],
  holdsWaiting: [
    'This paper has the SHA-256 that stands here; it was computed in this browser.',
    '此份材料的 SHA-256 与所列一致，由本浏览器计算。',
  ],
  broken: [
    'This is NOT the paper that the listing commits to. Do not rely on it; tell the operator.',
    '与列入记录所承诺的材料不符。请勿采信，并通知运维人员。',
  ],
  receipt: ['Receipt of the access', '查阅回执'],
  inBook: ['Written into this city’s book of checks.', '已记入本市核查台账。'],
  save: ['Save {name}', '保存 {name}'],
} as const satisfies Record<string, Text>;
