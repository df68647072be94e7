import { equalBytes, toHex } from '../bytes.ts';
import type { Digest, ReceiptCrypto } from '../crypto/types.ts';
import { accept, HansaError, type Result } from '../errors.ts';
import { limits } from '../limits.ts';
import { isAddress, isDisplayName, isMemberName, isPeerId } from './names.ts';
import { readPolicy } from './policy.ts';
import { fault, ObjectReader, parseJson } from './reader.ts';
import type { Authority, Genesis, Observer, Parameters, VoteSchemeName } from './types.ts';

const DAY_MS = 86_400_000;

/**
 * The genesis file's content, checked completely: types, ranges, no unknown or doubled fields, unique names, keys and
 * peer ids, and that every city holds the secret of its vote key. Errors: the `GENESIS_*` codes of
 * `docs/errors.md`; each names the field and what to do. Nothing of this depends on time or place, so all cities
 * and all verifiers accept the same files.
 *
 * `proven`: identity of a federation whose proofs this caller has verified before. They are not verified again when it is
 * that of these very bytes.
 */
export function parseGenesis(crypto: ReceiptCrypto, bytes: Uint8Array, proven?: Digest): Result<Genesis> {
  try {
    return accept(readGenesis(crypto, bytes, proven));
  } catch (error) {
    if (error instanceof HansaError) return { ok: false, error: { code: error.code, message: error.message } };
    throw error;
  }
}

function readGenesis(crypto: ReceiptCrypto, bytes: Uint8Array, proven: Digest | undefined): Genesis {
  if (bytes.length > limits.genesisBytesMax) {
    fault('TOO_LARGE', 'whole file');
  }
  const file = new ObjectReader(parseJson(bytes), '$');
  const format = file.string('format');
  if (format !== 'hansa-genesis/1') {
    fault('UNSUPPORTED_FORMAT', 'format');
  }
  const unique = new Unique();
  const federationId = crypto.sha256(bytes);
  const isProven = proven !== undefined && equalBytes(proven, federationId); // guard: R1 what was verified of other bytes is worth nothing
  const genesis: Genesis = {
    format,
    federationId,
    name: displayText(file, 'name'),
    testFederation: file.boolean('testFederation'),
    createdAtMs: file.integer('createdAtMs', 0, 100_000 * DAY_MS),
    utcOffsetMinutes: file.integer('utcOffsetMinutes', -14 * 60, 14 * 60),
    voteScheme: readVoteScheme(file),
    parameters: readParameters(file.object('parameters')),
    policy: readPolicy(file.object('policy')),
    authorities: readAuthorities(file, unique, isProven ? undefined : crypto),
    observers: file.list('observers').map((value, index) => {
      const reader = new ObjectReader(value, `observers[${index}]`);
      const observer = readMember(reader, unique);
      reader.end();
      return observer;
    }),
  };
  file.end();
  if (genesis.voteScheme === 'ed25519' && genesis.authorities.length > limits.ed25519VotersMax) {
    fault('OUT_OF_RANGE', 'voteScheme', `ed25519 serves at most ${limits.ed25519VotersMax} authorities. `);
  }
  return genesis;
}

function readVoteScheme(file: ObjectReader): VoteSchemeName {
  if (!file.has('voteScheme')) return 'bls12381';
  const name = file.string('voteScheme');
  if (name !== 'bls12381' && name !== 'ed25519') fault('OUT_OF_RANGE', 'voteScheme', 'bls12381 or ed25519. ');
  return name;
}

function readParameters(reader: ObjectReader): Parameters {
  const parameters: Parameters = {
    deltaMs: reader.integer('deltaMs', 1, 60_000),
    idleIntervalMs: reader.integer('idleIntervalMs', 0, 3_600_000),
    resendMs: reader.integer('resendMs', 1, 600_000),
    resyncMs: reader.integer('resyncMs', 1, 600_000),
    timeoutGrowth: reader.number('timeoutGrowth', 1, 10),
    timeoutCapMs: reader.integer('timeoutCapMs', 1, 3_600_000),
  };
  // C5, C8: a cap below 3Δ would give up on leaders that are in time.
  if (parameters.timeoutCapMs < 3 * parameters.deltaMs) {
    fault('OUT_OF_RANGE', reader.at('timeoutCapMs'), 'at least three times deltaMs. ');
  }
  reader.end();
  return parameters;
}

/** `crypto`: undefined when the proofs of possession were verified before. */
function readAuthorities(file: ObjectReader, unique: Unique, crypto: ReceiptCrypto | undefined): Authority[] {
  const list = file.list('authorities');
  if (list.length < 1 || list.length > limits.authoritiesMax) {
    fault('AUTHORITY_COUNT', 'authorities');
  }
  return list.map((value, index): Authority => {
    const reader = new ObjectReader(value, `authorities[${index}]`);
    const member = readMember(reader, unique);
    const authority: Authority = {
      index,
      ...member,
      laneKey: reader.hex('laneKey', 32),
      voteKey: reader.hex('voteKey', 48),
      voteKeyProof: reader.hex('voteKeyProof', 96),
      exchangeKey: reader.hex('exchangeKey', 32),
      credentialKey: reader.hex('credentialKey', 32),
      addresses: reader.list('addresses').map((address, i) => checkAddress(address, `${reader.at('addresses')}[${i}]`)),
    };
    reader.end();
    // One key for two duties would let a signature of one duty stand for the other.
    for (const key of ['laneKey', 'voteKey', 'exchangeKey', 'credentialKey'] as const) {
      unique.claim('KEY', reader.at(key), toHex(authority[key]));
    }
    if (crypto?.bls.verifyPossession(authority.voteKeyProof, authority.voteKey) === false) {
      fault('POSSESSION_UNPROVEN', reader.at('voteKeyProof'));
    }
    return authority;
  });
}

function readMember(reader: ObjectReader, unique: Unique): Observer {
  const name = reader.string('name');
  if (!isMemberName(name)) {
    fault('BAD_NAME', reader.at('name'));
  }
  const displayName = displayText(reader, 'displayName');
  const peerId = reader.string('peerId');
  if (!isPeerId(peerId)) {
    fault('BAD_PEER_ID', reader.at('peerId'));
  }
  unique.claim('NAME', reader.at('name'), name);
  unique.claim('PEER_ID', reader.at('peerId'), peerId);
  return { name, displayName, peerId };
}

function displayText(reader: ObjectReader, name: string): string {
  const text = reader.string(name);
  if (!isDisplayName(text)) {
    fault('BAD_NAME', reader.at(name));
  }
  return text;
}

function checkAddress(value: unknown, path: string): string {
  if (typeof value !== 'string' || !isAddress(value)) {
    fault('BAD_ADDRESS', path);
  }
  return value;
}

/** Names, keys and peer ids are unique over authorities and observers together. */
class Unique {
  readonly #paths = new Map<string, string>();

  claim(what: 'NAME' | 'KEY' | 'PEER_ID', path: string, value: string): void {
    const key = `${what} ${value}`;
    const other = this.#paths.get(key);
    if (other !== undefined) fault(`DUPLICATE_${what}`, path, `the same as ${other}. `);
    this.#paths.set(key, path);
  }
}
