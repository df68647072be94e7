import { defaultParameters, type Parameters, type VoteSchemeName } from '@hansa/protocol/genesis';
import { measuredCosts, type ProcessingCosts } from '../crypto/costs.ts';
import { microseconds } from './duration.ts';
import type { Gossip, Link, ProtocolSettings, Scenario, Selector } from './schema.ts';

/** A scenario with every default filled in: the only place where defaults are. Times are whole microseconds. */
export interface Settled {
  readonly cities: number;
  readonly observers: number;
  /** Whether cities have places in China. */
  readonly placed: boolean;
  readonly link: Link & Required<Pick<Link, 'latency'>>;
  readonly gossip:
    | { readonly kind: 'direct' }
    | { readonly kind: 'mesh'; readonly degree: number; readonly heartbeatUs: number };
  readonly crypto: 'cost' | 'real';
  readonly voteScheme: VoteSchemeName;
  readonly parameters: Parameters;
  /** Undefined: computing takes no virtual time. */
  readonly costs: ProcessingCosts | undefined;
  readonly clockOffsetUs: number;
  readonly clockDriftPpm: number;
  readonly flushUs: number;
  /** Undefined: the disk takes any amount in no time. */
  readonly diskBytesPerUs: number | undefined;
  /** Undefined: nobody submits anything. */
  readonly workload: SettledWorkload | undefined;
  readonly stopAtUs: number;
  /** How long a run goes on after its cities have converged. */
  readonly graceUs: number;
}

export interface SettledWorkload {
  /** Of each city, before the day's curve. */
  readonly recordsPerSecond: number;
  readonly recordBytes: number;
  readonly batch: number;
  readonly arrivals: 'steady' | 'poisson';
  readonly from: Selector;
  readonly startUs: number;
  readonly endUs: number;
  readonly bursts: readonly { readonly atUs: number; readonly records: number; readonly cities: Selector }[];
  /** Factors of the rate for each hour of the day. */
  readonly dayCurve: readonly number[];
  readonly dayLengthUs: number;
  readonly doubleUses: { readonly everyUs: number; readonly cities: number; readonly startUs: number } | undefined;
}

/** As the daemon's setup: Ed25519 for so few cities, BLS beyond (ADR 0008). */
const FEW_CITIES = 16;
/** As the daemon's gossip: up to so many peers the publisher sends to all itself. */
const FLOOD_PEERS_MAX = 24;
/** As the daemon's gossip: eight of hundreds. */
const MESH_DEGREE = 8;
/** gossipsub's. */
const HEARTBEAT = '1s';
/** A private line or good fibre between two provinces, one way; round enough to check figures by eye. */
const LATENCY = '10ms';
/** Access networks of both ends together, round trip: a few milliseconds in wired cities. */
export const LAST_MILE = '4ms';
/** Every run ends. */
const STOP_AT = '5m';
/** The checkpoints of the last blocks become final, so that every record is provable when the run ends. */
const GRACE_IDLE_INTERVALS = 3;
/** Cities have asked the others (R6) by then, even where one answer in three is lost. */
const WORKLOAD_START = '2s';
/** One clerk's pace. */
const RECORDS_PER_SECOND = 1;
/** A listing with one document. */
const RECORD_BYTES = 300;
/** The fewest that can compete. */
const DOUBLE_USE_CITIES = 2;

export function settle(scenario: Scenario): Settled {
  const { topology, protocol = {}, clocks = {}, disks = {}, stop = {} } = scenario;
  const { cities, observers = 0, link = {}, placement } = topology;
  // Geography needs places; places without another latency mean geography.
  const placed = (placement ?? (link.latency?.kind === 'geography' ? 'china' : 'none')) === 'china';
  const latency = link.latency ?? (placed ? { kind: 'geography' } : { kind: 'constant', delay: LATENCY });
  const bytesPerUs = disks.megabytesPerSecond;
  const parameters = settleParameters(protocol);
  return {
    cities,
    observers,
    placed,
    link: { ...link, latency },
    gossip: settleGossip(topology.gossip, cities + observers),
    crypto: protocol.crypto ?? 'cost',
    voteScheme: protocol.voteScheme ?? (cities <= FEW_CITIES ? 'ed25519' : 'bls12381'),
    parameters,
    costs: settleCosts(protocol.processing),
    clockOffsetUs: optionalUs(clocks.offset, 0),
    clockDriftPpm: clocks.driftPpm ?? 0,
    flushUs: optionalUs(disks.flush, 0),
    // A megabyte a second is a byte a microsecond.
    diskBytesPerUs: bytesPerUs,
    workload: settleWorkload(scenario),
    stopAtUs: microseconds(stop.at ?? STOP_AT),
    graceUs:
      stop.grace === undefined ? GRACE_IDLE_INTERVALS * parameters.idleIntervalMs * 1000 : microseconds(stop.grace),
  };
}

