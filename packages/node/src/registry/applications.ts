import { fromHex } from '@hansa/protocol';
import type { Store } from '@hansa/protocol/replica';
import type { Application, ApplicationDecision } from '../api/ports.ts';
import { decodeJson, encodeJson, getJson, privateKey, privateRange } from './tables.ts';

/**
 * Requests for certificates that came from citizens' phones. Those that wait for an officer are in memory too: they are
 * few, because the service takes no more than it says. A decided one keeps no account number: nobody needs it any more.
 */
export class ApplicationBook {
  readonly #store: Store;
  #pending: Promise<Map<string, Application>> | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Those that wait, oldest first. */
  async pending(): Promise<readonly Application[]> {
    return [...(await this.#load()).values()];
  }

  async get(id: string): Promise<Application | undefined> {
    return getJson<Application>(this.#store, keyOf(id));
  }

  /** Durable when it resolves. */
  async add(application: Application): Promise<void> {
    const pending = await this.#load();
    pending.set(application.id, application);
    await this.#store.commit([{ key: keyOf(application.id), value: encodeJson(application) }], true);
  }

  /** Durable when it resolves. */
  async decide(application: Application, decision: ApplicationDecision): Promise<Application> {
    const pending = await this.#load();
    const { account: _, phone: __, ...kept } = application;
    const decided: Application = { ...kept, ...decision };
    await this.#store.commit([{ key: keyOf(application.id), value: encodeJson(decided) }], true);
    pending.delete(application.id);
    return decided;
  }

  async #load(): Promise<Map<string, Application>> {
    this.#pending ??= this.#read();
    return this.#pending;
  }

  async #read(): Promise<Map<string, Application>> {
    const found: Application[] = [];
    for await (const [, value] of this.#store.range(privateRange('applications'))) {
      const application = decodeJson<Application>(value);
      if (application.state === 'pending') found.push(application);
    }
    found.sort((a, b) => a.appliedAtMs - b.appliedAtMs);
    return new Map(found.map((application) => [application.id, application]));
  }
}

function keyOf(id: string): Uint8Array {
  return privateKey('applications', fromHex(id) ?? new Uint8Array(0));
}
