import { memberFactKey, readMemberFact } from '@hansa/protocol/families';
import { decodeRecord } from '@hansa/protocol/records';
import type { RecordLocation } from '@hansa/protocol/replica';
import { decodeStrict, EvidenceSchema, encodeMessage, MembershipEvidenceSchema } from '@hansa/protocol/wire';
import type { EvidenceView, LedgerPort } from '../api/ports.ts';

const types = { laneFork: 'lane-fork', votes: 'conflicting-votes', proposals: 'conflicting-proposals' } as const;

/** Proofs that this city keeps, and those that the ledger has a city in quarantine for, which others alone may have seen (C10). */
export async function evidenceOf(city: LedgerPort): Promise<readonly EvidenceView[]> {
  const all = [...city.evidence()];
  for (const { index } of city.genesis.authorities) {
    const { value } = city.fact(memberFactKey(city.domains, index));
    const place = value === undefined ? undefined : readMemberFact(value).quarantinedBy;
    if (place === undefined || all.some(({ accused }) => accused === index)) continue;
    const recorded = await evidenceAt(city, place);
    if (recorded !== undefined) all.push({ accused: index, ...recorded });
  }
  return all;
}

async function evidenceAt(
  city: LedgerPort,
  { lane, sequence, position }: RecordLocation,
): Promise<Omit<EvidenceView, 'accused'> | undefined> {
  const bytes = (await city.entry(lane, sequence))?.records[position];
  const record = bytes === undefined ? undefined : decodeRecord(bytes);
  const body = record?.ok === true ? decodeStrict(MembershipEvidenceSchema, record.value.body) : undefined;
  const evidence = body?.ok === true ? body.value.evidence : undefined;
  const kind = evidence?.kind.case;
  if (evidence === undefined || kind === undefined) return undefined;
  return { type: types[kind], bytes: encodeMessage(EvidenceSchema, evidence) };
}
