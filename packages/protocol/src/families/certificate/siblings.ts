import { fromBinary } from '@bufbuild/protobuf';
import { equalBytes } from '../../bytes.ts';
import { WireWriter } from '../../codec/wire-writer.ts';
import type { Digest, Domains } from '../../crypto/index.ts';
import { rejection } from '../../error-codes.ts';
import type { Rejection } from '../../errors.ts';
import { type CertificateSibling, CertificateSubjectFactSchema } from '../../gen/hansa/v1/families_pb.ts';
import { limits } from '../../limits.ts';
import { malformedFact } from '../checks.ts';
import type { ApplyContext, FactState } from '../family.ts';
import { certificateFactKey, encodeCertificateFact, readCertificateFact, type Sibling, writeSibling } from './fact.ts';

/** Key of the fact that lists a subject's active certificates; `subjectTag` has 32 bytes, of the domain "certificate". */
export function certificateSubjectFactKey(domains: Domains, subjectTag: Uint8Array): Digest {
  return domains.digest('fact/certificate-subject', subjectTag);
}

/** Active certificates of one subject in the order of their issue. Throws FACT_MALFORMED on bytes that the ledger never wrote. */
export function readCertificateSubjectFact(bytes: Uint8Array): readonly Sibling[] {
  try {
    return fromBinary(CertificateSubjectFactSchema, bytes).certificates.map(toSibling);
  } catch {
    throw malformedFact();
  }
}

const writer = new WireWriter();

/** `CertificateSubjectFact` bytes, as protobuf-es would write them. */
export function encodeCertificateSubjectFact(siblings: readonly Sibling[]): Uint8Array {
  for (const sibling of siblings) writer.message(1, () => writeSibling(writer, sibling));
  return writer.take();
}

export function toSibling({ certificateId, lane, validUntil }: CertificateSibling): Sibling {
  return { certificateId, lane, validUntil };
}

/**
 * A certificate joins those of its subject; `conflicts` are the ones of other centres, which are marked as well. One
 * centre may have several of a subject (for several addressees), but not without bound: facts must stay small.
 */
export function joinSiblings(
  state: FactState,
  subjectTag: Uint8Array,
  joining: Sibling,
  context: ApplyContext,
): { readonly conflicts: readonly Sibling[] } | { readonly error: Rejection } {
  const siblings = siblingsOf(state, subjectTag, context).filter(({ validUntil }) => validUntil >= context.today);
  const own = siblings.filter(({ lane }) => lane === joining.lane);
  // guard: L2 no city fills a subject's fact
  if (own.length >= limits.certificatesPerSubjectMax) return { error: rejection('CERTIFICATES_TOO_MANY') };
  const all = [...siblings, joining];
  keepSiblings(state, subjectTag, all, context);
  markAll(state, siblings, all, context);
  return { conflicts: conflictsOf(joining, all) };
}

/** A certificate has ended: it conflicts with none of its subject's any more. */
export function leaveSiblings(
  state: FactState,
  subjectTag: Uint8Array,
  certificateId: Uint8Array,
  context: ApplyContext,
): void {
  const rest = siblingsOf(state, subjectTag, context).filter((each) => !equalBytes(each.certificateId, certificateId));
  keepSiblings(state, subjectTag, rest, context);
  markAll(state, rest, rest, context); // guard: P2 what ended conflicts no more
}

function siblingsOf(state: FactState, subjectTag: Uint8Array, { domains }: ApplyContext): readonly Sibling[] {
  const value = state.get(certificateSubjectFactKey(domains, subjectTag));
  return value === undefined ? [] : readCertificateSubjectFact(value);
}

function keepSiblings(
  state: FactState,
  subjectTag: Uint8Array,
  siblings: readonly Sibling[],
  { domains }: ApplyContext,
): void {
  const key = certificateSubjectFactKey(domains, subjectTag);
  state.set(key, siblings.length === 0 ? undefined : encodeCertificateSubjectFact(siblings));
}

/** Writes the conflicts of each of `marked` anew where they changed. */
function markAll(
  state: FactState,
  marked: readonly Sibling[],
  siblings: readonly Sibling[],
  context: ApplyContext,
): void {
  for (const sibling of marked) {
    const key = certificateFactKey(context.domains, sibling.certificateId);
    const value = state.get(key);
    if (value === undefined) continue;
    const fact = readCertificateFact(value);
    const conflictsWith = conflictsOf(sibling, siblings);
    if (!sameSiblings(fact.conflictsWith, conflictsWith)) {
      state.set(key, encodeCertificateFact({ ...fact, conflictsWith }));
    }
  }
}

/** The first of those that other centres issued: two centres know nothing of each other's accounts. */
function conflictsOf(one: Sibling, siblings: readonly Sibling[]): readonly Sibling[] {
  return siblings.filter(({ lane }) => lane !== one.lane).slice(0, limits.certificateConflictsMax);
}

function sameSiblings(before: readonly Sibling[], after: readonly Sibling[]): boolean {
  if (before.length !== after.length) return false;
  return before.every(({ certificateId }, index) =>
    equalBytes(certificateId, after[index]?.certificateId ?? new Uint8Array()),
  );
}
