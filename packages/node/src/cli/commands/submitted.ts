import type { Submitted } from '../../services/submission.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Answer } from '../output.ts';

/** What a command says of a record that it had sealed; `what` it is of, where its place alone does not tell. */
export function submittedAnswer(done: string, submitted: Submitted, what?: string): Answer {
  const { location, state, height } = submitted;
  if (state === 'final') return { text: `${done}: ${location}, final in block ${height}.`, json: { ...submitted } };
  return {
    text: `${what === undefined ? '' : `${what}: `}${location} is accepted and durable, but not final yet. Do not send it again; ask later: hansa record ${location} --wait`,
    json: { ...submitted },
    exitCode: exitCodes.pending,
  };
}
