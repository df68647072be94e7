import { encodeSigners } from '../src/consensus/signers.ts';
import type { Crypto } from '../src/crypto/index.ts';
import {
  encodeOprfDeal,
  encodeOprfHold,
  encodeOprfOpen,
  encodeOprfSettle,
  OPRF_FAMILY,
  OprfCeremonyKind,
  oprfTypes,
} from '../src/families/index.ts';
import { type RecordMaker, seeded } from './ledger-fixture.ts';

/** Records of OPRF ceremonies, t = 2; elements are bytes of the right length. */
export class CeremonyMaker {
  /** Bitmaps are over so many. */
  seats = 4;
  readonly #crypto: Crypto;
  readonly #maker: RecordMaker;

  constructor(crypto: Crypto, maker: RecordMaker) {
    this.#crypto = crypto;
    this.#maker = maker;
  }

  id(name: string): Uint8Array {
    return seeded(this.#crypto, `ceremony ${name}`, 16);
  }

  open(name: string, parts: Parameters<typeof encodeOprfOpen>[0] = {}): Uint8Array {
    const body = { ceremonyId: this.id(name), generation: 1, kind: OprfCeremonyKind.FRESH, threshold: 2, ...parts };
    return this.#maker.record(OPRF_FAMILY, oprfTypes.open, encodeOprfOpen(body));
  }

  deal(name: string, lane: number, threshold = 2): Uint8Array {
    const commitments = Array.from({ length: threshold }, (_, i) => seeded(this.#crypto, `${name} ${lane} ${i}`, 32));
    return this.#maker.record(OPRF_FAMILY, oprfTypes.deal, encodeOprfDeal({ ceremonyId: this.id(name), commitments }));
  }

  hold(name: string, ...dealers: number[]): Uint8Array {
    const body = { ceremonyId: this.id(name), dealers: encodeSigners(dealers, this.seats) };
    return this.#maker.record(OPRF_FAMILY, oprfTypes.hold, encodeOprfHold(body));
  }

  settle(name: string, ...dealers: number[]): Uint8Array {
    const body = { ceremonyId: this.id(name), dealers: encodeSigners(dealers, this.seats) };
    return this.#maker.record(OPRF_FAMILY, oprfTypes.settle, encodeOprfSettle(body));
  }
}
