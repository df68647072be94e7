import type { Multiaddr } from '@multiformats/multiaddr';
import { BackOff } from '../back-off.ts';
import { parseAddresses } from './addresses.ts';
import type { Member } from './members.ts';
import type { NetworkSettings } from './settings.ts';
import type { NetworkLog } from './types.ts';

/**
 * Keeps one member connected: dials, waits with back-off and jitter, dials again, without end. libp2p's own reconnecting
 * gives up after 31 s and never retries a failed first dial.
 */
export class Dialer {
  readonly #member: Member;
  readonly #addresses: () => readonly string[];
  readonly #dial: (addresses: Multiaddr[], signal: AbortSignal) => Promise<unknown>;
  readonly #settings: NetworkSettings;
  readonly #log: NetworkLog;
  readonly #backOff: BackOff;
  readonly #patient: boolean;
  #timer: NodeJS.Timeout | undefined;
  #dialing: AbortController | undefined;
  #connectedAt: number | undefined;
  /** What is dialed has other addresses by now. */
  #isOverdue = false;
  #running = false;

  constructor(options: {
    member: Member;
    addresses: () => readonly string[];
    dial: (addresses: Multiaddr[], signal: AbortSignal) => Promise<unknown>;
    /** It is the member's part to dial: ours only when it has not come for a while. */
    patient: boolean;
    settings: NetworkSettings;
    log: NetworkLog;
  }) {
    this.#member = options.member;
    this.#addresses = options.addresses;
    this.#dial = options.dial;
    this.#settings = options.settings;
    this.#log = options.log;
    this.#patient = options.patient;
    const { backOffMs, backOffCapMs, patienceMs } = options.settings;
    this.#backOff = options.patient ? new BackOff(patienceMs, 2 * patienceMs) : new BackOff(backOffMs, backOffCapMs);
  }

  start(): void {
    this.#running = true;
    if (this.#patient) this.#wait();
    else void this.#attempt();
  }

  stop(): void {
    this.#running = false;
    clearTimeout(this.#timer);
    this.#dialing?.abort();
  }

  /** The member's addresses are others now: what was tried before says nothing about them. */
  tryAgain(): void {
    this.#backOff.reset();
    clearTimeout(this.#timer);
    this.#isOverdue = this.#dialing !== undefined;
    if (this.#isOverdue) this.#dialing?.abort();
    else void this.#attempt();
  }

  onConnected(): void {
    this.#connectedAt = performance.now();
    clearTimeout(this.#timer);
  }

  onDisconnected(): void {
    // A connection that is closed at once (refused at the other end) counts as a failed dial.
    if (this.#connectedAt !== undefined && performance.now() - this.#connectedAt > this.#settings.settledMs)
      this.#backOff.reset();
    this.#connectedAt = undefined;
    this.#wait();
  }

  #wait(): void {
    clearTimeout(this.#timer);
    if (!this.#running) return;
    this.#timer = setTimeout(() => void this.#attempt(), this.#backOff.next());
  }

  async #attempt(): Promise<void> {
    if (!this.#running || this.#connectedAt !== undefined || this.#dialing !== undefined) return;
    const dialing = new AbortController();
    const timeout = setTimeout(() => dialing.abort(), this.#settings.dialTimeoutMs);
    this.#dialing = dialing;
    try {
      const addresses = parseAddresses(this.#addresses(), this.#member.peerId);
      if (addresses.length === 0) throw new Error('no usable address: correct or add one in `peers` in the config');
      await this.#dial(addresses, dialing.signal);
    } catch (error) {
      const { attempts } = this.#backOff;
      const details = { peer: this.#member.name, attempts: attempts + 1, reason: (error as Error).message };
      // Once loudly, then now and then.
      if (this.#running && attempts % 50 === 5)
        this.#log.warn(
          details,
          'peer cannot be reached, going on trying; check its address, that it runs and has the same genesis file',
        );
      else this.#log.debug(details, 'peer cannot be reached, will try again');
    } finally {
      clearTimeout(timeout);
      this.#dialing = undefined;
    }
    // The connection's own event came first when it stands; also then, one look later does no harm.
    if (this.#connectedAt !== undefined) return;
    const isOverdue = this.#isOverdue;
    this.#isOverdue = false;
    if (isOverdue) await this.#attempt();
    else this.#wait();
  }
}
