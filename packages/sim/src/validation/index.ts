import { flood, grid, ring } from './floods.ts';
import { bandwidth, geography, lossShare } from './links.ts';
import { delays, quorumWait } from './quorums.ts';
import { quietRound, silentLeader } from './rounds.ts';
import type { Validation } from './validation.ts';

export { isWithin, type Validation } from './validation.ts';

/** Experiments whose outcome is known on paper, one after the other. */
export async function* validate(): AsyncGenerator<Validation> {
  for (const cities of [4, 7, 31]) yield* await quietRound(cities);
  for (const cities of [4, 10]) yield* await silentLeader(cities);
  for (const delay of delays) for (const cities of [4, 10, 16]) yield await quorumWait(cities, delay);
  yield* await flood(grid(6, 6));
  yield* await flood(ring(12));
  yield await lossShare();
  yield await geography();
  yield await bandwidth();
}
