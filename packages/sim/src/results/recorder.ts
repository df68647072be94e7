import type { Effect, Input } from '@hansa/protocol/replica';
import type { Violation } from '../checks/contract.ts';
import { microseconds } from '../scenario/duration.ts';
import type { FaultNotice, LostBecause, NodeIndex, NodeState, Probe, Transit, World } from '../world/contract.ts';
import { ExecutedBlocks } from './executed-blocks.ts';
import { FaultLog } from './fault-log.ts';
import { HeightSeries } from './height-series.ts';
import { CityLatencies } from './latencies.ts';
import { MessageKinds } from './message-kind.ts';
import { type ChosenWindow, SpaceTime } from './space-time.ts';
import { TrafficCount } from './traffic-count.ts';
import { ViewMatrix } from './view-matrix.ts';

export interface RecorderOptions {
  /** Asked after every effect: the first violation is worth a picture. */
  readonly firstViolation: () => Violation | undefined;
  /** For the space-time diagram; undefined: around the most interesting moment. */
  readonly window?: ChosenWindow;
}

/** What one city did. */
export interface CityRecord {
  readonly latencies: CityLatencies;
  finalizedHeight: number;
  executedHeight: number;
  finalizedView: number;
  view: number;
  crashes: number;
  alarms: number;
}

/** How many leaders of coming views a picture of a moment shows. */
const LEADERS_SHOWN = 6;

/** Watches a run and keeps what a result needs: counters and samples, never the run itself. */
export class Recorder implements Probe {
  readonly world: World;
  readonly blocks = new ExecutedBlocks();
  readonly faults = new FaultLog();
  readonly views: ViewMatrix;
  readonly traffic: TrafficCount;
  readonly series: HeightSeries;
  readonly spaceTime: SpaceTime;
  readonly cities: readonly CityRecord[];
  /** Of distinct authorities and kinds. */
  readonly evidence = new Set<string>();
  /** Final height of each node; -1 while it is not up. */
  readonly #heights: Int32Array;
  readonly #kinds = new MessageKinds();
  readonly #firstViolation: RecorderOptions['firstViolation'];
  #executedHeight = 0;

