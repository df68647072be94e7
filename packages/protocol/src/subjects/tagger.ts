/**
 * P2: people appear on lanes as tags only. Which key they come from, and who helps with it, is the business of whoever
 * implements `SubjectTagger`: records know the tag alone.
 */
export type TagFamily = 'blacklist' | 'certificate';

/** A person or an organisation, normalised. Never logged, never on a lane. */
export interface Subject {
  /** `id`: GB 11643 citizen number; `org`: GB 32100 unified social credit code. */
  readonly kind: 'id' | 'org';
  /** Upper case, no spaces, already checked. */
  readonly number: string;
}

/** Why subjects are tagged, as the cities that help with it learn of it (P2). */
export interface TagContext {
  /** `lookup`: somebody asks about them. `record`: a listing, an account or a certificate of this city is about each. */
  readonly purpose: 'lookup' | 'record';
  /** 16-byte pseudonym of the officer who asks. */
  readonly operator: Uint8Array;
  /** 32 bytes that only this city can tell the matter from. */
  readonly caseCommitment: Uint8Array;
}

export interface SubjectTagger {
  /** 32-byte tags, one per subject, in order. The same subject has different tags in different families. */
  tag(family: TagFamily, subjects: readonly Subject[], context: TagContext): Promise<readonly Uint8Array[]>;
}
