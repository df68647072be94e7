import { equalBytes, fromHex, toHex, u32be } from '@hansa/protocol';
import type { OprfKey } from '@hansa/protocol/families';
import type { AuthorityIndex } from '@hansa/protocol/genesis';
import {
  combineShares,
  decodeScalar,
  encodeScalar,
  placeOf,
  SCALAR_BYTES,
  type Scalar,
  shareFor,
} from '@hansa/protocol/oprf';
import type { Store, Write } from '@hansa/protocol/replica';
import { encodeJson, getJson, privateKey, privateRange } from '../registry/tables.ts';

/** An own polynomial, or what is left of it once the ceremony is settled. Scalars in hexadecimal. */
type OwnDeal =
  | { readonly coefficients: readonly string[] }
  /** Shares of the cities that have not taken theirs yet, by authority index. */
  | { readonly shares: Readonly<Record<string, string>> };

const CEREMONY_ID_BYTES = 16;

/**
 * The city's OPRF secrets, in its private store (a directory that only the daemon's user can enter): what it dealt, and
 * what was dealt to it. Every write is flushed before anything is said of it.
 */
export class ShareStore {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** The own polynomial of a ceremony, if it was not settled yet. */
  async coefficients(ceremonyId: Uint8Array): Promise<Scalar[] | undefined> {
    const deal = await this.#deal(ceremonyId);
    return deal !== undefined && 'coefficients' in deal ? deal.coefficients.map(readScalar) : undefined;
  }

  /** Keeps the own polynomial and the own share of it. */
  async keepDeal(ceremonyId: Uint8Array, self: AuthorityIndex, coefficients: readonly Scalar[]): Promise<void> {
    const deal: OwnDeal = { coefficients: coefficients.map((each) => toHex(encodeScalar(each))) };
    const own = encodeScalar(shareFor(coefficients, placeOf(self)));
    const writes: Write[] = [
      { key: privateKey('oprfDeals', ceremonyId), value: encodeJson(deal) },
      { key: shareKey(ceremonyId, self), value: own },
    ];
    await this.#store.commit(writes, true); // guard: P2 no deal is said before it is kept
  }

  /** What the own polynomial gives a city. */
  async shareFor(ceremonyId: Uint8Array, city: AuthorityIndex): Promise<Scalar | undefined> {
    const deal = await this.#deal(ceremonyId);
    if (deal === undefined) return undefined;
    if ('coefficients' in deal) return shareFor(deal.coefficients.map(readScalar), placeOf(city));
    const left = deal.shares[String(city)];
    return left === undefined ? undefined : readScalar(left);
  }

  /** Keeps a verified share that a dealer gave. */
  async keepShare(ceremonyId: Uint8Array, dealer: AuthorityIndex, share: Scalar): Promise<void> {
    await this.#store.commit([{ key: shareKey(ceremonyId, dealer), value: encodeScalar(share) }], true);
  }

  /** Dealers whose shares of a ceremony are held. */
  async held(ceremonyId: Uint8Array): Promise<ReadonlyMap<AuthorityIndex, Scalar>> {
    const held = new Map<AuthorityIndex, Scalar>();
    for await (const [key, value] of this.#store.range(privateRange('oprfShares', ceremonyId))) {
      const share = decodeScalar(value);
      const dealer = new DataView(key.buffer, key.byteOffset).getUint32(1 + CEREMONY_ID_BYTES);
      if (share !== undefined) held.set(dealer, share);
    }
    return held;
  }

  /** The own share of the key; undefined when the city does not hold what all its dealers gave. */
  async keyShare(key: OprfKey): Promise<Scalar | undefined> {
    const held = await this.held(key.ceremonyId);
    const shares = key.dealers.map((dealer) => held.get(dealer));
    if (shares.some((share) => share === undefined)) return undefined;
    return combineShares(key.kind, key.dealers, shares as Scalar[]);
  }

  /**
   * After a settlement: what belongs to neither the key nor the ceremony under way goes, and of the own polynomial only the
   * shares of `lacking` stay, the cities that may still come for theirs. Old shares that stay somewhere are what a reshare is
   * made against.
   */
  async settle(key: OprfKey, lacking: readonly AuthorityIndex[], present: Uint8Array | undefined): Promise<void> {
    const kept = [key.ceremonyId, ...(present === undefined ? [] : [present])];
    const writes: Write[] = [];
    for (const table of ['oprfDeals', 'oprfShares'] as const) {
      for await (const [found] of this.#store.range(privateRange(table))) {
        const id = found.subarray(1, 1 + CEREMONY_ID_BYTES);
        if (!kept.some((each) => equalBytes(each, id))) writes.push({ key: found, value: undefined });
      }
    }
    const deal = await this.#deal(key.ceremonyId);
    if (deal !== undefined) {
      const shares: Record<string, string> = {};
      for (const city of lacking) {
        const share = await this.shareFor(key.ceremonyId, city);
        if (share !== undefined) shares[String(city)] = toHex(encodeScalar(share));
      }
      const smaller = 'coefficients' in deal || Object.keys(shares).length < Object.keys(deal.shares).length;
      if (smaller) writes.push({ key: privateKey('oprfDeals', key.ceremonyId), value: encodeJson({ shares }) });
    }
    if (writes.length > 0) await this.#store.commit(writes, true);
  }

  async #deal(ceremonyId: Uint8Array): Promise<OwnDeal | undefined> {
    return getJson<OwnDeal>(this.#store, privateKey('oprfDeals', ceremonyId));
  }
}

function shareKey(ceremonyId: Uint8Array, dealer: AuthorityIndex): Uint8Array {
  return privateKey('oprfShares', ceremonyId, u32be(dealer));
}

/** Of the city's own writing. */
function readScalar(hex: string): Scalar {
  const scalar = decodeScalar(fromHex(hex) ?? new Uint8Array(SCALAR_BYTES + 1));
  if (scalar === undefined) throw new Error('invariant broken: a share that was kept cannot be read');
  return scalar;
}
