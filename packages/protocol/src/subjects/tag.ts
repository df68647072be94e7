import { utf8 } from '../bytes.ts';
import type { Digest, Domains } from '../crypto/index.ts';
import type { Subject, TagFamily } from './tagger.ts';

/** What the OPRF evaluates for a subject: utf8(family || 0x00 || kind || ":" || number). */
export function subjectInput(family: TagFamily, { kind, number }: Subject): Uint8Array {
  return utf8(`${family}\0${kind}:${number}`);
}

/** The tag: SHA-256(domain("subject/" || family) || the OPRF's output). */
export function subjectTag(domains: Domains, family: TagFamily, output: Uint8Array): Digest {
  return domains.digest(`subject/${family}`, output);
}
