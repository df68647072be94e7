import { HansaError } from '@hansa/protocol';
import type { AuthorityIndex, Genesis } from '@hansa/protocol/genesis';

export interface Member {
  readonly name: string;
  readonly kind: 'authority' | 'observer';
  /** Undefined for observers, and for this member itself when it is a city that the genesis file does not name. */
  readonly index: AuthorityIndex | undefined;
  readonly peerId: string;
  readonly addresses: readonly string[];
}

/** Who may connect (G1): the present epoch's authorities and the observers, found by peer id. */
export class Members {
  readonly self: Member;
  #others: readonly Member[] = [];
  readonly #byPeerId = new Map<string, Member>();

  /** `ownPeerId`: that of this member's keys when they are newer than the set (C12). */
  constructor(genesis: Genesis, selfName: string, ownPeerId?: string) {
    const all = membersOf(genesis);
    const self = all.find((member) => member.name === selfName) ?? newcomer(selfName, ownPeerId);
    if (self === undefined) {
      throw new HansaError(
        'NOT_A_MEMBER',
        `The genesis file names no member "${selfName}". Correct the name in the config or use the right genesis file.`,
      );
    }
    this.self = ownPeerId === undefined ? self : { ...self, peerId: ownPeerId };
    this.#take(all);
  }

  /** All but `self`, authorities first. */
  get others(): readonly Member[] {
    return this.#others;
  }

  /** C12: the members of another epoch. This member's own peer id stays that of its keys. */
  follow(genesis: Genesis): void {
    this.#take(membersOf(genesis));
  }

  #take(all: readonly Member[]): void {
    this.#others = all.filter(({ name }) => name !== this.self.name);
    this.#byPeerId.clear();
    for (const member of [...this.#others, this.self]) this.#byPeerId.set(member.peerId, member);
  }

  byPeerId(peerId: string): Member | undefined {
    return this.#byPeerId.get(peerId);
  }

  /** Observers talk with authorities only: they have nothing to tell each other. */
  mayTalk(peerId: string): Member | undefined {
    const member = this.#byPeerId.get(peerId);
    if (member === undefined || member === this.self) return undefined;
    if (this.self.kind === 'observer' && member.kind === 'observer') return undefined;
    return member;
  }

  /**
   * Whose part it is to dial. Of two authorities it is the lower peer id's, or both would and every pair had two
   * connections; the other one dials when nobody came for a while. Observers dial: nobody knows their addresses.
   */
  weDial(member: Member): boolean {
    if (this.self.kind === 'observer') return member.kind === 'authority';
    return member.kind === 'authority' && this.self.peerId < member.peerId;
  }
}

/** C12: a city that was added, or is to be, after the genesis file was made. */
function newcomer(name: string, peerId: string | undefined): Member | undefined {
  return peerId === undefined ? undefined : { name, kind: 'authority', index: undefined, peerId, addresses: [] };
}

/** Authorities that were removed are members no more; suspended ones still read. */
function membersOf(genesis: Genesis): Member[] {
  const members: Member[] = [];
  for (const { name, index, peerId, addresses, standing } of genesis.authorities) {
    if (standing !== 'removed') members.push({ name, kind: 'authority', index, peerId, addresses });
  }
  for (const { name, peerId } of genesis.observers) {
    members.push({ name, kind: 'observer', index: undefined, peerId, addresses: [] });
  }
  return members;
}
