import { equalBytes } from '../../bytes.ts';
import { decodeSigners } from '../../consensus/signers.ts';
import { refuse, rejection } from '../../error-codes.ts';
import { accept, type Rejection, type Result } from '../../errors.ts';
import type { OprfDeal, OprfHold, OprfOpen, OprfSettle } from '../../gen/hansa/v1/oprf_pb.ts';
import { isVoter, votersOf } from '../../genesis/authority-set.ts';
import { type Authority, type AuthorityIndex, faultsTolerated, quorum } from '../../genesis/types.ts';
import { limits } from '../../limits.ts';
import type { ApplyContext, CheckContext, FactReader, FactState } from '../family.ts';
import type { OprfBody } from './body.ts';
import {
  ceremonyKindOf,
  encodeOprfCeremony,
  encodeOprfDealt,
  encodeOprfHeld,
  encodeOprfKey,
  type OprfCeremony,
  type OprfHeld,
  type OprfKey,
  oprfFactKey,
  oprfFactName,
  readOprfCeremony,
  readOprfHold,
  readOprfKey,
} from './fact.ts';

/**
 * The ledger keeps the book of a ceremony and does none of its arithmetic: whether a deal is good is for each holder to
 * find out, and q of them say so before a key is settled (ADR 0011).
 */
export function applyOprf(state: FactState, body: OprfBody, context: ApplyContext): Rejection | undefined {
  const book = new CeremonyBook(state, context);
  switch (body.$typeName) {
    case 'hansa.v1.OprfOpen':
      return book.open(body);
    case 'hansa.v1.OprfDeal':
      return book.deal(body);
    case 'hansa.v1.OprfHold':
      return book.hold(body);
    case 'hansa.v1.OprfSettle':
      return book.settle(body);
  }
}

/**
 * C12: a ceremony is of one epoch, so that n, q and the threshold are the same from its opening to its settlement, and no
 * share of it was dealt to keys that a change took away: what is under way at the turn ends. Who was given other keys or lost
 * its vote evaluates no more. It may have lost its share; if it has it, it says so again, with a `hold`, and evaluates again.
 */
export function beginEpoch(state: FactState, context: CheckContext, before: readonly Authority[]): void {
  const { genesis, domains } = context;
  state.set(oprfFactKey(domains, oprfFactName.ceremony), undefined); // guard: C12 a ceremony is of one epoch
  for (const { index } of before) state.set(oprfFactKey(domains, oprfFactName.hold(index)), undefined);
  const key = currentKey(state, context);
  if (key === undefined) return;
  const evaluators = key.evaluators.filter((city) => isTheSame(before[city], genesis.authorities[city])); // guard: C12 a share goes with its keys
  if (evaluators.length === key.evaluators.length) return;
  const changed = encodeOprfKey({ ...key, evaluators }, genesis.authorities.length);
  state.set(oprfFactKey(domains, oprfFactName.key), changed);
}

function isTheSame(before: Authority | undefined, after: Authority | undefined): boolean {
  if (before === undefined || after === undefined || after.standing !== undefined) return false;
  const { laneKey, voteKey, exchangeKey, credentialKey, peerId } = after;
  return (
    equalBytes(before.laneKey, laneKey) &&
    equalBytes(before.voteKey, voteKey) &&
    equalBytes(before.exchangeKey, exchangeKey) &&
    equalBytes(before.credentialKey, credentialKey) &&
    before.peerId === peerId
  );
}

class CeremonyBook {
  readonly #state: FactState;
  readonly #context: ApplyContext;
  /** Seats; bitmaps are over all of them. */
  readonly #cities: number;
  readonly #voters: number;

  constructor(state: FactState, context: ApplyContext) {
    this.#state = state;
    this.#context = context;
    this.#cities = context.genesis.authorities.length;
    this.#voters = votersOf(context.genesis).length;
  }

