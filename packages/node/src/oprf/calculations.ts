import {
  type Blinded,
  blind,
  type Evaluation,
  evaluatePartially,
  finalize,
  type Group,
  type Partial,
  type Scalar,
  type Statement,
  verifyProof,
} from '@hansa/protocol/oprf';

/** One piece of arithmetic, as plain data: it may be done in another thread. Scalars are drawn by whoever asks. */
export type Calculation =
  | { readonly kind: 'blind'; readonly inputs: readonly Uint8Array[]; readonly blinds: readonly Scalar[] }
  | {
      readonly kind: 'evaluate';
      readonly share: { readonly secret: Scalar; readonly publicKey: Uint8Array };
      readonly blinded: readonly Uint8Array[];
      readonly nonce: Scalar;
      readonly context: Uint8Array;
    }
  | { readonly kind: 'verify'; readonly statement: Statement; readonly proof: Uint8Array }
  | {
      readonly kind: 'finalize';
      readonly inputs: readonly Blinded[];
      readonly partials: readonly Partial[];
      readonly own: { readonly authority: number; readonly secret: Scalar } | undefined;
    };

export interface Calculated {
  readonly blind: readonly Blinded[];
  readonly evaluate: Evaluation | undefined;
  readonly verify: boolean;
  readonly finalize: readonly Uint8Array[] | undefined;
}

/** Where the arithmetic of lookups is done. */
export interface Calculator {
  /** As the functions of `@hansa/protocol/oprf` of that name. */
  calculate<C extends Calculation>(calculation: C): Promise<Calculated[C['kind']]>;
  close(): Promise<void>;
}

/** In this very thread, one after the other. */
export function inlineCalculator(group: Group): Calculator {
  return {
    calculate: async (calculation) => calculated(group, calculation) as never,
    close: async () => undefined,
  };
}

export function calculated(group: Group, calculation: Calculation): Calculated[Calculation['kind']] {
  switch (calculation.kind) {
    case 'blind':
      return calculation.inputs.map((input, i) => blind(group, input, calculation.blinds[i] as Scalar));
    case 'evaluate': {
      const { share, blinded, nonce, context } = calculation;
      return evaluatePartially(group, share, blinded, nonce, context);
    }
    case 'verify':
      return verifyProof(group, calculation.statement, calculation.proof);
    case 'finalize':
      return finalize(group, calculation.inputs, calculation.partials, calculation.own);
  }
}

/** How many elements it works on. */
export function sizeOf(calculation: Calculation): number {
  switch (calculation.kind) {
    case 'blind':
    case 'finalize':
      return calculation.inputs.length;
    case 'evaluate':
      return calculation.blinded.length;
    case 'verify':
      return calculation.statement.blinded.length;
  }
}
