import { toHex } from '@hansa/protocol';
import { formatDay } from '@hansa/protocol/families';
import {
  type CredentialFieldName,
  type CredentialStanding,
  credentialFieldNames,
  credentialFields,
  type Disclosed,
  type VerifiedCredential,
} from '../../credential/index.ts';
import { groupedCode, shortTime } from './text.ts';

/** The disclosed fields in the order and with the titles of the printed form, money in yuan. */
export function fieldLines(disclosed: Disclosed): (readonly [string, string])[] {
  return credentialFieldNames
    .filter((name) => disclosed[name] !== undefined)
    .map((name) => [credentialFields[name].zh, shown(name, disclosed[name])] as const);
}

function shown(name: CredentialFieldName, value: unknown): string {
  const { kind } = credentialFields[name];
  if (kind === 'fen') return `${(Number(value) / 100).toFixed(2)} 元`;
  if (kind === 'flag') return value === true ? '是' : '否';
  return value === 'normal' ? '正常' : String(value);
}

/** Code, issuer and days: what stands in the open. */
export function openLines(credential: VerifiedCredential): (readonly [string, string])[] {
  const { issuer, certificateId, validUntil } = credential;
  return [
    ['certificate', groupedCode(toHex(certificateId))],
    ['issued by', `${issuer.name} (${issuer.displayName})`],
    ['valid until', formatDay(validUntil)],
  ];
}

export function standingLine(standing: CredentialStanding | undefined): readonly [string, string] {
  if (standing === undefined) return ['status', 'not shown: ask for a receipt, or look the code up'];
  const time = shortTime(new Date(standing.timestampMs).toISOString());
  return ['status', `${standing.status} as of ${time} (block ${standing.height})`];
}
