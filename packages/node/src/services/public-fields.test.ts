import { portableCrypto } from '@hansa/protocol/crypto';
import {
  BlacklistLiftSchema,
  BlacklistListSchema,
  CertificateIssueSchema,
  CertificateRevokeSchema,
  ConsentGrantSchema,
  create,
  LiftReason,
  RevokeReason,
  Severity,
} from '@hansa/protocol/wire';
import { expect, test } from 'vitest';
import { testFederation } from '../../../protocol/test/federation.ts';
import { publicFields } from './public-fields.ts';

const { genesis } = testFederation(portableCrypto, 1);
const listing = { $typeName: 'hansa.v1.RecordRef' as const, lane: 0, sequence: 12n, position: 3 };

test('the fields of a record are shown in words, dates, hexadecimal and locations', () => {
  const list = create(BlacklistListSchema, {
    severity: Severity.GENERAL,
    decidedOn: 20_000,
    handler: new Uint8Array([1, 255]),
  });
  expect(publicFields(genesis, list)).toMatchObject({
    severity: 'general',
    decidedOn: '2024-10-04',
    publishUntil: null,
    handler: '01ff',
  });
  expect(publicFields(genesis, create(BlacklistLiftSchema, { listing, reason: LiftReason.REPAIRED }))).toMatchObject({
    listing: 'haikou/12/3',
    reason: 'repaired',
  });
  const revoked = create(CertificateRevokeSchema, { reason: RevokeReason.HOLDER_REQUEST });
  expect(publicFields(genesis, revoked)).toMatchObject({ reason: 'holder-request' });
});

test('what was left out is null, and what this version has no word for stays a number', () => {
  expect(publicFields(genesis, create(BlacklistLiftSchema, {}))).toMatchObject({ reason: null });
  expect(publicFields(genesis, create(BlacklistLiftSchema, { reason: 77 as LiftReason }))).toMatchObject({
    reason: 77,
  });
});

test('a city is shown by its name, and nobody reads an index: 0 is any city', () => {
  const [first] = genesis.authorities;
  expect(publicFields(genesis, create(CertificateIssueSchema, { addressedTo: 1 }))).toMatchObject({
    addressedTo: first?.name,
  });
  expect(publicFields(genesis, create(CertificateIssueSchema, {}))).toMatchObject({
    addressedTo: null,
    holderKey: null,
  });
  expect(publicFields(genesis, create(ConsentGrantSchema, { grantee: 1 }))).toMatchObject({ grantee: first?.name });
});
