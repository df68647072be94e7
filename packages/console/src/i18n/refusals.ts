import { chineseProblems } from './problems-zh.ts';
import type { Language } from './text.ts';

/**
 * Why an access to private papers was refused: a receipt has the code alone, and no words of the daemon beside it. The
 * Chinese words are those of every refusal.
 */
const english: Readonly<Record<string, string>> = {
  ACCESS_REQUEST_STALE: 'The request was dated too far from the clock of the city that was asked.',
  ACCESS_REQUEST_STRAY: 'The request was another city’s, or for another one.',
  ANSWER_STALE: 'The newest block of the city that was asked was older than the policy allows.',
  AUTHORITY_QUARANTINED: 'The city that asked is in quarantine.',
  CERTIFICATE_REVOKED: 'The certificate is revoked.',
  CERTIFICATE_SUPERSEDED: 'The certificate is replaced by a newer one.',
  CERTIFICATE_UNKNOWN: 'There is no such certificate.',
  CONSENT_EXHAUSTED: 'All uses of the consent were taken.',
  CONSENT_EXPIRED: 'The consent is over.',
  CONSENT_NOT_GRANTEE: 'The consent is for another centre.',
  CONSENT_NOT_YET: 'The consent has not begun.',
  CONSENT_OTHER_CERTIFICATE: 'The consent is about another certificate.',
  CONSENT_REQUIRED: 'This legal basis opens no certificate; the holder’s consent is needed.',
  CONSENT_UNKNOWN: 'There is no such consent.',
  CONSENT_USE_SPENT: 'This use of the consent had been answered before.',
  CONSENT_USE_UNKNOWN: 'The city that was asked knew no such use of the consent.',
  CONSENT_WITHDRAWN: 'The holder has withdrawn the consent.',
  CONSENT_WRONG_PURPOSE: 'The consent is for another purpose.',
  LEGAL_BASIS_UNKNOWN: 'The federation’s policy knows no such legal basis.',
  LISTING_EXPIRED: 'The listing has expired.',
  LISTING_LIFTED: 'The listing is lifted.',
  NOT_FINAL_YET: 'The other cities had not confirmed it yet.',
  PAYLOAD_ERASED: 'The city that held it has erased it.',
  PAYLOAD_NOT_COMMITTED: 'What was held is not what the ledger has a commitment to.',
  PAYLOAD_UNKNOWN: 'The city that was asked held nothing of this record.',
};

/** In words, or nothing for a code that this console does not know. */
export function refusalText(language: Language, code: string): string {
  return (language === 'zh' ? chineseProblems : english)[code] ?? '';
}

export const refusalCodes = Object.keys(english);
