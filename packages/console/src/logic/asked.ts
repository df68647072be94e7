import type { CheckAnswer, Purpose } from '../api/types.ts';

/** An answer with what it was asked about; the number itself stays in this tab's memory. */
export interface Asked {
  readonly answer: CheckAnswer;
  readonly number: string;
  readonly kind: 'id' | 'org';
  readonly purpose: Purpose;
  readonly matter: string;
  readonly atMs: number;
}
