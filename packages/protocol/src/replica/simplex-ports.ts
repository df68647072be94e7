import type { BlockNode } from '../consensus/block-tree.ts';
import type { SimplexPorts } from '../consensus/ports.ts';
import type { Simplex } from '../consensus/simplex.ts';
import type { CarriedCertificate } from '../consensus/votes.ts';
import { isVoter } from '../genesis/authority-set.ts';
import type { AuthorityIndex } from '../genesis/types.ts';
import type { Ledger } from '../ledger/index.ts';
import type { CatchUp } from './catch-up.ts';
import type { Misbehaviour } from './effects.ts';
import type { EvidenceDesk } from './evidence-desk.ts';
import type { LaneDesk } from './lane-desk.ts';
import { proposalsEvidence, votesEvidence } from './messages.ts';
import type { Outbox } from './outbox.ts';
import type { ProofKeeper } from './proof-keeper.ts';
import type { Quarantine } from './quarantine.ts';
import type { ProtocolContext } from './verifier.ts';

/** The parts of a city that agreement asks something of. What changes with the epoch is asked for each time. */
export interface PortParts {
  readonly context: ProtocolContext;
  readonly ledger: Ledger;
  readonly outbox: Outbox;
  readonly evidence: EvidenceDesk;
  readonly lanes: LaneDesk;
  readonly proofs: ProofKeeper;
  readonly quarantined: Quarantine;
  readonly simplex: () => Simplex;
  readonly catchUp: () => CatchUp;
  readonly nowMs: () => number;
  /** This city while it votes. */
  readonly selfIndex: () => AuthorityIndex | undefined;
  readonly blame: (from: AuthorityIndex, why: Misbehaviour) => void;
  readonly stateDiverged: () => void;
  readonly finalized: SimplexPorts['finalized'];
}

export function simplexPorts(parts: PortParts): SimplexPorts {
  const { context, ledger, outbox, evidence, lanes, proofs, quarantined } = parts;
  const { book } = lanes;
  const skip = (lane: AuthorityIndex) => quarantined.has(lane) || !isVoter(context.genesis, lane);
  return {
    persist: (writes, flush) => outbox.persist(writes, flush),
    send: (to, kind, payload) => outbox.send(to, kind, payload),
    broadcast: (kind, payload) => outbox.broadcast(kind, payload),
    setTimer: (name, atMs) => outbox.timer(name, atMs),
    alarm: (error) => outbox.emit({ kind: 'alarm', error }),
    misbehaved: parts.blame,
    conflictingVotes: (first, second) => evidence.consider(votesEvidence(first, second)),
    conflictingProposals: (first, second) => {
      const conflict = proposalsEvidence(first, second);
      if (conflict !== undefined) evidence.consider(conflict);
    },
    collectAdvances: (cut) => book.collectAdvances(cut, skip, parts.selfIndex() ?? 0),
    isAheadOf: (cut) => book.isAheadOf(cut, skip),
    checkAdvances: (block, parent) =>
      lanes.checkAdvances(parts.nowMs(), block.advances, parent, parts.simplex().leaderOf(block.view)),
    executedHeight: () => ledger.height,
    checkpointAt: (height) => proofs.checkpointAt(height),
    notarized: ({ block }: BlockNode) => {
      if (block !== undefined && proofs.contradicts(block.checkpoint)) parts.stateDiverged(); // guard: C11 a mismatch with a notarized checkpoint is an alarm
    },
    finalizationRelayed: ({ statement, bytes }: CarriedCertificate) => {
      // G1: observers and laggards hear of finality by gossip; one voice, that of the view's leader, is enough.
      if (parts.simplex().leaderOf(statement.view) === parts.selfIndex()) outbox.publish('final', 'certificate', bytes);
    },
    finalized: parts.finalized,
    wantParent: (block, leader) => parts.catchUp().wantParent(block, leader),
  };
}
