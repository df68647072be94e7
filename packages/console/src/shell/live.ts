import type { ApiClient } from '../api/client.ts';
import { followEvents, type ServerEvent } from '../api/events.ts';
import type { FinalitySample, Status } from '../api/types.ts';
import { Store } from './store.ts';

export type Connection = 'connecting' | 'live' | 'lost';

/** Newest blocks whose finality is shown. */
const samplesMax = 720;
/** Under load there are many events a second; a person sees no difference. */
const refreshMs = 400;

/** What the city sees happen, kept up to date by its event stream. */
export class Live {
  readonly connection = new Store<Connection>('connecting');
  readonly status = new Store<Status | undefined>(undefined);
  readonly finality = new Store<readonly FinalitySample[]>([]);
  /** Grows with every event after which lists may have changed. */
  readonly tick = new Store(0);
  readonly #api: ApiClient;
  readonly #stopped = new AbortController();
  #refreshing = false;
  #again = false;

  constructor(api: ApiClient) {
    this.#api = api;
  }

  start(): void {
    void this.#loadFinality();
    void this.refresh();
    void followEvents(
      {
        open: (headers, signal) => this.#api.request('GET', '/v1/events', { headers, signal }),
        onEvent: (event) => this.#onEvent(event),
        onState: (state) => {
          this.connection.set(state);
          // Whatever happened in between, what is shown is what is so now.
          if (state === 'live') void this.refresh();
        },
        pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      },
      this.#stopped.signal,
    );
  }

  stop(): void {
    this.#stopped.abort();
  }

  /** Asks for the status anew; at most one request at a time, and one more when something happened meanwhile. */
  async refresh(): Promise<void> {
    if (this.#refreshing) {
      this.#again = true;
      return;
    }
    this.#refreshing = true;
    try {
      this.status.set(await this.#api.get<Status>('/v1/status', this.#stopped.signal));
      this.tick.set(this.tick.value + 1);
    } catch {
      // The connection's own state says that the daemon does not answer.
    }
    await new Promise((resolve) => setTimeout(resolve, refreshMs));
    this.#refreshing = false;
    if (this.#again && !this.#stopped.signal.aborted) {
      this.#again = false;
      void this.refresh();
    }
  }

  async #loadFinality(): Promise<void> {
    try {
      const { blocks } = await this.#api.get<{ blocks: readonly FinalitySample[] }>('/v1/finality');
      const known = new Set(blocks.map(({ height }) => height));
      this.#keep([...blocks, ...this.finality.value.filter(({ height }) => !known.has(height))]);
    } catch {
      // The chart begins with the next block.
    }
  }

  #onEvent({ name, data }: ServerEvent): void {
    if (name === 'finalized') {
      const { height, timestamp, afterMs } = data as FinalitySample;
      if (!this.finality.value.some((sample) => sample.height === height)) {
        this.#keep([...this.finality.value, { height, timestamp, afterMs }]);
      }
    }
    void this.refresh();
  }

  #keep(samples: readonly FinalitySample[]): void {
    this.finality.set(samples.slice(-samplesMax));
  }
}
