/**
 * Views go on from epoch to epoch, but the votes above a seal are cast anew (C12): what was said in a view is told apart
 * by its epoch too. The checks name both by one number, in which every view of an epoch comes after all of those before;
 * in epoch 0 it is the view.
 */
const VIEWS_AN_EPOCH = 2 ** 44;

export function epochView(epoch: number, view: number): number {
  return epoch * VIEWS_AN_EPOCH + Math.min(view, VIEWS_AN_EPOCH - 1);
}

export function epochAt(epochView: number): number {
  return Math.floor(epochView / VIEWS_AN_EPOCH);
}

export function viewAt(epochView: number): number {
  return epochView % VIEWS_AN_EPOCH;
}

/** The numbers of a message as people write them: `7 of epoch 1`. */
export function readable(message: string): string {
  return message.replace(/\b\d{14,16}\b/g, (number) => {
    const both = Number(number);
    return both < VIEWS_AN_EPOCH ? number : `${viewAt(both)} of epoch ${epochAt(both)}`;
  });
}
