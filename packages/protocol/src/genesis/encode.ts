import { toHex, utf8 } from '../bytes.ts';
import type { Digest, Domains } from '../crypto/index.ts';
import type { Authority, Genesis, ListingPolicy, VoteSchemeName } from './types.ts';

/** A genesis before it has an identity. An authority's index is its place in the list. */
export interface GenesisDraft extends Omit<Genesis, 'format' | 'federationId' | 'authorities' | 'voteScheme'> {
  readonly voteScheme?: VoteSchemeName;
  readonly authorities: readonly Omit<Authority, 'index'>[];
}

/**
 * The genesis file: JSON for people to read before they agree to it, in a fixed order of fields. The federationId is
 * the SHA-256 of exactly these bytes. The draft is not checked; give the bytes to `parseGenesis`.
 */
export function encodeGenesis(draft: GenesisDraft): Uint8Array {
  const { parameters, policy } = draft;
  const file = {
    format: 'hansa-genesis/1',
    name: draft.name,
    testFederation: draft.testFederation,
    createdAtMs: draft.createdAtMs,
    utcOffsetMinutes: draft.utcOffsetMinutes,
    ...(draft.voteScheme === undefined ? {} : { voteScheme: draft.voteScheme }),
    parameters: {
      deltaMs: parameters.deltaMs,
      idleIntervalMs: parameters.idleIntervalMs,
      resendMs: parameters.resendMs,
      resyncMs: parameters.resyncMs,
      timeoutGrowth: parameters.timeoutGrowth,
      timeoutCapMs: parameters.timeoutCapMs,
    },
    policy: {
      listing: {
        publishMonthsMax: policy.listing.publishMonthsMax,
        shareMonthsMax: policy.listing.shareMonthsMax,
        restrictMonthsMax: policy.listing.restrictMonthsMax,
        ...monthsMin(policy.listing),
        objectionDaysMin: policy.listing.objectionDaysMin,
      },
      certificate: { validityMonthsMax: policy.certificate.validityMonthsMax },
      dispute: policy.dispute,
      lookup: {
        evaluationsPerHour: policy.lookup.evaluationsPerHour,
        staleAfterMs: policy.lookup.staleAfterMs,
        staleAnswers: policy.lookup.staleAnswers,
      },
      access: {
        batchMs: policy.access.batchMs,
        legalBases: policy.access.legalBases,
        ...(policy.access.certificateBases === undefined ? {} : { certificateBases: policy.access.certificateBases }),
      },
    },
    authorities: draft.authorities.map((authority) => ({
      name: authority.name,
      displayName: authority.displayName,
      laneKey: toHex(authority.laneKey),
      voteKey: toHex(authority.voteKey),
      voteKeyProof: toHex(authority.voteKeyProof),
      exchangeKey: toHex(authority.exchangeKey),
      credentialKey: toHex(authority.credentialKey),
      peerId: authority.peerId,
      addresses: authority.addresses,
    })),
    observers: draft.observers.map(({ name, displayName, peerId }) => ({ name, displayName, peerId })),
  };
  return utf8(`${JSON.stringify(file, undefined, 2)}\n`);
}

/** blockDigest of the parent of the first block: the block of height 0, which has no bytes. */
export function genesisBlockDigest(domains: Domains): Digest {
  return domains.digest('genesis-block', new Uint8Array());
}

/** As with all that is optional: absent from the file when it is absent from the policy. */
function monthsMin({ publishMonthsMin, shareMonthsMin, restrictMonthsMin }: ListingPolicy): Partial<ListingPolicy> {
  return {
    ...(publishMonthsMin === undefined ? {} : { publishMonthsMin }),
    ...(shareMonthsMin === undefined ? {} : { shareMonthsMin }),
    ...(restrictMonthsMin === undefined ? {} : { restrictMonthsMin }),
  };
}
