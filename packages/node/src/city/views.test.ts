import type { Genesis } from '@hansa/protocol/genesis';
import type { ReplicaStatus } from '@hansa/protocol/replica';
import { describe, expect, it } from 'vitest';
import { testFederation, withoutVote } from '../../../protocol/test/cities.ts';
import { nativeCrypto } from '../crypto/index.ts';
import type { PeerView } from '../network/index.ts';
import { isQuorum } from './views.ts';

const seven = testFederation(nativeCrypto, 7, undefined, 'ed25519');
/** Five of seven vote: four decide. */
const { genesis } = [5, 6].reduce(withoutVote, seven);
const status = (votes: boolean) => ({ votes }) as ReplicaStatus;
const connected = (...indices: (number | undefined)[]) => indices.map((index) => ({ index }) as PeerView);

describe('C12: a quorum is connected', () => {
  const cases: readonly (readonly [string, boolean, Genesis, boolean, readonly PeerView[]])[] = [
    ['when as many voters are, the city itself among them', true, genesis, true, connected(1, 2, 3)],
    ['not when the suspended make up the number', false, genesis, true, connected(1, 2, 5, 6)],
    ['for who does not vote itself, when four others do', true, genesis, false, connected(0, 1, 2, 3)],
    ['not for who does not vote itself, with three others', false, genesis, false, connected(0, 1, 2, 6)],
    ['not when observers make up the number', false, genesis, true, connected(1, 2, undefined, undefined)],
    ['of seven voters only with five', false, seven.genesis, true, connected(1, 2, 3)],
  ];
  it.each(cases)('%s', (_, expected, federation, votes, peers) => {
    expect(isQuorum(federation, status(votes), peers)).toBe(expected);
  });
});
