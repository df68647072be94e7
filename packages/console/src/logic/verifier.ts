import {
  explainReceipt,
  formatLocation,
  portableCrypto,
  readFederation,
  toHex,
  verifyReceipt,
} from '@hansa/protocol/light-client';
import { type ReceiptTrace, traceReceipt } from '@hansa/protocol/receipt';
import type { Verified } from './verified.ts';

/** Everything that verifies, in a file of its own: it is large, and needed only when somebody asks for a proof. */
export function verify(federationFile: Uint8Array, bytes: Uint8Array): Verified {
  const genesis = readFederation(portableCrypto, federationFile);
  if (!genesis.ok) return { ok: false, bytes, code: genesis.error.code };
  const context = { genesis: genesis.value, crypto: portableCrypto };
  const receipt = verifyReceipt(context, bytes);
  if (!receipt.ok) return { ok: false, bytes, code: receipt.error.code };
  const trace = traceReceipt(context, bytes);
  if (!trace.ok) return { ok: false, bytes, code: trace.error.code };
  const { height, checkpointHeight } = receipt.value;
  const cities = genesis.value.authorities.length;
  const explained = explainReceipt(context, receipt.value, receipt.value.timestampMs);
  const { record } = receipt.value;
  return {
    ...{ ok: true, bytes, height, checkpointHeight, signers: trace.value.finalization.signers.length, cities },
    record: record === undefined ? undefined : formatLocation(genesis.value, record.location),
    certificate:
      explained.ok && explained.value.certificate !== undefined
        ? toHex(explained.value.certificate.certificateId)
        : undefined,
  };
}

export type Drawn =
  | {
      readonly ok: true;
      readonly trace: ReceiptTrace;
      readonly cities: readonly string[];
      readonly federationId: string;
    }
  | { readonly ok: false; readonly code: string };

/** Verifies, and gives every step on the way. */
export function draw(federationFile: Uint8Array, bytes: Uint8Array): Drawn {
  const genesis = readFederation(portableCrypto, federationFile);
  if (!genesis.ok) return { ok: false, code: genesis.error.code };
  const trace = traceReceipt({ genesis: genesis.value, crypto: portableCrypto }, bytes);
  if (!trace.ok) return { ok: false, code: trace.error.code };
  return {
    ok: true,
    trace: trace.value,
    cities: genesis.value.authorities.map(({ displayName }) => displayName),
    federationId: toHex(genesis.value.federationId),
  };
}
