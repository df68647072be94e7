import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, equalBytes, utf8 } from '../bytes.ts';
import type { Digest, Domains, Hasher } from '../crypto/index.ts';
import { refuse } from '../error-codes.ts';
import { accept, type Result } from '../errors.ts';
import type { Genesis } from '../genesis/types.ts';
import type { Subject, SubjectTagger, TagFamily } from './tagger.ts';

/** Length of the federation's interim subject key. */
export const SUBJECT_KEY_BYTES = 32;

/**
 * The interim tagger: tag = HMAC-SHA256(key, domain("subject/" || family) || utf8(kind || ":" || number)).
 *
 * Interim, because P2 asks for more: whoever holds the federation's key can tag every possible number (about 2e8 for
 * one city) and so find out who is listed. The threshold OPRF takes its place behind the same interface; until then
 * the key is to be kept like a signing key. Holders of the ledger without the key learn nothing.
 *
 * Errors: SUBJECT_KEY_WRONG when the key is not the one that the genesis file names. A city with another key would
 * answer "not listed" about everybody.
 */
export function interimTagger(options: {
  readonly genesis: Genesis;
  readonly domains: Domains;
  readonly hasher: Hasher;
  readonly key: Uint8Array;
}): Result<SubjectTagger> {
  const key = options.key.slice();
  const check = subjectKeyCheck(options.hasher, key);
  if (key.length !== SUBJECT_KEY_BYTES || !equalBytes(check, options.genesis.interimSubjectKeyCheck)) {
    return refuse('SUBJECT_KEY_WRONG');
  }
  return accept({
    tag: async (family: TagFamily, subjects: readonly Subject[]): Promise<readonly Uint8Array[]> =>
      subjects.map(({ kind, number }) =>
        hmac(sha256, key, options.domains.message(`subject/${family}`, utf8(`${kind}:${number}`))),
      ),
  });
}

/** What the genesis file publishes of the subject key: SHA-256("hansa/1/subject-key-check" || key). */
export function subjectKeyCheck(hasher: Hasher, key: Uint8Array): Digest {
  return hasher.sha256(concatBytes(utf8('hansa/1/subject-key-check'), key));
}
