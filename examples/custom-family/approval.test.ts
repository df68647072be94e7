import { unwrap, utf8 } from '@hansa/protocol';
import { portableCrypto as crypto, Domains } from '@hansa/protocol/crypto';
import { FamilyRegistry, families } from '@hansa/protocol/families';
import {
  defaultParameters,
  defaultPolicy,
  defaultUtcOffsetMinutes,
  encodeGenesis,
  parseGenesis,
} from '@hansa/protocol/genesis';
import { encodeRecord, type RecordDraft } from '@hansa/protocol/records';
import { beforeAll, describe, expect, test } from 'vitest';
import { approval, approvalFactKey, confirmStep, openCase, readApprovalFact } from './src/approval.ts';
import { LoneHost } from './src/lone-host.ts';

const laneSecret = crypto.sha256(utf8('lane of an example'));
// Below the order of the group, as a vote key must be.
const voteSecret = crypto.sha256(utf8('vote of an example')).map((byte, index) => (index === 0 ? byte & 0x3f : byte));
const genesis = unwrap(
  parseGenesis(
    crypto,
    encodeGenesis({
      name: 'One city',
      testFederation: true,
      createdAtMs: Date.UTC(2026, 10, 1),
      utcOffsetMinutes: defaultUtcOffsetMinutes,
      voteScheme: 'ed25519',
      parameters: defaultParameters,
      policy: defaultPolicy,
      authorities: [
        {
          name: 'haikou',
          displayName: '海口市住房公积金管理局',
          laneKey: crypto.ed25519.publicKey(laneSecret),
          voteKey: crypto.bls.publicKey(voteSecret),
          voteKeyProof: crypto.bls.provePossession(voteSecret),
          exchangeKey: crypto.sha256(utf8('any public key')),
          credentialKey: crypto.ed25519.publicKey(crypto.sha256(utf8('credentials of an example'))),
          peerId: '12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN',
          addresses: [],
        },
      ],
      observers: [],
    }),
  ),
);
const domains = new Domains(crypto, genesis.federationId);
const caseId = new Uint8Array(16).fill(7);
const papers = crypto.sha256(utf8('salt and papers'));

let requests = 0;
const nextRequest = () => new Uint8Array(16).fill(++requests);

let host: LoneHost;
beforeAll(async () => {
  const registry = new FamilyRegistry([...families.list(), approval]);
  host = await LoneHost.start({ genesis, crypto, laneSecret, voteSecret, families: registry });
});

/** The code with which the ledger rejects a record, or undefined when it is accepted. */
function submit(record: RecordDraft): string | undefined {
  return host.submit([encodeRecord(record)])[0]?.rejected;
}

function caseOf(id: Uint8Array) {
  const value = host.replica.ledger.fact(approvalFactKey(domains, id));
  return value === undefined ? undefined : readApprovalFact(value);
}

describe('a family of its own package (L2)', () => {
  test('runs through agreement and ledger like those of Hansa', () => {
    expect(submit(openCase(nextRequest(), caseId, [0, 0]))).toBeUndefined();
    expect(caseOf(caseId)).toMatchObject({ done: 1 });
    expect(submit(confirmStep(nextRequest(), caseId, papers))).toBeUndefined();
    expect(caseOf(caseId)).toMatchObject({ done: 2 });
  });

  test('refuses with its own codes', () => {
    expect(submit(confirmStep(nextRequest(), caseId, papers))).toBe('APPROVAL_COMPLETE');
    expect(submit(openCase(nextRequest(), caseId, [0]))).toBe('APPROVAL_EXISTS');
    const other = new Uint8Array(16).fill(8);
    expect(submit(confirmStep(nextRequest(), other, papers))).toBe('APPROVAL_CASE_UNKNOWN');
    expect(submit(openCase(nextRequest(), other, []))).toBe('APPROVAL_MALFORMED');
    expect(submit(openCase(nextRequest(), other, [1]))).toBe('APPROVAL_STEP_UNKNOWN');
    expect(caseOf(other)).toBeUndefined();
  });

  test('is unknown to a city that does not run it', async () => {
    const other = await LoneHost.start({ genesis, crypto, laneSecret, voteSecret, families });
    const [outcome] = other.submit([encodeRecord(openCase(nextRequest(), caseId, [0]))]);
    expect(outcome?.rejected).toBe('FAMILY_UNKNOWN');
  });
});