function settleWorkload({ workload, stop = {} }: Scenario): SettledWorkload | undefined {
  if (workload === undefined) return undefined;
  const stopAtUs = microseconds(stop.at ?? STOP_AT);
  const from = workload.from ?? 'all';
  const startUs = microseconds(workload.start ?? WORKLOAD_START);
  const { doubleUses } = workload;
  return {
    recordsPerSecond: workload.recordsPerSecond ?? RECORDS_PER_SECOND,
    recordBytes: workload.recordBytes ?? RECORD_BYTES,
    batch: workload.batch ?? 1,
    arrivals: workload.arrivals ?? 'poisson',
    from,
    startUs,
    // A run that waits for all to converge needs time without new records.
    endUs: optionalUs(workload.end, stop.converged === true ? Math.floor(stopAtUs / 2) : stopAtUs),
    bursts: (workload.bursts ?? []).map(({ at, records, cities }) => ({
      atUs: microseconds(at),
      records,
      cities: cities ?? from,
    })),
    dayCurve: workload.dayCurve ?? [],
    dayLengthUs: microseconds(workload.dayLength ?? '24h'),
    doubleUses:
      doubleUses === undefined
        ? undefined
        : {
            everyUs: microseconds(doubleUses.every),
            cities: doubleUses.cities ?? DOUBLE_USE_CITIES,
            startUs: optionalUs(doubleUses.start, startUs),
          },
  };
}

function settleGossip(gossip: Gossip | undefined, members: number): Settled['gossip'] {
  const { kind, ...rest } = gossip ?? { kind: members - 1 <= FLOOD_PEERS_MAX ? 'direct' : 'mesh' };
  if (kind === 'direct') return { kind };
  const { degree = MESH_DEGREE, heartbeat = HEARTBEAT } = rest as { degree?: number; heartbeat?: string };
  return { kind, degree, heartbeatUs: microseconds(heartbeat) };
}

/** The daemon's timing, unless named. Genesis files know whole milliseconds, at least one. */
function settleParameters(protocol: ProtocolSettings): Parameters {
  const ms = (duration: string | undefined, otherwise: number) =>
    duration === undefined ? otherwise : Math.max(1, Math.round(microseconds(duration) / 1000));
  const deltaMs = ms(protocol.delta, defaultParameters.deltaMs);
  return {
    deltaMs,
    idleIntervalMs: ms(protocol.idleInterval, defaultParameters.idleIntervalMs),
    resendMs: ms(protocol.resend, defaultParameters.resendMs),
    resyncMs: ms(protocol.resync, defaultParameters.resyncMs),
    timeoutGrowth: protocol.timeoutGrowth ?? defaultParameters.timeoutGrowth,
    // C5: never below 3Δ, or leaders in time would be given up.
    timeoutCapMs: Math.max(ms(protocol.timeoutCap, defaultParameters.timeoutCapMs), 3 * deltaMs),
  };
}

function settleCosts(processing: ProtocolSettings['processing']): ProcessingCosts | undefined {
  if (processing === 'free') return undefined;
  if (processing === undefined || processing === 'measured') return measuredCosts;
  const us = (duration: string | undefined, otherwise: number) => optionalUs(duration, otherwise);
  return {
    messageUs: us(processing.message, measuredCosts.messageUs),
    signEd25519Us: us(processing.signEd25519, measuredCosts.signEd25519Us),
    verifyEd25519Us: us(processing.verifyEd25519, measuredCosts.verifyEd25519Us),
    signBlsUs: us(processing.signBls, measuredCosts.signBlsUs),
    verifyBlsUs: us(processing.verifyBls, measuredCosts.verifyBlsUs),
    aggregateBlsPerVoteUs: us(processing.aggregateBlsPerVote, measuredCosts.aggregateBlsPerVoteUs),
    addBlsKeyUs: measuredCosts.addBlsKeyUs,
    hashPerKilobyteUs: us(processing.hashPerKilobyte, measuredCosts.hashPerKilobyteUs),
    recordUs: us(processing.record, measuredCosts.recordUs),
  };
}

function optionalUs(duration: string | undefined, otherwise: number): number {
  return duration === undefined ? otherwise : microseconds(duration);
}
