import { type BlacklistList, Severity } from '../../gen/hansa/v1/families_pb.ts';
import { QuickReader } from '../../records/quick-reader.ts';

/** A body of `list` in its usual form, three times faster than `decodeStrict`; undefined for all others, good and bad. */
export function readPlainList(body: Uint8Array): BlacklistList | undefined {
  const reader = new QuickReader(body);
  const list: BlacklistList = {
    $typeName: 'hansa.v1.BlacklistList',
    subjectTag: reader.bytes(1),
    severity: reader.number(2) as Severity,
    noticeDate: reader.number(3),
    objectionUntil: reader.number(4),
    decidedOn: reader.number(5),
    effectiveFrom: reader.number(6),
    publishUntil: reader.number(7),
    shareUntil: reader.number(8),
    restrictUntil: reader.number(9),
    handler: reader.bytes(10),
    approver: reader.bytes(11),
    commitment: reader.bytes(12),
    catalogueRef: reader.ascii(13),
    documentCommitments: reader.repeated(14),
  };
  return reader.done && list.severity <= Severity.SERIOUS ? list : undefined;
}
