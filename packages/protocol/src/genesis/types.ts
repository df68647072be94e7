import type { Digest } from '../crypto/types.ts';

/** Index of an authority in the epoch's set; also the number of its lane. */
export type AuthorityIndex = number;

export interface Authority {
  readonly index: AuthorityIndex;
  /** Short ASCII name, unique in the federation: `haikou`. */
  readonly name: string;
  /** Name for people: `海口市住房公积金管理局`. */
  readonly displayName: string;
  /** Ed25519: signs entries and proposals. 32 bytes. */
  readonly laneKey: Uint8Array;
  /** BLS12-381: signs votes. 48 bytes. */
  readonly voteKey: Uint8Array;
  readonly voteKeyProof: Uint8Array;
  /** X25519: opens what is sealed to the city (P3). 32 bytes. */
  readonly exchangeKey: Uint8Array;
  /** Ed25519: signs citizens' credentials, and the requests and answers of the exchange (P3, P4). 32 bytes. */
  readonly credentialKey: Uint8Array;
  /** libp2p peer id of the city's daemon (base58). */
  readonly peerId: string;
  /** Multiaddrs where the daemon listens; hints that a config may override. */
  readonly addresses: readonly string[];
  /** C12: absent for an authority that votes. */
  readonly standing?: 'suspended' | 'removed' | undefined;
}

/** A keyed member without a vote. */
export interface Observer {
  readonly name: string;
  readonly displayName: string;
  readonly peerId: string;
}

/** See `vote-scheme.ts`. */
export type VoteSchemeName = 'bls12381' | 'ed25519';

/** Timing, in milliseconds; part of the agreement, so that all cities wait alike. */
export interface Parameters {
  /** Δ: bound on one message's delay in good times (C5). */
  readonly deltaMs: number;
  /** How long an idle leader waits before an empty block (C2, C8). */
  readonly idleIntervalMs: number;
  /** t_r and T_s of C7. */
  readonly resendMs: number;
  readonly resyncMs: number;
  /** C8: timeouts grow by this factor per view without finality, up to the cap. */
  readonly timeoutGrowth: number;
  readonly timeoutCapMs: number;
}

/** Minor, general, serious: calendar months from the decision. */
export type MonthsBySeverity = readonly [number, number, number];

/** Legal bounds of listings, from the decision on. */
export interface ListingPolicy {
  readonly publishMonthsMax: MonthsBySeverity;
  readonly shareMonthsMax: MonthsBySeverity;
  readonly restrictMonthsMax: MonthsBySeverity;
  /** Shortest publicity, sharing and restriction of a listing that has them at all. Absent: none is too short. */
  readonly publishMonthsMin?: MonthsBySeverity;
  readonly shareMonthsMin?: MonthsBySeverity;
  readonly restrictMonthsMin?: MonthsBySeverity;
  /** Shortest objection window after the notice, in days. */
  readonly objectionDaysMin: number;
}

export interface CertificatePolicy {
  /** Longest validity of a deposit certificate in months. */
  readonly validityMonthsMax: number;
}

/** What an open dispute does to its listing unless the record says so: it shows, or it also stops restricting. */
export type DisputePolicy = 'flag' | 'suspend';

/** Lookups of subjects (P2), and answers from a state that is old. */
export interface LookupPolicy {
  /** Lookups an hour, without a listing attached, that the other cities together grant one officer, and one matter, of a city. */
  readonly evaluationsPerHour: number;
  /** Age of the newest final block from which an answer is stale. */
  readonly staleAfterMs: number;
  /** Stale answers are refused, or given and said to be stale. */
  readonly staleAnswers: 'refuse' | 'say';
}

export interface AccessPolicy {
  /** Longest time that an access receipt may wait for its batch (P3). */
  readonly batchMs: number;
  /** Codes of the legal bases on which a private payload may be asked for without its holder's consent. */
  readonly legalBases: readonly string[];
  /** Those that open certificates, too. Absent: a court's order alone (`basesOfCertificates`). */
  readonly certificateBases?: readonly string[];
}

/** What the federation's law says in numbers; its digest is a fact of the ledger (`policyDigest`). */
export interface Policy {
  readonly listing: ListingPolicy;
  readonly certificate: CertificatePolicy;
  readonly dispute: DisputePolicy;
  readonly lookup: LookupPolicy;
  readonly access: AccessPolicy;
}

/**
 * The federation as one epoch has it: what the genesis file says, with the authority set of that epoch (C12,
 * `authority-set.ts`). What `parseGenesis` gives is epoch 0.
 */
export interface Genesis {
  readonly format: 'hansa-genesis/1';
  /** C12: absent is 0. */
  readonly epoch?: number;
  /** C12: of a later epoch: the federation in the epoch before it. */
  readonly before?: Genesis;
  /** C12: of a later epoch: legal time of the seal that it stands on, in milliseconds since 1970. */
  readonly sinceMs?: number;
  /** SHA-256 of the genesis file's bytes. */
  readonly federationId: Digest;
  readonly name: string;
  /** True: synthetic subjects (ID prefix 99) are allowed, and nothing in this federation is real. */
  readonly testFederation: boolean;
  readonly createdAtMs: number;
  /** Minutes east of UTC for legal dates; 480 in China. */
  readonly utcOffsetMinutes: number;
  readonly authorities: readonly Authority[];
  readonly observers: readonly Observer[];
  /** How votes are signed; absent in the file: `bls12381`. */
  readonly voteScheme: VoteSchemeName;
  readonly parameters: Parameters;
  readonly policy: Policy;
}

/** f = floor((n-1)/3). */
export function faultsTolerated(n: number): number {
  return Math.floor((n - 1) / 3);
}

/** q = n - f; never 2f+1 (n = 341: 228, not 227). */
export function quorum(n: number): number {
  return n - faultsTolerated(n);
}
