import { equalBytes } from '@hansa/protocol';
import { type Authority, type AuthorityIndex, epochOf, isVoter, votersOf } from '@hansa/protocol/genesis';
import type { RecordLocation, Replica } from '@hansa/protocol/replica';
import { freshMember } from '../crypto/federation.ts';
import { microseconds } from '../scenario/duration.ts';
import type { Action } from '../scenario/schema.ts';
import type { Keys, NodeIndex, NodeView, World } from '../world/contract.ts';
import type { FaultLog } from './fault-log.ts';
import { type Officers, officersOf, openProposal, wantedChange } from './officers.ts';
import type { Plan } from './plan.ts';
import { actionText } from './texts.ts';

type MembershipAction = Extract<Action, { kind: 'membership' }>;

/** A change that is under way. */
interface Wish {
  readonly action: MembershipAction;
  readonly subject: AuthorityIndex;
  /** The keys that it gets; undefined: it loses its vote. */
  readonly fresh: { readonly member: Omit<Authority, 'index' | 'standing'>; readonly secrets: Keys } | undefined;
}

/** From the new epoch until who runs the city with new keys has put them in place and starts it. */
const HANDOVER_US = microseconds('1s');
/** What an officer did is not done again before so many looks. */
const PATIENCE = 10;

/**
 * C12, as a federation does it: one change after the other. The officers of each honest city look at its own ledger
 * again and again: one proposes what is wished while nobody has, the others approve it. A city whose keys changed is
 * started with the new ones a moment after the first city has entered the epoch; until then nobody lets it in.
 */
export class MembershipFaults {
  readonly #world: World;
  readonly #log: FaultLog;
  readonly #plan: Plan;
  readonly #officers: Officers;
  readonly #wishes: Wish[] = [];
  readonly #generations = new Map<AuthorityIndex, number>();
  /** By node: what its officers did last, and at which look. */
  readonly #done = new Map<NodeIndex, { readonly what: string; readonly look: number }>();
  #looks = 0;

  constructor({ world, log, plan }: { readonly world: World; readonly log: FaultLog; readonly plan: Plan }) {
    this.#world = world;
    this.#log = log;
    this.#plan = plan;
    this.#officers = officersOf(world);
  }

  /** A city by its node. It waits for those before it. */
  propose(action: MembershipAction, node: NodeIndex): void {
    const subject = this.#world.nodes[node]?.authority;
    if (subject === undefined) return;
    this.#wishes.push({ action, subject, fresh: this.#freshKeys(action, subject) });
    if (this.#wishes.length === 1) this.#begin();
  }

  #freshKeys({ change }: MembershipAction, subject: AuthorityIndex): Wish['fresh'] {
    if (change !== 'newKeys' && change !== 'recover') return undefined;
    const generation = (this.#generations.get(subject) ?? 0) + 1;
    this.#generations.set(subject, generation);
    const { federation, seed } = this.#world;
    const seat = federation.genesis.authorities[subject] as Authority;
    return freshMember({ crypto: federation.crypto, seed }, seat, generation);
  }

  #nodesOf(subject: AuthorityIndex): readonly NodeView[] {
    return this.#world.nodes.filter(({ authority }) => authority === subject);
  }

