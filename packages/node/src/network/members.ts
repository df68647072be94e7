import { HansaError } from '@hansa/protocol';
import type { AuthorityIndex, Genesis } from '@hansa/protocol/genesis';

export interface Member {
  readonly name: string;
  readonly kind: 'authority' | 'observer';
  /** Undefined for observers. */
  readonly index: AuthorityIndex | undefined;
  readonly peerId: string;
  readonly addresses: readonly string[];
}

/** Who may connect (G1): the genesis' authorities and observers, found by peer id. */
export class Members {
  readonly self: Member;
  /** All but `self`, authorities first. */
  readonly others: readonly Member[];
  readonly #byPeerId = new Map<string, Member>();

  constructor(genesis: Genesis, selfName: string) {
    const all: Member[] = [];
    for (const authority of genesis.authorities) {
      const { name, index, peerId, addresses } = authority;
      all.push({ name, kind: 'authority', index, peerId, addresses });
    }
    for (const observer of genesis.observers) {
      all.push({ name: observer.name, kind: 'observer', index: undefined, peerId: observer.peerId, addresses: [] });
    }
    for (const member of all) this.#byPeerId.set(member.peerId, member);
    const self = all.find((member) => member.name === selfName);
    if (self === undefined) {
      throw new HansaError(
        'NOT_A_MEMBER',
        `The genesis file names no member "${selfName}". Correct the name in the config or use the right genesis file.`,
      );
    }
    this.self = self;
    this.others = all.filter((member) => member !== self);
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
