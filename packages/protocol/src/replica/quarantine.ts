import { memberFactKey, readMemberFact } from '../families/index.ts';
import { epochOf, isPardoned } from '../genesis/authority-set.ts';
import type { AuthorityIndex } from '../genesis/types.ts';
import type { Ledger } from '../ledger/index.ts';
import type { ProtocolContext } from './verifier.ts';

/** C10: whom the ledger quarantines. */
export class Quarantine implements Iterable<AuthorityIndex> {
  readonly #context: ProtocolContext;
  readonly #ledger: Ledger;
  readonly #members = new Set<AuthorityIndex>();

  constructor(context: ProtocolContext, ledger: Ledger) {
    this.#context = context;
    this.#ledger = ledger;
  }

  has(authority: AuthorityIndex): boolean {
    return this.#members.has(authority);
  }

  [Symbol.iterator](): Iterator<AuthorityIndex> {
    return this.#members.values();
  }

  /** Looks at the facts: after a membership record, and when an epoch begins. */
  note(): void {
    const { genesis, domains } = this.#context;
    const epoch = epochOf(genesis);
    // C12: whom the change pardons is free from the first record of its epoch on, which may not be executed yet.
    const changed = this.#ledger.epoch < epoch ? this.#ledger.changeOf(epoch)?.subject : undefined;
    for (const authority of genesis.authorities) {
      const { index } = authority;
      const fact = this.#ledger.fact(memberFactKey(domains, index));
      const quarantined = fact !== undefined && readMemberFact(fact).quarantinedBy !== undefined;
      const pardoned = index === changed && isPardoned(genesis.before?.authorities[index], authority);
      if (quarantined && !pardoned) this.#members.add(index);
      else this.#members.delete(index);
    }
  }
}
