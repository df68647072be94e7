import { accept, type Result } from '@hansa/protocol';
import type { KeyBinding } from './key-binding.ts';
import { cityUrn } from './names.ts';
import { refuse } from './refusal.ts';
import { type CredentialContext, clockDriftMsMax, type VerifiedCredential, verifyCredential } from './verify.ts';

/** What a counter expects of a presentation: made for it, for the matter in hand, and just now. */
export interface Expectation {
  /** Name of the verifying city. */
  readonly city: string;
  /** What the counter gave the holder: the reference of the matter, best with something new in it. */
  readonly nonce: string;
  /** Oldest presentation in milliseconds; a quarter of an hour when absent. */
  readonly ageMsMax?: number;
}

export interface VerifiedPresentation extends VerifiedCredential {
  readonly keyBinding: KeyBinding;
}

const ageMsUsual = 15 * 60 * 1000;

/**
 * Verifies a credential that its holder presents. Errors: those of `verifyCredential`, CREDENTIAL_NOT_BOUND,
 * KEY_BINDING_WRONG_AUDIENCE, KEY_BINDING_WRONG_NONCE, KEY_BINDING_STALE.
 */
export function verifyPresentation(
  context: CredentialContext,
  text: string,
  expectation: Expectation,
  atMs: number,
): Result<VerifiedPresentation> {
  const verified = verifyCredential(context, text, atMs);
  if (!verified.ok) return verified;
  const { keyBinding } = verified.value;
  if (keyBinding === undefined) return refuse('CREDENTIAL_NOT_BOUND'); // guard: P4 a copy without its holder is nothing
  // guard: P4 what was shown in one city is of no use in another
  if (keyBinding.audience !== cityUrn(context.genesis, expectation.city)) return refuse('KEY_BINDING_WRONG_AUDIENCE');
  if (keyBinding.nonce !== expectation.nonce) return refuse('KEY_BINDING_WRONG_NONCE'); // guard: P4 nor for another matter
  const ageMs = atMs - keyBinding.signedAtMs;
  if (ageMs < -clockDriftMsMax || ageMs > (expectation.ageMsMax ?? ageMsUsual)) return refuse('KEY_BINDING_STALE');
  return accept({ ...verified.value, keyBinding });
}
