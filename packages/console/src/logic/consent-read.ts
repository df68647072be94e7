/** What a citizen's app signed, as this browser read it. */
export type SignedConsent =
  | {
      readonly kind: 'grant';
      readonly id: string;
      readonly certificate: string;
      /** Name of the city that may read. */
      readonly grantee: string;
      readonly purpose: string;
      /** In milliseconds since 1970; undefined without such a bound. */
      readonly fromMs: number | undefined;
      readonly toMs: number | undefined;
      readonly maxUses: number | undefined;
    }
  | { readonly kind: 'withdraw'; readonly id: string }
  /** No record of this family at all. */
  | { readonly kind: 'unreadable' }
  /** A record that breaks a rule, or whose signature does not hold. */
  | { readonly kind: 'broken'; readonly code: string };
