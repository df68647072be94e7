/** A receipt that this browser verified itself, or why it does not hold. */
export type Verified =
  | {
      readonly ok: true;
      readonly bytes: Uint8Array;
      readonly height: number;
      readonly checkpointHeight: number;
      readonly signers: number;
      readonly cities: number;
    }
  | { readonly ok: false; readonly bytes: Uint8Array; readonly code: string };
