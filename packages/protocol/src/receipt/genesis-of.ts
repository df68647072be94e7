import { decodeStrict } from '../codec/index.ts';
import { refuse } from '../error-codes.ts';
import { accept, type Result } from '../errors.ts';
import { FederationSchema } from '../gen/hansa/v1/receipt_pb.ts';
import { limits } from '../limits.ts';
import { isFederationFile } from './federation-file.ts';

/** The genesis file in a federation file, byte by byte; of a genesis file itself. Error: FEDERATION_FILE_MALFORMED. */
export function genesisFileOf(bytes: Uint8Array): Result<Uint8Array> {
  if (!isFederationFile(bytes)) return accept(bytes);
  const file = decodeStrict(FederationSchema, bytes, limits.federationBytesMax);
  return file.ok ? accept(file.value.genesis) : refuse('FEDERATION_FILE_MALFORMED');
}
