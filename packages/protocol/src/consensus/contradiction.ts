import { equalBytes } from '../bytes.ts';
import type { Rejection } from '../errors.ts';
import type { Round } from './round.ts';
import { type CarriedStatement, VoteKind } from './votes.ts';

/**
 * Two certificates of one view that cannot both exist while at most f are faulty: different blocks, or a final block in
 * a nullified view. The assumption is broken: the city must stop and say so.
 */
export function contradiction(round: Round, statement: CarriedStatement): Rejection | undefined {
  const block = (round.notarization ?? round.finalization)?.statement.block;
  const otherBlock = block !== undefined && statement.kind !== VoteKind.NULLIFY && !equalBytes(block, statement.block);
  const finalAndNull =
    (statement.kind === VoteKind.NULLIFY && round.finalization !== undefined) ||
    (statement.kind === VoteKind.FINALIZE && round.nullification !== undefined);
  if (!otherBlock && !finalAndNull) return undefined;
  const message = `View ${round.view} has two contradicting certificates: more than f authorities are faulty. This city stopped voting; keep its data and call the other cities.`;
  return { code: 'SAFETY_VIOLATED', message };
}
