/**
 * The words that centres' codes are mapped to. A mapping names the meaning of every code it admits; a code it does not
 * name is refused, because the same code means different things: account status 03 and 04 are "merged and closed" and
 * "transferred and closed" in JGJ, but "in arrears" and "other" in TDM; a citizen's card is 01 in JGJ and 111 in the
 * Yangtze delta's exchange.
 */

export const subjectKinds = ['person', 'organisation'] as const;
export type SubjectKind = (typeof subjectKinds)[number];

export const identityTypes = ['citizen-number', 'credit-code'] as const;
export type IdentityType = (typeof identityTypes)[number];

export const behaviours = ['false-withdrawal', 'false-loan', 'default', 'employer-nonpayment', 'other'] as const;
export type Behaviour = (typeof behaviours)[number];

export const severities = ['minor', 'general', 'serious'] as const;
export type SeverityName = (typeof severities)[number];

export const accountStatuses = [
  'normal',
  'sealed',
  'merged-closed',
  'transferred-closed',
  'withdrawn-closed',
  'frozen',
  'arrears',
  'other',
] as const;
export type AccountStatus = (typeof accountStatuses)[number];
