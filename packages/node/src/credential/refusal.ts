import { type Rejection, reject } from '@hansa/protocol';
import { errorCodes } from '../error-codes.ts';

/** Why a copy or a presentation counts for nothing, and what whoever holds it does now. */
export function refuse(
  code: `CODE_${string}` | `HOLDER_${string}` | `CREDENTIAL_${string}` | `KEY_BINDING_${string}`,
): { ok: false; error: Rejection } {
  return reject(code, errorCodes[code] ?? code);
}
