import { toHex, unwrap } from '@hansa/protocol';
import { readerOf } from '@hansa/protocol/access';
import { Domains } from '@hansa/protocol/crypto';
import { explainAccessProof } from '@hansa/protocol/receipt';
import { formatLocation } from '@hansa/protocol/records';
import { cityName } from '../../city-names.ts';
import { nativeCrypto } from '../../crypto/index.ts';
import { readSmallFile } from '../../files.ts';
import { timeView } from '../../services/views.ts';
import { readFederationFile } from '../../setup/checked-genesis.ts';
import type { Answer } from '../output.ts';
import { pairs, shortTime } from './text.ts';

/** Larger than any proof. */
const fileBytesMax = 4 * 1024 * 1024;

/** Verifies a proof that a batch of accesses has a receipt, or lacks it, with the genesis file alone. */
export async function verifyProofFile(
  file: string,
  genesisFile: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Answer> {
  const genesis = await readFederationFile(genesisFile, environment);
  const context = { genesis, crypto: nativeCrypto, domains: new Domains(nativeCrypto, genesis.federationId) };
  const proof = unwrap(explainAccessProof(context, await readSmallFile(file, fileBytesMax)));
  const { access, batch, present, batchStanding, ledger } = proof;
  const { asked, answered } = access;
  const city = cityName(ledger.federation, batch.location.lane);
  const json = {
    ...{ present, batch: formatLocation(ledger.federation, batch.location), city, batchStanding },
    ...{ receipt: toHex(access.id), kind: asked.kind, record: formatLocation(ledger.federation, asked.record) },
    ...{ reader: cityName(ledger.federation, readerOf(asked)), answerer: cityName(ledger.federation, asked.answerer) },
    ...{ outcome: answered.refused ?? 'granted', at: timeView(answered.answeredAtMs) },
    ...{ vouchedAt: timeView(ledger.timestampMs), hidden: !present && asked.answerer === batch.location.lane },
  };
  const verdict = present
    ? `PRESENT: ${city} has the access in its batch, and a quorum of the federation’s cities agreed on that batch`
    : `ABSENT: ${city} left the access out of its batch, though both cities signed it`;
  const rows: [string, string][] = [
    ['access', `${json.kind} of ${json.record} by ${json.reader}, ${json.outcome}, ${shortTime(json.at)}`],
    ['receipt', json.receipt],
    ['batch', `${json.batch}, agreed on by ${shortTime(json.vouchedAt)}`],
  ];
  if (!present) {
    rows.push([
      'meaning',
      json.hidden
        ? `${city} answered and signed: it hides what it did`
        : `${city} only asked: it hides the access, or never got the answer`,
    ]);
  }
  return { text: `${verdict}\n${pairs(rows)}`, json };
}
