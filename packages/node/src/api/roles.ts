/**
 * Who may call what: the one table. A route that is not here cannot be added (see `server.ts`), and a test walks every
 * route with every role.
 */
export const roles = ['operator', 'clerk', 'issuer', 'approver', 'auditor'] as const;
export type Role = (typeof roles)[number];

/**
 * `open`: no token at all (probes and the description of the API: nothing there is about a person or a city's work).
 * `holder`: no token either, but the request is signed by a citizen's key (`holder-access.ts`).
 */
export type Access = 'open' | 'holder' | readonly Role[];

const everyone: Access = roles;

export const access = {
  'GET /healthz': 'open',
  'GET /readyz': 'open',
  'GET /openapi.json': 'open',
  // The web console: its files are the same for everybody.
  'GET /': 'open',
  'GET /assets/:file': 'open',
  // What every member has anyway, and whoever checks a receipt needs.
  'GET /v1/federation': 'open',
  'GET /v1/genesis': 'open',
  'GET /metrics': ['operator', 'auditor'],

  'GET /v1/session': everyone,
  'GET /v1/status': everyone,
  'GET /v1/cities': everyone,
  'GET /v1/lanes': everyone,
  'GET /v1/lanes/:city': everyone,
  'GET /v1/lanes/:city/:sequence': everyone,
  'GET /v1/blocks': everyone,
  'GET /v1/blocks/:height': everyone,
  'GET /v1/records/:city/:sequence/:position': everyone,
  'GET /v1/evidence': everyone,
  'GET /v1/finality': everyone,
  'GET /v1/events': everyone,

  // C12: who the authorities are, and what is to change of it; two officers sign with each act.
  'GET /v1/membership': everyone,
  'POST /v1/membership/proposals': ['operator'],
  'POST /v1/membership/approvals': ['operator'],
  'POST /v1/membership/withdrawals': ['operator'],

  // The integrators' door and the uploads of a centre's exports.
  'POST /v1/records': ['operator'],
  'POST /v1/import/blacklist': ['operator', 'approver'],
  'POST /v1/import/accounts': ['operator'],

  // Questions about a person: only whoever handles a matter, never the operator of the machine.
  'POST /v1/check': ['clerk'],
  // The key that persons are looked up with, and who had what evaluated here.
  'GET /v1/oprf': everyone,
  'GET /v1/oprf/evaluations': ['auditor'],
  'POST /v1/oprf/ceremony': ['operator'],
  // Who asked why: for whoever supervises those who ask.
  'GET /v1/checks': ['auditor'],

  'POST /v1/certificates': ['issuer'],
  'GET /v1/certificates/:code': ['clerk', 'issuer', 'auditor'],
  'POST /v1/certificates/:code/use': ['clerk'],
  'POST /v1/certificates/:code/revoke': ['issuer'],

  // A dispute is taken at any counter; changing a listing needs an approver.
  'POST /v1/blacklist/:city/:sequence/:position/dispute': ['clerk', 'approver'],
  'POST /v1/blacklist/:city/:sequence/:position/amend': ['approver'],
  'POST /v1/blacklist/:city/:sequence/:position/lift': ['approver'],

  // Papers of a decision, before it is listed.
  'POST /v1/blacklist/documents': ['clerk', 'approver'],
  'POST /v1/blacklist/documents/discard': ['clerk', 'approver'],

  // One officer prepares a change, another approves it.
  'POST /v1/approvals': ['clerk', 'approver'],
  'GET /v1/approvals': ['clerk', 'approver', 'auditor'],
  'POST /v1/approvals/:id/documents/:document': ['clerk', 'approver'],
  'POST /v1/approvals/:id/approve': ['approver'],
  'POST /v1/approvals/:id/return': ['approver'],

  // From citizens' phones; an officer decides.
  'POST /v1/holder/challenges': 'open',
  'GET /v1/holder/certificates/:code': 'holder',
  'POST /v1/applications': 'holder',
  'GET /v1/applications/:id': 'holder',
  'GET /v1/applications': ['issuer'],
  'POST /v1/applications/:id/approve': ['issuer'],
  'POST /v1/applications/:id/refuse': ['issuer'],

  // A consent counts by its holder's signature, whoever brings it; what is stored of it is public.
  'POST /v1/consents': 'open',
  'GET /v1/consents/:id': 'open',
  'POST /v1/consents/:id/withdraw': 'open',
  'GET /v1/certificates/:code/consents': ['clerk', 'issuer', 'auditor'],

  // What other cities hold: whoever handles a matter, each time on the record.
  'POST /v1/certificates/:code/open': ['clerk'],
  'POST /v1/blacklist/:city/:sequence/:position/open': ['clerk', 'approver'],
  'POST /v1/blacklist/:city/:sequence/:position/documents/:document': ['clerk', 'approver'],
  'POST /v1/certificates/:code/erase': ['issuer'],
  'POST /v1/blacklist/:city/:sequence/:position/erase': ['approver'],
  'GET /v1/erasures/:city/:sequence/:position': everyone,
  'GET /v1/notices': ['operator', 'approver', 'auditor'],

  // Who looked: never those who look.
  'GET /v1/access': ['auditor'],
  'GET /v1/access/testimony': ['auditor'],
  'POST /v1/access/verify': ['auditor'],
  'POST /v1/access/prove': ['auditor'],
  'GET /v1/holder/certificates/:code/accesses': 'holder',

  'POST /v1/receipts': ['clerk', 'issuer', 'approver', 'auditor'],
  'POST /v1/receipts/verify': everyone,
} as const satisfies Readonly<Record<string, Access>>;

export type RouteName = keyof typeof access;

export function mayCall(route: RouteName, role: Role | undefined): boolean {
  const allowed: Access = access[route];
  if (allowed === 'open' || allowed === 'holder') return true;
  return role !== undefined && allowed.includes(role);
}
