import { HansaError } from '@hansa/protocol';
import type { Store, Write } from '@hansa/protocol/replica';
import type { Account } from '../import/index.ts';
import type { CitySecret } from './city-secret.ts';
import { encodeJson, getJson, privateKey, privateRange } from './tables.ts';

const NOTHING = new Uint8Array(0);
const PSEUDONYM_BYTES = 16;

/** The accounts of this centre, by account number and by citizen number. */
export class Accounts {
  readonly #secret: CitySecret;
  readonly #store: Store;

  constructor(secret: CitySecret, store: Store) {
    this.#secret = secret;
    this.#store = store;
  }

  async byNumber(accountNumber: string): Promise<Account | undefined> {
    return getJson<Account>(this.#store, this.#key(accountNumber));
  }

  /** All accounts of a person at this centre: a closed one may stand beside the present one. */
  async byHolder(citizenNumber: string): Promise<Account[]> {
    const accounts: Account[] = [];
    for await (const [key] of this.#store.range(
      privateRange('holders', this.#secret.pseudonym('holder', citizenNumber)),
    )) {
      const account = await getJson<Account>(this.#store, privateKey('accounts', key.slice(1 + PSEUDONYM_BYTES)));
      if (account !== undefined) accounts.push(account);
    }
    return accounts;
  }

  /**
   * Writes that bring accounts up to date, and how many differ from what is kept. Of several rows about one account the
   * last counts.
   */
  async changes(accounts: readonly Account[]): Promise<{ readonly writes: Write[]; readonly changed: number }> {
    const newest = new Map<string, Account>();
    for (const account of accounts) newest.set(account.accountNumber, account);
    const writes: Write[] = [];
    let changed = 0;
    const keyed = [...newest.values()].map((account) => ({ account, key: this.#key(account.accountNumber) }));
    // At once: one read after the other costs a thread's wake-up each.
    const kept = await Promise.all(keyed.map(({ key }) => getJson<Account>(this.#store, key)));
    for (const [i, { account, key }] of keyed.entries()) {
      const before = kept[i];
      if (before !== undefined && JSON.stringify(before) === JSON.stringify(account)) continue;
      changed++;
      if (before !== undefined && before.citizenNumber !== account.citizenNumber) {
        writes.push({ key: this.#holderKey(before), value: undefined });
      }
      writes.push({ key, value: encodeJson(account) }, { key: this.#holderKey(account), value: NOTHING });
    }
    return { writes, changed };
  }

  #key(accountNumber: string): Uint8Array {
    return privateKey('accounts', this.#secret.pseudonym('account', accountNumber));
  }

  #holderKey(account: Account): Uint8Array {
    const { citizenNumber, accountNumber } = account;
    const holder = this.#secret.pseudonym('holder', citizenNumber);
    return privateKey('holders', holder, this.#secret.pseudonym('account', accountNumber));
  }
}

/**
 * The one account that a certificate can be about. Throws ACCOUNT_UNKNOWN, ACCOUNT_STATUS_UNFIT (only normal accounts
 * have certificates), ACCOUNT_AMBIGUOUS.
 */
export function soleNormal(accounts: readonly Account[]): Account {
  const [first, ...others] = accounts.filter(({ status }) => status === 'normal');
  if (accounts.length === 0) {
    throw new HansaError(
      'ACCOUNT_UNKNOWN',
      'This centre has no such account. Compare the number, or import the newest export of accounts.',
    );
  }
  if (first === undefined) {
    throw new HansaError(
      'ACCOUNT_STATUS_UNFIT',
      'The account is not in normal standing (status 01), and only a normal account gets a certificate. Settle the account first, then import the newest export.',
    );
  }
  if (others.length > 0) {
    throw new HansaError(
      'ACCOUNT_AMBIGUOUS',
      'The person has several normal accounts at this centre. Give the account number instead of the identity number.',
    );
  }
  return first;
}