  /** Any city opens one. One that makes no progress is replaced by a newer one, and only then. */
  open({ ceremonyId, generation, kind: number, threshold }: OprfOpen): Rejection | undefined {
    const kind = ceremonyKindOf(number);
    if (kind === undefined) return rejection('MALFORMED');
    const key = currentKey(this.#state, this.#context);
    const present = currentCeremony(this.#state, this.#context);
    const { location, timestampMs } = this.#context;
    if (present !== undefined && timestampMs - present.openedAtMs < limits.oprfCeremonyMs) {
      return rejection('OPRF_CEREMONY_OPEN'); // guard: P2 nobody cuts a ceremony short
    }
    if (kind === 'fresh' && key !== undefined) return rejection('OPRF_KEY_EXISTS'); // guard: P2 tags outlive a ceremony
    if (kind === 'reshare' && key === undefined) return rejection('OPRF_KEY_MISSING');
    if (generation !== (key?.generation ?? 0) + 1) return rejection('OPRF_GENERATION_WRONG');
    const reused = [present, key].some(
      (earlier) => earlier !== undefined && equalBytes(earlier.ceremonyId, ceremonyId),
    );
    if (reused) return rejection('OPRF_CEREMONY_ID_TAKEN');
    this.#setCeremony({ location, ceremonyId, generation, kind, threshold, openedAtMs: timestampMs, dealt: [] });
    return undefined;
  }

  deal({ ceremonyId, commitments }: OprfDeal): Rejection | undefined {
    const found = this.#ceremony(ceremonyId);
    if (!found.ok) return found.error;
    const ceremony = found.value;
    const { lane, location } = this.#context;
    if (commitments.length !== ceremony.threshold) return rejection('OPRF_DEAL_WRONG_DEGREE'); // guard: P2 t shares, no fewer
    if (ceremony.kind === 'reshare' && currentKey(this.#state, this.#context)?.evaluators.includes(lane) !== true) {
      return rejection('OPRF_NOT_EVALUATOR'); // guard: P2 only a share can be reshared
    }
    if (ceremony.dealt.includes(lane)) return rejection('OPRF_DEALT_ALREADY'); // guard: P2 one polynomial a dealer
    const name = oprfFactName.deal(ceremony.generation, lane);
    this.#set(name, encodeOprfDealt({ location, ceremonyId, commitments }));
    this.#setCeremony({ ...ceremony, dealt: [...ceremony.dealt, lane].sort(ascending) });
    return undefined;
  }

  /** A city may hold more later, never less. After the settlement, one that catches up becomes an evaluator. */
  hold({ ceremonyId, dealers: bitmap }: OprfHold): Rejection | undefined {
    const dealers = this.#indices(bitmap);
    const { lane, location } = this.#context;
    const key = currentKey(this.#state, this.#context);
    if (key !== undefined && equalBytes(key.ceremonyId, ceremonyId)) {
      if (key.evaluators.includes(lane)) return rejection('OPRF_NOTHING_NEW');
      if (!covers(dealers, key.dealers)) return rejection('OPRF_HOLDS_TOO_FEW'); // guard: P2 a whole share, or none
      this.#setKey({ ...key, evaluators: [...key.evaluators, lane].sort(ascending) });
      return undefined;
    }
    const found = this.#ceremony(ceremonyId);
    if (!found.ok) return found.error;
    if (!covers(found.value.dealt, dealers)) return rejection('OPRF_DEAL_MISSING'); // guard: P2 nobody holds what was not dealt
    const before = this.#held(ceremonyId, lane);
    if (before !== undefined && !(dealers.length > before.dealers.length && covers(dealers, before.dealers))) {
      return rejection('OPRF_NOTHING_NEW');
    }
    this.#set(oprfFactName.hold(lane), encodeOprfHeld({ location, ceremonyId, dealers }, this.#cities));
    return undefined;
  }

  settle({ ceremonyId, dealers: bitmap }: OprfSettle): Rejection | undefined {
    const found = this.#ceremony(ceremonyId);
    if (!found.ok) return found.error;
    const { kind, generation, threshold } = found.value;
    const key = currentKey(this.#state, this.#context);
    const dealers = this.#indices(bitmap);
    // A fresh key has the secret of an honest dealer in it; a reshared one takes as many as could evaluate before.
    const dealersMin = key === undefined ? faultsTolerated(this.#voters) + 1 : key.threshold;
    if (dealers.length < dealersMin) return rejection('OPRF_DEALERS_TOO_FEW'); // guard: P2 an honest dealer among them
    const holders: AuthorityIndex[] = [];
    for (let city = 0; city < this.#cities; city++) {
      const held = this.#held(ceremonyId, city);
      if (isVoter(this.#context.genesis, city) && held !== undefined && covers(held.dealers, dealers))
        holders.push(city);
    }
    if (holders.length < quorum(this.#voters)) return rejection('OPRF_HOLDS_TOO_FEW'); // guard: P2 the honest among them can evaluate
    this.#forget(key, found.value, dealers);
    const { location, timestampMs } = this.#context;
    const settled = { location, ceremonyId, generation, kind, threshold, dealers, evaluators: holders };
    this.#setKey({ ...settled, settledAtMs: timestampMs });
    return undefined;
  }

  /** The ceremony ends; of the deals only those of the new key stay. */
  #forget(key: OprfKey | undefined, ceremony: OprfCeremony, dealers: readonly AuthorityIndex[]): void {
    this.#set(oprfFactName.ceremony, undefined);
    for (let city = 0; city < this.#cities; city++) this.#set(oprfFactName.hold(city), undefined);
    for (const dealer of key?.dealers ?? []) this.#set(oprfFactName.deal(key?.generation ?? 0, dealer), undefined);
    for (let city = 0; city < this.#cities; city++) {
      if (!dealers.includes(city)) this.#set(oprfFactName.deal(ceremony.generation, city), undefined);
    }
  }

  #ceremony(ceremonyId: Uint8Array): Result<OprfCeremony> {
    const ceremony = currentCeremony(this.#state, this.#context);
    const same = ceremony !== undefined && equalBytes(ceremony.ceremonyId, ceremonyId);
    return same ? accept(ceremony) : refuse('OPRF_CEREMONY_UNKNOWN');
  }

  /** What a city holds in this ceremony: what it held in one that was replaced does not count. */
  #held(ceremonyId: Uint8Array, city: AuthorityIndex): OprfHeld | undefined {
    const value = this.#get(oprfFactName.hold(city));
    const held = value === undefined ? undefined : readOprfHold(value, this.#cities);
    return held !== undefined && equalBytes(held.ceremonyId, ceremonyId) ? held : undefined; // guard: P2 of this ceremony
  }

  /** The check has seen that it is canonical. */
  #indices(bitmap: Uint8Array): readonly AuthorityIndex[] {
    return decodeSigners(bitmap, this.#cities) ?? [];
  }

  #setKey(key: OprfKey): void {
    this.#set(oprfFactName.key, encodeOprfKey(key, this.#cities));
  }

  #setCeremony(ceremony: OprfCeremony): void {
    this.#set(oprfFactName.ceremony, encodeOprfCeremony(ceremony, this.#cities));
  }

  #get(name: Uint8Array): Uint8Array | undefined {
    return this.#state.get(oprfFactKey(this.#context.domains, name));
  }

  #set(name: Uint8Array, value: Uint8Array | undefined): void {
    this.#state.set(oprfFactKey(this.#context.domains, name), value);
  }
}

function currentKey(state: FactReader, { domains, genesis }: CheckContext): OprfKey | undefined {
  const value = state.get(oprfFactKey(domains, oprfFactName.key));
  return value === undefined ? undefined : readOprfKey(value, genesis.authorities.length);
}

function currentCeremony(state: FactReader, { domains, genesis }: ApplyContext): OprfCeremony | undefined {
  const value = state.get(oprfFactKey(domains, oprfFactName.ceremony));
  return value === undefined ? undefined : readOprfCeremony(value, genesis.authorities.length);
}

/** Whether `held` has all of `wanted`. */
function covers(held: readonly AuthorityIndex[], wanted: readonly AuthorityIndex[]): boolean {
  const set = new Set(held);
  return wanted.every((index) => set.has(index));
}

function ascending(a: number, b: number): number {
  return a - b;
}
