import type { BlockCheckpoint } from '../src/consensus/block.ts';
import type { MembershipChange } from '../src/gen/hansa/v1/families_pb.ts';
import { authoritySetDigest } from '../src/genesis/authority-set.ts';
import type { AuthorityIndex } from '../src/genesis/types.ts';
import type { VerifiedEntry } from '../src/lanes/index.ts';
import { advanceTo, type BlockDraft, LoneCity } from './lone-city.ts';
import { MembershipMaker } from './membership-fixture.ts';
import type { SaidBlock } from './voices.ts';

/** A lone city at the end of an epoch: city 1 proposes a change, cities 2 and 3 approve it, and view 3 may seal it (C12). */
export class SealingCity extends LoneCity {
  readonly #newest = new Map<AuthorityIndex, VerifiedEntry>();
  #decision: SaidBlock | undefined;

  /** The change is decided, in the final block of view 2. */
  async decide(what: MembershipChange): Promise<this> {
    await this.join();
    const maker = new MembershipMaker(this.voices.crypto);
    const parent = this.finalized(1, { advances: [advanceTo(this.hearNext(1, maker.propose({}, what)))] });
    const approvals = [2, 3].map((lane) => {
      return advanceTo(this.hearNext(lane, maker.approve({ lane: 1, sequence: 1, position: 0 })));
    });
    this.#decision = this.finalized(2, { parent, advances: approvals });
    return this;
  }

  /** The next entry of another city's lane arrives. */
  hearNext(lane: AuthorityIndex, record: Uint8Array): VerifiedEntry {
    const entry = this.voices.entry(lane, this.#newest.get(lane)?.header, [record]);
    this.#newest.set(lane, entry);
    this.hearEntry(entry);
    return entry;
  }

  /** The newest final block before the seal. */
  get decision(): SaidBlock {
    if (this.#decision === undefined) throw new Error('decide on a change first');
    return this.#decision;
  }

  /** The executed state of the decision, in a block that names a next set: the one that was decided unless said otherwise. */
  checkpoint(nextAuthoritySet: Uint8Array = this.#decidedSet()): BlockCheckpoint {
    const { height } = this.decision.fields;
    const state = this.replica.ledger.checkpoint(height);
    if (state === undefined) throw new Error('the decision is not executed');
    const { historySize, historyRoot, stateRoot } = state;
    return { height, historySize, historyRoot, stateRoot, nextAuthoritySet };
  }

  /** What seals the epoch, in view 3. */
  get sealing(): BlockDraft {
    return { parent: this.decision, checkpoint: this.checkpoint() };
  }

  #decidedSet(): Uint8Array {
    const next = this.replica.ledger.genesisOf(1);
    if (next === undefined) throw new Error('nothing is decided');
    return authoritySetDigest(this.federation.domains, next);
  }
}