  /** Before the start of the run, when all nodes are there. */
  constructor(world: World, options: RecorderOptions) {
    const nodes = world.nodes.length;
    this.world = world;
    this.#firstViolation = options.firstViolation;
    this.#heights = new Int32Array(nodes).fill(-1);
    this.views = new ViewMatrix(nodes);
    this.traffic = new TrafficCount(nodes);
    this.cities = world.nodes.map(() => ({
      latencies: new CityLatencies(),
      finalizedHeight: 0,
      executedHeight: 0,
      finalizedView: 0,
      view: 0,
      crashes: 0,
      alarms: 0,
    }));
    this.series = new HeightSeries(this.#sampled());
    this.spaceTime = new SpaceTime({
      nodes,
      deltaUs: world.federation.genesis.parameters.deltaMs * microseconds('1ms'),
      ...(options.window === undefined ? {} : { chosen: options.window }),
    });
  }

  /** Height that the furthest honest city has executed. */
  get executedHeight(): number {
    return this.#executedHeight;
  }

  /** View of the newest final block of the furthest honest city. */
  get finalized(): { readonly height: number; readonly view: number } {
    let [height, view] = [0, 0];
    this.cities.forEach((city, node) => {
      if (this.#isHonest(node) && city.finalizedHeight > height)
        [height, view] = [city.finalizedHeight, city.finalizedView];
    });
    return { height, view };
  }

  onInput(_node: NodeIndex, _input: Input): void {
    this.#tick();
  }

  onTurn(node: NodeIndex): void {
    const city = this.cities[node];
    const view = this.world.nodes[node]?.replica?.view;
    if (city === undefined || view === undefined || view <= city.view) return;
    city.view = view;
    const { nowUs } = this.world;
    this.spaceTime.mark(nowUs, node, 'view', `enters view ${view}`);
    if (!this.#isHonest(node)) return;
    if (view > this.views.newest) this.spaceTime.enteredView(nowUs);
    this.views.entered(nowUs, view);
    // The first view may wait long for something to agree on.
    if (view > 1) this.#moment('views', [node]);
  }

  onCarriedOut(node: NodeIndex, effect: Effect): void {
    this.#tick();
    const city = this.cities[node];
    if (city === undefined) return;
    const { nowUs } = this.world;
    switch (effect.kind) {
      case 'broadcast':
        if (effect.channel === 'consensus') this.#said(node, effect.bytes);
        break;
      case 'sealed':
        city.latencies.sealed(effect.id, effect.first);
        break;
      case 'refused':
        city.latencies.refused(effect.id);
        break;
      case 'finalized':
        this.#finalized(node, city, effect.height, effect.view);
        break;
      case 'executed': {
        const lane = this.world.nodes[node]?.authority;
        city.executedHeight = effect.height;
        if (this.#isHonest(node)) {
          this.blocks.executed(effect.height, effect.outcomes);
          this.#executedHeight = Math.max(this.#executedHeight, effect.height);
        }
        if (lane !== undefined) city.latencies.executed(nowUs, lane, effect.height, effect.outcomes);
        break;
      }
      case 'checkpointed':
        city.latencies.proven(nowUs, effect.height);
        break;
      case 'evidence':
        if (this.#isHonest(node)) this.evidence.add(`${effect.accused} ${effect.type}`);
        this.spaceTime.mark(
          nowUs,
          node,
          'evidence',
          `holds evidence (${effect.type}) against ${this.#name(effect.accused)}`,
        );
        break;
      case 'alarm':
        city.alarms++;
        this.spaceTime.mark(nowUs, node, 'alarm', effect.error.code);
        break;
      default:
        break;
    }
    this.#watchViolations();
  }

  onSent(transit: Transit, arrivesAtUs: number): void {
    this.#tick();
    const message = this.#kinds.of(transit.path, transit.bytes);
    this.traffic.sent(transit, message.kind);
    this.spaceTime.sent(this.world.nowUs, transit, arrivesAtUs, message);
  }

  onDelivered(transit: Transit): void {
    this.#tick();
    this.traffic.delivered(transit);
  }

  onLost(transit: Transit, _because: LostBecause): void {
    this.#tick();
    this.traffic.wasLost(transit, this.#kinds.of(transit.path, transit.bytes).kind);
    this.spaceTime.lost(transit);
  }

  onSubmitted(node: NodeIndex, submission: number, records: readonly Uint8Array[]): void {
    this.#tick();
    this.cities[node]?.latencies.submitted(this.world.nowUs, submission, records.length);
  }

  onNodeState(node: NodeIndex, state: NodeState, why: string): void {
    this.#tick();
    const city = this.cities[node];
    if (city === undefined) return;
    const { nowUs } = this.world;
    this.spaceTime.mark(nowUs, node, state, why);
    const { replica, authority } = this.world.nodes[node] ?? {};
    if (state === 'down') {
      city.crashes++;
      this.#heights[node] = -1;
    }
    if (state !== 'up' || replica === undefined) return;
    const { finalizedHeight, executedHeight, view, lanes } = replica.status();
    Object.assign(city, { finalizedHeight, executedHeight, view });
    this.#heights[node] = finalizedHeight;
    const executed = authority === undefined ? 0 : (lanes[authority]?.executed ?? 0);
    city.latencies.recovered(nowUs, executed, executedHeight);
  }

  onFault(notice: FaultNotice): void {
    this.#tick();
    this.faults.noted(this.world.nowUs, notice);
    if (notice.phase !== 'end' && notice.kind !== 'adversary') this.#moment('fault', notice.nodes);
  }

  /** Samples are taken before the first change after their moment. */
  #tick(): void {
    const { nowUs } = this.world;
    if (nowUs > this.series.nextUs) this.series.advance(nowUs);
  }

  #said(node: NodeIndex, bytes: Uint8Array): void {
    const { kind, view } = this.#kinds.of('consensus', bytes);
    if (view === undefined) return;
    this.views.voted(node, kind, view);
    this.spaceTime.mark(this.world.nowUs, node, kind, `${kind} ${view}`);
  }

  #finalized(node: NodeIndex, city: CityRecord, height: number, view: number): void {
    city.finalizedHeight = height;
    city.finalizedView = view;
    if (this.#heights[node] !== -1) this.#heights[node] = height;
    this.spaceTime.mark(this.world.nowUs, node, 'final', `height ${height} is final`);
    if (this.#isHonest(node)) this.views.finalized(view);
  }

  #watchViolations(): void {
    if (!this.spaceTime.wants('violation')) return;
    const violation = this.#firstViolation();
    if (violation !== undefined) this.#moment('violation', violation.nodes);
  }

  #moment(reason: 'views' | 'fault' | 'violation', named: readonly NodeIndex[]): void {
    if (!this.spaceTime.wants(reason)) return;
    const leaders = Array.from({ length: LEADERS_SHOWN }, (_, ahead) =>
      this.world.epochs.leaderOf(this.views.newest + ahead),
    );
    this.spaceTime.moment(this.world.nowUs, reason, named, leaders);
  }

  #isHonest(node: NodeIndex): boolean {
    return this.world.nodes[node]?.role === 'honest';
  }

  #name(node: NodeIndex): string {
    return this.world.nodes[node]?.name ?? `node ${node}`;
  }

  #sampled() {
    const recorder = this;
    return {
      heights: this.#heights,
      honest: (node: number) => recorder.#isHonest(node),
      get recordsFinal() {
        return recorder.blocks.upTo(recorder.#executedHeight).records;
      },
      get bytes() {
        return recorder.traffic.bytes;
      },
      get messages() {
        return recorder.traffic.messages;
      },
    };
  }
}
