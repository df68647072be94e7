export type Language = 'zh' | 'en';

/** Everything that the page says, in both languages. */
export const words = {
  title: { zh: '缴存证明验证', en: 'Verify a deposit certificate' },
  lead: {
    zh: '本页在这台设备上验证，不连接网络，也不保存任何内容。',
    en: 'This page verifies on this device. It uses no network and keeps nothing.',
  },
  federation: { zh: '城市联盟', en: 'Federation' },
  genesisFile: {
    zh: '选择创世文件 genesis.json 或联盟文件',
    en: 'Choose the genesis file (genesis.json) or the federation file',
  },
  genesisWrong: {
    zh: '这不是城市联盟的创世文件或联盟文件。',
    en: 'This is neither the genesis file nor the federation file of a federation.',
  },
  city: { zh: '本窗口所在城市', en: 'City of this counter' },
  cityNone: { zh: '请选择', en: 'Choose' },
  case: { zh: '业务编号', en: 'Reference of the matter' },
  caseHint: {
    zh: '您告诉申请人的编号；出示内容只对该编号有效。',
    en: 'As you named it to the citizen: what is shown is good for it alone.',
  },
  scan: { zh: '扫码枪扫描或粘贴', en: 'Scan with a scanner, or paste' },
  scanHint: {
    zh: '光标放在此处后逐个扫描，顺序不限。',
    en: 'Put the cursor here and scan each code, in any order.',
  },
  photo: { zh: '打开文件或照片', en: 'Open files or photos' },
  camera: { zh: '使用摄像头', en: 'Use the camera' },
  cameraStop: { zh: '关闭摄像头', en: 'Stop the camera' },
  cameraRefused: {
    zh: '无法使用摄像头。请用扫码枪或照片。',
    en: 'The camera cannot be used. Take a scanner or photos.',
  },
  next: { zh: '下一位', en: 'Next citizen' },
  noCode: {
    zh: '照片中没有读到二维码。请靠近并对准一个码重拍。',
    en: 'No code was read in the photo. Come closer, one code at a time.',
  },
  waiting: { zh: '等待扫描', en: 'Waiting for a scan' },
  waitingHint: { zh: '请申请人出示二维码。', en: 'Ask the citizen to show the codes.' },
  needGenesis: { zh: '请先选择创世文件', en: 'Choose the genesis file first' },
  needGenesisHint: {
    zh: '创世文件含各城市的公钥，是验证的依据。',
    en: 'It has the keys of the cities: everything is verified with it.',
  },
  partial: { zh: '已扫描 {scanned} / {needed}', en: '{scanned} of {needed} scanned' },
  partialHint: { zh: '请继续扫描其余的码。', en: 'Scan the other codes.' },
  valid: { zh: '有效', en: 'Valid' },
  validHint: {
    zh: '证明真实且未使用，由本人为本次业务出示。请核对本人身份。',
    en: 'Genuine, active, and shown by its holder for this matter. Compare the person with the fields.',
  },
  unknown: { zh: '真实，状态未知', en: 'Genuine, status not known' },
  unknownHint: {
    zh: '未附收据。请用验证码在本市系统查询状态。',
    en: 'There is no receipt. Look the code up in your own city.',
  },
  stale: { zh: '真实，收据已过时', en: 'Genuine, the receipt is old' },
  staleHint: {
    zh: '出示时间与收据相隔较久，证明可能已使用或撤销。请用验证码在本市系统查询，或请本人更新收据。',
    en: 'It may have been used or revoked since. Look the code up in your own city, or ask for a fresh receipt.',
  },
  elsewhere: { zh: '真实，但指定给其他城市', en: 'Genuine, for another city' },
  elsewhereHint: {
    zh: '只有证明指定的城市可以使用。请本人向出具城市申请给本市的证明。',
    en: 'Only the city that it is addressed to may use it. Ask the citizen for one addressed here.',
  },
  unbound: { zh: '真实，请核对用途', en: 'Genuine, compare the purpose' },
  unboundHint: {
    zh: '请填写城市和业务编号，或逐项核对下面的出示对象、编号和时间。',
    en: 'Fill in city and reference, or compare below for whom, for what and when it was shown.',
  },
  bad: { zh: '拒绝', en: 'Refuse' },
  ended: { zh: '证明真实，但已不再有效。', en: 'Genuine, but it counts no more.' },
  conflictHint: {
    zh: '另一城市为同一人出具了仍有效的证明。请先询问两市中心。',
    en: 'Another city certified the same person, too. Ask both centres first.',
  },
  used: { zh: '已使用', en: 'Used' },
  revoked: { zh: '已撤销', en: 'Revoked' },
  superseded: { zh: '已被新证明取代', en: 'Superseded' },
  expired: { zh: '已过期', en: 'Expired' },
  active: { zh: '有效', en: 'active' },
  conflict: { zh: '有冲突', en: 'Conflict' },
  code: { zh: '验证码', en: 'Code' },
  issuer: { zh: '出具城市', en: 'Issued by' },
  validUntil: { zh: '有效期至', en: 'Valid until' },
  status: { zh: '状态', en: 'Status' },
  statusAt: { zh: '{status}（{time} 时，第 {height} 区块）', en: '{status} as of {time}, block {height}' },
  statusNone: { zh: '未附收据', en: 'no receipt' },
  shownTo: { zh: '出示给', en: 'Shown to' },
  shownAs: { zh: '{city}，编号 {nonce}，{time}', en: '{city} for {nonce}, {time}' },
  shownToNobody: {
    zh: '没有本人签名，任何人都可能复制',
    en: 'nobody: without the holder’s signature, anybody may have copied it',
  },
  fields: { zh: '出示的内容', en: 'What is shown' },
  hidden: { zh: '另有 {count} 项未出示。', en: '{count} more fields are not shown.' },
  yes: { zh: '是', en: 'yes' },
  no: { zh: '否', en: 'no' },
  normal: { zh: '正常', en: 'normal' },
  yuan: { zh: '{amount} 元', en: '{amount} yuan' },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, string>>>>;

export type Word = keyof typeof words;

/** What the refusals say in Chinese; in English their own messages stand. */
export const refusalsZh: Readonly<Record<string, string>> = {
  CODE_MALFORMED: '这不是缴存证明的二维码，或混入了另一份证明的码。请重新扫描同一次出示的全部码。',
  CODE_TOO_LARGE: '码的内容过大，不是缴存证明。请拒绝。',
  CREDENTIAL_ALGORITHM_REFUSED: '签名算法与城市密钥不符。请拒绝。',
  CREDENTIAL_DISCLOSURE_INVALID: '有的内容不是城市签发的，或重复出现。请拒绝，或请本人重新出示。',
  CREDENTIAL_EXPIRED: '证明已过有效期。请本人申请新的证明。',
  CREDENTIAL_ISSUER_UNKNOWN: '不是本联盟城市出具的。请拒绝。',
  CREDENTIAL_MALFORMED: '这不是缴存证明，或内容损坏、不完整。请完整地重新扫描。',
  CREDENTIAL_NOT_BOUND: '没有本人签名，任何人都可能复制。请本人为本次业务出示。',
  CREDENTIAL_NOT_OF_RECEIPT: '收据与证明不一致。请取该证明的收据；若仍不一致，请拒绝。',
  CREDENTIAL_NOT_YET_VALID: '出具时间在未来。请核对本设备时钟。',
  CREDENTIAL_SIGNATURE_INVALID: '不是城市签发的：伪造或被改动。请拒绝。',
  CREDENTIAL_TOO_LARGE: '内容超过任何缴存证明的大小。请检查扫描的内容。',
  CREDENTIAL_TYPE_UNKNOWN: '这是其他类型的证明。请本人出示缴存证明。',
  CREDENTIAL_WRONG_FEDERATION: '这是另一个联盟的证明。请使用该联盟的创世文件，或拒绝。',
  KEY_BINDING_INVALID: '不是本人密钥的签名：这是他人的证明。请拒绝。',
  KEY_BINDING_STALE: '不是刚才出示的。请本人重新出示。',
  KEY_BINDING_WRONG_AUDIENCE: '这是出示给其他城市的。请本人为本市出示。',
  KEY_BINDING_WRONG_COPY: '本人签名对应的内容不同：有的被删去或添加。请本人重新出示。',
  KEY_BINDING_WRONG_NONCE: '编号不符：这是为其他业务出示的，或以前出示过。请本人为本次业务出示。',
};
