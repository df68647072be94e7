import { rejection } from '../../error-codes.ts';
import type { Rejection } from '../../errors.ts';
import {
  type CertificateIssue,
  type CertificateRevoke,
  CertificateState,
  type CertificateSupersede,
  type CertificateUse,
  RevokeReason,
} from '../../gen/hansa/v1/families_pb.ts';
import type { ApplyContext, FactState } from '../family.ts';
import { activeCertificate } from './active.ts';
import type { CertificateBody } from './body.ts';
import { type CertificateFact, certificateFactKey, encodeCertificateFact } from './fact.ts';
import { joinSiblings, leaveSiblings } from './siblings.ts';

export function applyCertificate(
  state: FactState,
  body: CertificateBody,
  context: ApplyContext,
): Rejection | undefined {
  switch (body.$typeName) {
    case 'hansa.v1.CertificateIssue':
      return issue(state, body, context);
    case 'hansa.v1.CertificateSupersede':
      return supersede(state, body, context);
    case 'hansa.v1.CertificateRevoke':
      return revoke(state, body, context);
    case 'hansa.v1.CertificateUse':
      return use(state, body, context);
  }
}

const NO_BYTES = new Uint8Array(0);

function issue(state: FactState, body: CertificateIssue, context: ApplyContext): Rejection | undefined {
  if (body.issuedOn > context.today) return rejection('ISSUED_IN_FUTURE'); // guard: L4 the block's day counts
  if (body.validUntil < context.today) return rejection('CERTIFICATE_EXPIRED');
  const key = certificateFactKey(context.domains, body.certificateId);
  if (state.get(key) !== undefined) return rejection('CERTIFICATE_EXISTS');
  const joining = { certificateId: body.certificateId, lane: context.lane, validUntil: body.validUntil };
  const joined = joinSiblings(state, body.subjectTag, joining, context);
  if ('error' in joined) return joined.error;
  const fact: CertificateFact = {
    location: context.location,
    state: CertificateState.ACTIVE,
    addressedTo: body.addressedTo === 0 ? undefined : body.addressedTo - 1,
    issuedOn: body.issuedOn,
    validUntil: body.validUntil,
    commitment: body.commitment,
    holderKey: body.holderKey,
    // L4: legal time is the block's.
    issuedAtMs: context.timestampMs,
    endedBy: undefined,
    endedAtMs: 0,
    revokeReason: RevokeReason.UNSPECIFIED,
    supersededBy: NO_BYTES,
    conflictsWith: joined.conflicts,
    subjectTag: body.subjectTag,
  };
  state.set(key, encodeCertificateFact(fact));
  return undefined;
}

/** The old one ends and the new one begins in one step, or neither. */
function supersede(state: FactState, body: CertificateSupersede, context: ApplyContext): Rejection | undefined {
  const found = activeCertificate(state, body.certificateId, context);
  if (!found.ok) return found.error;
  if (found.value.location.lane !== context.lane) return rejection('NOT_CERTIFICATE_ISSUER');
  const { replacement } = body;
  if (replacement === undefined) return rejection('MALFORMED');
  // The old one makes room for the new one; a rejected record leaves no trace of either (L1).
  const change = { state: CertificateState.SUPERSEDED, supersededBy: replacement.certificateId };
  end(state, body.certificateId, found.value, change, context);
  return issue(state, replacement, context);
}

function revoke(state: FactState, body: CertificateRevoke, context: ApplyContext): Rejection | undefined {
  const found = activeCertificate(state, body.certificateId, context);
  if (!found.ok) return found.error;
  if (found.value.location.lane !== context.lane) return rejection('NOT_CERTIFICATE_ISSUER');
  end(state, body.certificateId, found.value, { state: CertificateState.REVOKED, revokeReason: body.reason }, context);
  return undefined;
}

/** A use is single: of two cities at once, the one that stands first in the agreed order wins. */
function use(state: FactState, body: CertificateUse, context: ApplyContext): Rejection | undefined {
  const found = activeCertificate(state, body.certificateId, context);
  if (!found.ok) return found.error;
  const { addressedTo } = found.value;
  if (addressedTo !== undefined && addressedTo !== context.lane) return rejection('CERTIFICATE_NOT_ADDRESSED');
  end(state, body.certificateId, found.value, { state: CertificateState.USED }, context);
  return undefined;
}

function end(
  state: FactState,
  certificateId: Uint8Array,
  fact: CertificateFact,
  change: Partial<CertificateFact>,
  context: ApplyContext,
): void {
  const ended = { ...fact, ...change, endedBy: context.location, endedAtMs: context.timestampMs, conflictsWith: [] };
  state.set(certificateFactKey(context.domains, certificateId), encodeCertificateFact(ended));
  leaveSiblings(state, fact.subjectTag, certificateId, context);
}
