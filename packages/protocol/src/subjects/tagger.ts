/**
 * P2: people appear on lanes as tags only. The interface outlives the interim implementation: the threshold OPRF
 * replaces it without a change to records.
 */
export type TagFamily = 'blacklist' | 'certificate';

/** A person or an organisation, normalised. Never logged, never on a lane. */
export interface Subject {
  /** `id`: GB 11643 citizen number; `org`: GB 32100 unified social credit code. */
  readonly kind: 'id' | 'org';
  /** Upper case, no spaces, already checked. */
  readonly number: string;
}

export interface SubjectTagger {
  /** 32-byte tags, one per subject, in order. The same subject has different tags in different families. */
  tag(family: TagFamily, subjects: readonly Subject[]): Promise<readonly Uint8Array[]>;
}
