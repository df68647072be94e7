import { epochOf } from '@hansa/protocol/genesis';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { cityName } from '../city-names.ts';
import { openProposals } from '../services/membership-views.ts';
import type { CityEvents, LedgerPort, OprfPort } from './ports.ts';

/** Submissions whose finality is being timed; the histogram needs a sample, not every record. */
const timedMax = 4096;

/** Prometheus metrics of one daemon, in a registry of their own. No label is about a person or a request's content. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #city: LedgerPort;
  readonly #refused: Counter<'code'>;
  readonly #finality: Histogram;
  /** Own entries that are not final yet: sequence -> when they were sealed (monotonic ms). */
  readonly #sealed = new Map<number, number>();
  readonly #onFinalized: (event: CityEvents['finalized']) => void;

  /** Without `oprf`: of an observer, which holds no share. */
  constructor(city: LedgerPort, oprf: OprfPort | undefined) {
    this.#city = city;
    collectDefaultMetrics({ register: this.#registry, prefix: 'hansa_' });
    this.#refused = new Counter({
      name: 'hansa_http_refused_total',
      help: 'HTTP requests refused, by code.',
      labelNames: ['code'],
      registers: [this.#registry],
    });
    this.#finality = new Histogram({
      name: 'hansa_finality_seconds',
      help: 'From an own entry sealed through the HTTP API to its finality.',
      buckets: [0.005, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers: [this.#registry],
    });
    this.#addGauges();
    if (oprf !== undefined) this.#addOprfGauges(oprf);
    this.#onFinalized = () => this.#observeFinality();
    city.events.on('finalized', this.#onFinalized);
  }

  refused(code: string): void {
    this.#refused.inc({ code });
  }

  /** Starts the clock of an own entry's finality. */
  sealed(sequence: number): void {
    if (this.#sealed.size < timedMax && !this.#sealed.has(sequence)) this.#sealed.set(sequence, performance.now());
  }

  async text(): Promise<{ readonly body: string; readonly contentType: string }> {
    return { body: await this.#registry.metrics(), contentType: this.#registry.contentType };
  }

  close(): void {
    this.#city.events.off('finalized', this.#onFinalized);
    this.#registry.clear();
  }

  #observeFinality(): void {
    if (this.#sealed.size === 0) return;
    const own = this.#city.lanes().find(({ lane }) => lane === this.#city.self.index);
    const now = performance.now();
    for (const [sequence, sealedAt] of this.#sealed) {
      if (sequence > (own?.finalizedSequence ?? 0)) continue;
      this.#finality.observe((now - sealedAt) / 1000);
      this.#sealed.delete(sequence);
    }
  }

  #addOprfGauges(oprf: OprfPort): void {
    const registers = [this.#registry];
    new Gauge({
      name: 'hansa_oprf_share',
      help: '1 while this city holds a share of the OPRF key.',
      registers,
      async collect() {
        this.set((await oprf.status()).holdsShare ? 1 : 0);
      },
    });
    new Gauge({
      name: 'hansa_oprf_requests',
      help: 'Requests of other cities at the OPRF door since the start, by how they ended.',
      labelNames: ['outcome'],
      registers,
      async collect() {
        for (const [outcome, count] of (await oprf.status()).outcomes) this.set({ outcome }, count);
      },
    });
    new Gauge({
      name: 'hansa_oprf_alarms',
      help: 'Alarms about lookups, dealers and evaluators that are kept.',
      registers,
      async collect() {
        this.set((await oprf.status()).alarms.length);
      },
    });
  }

  #addGauges(): void {
    const city = this.#city;
    const gauge = (name: string, help: string, read: () => number) => {
      new Gauge({
        name,
        help,
        registers: [this.#registry],
        collect() {
          this.set(read());
        },
      });
    };
    gauge('hansa_finalized_height', 'Newest final block.', () => city.status().finalizedHeight);
    gauge('hansa_executed_height', 'Newest executed block.', () => city.status().executedHeight);
    gauge(
      'hansa_checkpoint_height',
      'Newest height whose state a final block proves.',
      () => city.status().checkpointHeight,
    );
    gauge('hansa_view', 'Current view of the agreement.', () => city.status().view);
    gauge('hansa_records', 'Records executed.', () => city.status().records);
    gauge('hansa_rejected_records', 'Records that the ledger rejected.', () => city.status().rejectedRecords);
    gauge('hansa_facts', 'Current facts.', () => city.status().facts);
    gauge('hansa_bytes_in', 'Bytes received from other members since the start.', () => city.status().bytesIn);
    gauge('hansa_bytes_out', 'Bytes sent to other members since the start.', () => city.status().bytesOut);
    gauge('hansa_peers', 'Members connected.', () => city.status().peers.filter(({ connected }) => connected).length);
    gauge('hansa_epoch', 'Epoch of the authority set (C12).', () => epochOf(city.genesis));
    gauge(
      'hansa_membership_proposals',
      'Proposals to change the authorities that are open.',
      () => openProposals(city).length,
    );
    gauge('hansa_evidence', 'Proofs of misbehaviour held.', () => city.evidence().length);
    gauge('hansa_alarm', '1 while an alarm stands.', () => (city.status().alarm === undefined ? 0 : 1));
    new Gauge({
      name: 'hansa_lane_lag_entries',
      help: 'Entries held of a lane that are not executed yet.',
      labelNames: ['city'],
      registers: [this.#registry],
      collect() {
        for (const lane of city.lanes()) {
          this.set({ city: cityName(city.genesis, lane.lane) }, lane.heldSequence - lane.executedSequence);
        }
      },
    });
  }
}
