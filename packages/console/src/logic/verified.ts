/** A receipt that this browser verified itself, or why it does not hold. */
export type Verified =
  | {
      readonly ok: true;
      readonly bytes: Uint8Array;
      readonly height: number;
      readonly checkpointHeight: number;
      readonly signers: number;
      readonly cities: number;
      /** Location of the record that it proves. */
      readonly record: string | undefined;
      /** Code of the certificate that its record is about. */
      readonly certificate: string | undefined;
    }
  | { readonly ok: false; readonly bytes: Uint8Array; readonly code: string };
