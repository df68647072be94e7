import { refuse } from '../error-codes.ts';
import { accept, type Result } from '../errors.ts';
import { checkActors, decodeRecord, type Record as HansaRecord } from '../records/index.ts';
import type { CheckContext } from './family.ts';
import type { FamilyRegistry } from './registry.ts';

/** A record that keeps every rule that needs no state. */
export interface RecordView {
  readonly record: HansaRecord;
  /** `blacklist` */
  readonly familyName: string;
  /** `list` */
  readonly typeName: string;
  /** What the family's check made of the body. */
  readonly body: unknown;
}

/** The stateless rules of the ledger on one record's bytes: what would be rejected for sure is not worth sealing. */
export function checkRecord(
  bytes: Uint8Array,
  context: CheckContext & { readonly families: FamilyRegistry },
): Result<RecordView> {
  const decoded = decodeRecord(bytes);
  if (!decoded.ok) return decoded;
  const record = decoded.value;
  const family = context.families.get(record.family);
  if (family === undefined) return refuse('FAMILY_UNKNOWN');
  const typeName = family.types[record.type];
  if (typeName === undefined) return refuse('TYPE_UNKNOWN');
  const body = family.check(record, context);
  if (!body.ok) return body;
  const unvouched = family.vouch?.(body.value, context);
  if (unvouched !== undefined) return { ok: false, error: unvouched }; // guard: C10 an own lane never carries false evidence
  const unsigned = checkActors(context.crypto, context.domains, record);
  if (unsigned !== undefined) return { ok: false, error: unsigned };
  return accept({ record, familyName: family.name, typeName, body: body.value });
}
