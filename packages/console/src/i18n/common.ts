import type { Text } from './text.ts';

export const common = {
  product: ['Hansa', '汉萨'],
  skip: ['Skip to the content', '跳到正文'],
  navigation: ['Pages', '页面导航'],
  language: ['Language', '语言'],
  theme: ['Appearance', '外观'],
  themeAuto: ['As the system', '跟随系统'],
  themeLight: ['Light', '浅色'],
  themeDark: ['Dark', '深色'],
  testFederation: ['Test federation: no person here is real.', '测试联盟：所有人员信息均为虚构。'],
  loading: ['Loading…', '加载中…'],
  retry: ['Try again', '重试'],
  close: ['Close', '关闭'],
  copy: ['Copy', '复制'],
  copied: ['Copied', '已复制'],
  none: ['none', '无'],
  block: ['Block {height}', '第 {height} 区块'],
  live: ['Live', '实时'],
  lost: ['Reconnecting…', '正在重新连接…'],
  connecting: ['Connecting…', '正在连接…'],
  notReady: ['Catching up', '正在同步'],
  halted: ['Voting stopped', '已停止表决'],
  logout: ['Log out', '退出'],
  account: ['You', '当前用户'],
  chooseFile: ['Choose a file', '选择文件'],
  noFile: ['No file chosen', '未选择文件'],
  dayHint: ['For instance 2026-11-23 or 20261123.', '如 2026-11-23 或 20261123。'],
  momentHint: ['For instance 2026-11-23 or 2026-11-23 14:30.', '如 2026-11-23 或 2026-11-23 14:30。'],
  dayWrong: ['That is no day. Write it like 2026-11-23.', '日期无效，请按 2026-11-23 的格式填写。'],
  required: ['Fill this in.', '此项必填。'],
  shortcuts: ['Keyboard shortcuts', '键盘快捷键'],
  shortcutsOn: ['Single-key shortcuts', '启用单键快捷键'],
  shortcutsHint: [
    'They work while no field is being typed in. Press Escape to leave a field.',
    '仅在未输入文字时有效。按 Esc 键离开输入框。',
  ],
  shortcutGo: ['go to {page}', '前往“{page}”'],
  shortcutHelp: ['this list', '显示此列表'],
  shortcutNew: ['new check', '新的核查'],
  shortcutLanguage: ['change the language', '切换语言'],
  thenKey: ['then', '再按'],
  noPage: ['There is no such page.', '没有这个页面。'],
} as const satisfies Record<string, Text>;

export const roleNames = {
  operator: ['Operator', '运维'],
  clerk: ['Clerk', '柜员'],
  issuer: ['Issuer', '签发员'],
  approver: ['Approver', '审批员'],
  auditor: ['Auditor', '监督员'],
} as const satisfies Record<string, Text>;

export const pageNames = {
  check: ['Check', '核查'],
  certificates: ['Certificates', '缴存证明'],
  consents: ['Consents', '授权'],
  blacklist: ['Blacklist', '失信名单'],
  looks: ['Who looked', '查询留痕'],
  federation: ['Federation', '联盟'],
  explorer: ['Explorer', '账本浏览'],
} as const satisfies Record<string, Text>;

export const login = {
  title: ['Log in', '登录'],
  lead: [
    'Enter the token of your role. It stays in this tab and is forgotten when you close it.',
    '请输入本角色的令牌。令牌只保存在当前标签页，关闭后即清除。',
  ],
  token: ['Token', '令牌'],
  tokenHint: ['Begins with hansa_. The operator of this city has it.', '以 hansa_ 开头，由本市运维人员发放。'],
  officer: ['Your name or number as an officer', '经办人姓名或工号'],
  officerHint: [
    'Written into this city’s own book with what you do; others see a pseudonym.',
    '随您的操作记入本市内部台账；其他城市只看到化名。',
  ],
  submit: ['Log in', '登录'],
  shape: ['A token begins with hansa_ and has no blanks.', '令牌以 hansa_ 开头，且不含空格。'],
  about: [
    'The desk of one city in a federation that agrees on signed records, with nobody in the middle.',
    '联盟各城市共同确认签名记录，没有中间人。这里是其中一座城市的业务台。',
  ],
} as const satisfies Record<string, Text>;
