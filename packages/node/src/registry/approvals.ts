import { fromHex } from '@hansa/protocol';
import type { Store } from '@hansa/protocol/replica';
import type { Approval, ApprovalDecision, ApprovalsPort, Change } from '../api/approval-ports.ts';
import { decodeJson, encodeJson, getJson, privateKey, privateRange } from './tables.ts';

/** Changes of the blacklist that wait for a second officer, and what became of earlier ones. */
export class ApprovalBook implements ApprovalsPort {
  readonly #store: Store;
  #all: Promise<Map<string, Approval>> | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  async waiting(): Promise<readonly Approval[]> {
    const waiting = [...(await this.#load()).values()].filter(({ state }) => state === 'waiting');
    return waiting.sort((a, b) => a.preparedAtMs - b.preparedAtMs);
  }

  async decided(limit: number): Promise<readonly Approval[]> {
    const decided = [...(await this.#load()).values()].filter(({ state }) => state !== 'waiting');
    return decided.sort((a, b) => (b.decidedAtMs ?? 0) - (a.decidedAtMs ?? 0)).slice(0, limit);
  }

  async get(id: string): Promise<Approval | undefined> {
    return getJson<Approval>(this.#store, keyOf(id));
  }

  async add(approval: Approval): Promise<void> {
    await this.#put(approval);
  }

  async decide(approval: Approval, decision: ApprovalDecision): Promise<Approval> {
    const decided: Approval = { ...approval, change: withoutPerson(approval.change), ...decision };
    await this.#put(decided);
    return decided;
  }

  async #put(approval: Approval): Promise<void> {
    const all = await this.#load();
    await this.#store.commit([{ key: keyOf(approval.id), value: encodeJson(approval) }], true);
    all.set(approval.id, approval);
  }

  /** All of them are in memory: a centre decides some thousands a year, a few hundred bytes each. */
  #load(): Promise<Map<string, Approval>> {
    this.#all ??= this.#read();
    return this.#all;
  }

  async #read(): Promise<Map<string, Approval>> {
    const found = new Map<string, Approval>();
    for await (const [, value] of this.#store.range(privateRange('approvals'))) {
      const approval = decodeJson<Approval>(value);
      found.set(approval.id, approval);
    }
    return found;
  }
}

/** P1: what is decided is kept for supervision; the person is in the listing's payload, which can be erased. */
function withoutPerson(change: Change): Change {
  if (change.kind !== 'list') return change;
  const { listing } = change;
  return { kind: 'list', listing: { ...listing, subject: { ...listing.subject, number: '' }, name: '' } };
}

function keyOf(id: string): Uint8Array {
  return privateKey('approvals', fromHex(id) ?? new Uint8Array(0));
}
