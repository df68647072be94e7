import { equalBytes } from '../bytes.ts';
import type { Crypto, Domains } from '../crypto/index.ts';
import { rejection } from '../error-codes.ts';
import type { Rejection } from '../errors.ts';
import { type ActorSignature, actorMessage, type Record, type RecordDraft } from './record.ts';

/** The signature of one actor over a record that is about to be made. `secretKey` is a 32-byte Ed25519 seed. */
export function signAsActor(
  crypto: Crypto,
  domains: Domains,
  record: Omit<RecordDraft, 'actors'>,
  secretKey: Uint8Array,
): ActorSignature {
  const signature = crypto.ed25519.sign(actorMessage(domains, crypto, record), secretKey);
  return { publicKey: crypto.ed25519.publicKey(secretKey), signature };
}

/** R2: every actor signature of a record must verify, and no key may stand twice. */
export function checkActors(crypto: Crypto, domains: Domains, record: Record): Rejection | undefined {
  const { actors } = record;
  if (actors.length === 0) return undefined;
  for (let i = 1; i < actors.length; i++) {
    for (let j = 0; j < i; j++) {
      if (equalBytes((actors[i] as ActorSignature).publicKey, (actors[j] as ActorSignature).publicKey)) {
        return rejection('ACTOR_REPEATED');
      }
    }
  }
  const message = actorMessage(domains, crypto, record);
  const genuine = actors.every(({ publicKey, signature }) => crypto.ed25519.verify(signature, message, publicKey));
  return genuine ? undefined : rejection('ACTOR_SIGNATURE_INVALID');
}
