import { decodeStrict } from '../codec/index.ts';
import { Domains } from '../crypto/domains.ts';
import type { ReceiptCrypto } from '../crypto/types.ts';
import { refuse } from '../error-codes.ts';
import { accept, type Result } from '../errors.ts';
import { FederationSchema } from '../gen/hansa/v1/receipt_pb.ts';
import { parseGenesis } from '../genesis/parse.ts';
import type { Genesis } from '../genesis/types.ts';
import { limits } from '../limits.ts';
import { verifySeals } from './seals.ts';

/** How a federation file begins: field 1 of the message, and its length. No JSON begins so. */
const OPENING = '\n\x12hansa-federation/1';

export function isFederationFile(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(0, OPENING.length)) === OPENING;
}

/**
 * C12: what a verifier starts from: a genesis file, or a federation file, which has the end of every epoch beside it and so
 * knows receipts of which the oldest seals were left out. Each seal is proven from the genesis file on, so it does not matter
 * who gave it. Errors: the `GENESIS_*` codes, FEDERATION_FILE_MALFORMED, RECEIPT_BAD_SEAL.
 */
export function readFederation(crypto: ReceiptCrypto, bytes: Uint8Array): Result<Genesis> {
  if (!isFederationFile(bytes)) return parseGenesis(crypto, bytes);
  const file = decodeStrict(FederationSchema, bytes, limits.federationBytesMax);
  if (!file.ok) return refuse('FEDERATION_FILE_MALFORMED');
  const genesis = parseGenesis(crypto, file.value.genesis);
  if (!genesis.ok) return genesis;
  const domains = new Domains(crypto, genesis.value.federationId);
  const epochs = verifySeals({ crypto, genesis: genesis.value }, domains, file.value.seals);
  return epochs.ok ? accept(epochs.value.at(-1) as Genesis) : epochs;
}