  #begin(): void {
    const [wish] = this.#wishes;
    if (wish === undefined) return;
    const { action, subject } = wish;
    const nodes = this.#nodesOf(subject).map(({ index }) => index);
    this.#log.moment({ kind: action.kind, nodes, text: actionText(this.#world, action, nodes) });
    if (action.change === 'recover') for (const node of nodes) this.#loseMachine(node);
    this.#look(wish);
  }

  #loseMachine(node: NodeIndex): void {
    if (this.#world.nodes[node]?.state !== 'down') this.#world.crash(node, { lose: 'everything' });
    else this.#world.replaceDisk(node, undefined);
  }

  /** All officers look at their ledgers, again and again until the change is there. */
  #look(wish: Wish): void {
    this.#looks += 1;
    if (this.#isDone(wish)) {
      this.#plan.after(wish.fresh === undefined ? 0 : HANDOVER_US, () => this.#finish(wish));
      return;
    }
    for (const node of this.#world.nodes) this.#act(node, wish);
    const { deltaMs } = this.#world.federation.genesis.parameters;
    this.#plan.after(deltaMs * 1000, () => this.#look(wish));
  }

  #isDone({ subject, action, fresh }: Wish): boolean {
    const seat = this.#world.epochs.present.authorities[subject];
    if (seat === undefined) return false;
    if (fresh !== undefined) return equalBytes(seat.laneKey, fresh.member.laneKey);
    return action.change === 'remove' ? seat.standing === 'removed' : seat.standing !== undefined;
  }

  async #finish(wish: Wish): Promise<void> {
    const { subject, action, fresh } = wish;
    const nodes = this.#nodesOf(subject).map(({ index }) => index);
    const epoch = epochOf(this.#world.epochs.present);
    this.#log.moment({ kind: action.kind, nodes, text: `epoch ${epoch} has begun` });
    if (fresh !== undefined) {
      for (const node of nodes) {
        if (action.change === 'recover') this.#loseMachine(node);
        else if (this.#world.nodes[node]?.state !== 'down') this.#world.crash(node, { lose: 'nothing' });
        await this.#world.restart(node, fresh.secrets);
      }
    }
    this.#wishes.shift();
    this.#begin();
  }

  /** What the officers of one city do when they look: nothing, most of the time. */
  #act(node: NodeView, wish: Wish): void {
    const { replica, authority } = node;
    if (node.role !== 'honest' || node.state !== 'up' || replica === undefined || authority === undefined) return;
    const { genesis } = replica;
    const seat = genesis.authorities[authority];
    const speaks =
      seat !== undefined && isVoter(genesis, authority) && equalBytes(seat.laneKey, node.laneKey ?? seat.laneKey);
    if (!speaks || !replica.status().joined) return;
    const change = wantedChange(wish.action.change, wish.subject, wish.fresh?.member);
    const open = openProposal(replica, change, this.#world.startMs + this.#world.nowUs / 1000);
    if (open !== undefined && !open.approvals.includes(authority)) this.#approve(node, open.location);
    if (open === undefined && this.#proposer(wish, replica) === authority) this.#propose(node, replica, change);
  }

  /** A city gives itself new keys; all else is proposed by the first of the others that is up. */
  #proposer({ action, subject }: Wish, { genesis }: Replica): AuthorityIndex | undefined {
    if (action.change === 'newKeys') return subject;
    const others = votersOf(genesis).filter(({ index }) => index !== subject);
    return others.find(({ index }) => {
      const node = this.#world.nodes[index];
      return node?.state === 'up' && node.role === 'honest' && node.replica?.status().joined === true;
    })?.index;
  }

  #propose({ index }: NodeView, replica: Replica, change: ReturnType<typeof wantedChange>): void {
    if (!this.#isTime(index, `propose in ${epochOf(replica.genesis)}`)) return;
    const record = this.#officers.propose(epochOf(replica.genesis), change);
    this.#world.submit(index, [record]);
  }

  #approve({ index }: NodeView, { lane, sequence, position }: RecordLocation): void {
    if (!this.#isTime(index, `approve ${lane}/${sequence}/${position}`)) return;
    this.#world.submit(index, [this.#officers.approve({ lane, sequence, position })]);
  }

  /** Not twice in a row: what was submitted takes a while to be final, and may be lost with the power. */
  #isTime(node: NodeIndex, what: string): boolean {
    const last = this.#done.get(node);
    if (last?.what === what && this.#looks - last.look < PATIENCE) return false;
    this.#done.set(node, { what, look: this.#looks });
    return true;
  }
}
