import { accept, type Result, utf8 } from '@hansa/protocol';
import type { Hasher } from '@hansa/protocol/crypto';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { type Disclosed, fitsField, isFieldName } from './fields.ts';
import { refuse } from './refusal.ts';
import { readJson } from './strict-json.ts';

/** Bits of a salt: RFC 9901, section 9.3. */
const SALT_BYTES_MIN = 16;

/**
 * The fields that are disclosed. Each has a digest that the city signed, stands once, is a field of the type and has its
 * form: RFC 9901, section 7.1, step 3 and after it, where what is not referenced is refused. Error: CREDENTIAL_DISCLOSURE_INVALID.
 */
export function readDisclosures(
  hasher: Hasher,
  disclosures: readonly string[],
  digests: ReadonlySet<string>,
): Result<Disclosed> {
  const disclosed: Record<string, string | number | boolean> = {};
  const seen = new Set<string>();
  for (const text of disclosures) {
    const digest = toBase64Url(hasher.sha256(utf8(text)));
    // guard: P4 only what the city signed is shown
    if (!digests.has(digest)) return refuse('CREDENTIAL_DISCLOSURE_INVALID');
    if (seen.has(digest)) return refuse('CREDENTIAL_DISCLOSURE_INVALID');
    seen.add(digest);
    const triple = readJson(fromBase64Url(text));
    if (!Array.isArray(triple) || triple.length !== 3) return refuse('CREDENTIAL_DISCLOSURE_INVALID');
    const [salt, name, value] = triple as readonly unknown[];
    const saltBytes = typeof salt === 'string' ? fromBase64Url(salt) : undefined;
    if (saltBytes === undefined || saltBytes.length < SALT_BYTES_MIN) return refuse('CREDENTIAL_DISCLOSURE_INVALID');
    if (typeof name !== 'string' || !isFieldName(name) || !fitsField(name, value)) {
      return refuse('CREDENTIAL_DISCLOSURE_INVALID');
    }
    if (Object.hasOwn(disclosed, name)) return refuse('CREDENTIAL_DISCLOSURE_INVALID');
    disclosed[name] = value;
  }
  return accept(disclosed);
}
