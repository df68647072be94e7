import { beforeEach, describe, expect, it } from 'vitest';
import { testFederation } from '../../test/cities.ts';
import { Voices } from '../../test/voices.ts';
import { portableCrypto as crypto } from '../crypto/index.ts';
import { unwrap } from '../errors.ts';
import { genesisBlockDigest } from '../genesis/index.ts';
import { EMPTY_TIP } from '../lanes/index.ts';
import type { SimplexPorts } from './ports.ts';
import { Simplex } from './simplex.ts';
import { type CarriedCertificate, type CarriedVote, decodeStatement, VoteKind } from './votes.ts';

const federation = testFederation(crypto, 4, undefined, 'ed25519');
const { genesis, domains } = federation;
const voices = new Voices(federation, crypto);
const digest = genesisBlockDigest(domains);
let conflicts: CarriedVote[];
let simplex: Simplex;

/** A city that hears, and says nothing: what agreement asks of it is answered so that nothing follows. */
function ports(): SimplexPorts {
  const nothing = () => undefined;
  return {
    ...{ persist: nothing, send: nothing, broadcast: nothing, setTimer: nothing, alarm: nothing, misbehaved: nothing },
    conflictingVotes: (first, second) => void conflicts.push(first, second),
    ...{ conflictingProposals: nothing, collectAdvances: () => [], isAheadOf: () => false },
    ...{ checkAdvances: () => 'held', executedHeight: () => 0, checkpointAt: nothing, finalizationRelayed: nothing },
    ...{ notarized: nothing, finalized: nothing, wantParent: nothing },
  };
}

beforeEach(() => {
  conflicts = [];
  const cut = genesis.authorities.map(() => EMPTY_TIP);
  const heights = { view: 0, height: 0, checkpointHeight: 0, lastNonEmptyHeight: 0 };
  const root = { ...heights, block: undefined, digest, timestampMs: genesis.createdAtMs, cut, sealed: false };
  simplex = new Simplex({ genesis, crypto, domains, ports: ports(), self: undefined, root, finals: [] });
  simplex.start(0);
});

function nullification(view: number, epoch: number): CarriedCertificate {
  const bytes = voices.certificate(VoteKind.NULLIFY, view, undefined, { epoch });
  const statement = unwrap(
    decodeStatement(domains, voices.vote(1, VoteKind.NULLIFY, view, undefined, epoch).statement.bytes),
  );
  return { statement, bytes };
}

// Frames of another epoch are turned away where they are read; agreement does not rely on it.
describe('C12: what another epoch says of a view', () => {
  it('C12: is no vote: who spoke in a view of two epochs said nothing twice', () => {
    const block = new Uint8Array(32).fill(1);
    simplex.onVote(0, voices.vote(1, VoteKind.NULLIFY, 1));
    simplex.onVote(0, voices.vote(1, VoteKind.FINALIZE, 1, block, 1));
    expect(conflicts).toEqual([]);
    simplex.onVote(0, voices.vote(1, VoteKind.FINALIZE, 1, block));
    expect(conflicts).toHaveLength(2);
  });

  it('C12: is no certificate: it is not asked for, and opens no view', () => {
    const [other, present] = [nullification(1, 1), nullification(1, 0)];
    expect(simplex.wantsCertificate(other.statement)).toBe(false);
    simplex.onCertificate(0, other);
    expect(simplex.view).toBe(1);
    expect(simplex.wantsCertificate(present.statement)).toBe(true);
    simplex.onCertificate(0, present);
    expect(simplex.view).toBe(2);
  });
});
