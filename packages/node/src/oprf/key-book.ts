import { equalBytes, toHex } from '@hansa/protocol';
import {
  memberFactKey,
  type OprfCeremony,
  type OprfDealt,
  type OprfHeld,
  type OprfKey,
  oprfFactKey,
  oprfFactName,
  readMemberFact,
  readOprfCeremony,
  readOprfDeal,
  readOprfHold,
  readOprfKey,
} from '@hansa/protocol/families';
import type { AuthorityIndex } from '@hansa/protocol/genesis';
import { combineDeals, type Deal, type Group, placeOf, publicShare } from '@hansa/protocol/oprf';
import type { OprfCity } from './ports.ts';
import type { Helpers } from './quotas.ts';

/** What the ledger says of the key and of the ceremony under way, and what follows from it. */
export class KeyBook {
  readonly #city: OprfCity;
  readonly #group: Group;
  /** Of one key: its commitments, and the public shares made of them. */
  #cached:
    | { readonly id: string; readonly commitments: Uint8Array[]; readonly shares: Map<number, Uint8Array> }
    | undefined;

  constructor(city: OprfCity, group: Group) {
    this.#city = city;
    this.#group = group;
  }

  key(): OprfKey | undefined {
    const value = this.#fact(oprfFactName.key);
    return value === undefined ? undefined : readOprfKey(value, this.#seats);
  }

  /** What a lookup of a city takes: its own share helps it, if it has one. */
  helpers(key: OprfKey, asker: AuthorityIndex): Helpers {
    const own = key.evaluators.includes(asker) ? 1 : 0;
    return { needed: key.threshold - own, others: key.evaluators.length - own };
  }

  ceremony(): OprfCeremony | undefined {
    const value = this.#fact(oprfFactName.ceremony);
    return value === undefined ? undefined : readOprfCeremony(value, this.#seats);
  }

  /** What a city dealt in this ceremony. */
  deal(ceremony: { readonly ceremonyId: Uint8Array; readonly generation: number }, dealer: AuthorityIndex) {
    const value = this.#fact(oprfFactName.deal(ceremony.generation, dealer));
    const deal: OprfDealt | undefined = value === undefined ? undefined : readOprfDeal(value);
    return deal !== undefined && equalBytes(deal.ceremonyId, ceremony.ceremonyId) ? deal : undefined;
  }

  /** What a city said it holds in this ceremony. */
  hold(ceremonyId: Uint8Array, city: AuthorityIndex): OprfHeld | undefined {
    const value = this.#fact(oprfFactName.hold(city));
    const held = value === undefined ? undefined : readOprfHold(value, this.#seats);
    return held !== undefined && equalBytes(held.ceremonyId, ceremonyId) ? held : undefined;
  }

  /** The key times the generator; undefined for a key whose dealers dealt what is no element. */
  publicKey(key: OprfKey): Uint8Array | undefined {
    return this.#commitments(key)?.[0];
  }

  /** What an evaluator's proofs are checked against. */
  publicShare(key: OprfKey, evaluator: AuthorityIndex): Uint8Array | undefined {
    const commitments = this.#commitments(key);
    if (commitments === undefined) return undefined;
    const shares = this.#cached?.shares;
    const known = shares?.get(evaluator);
    if (known !== undefined) return known;
    const share = publicShare(this.#group, commitments, placeOf(evaluator));
    if (share !== undefined) shares?.set(evaluator, share);
    return share;
  }

  quarantined(authority: AuthorityIndex): boolean {
    const { value } = this.#city.fact(memberFactKey(this.#city.domains, authority));
    return value !== undefined && readMemberFact(value).quarantinedBy !== undefined;
  }

  #commitments(key: OprfKey): Uint8Array[] | undefined {
    const id = toHex(key.ceremonyId);
    if (this.#cached?.id === id) return this.#cached.commitments;
    const deals: Deal[] = [];
    for (const dealer of key.dealers) {
      const commitments = this.deal(key, dealer)?.commitments;
      if (commitments !== undefined) deals.push({ dealer, commitments });
    }
    const commitments = deals.length === key.dealers.length ? combineDeals(this.#group, key.kind, deals) : undefined;
    if (commitments !== undefined) this.#cached = { id, commitments, shares: new Map() };
    return commitments;
  }

  #fact(name: Uint8Array): Uint8Array | undefined {
    return this.#city.fact(oprfFactKey(this.#city.domains, name)).value;
  }

  /** Bitmaps of facts are over all seats, also those that do not vote (C12). */
  get #seats(): number {
    return this.#city.genesis.authorities.length;
  }
}
