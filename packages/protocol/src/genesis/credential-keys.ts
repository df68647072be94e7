import { equalBytes } from '../bytes.ts';
import { limits } from '../limits.ts';
import type { AuthorityIndex, Genesis } from './types.ts';

/**
 * C12: the credential keys with which a city may have signed what it dates `atMs`, the newest first: those that it had in the
 * epoch of that time. Near a change they are two, since a city's clock may be off by the drift that blocks may have. A
 * city that was removed has none from then on. `genesis`: of an epoch that is not before that time.
 */
export function credentialKeysAt(genesis: Genesis, city: AuthorityIndex, atMs: number): readonly Uint8Array[] {
  const keys: Uint8Array[] = [];
  let untilMs = Number.POSITIVE_INFINITY;
  for (let epoch: Genesis | undefined = genesis; epoch !== undefined; epoch = epoch.before) {
    const sinceMs = epoch.sinceMs ?? Number.NEGATIVE_INFINITY;
    const seat = epoch.authorities[city];
    const outside = atMs < sinceMs - limits.clockDriftMsMax || atMs > untilMs + limits.clockDriftMsMax;
    untilMs = sinceMs;
    if (seat === undefined || seat.standing === 'removed') continue;
    if (outside) continue; // guard: C12 a key counts while its city has it
    if (!keys.some((key) => equalBytes(key, seat.credentialKey))) keys.push(seat.credentialKey);
  }
  return keys;
}

/** C12: all credential keys that a city has, or ever had, the newest first. */
export function credentialKeysOf(genesis: Genesis, city: AuthorityIndex): readonly Uint8Array[] {
  const keys: Uint8Array[] = [];
  for (let epoch: Genesis | undefined = genesis; epoch !== undefined; epoch = epoch.before) {
    const key = epoch.authorities[city]?.credentialKey;
    if (key !== undefined && !keys.some((known) => equalBytes(known, key))) keys.push(key);
  }
  return keys;
}

/** C12: since when a city has had its present credential key, in milliseconds since 1970: since the federation began, or a seal. */
export function credentialKeySince(genesis: Genesis, city: AuthorityIndex): number {
  const key = genesis.authorities[city]?.credentialKey ?? new Uint8Array(0);
  let epoch = genesis;
  for (; epoch.before !== undefined; epoch = epoch.before) {
    const earlier = epoch.before.authorities[city]?.credentialKey;
    if (earlier === undefined || !equalBytes(earlier, key)) break;
  }
  return epoch.sinceMs ?? epoch.createdAtMs;
}
