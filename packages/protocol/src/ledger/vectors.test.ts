import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { ConsentMaker } from '../../test/consent-fixture.ts';
import { EvidenceMaker } from '../../test/evidence-fixture.ts';
import { fixtureGenesis, LedgerDriver, noonOf, RecordMaker, seeded, TODAY } from '../../test/ledger-fixture.ts';
import { toHex, utf8 } from '../bytes.ts';
import { portableCrypto as crypto, Domains } from '../crypto/index.ts';
import { unwrap } from '../errors.ts';
import {
  blacklistFactKey,
  certificateFactKey,
  consentFactKey,
  encodeMembershipEvidence,
  formatDay,
  memberFactKey,
} from '../families/index.ts';
import { actorMessage, decodeRecord, encodeRecord, recordId, requestKey, signAsActor } from '../records/index.ts';
import { Ledger } from './index.ts';

const FILE = fileURLToPath(new URL('../../../../test/vectors/ledger.vectors.json', import.meta.url));

const genesis = fixtureGenesis(crypto, 4, 'vectors');
const domains = new Domains(crypto, genesis.federationId);
const maker = new RecordMaker(crypto);
const consents = new ConsentMaker(maker, domains);

/**
 * What another implementation must come to, from the federation's keys and policy and the records' bytes alone. To make
 * the file anew after a deliberate change of the protocol: `npx vitest run packages/protocol/src/ledger/vectors.test.ts -u`.
 */
it('record ids, request keys, fact keys, facts and roots are those of the golden vectors', async () => {
  const text = `${JSON.stringify(vectors(), undefined, 2)}\n`;
  await expect(text).toMatchFileSnapshot(FILE);
});

function vectors() {
  const blocks = executeBlocks();
  return {
    about: 'Bytes are hexadecimal; days are since 1970-01-01; sha256 and protobuf as in docs/spec.',
    genesis: {
      federationId: toHex(genesis.federationId),
      utcOffsetMinutes: genesis.utcOffsetMinutes,
      policy: genesis.policy,
      authorities: genesis.authorities.map(({ name, laneKey, voteKey }) => ({
        name,
        laneKey: toHex(laneKey),
        voteKey: toHex(voteKey),
      })),
    },
    prefixes: Object.fromEntries(
      (
        [
          'record',
          'actor',
          'requests',
          'state',
          'fact/blacklist',
          'fact/certificate',
          'fact/consent',
          'fact/membership',
          'fact/policy',
        ] as const
      ).map((tag) => [tag, toHex(domains.prefix(tag))]),
    ),
    records: recordVectors(),
    factKeys: {
      blacklist: { subjectTag: toHex(maker.tag('wang')), key: toHex(blacklistFactKey(domains, maker.tag('wang'))) },
      certificate: { certificateId: toHex(maker.id('c')), key: toHex(certificateFactKey(domains, maker.id('c'))) },
      consent: { consentId: toHex(consents.id('k')), key: toHex(consentFactKey(domains, consents.id('k'))) },
      membership: { index: 3, key: toHex(memberFactKey(domains, 3)) },
    },
    blocks,
  };
}

function recordVectors() {
  const { family, type, requestId, body } = unwrap(decodeRecord(maker.issue('signed', { holderKey: maker.tag('k') })));
  const draft = { family, type, requestId, body };
  const actor = signAsActor(crypto, domains, draft, seeded(crypto, 'holder', 32));
  const phone = signAsActor(crypto, domains, draft, seeded(crypto, 'phone', 32), 'p256');
  const samples = {
    listing: maker.list('wang'),
    issue: encodeRecord({ ...draft, actors: [actor] }),
    issueSignedByPhone: encodeRecord({ ...draft, actors: [phone] }),
  };
  return Object.entries(samples).map(([name, bytes]) => {
    const record = unwrap(decodeRecord(bytes));
    return {
      name,
      bytes: toHex(bytes),
      recordId: toHex(recordId(domains, bytes)),
      requestKeyOfLane2: toHex(requestKey(domains, 2, record.requestId)),
      actorMessage: toHex(actorMessage(domains, crypto, record)),
    };
  });
}

function executeBlocks() {
  const ledger = new Ledger({ genesis, crypto, domains });
  const driver = new LedgerDriver(ledger, crypto);
  const signed = new EvidenceMaker(crypto, domains);
  const fork = signed.fork(signed.header(2, 5, 'one'), signed.header(2, 5, 'two'));
  const place = { lane: 0, sequence: 1, position: 0 };
  const contents: Record<number, Uint8Array[]>[] = [
    {
      0: [maker.list('wang'), maker.list('wang', { severity: 3 }), utf8('no record')],
      1: [maker.issue('c'), maker.issue('d', { addressedTo: 4 })],
    },
    {},
    { 1: [maker.dispute('wang', place), maker.lift('wang', place)], 2: [maker.use('c'), maker.use('d')] },
    {
      0: [maker.amend('wang', place, { severity: 1, publishUntil: TODAY + 30 }), maker.use('c')],
      1: [maker.supersede('d', 'e'), maker.record(5, 1, encodeMembershipEvidence(fork))],
      2: [maker.list('li')],
    },
    { 0: [maker.lift('wang', place)], 3: [maker.use('e'), maker.revoke('e')] },
    { 0: [maker.issue('k', { holderKey: consents.holderKey('k') })], 3: [consents.grant('k', { maxUses: 1 })] },
    { 0: [consents.use('k')], 1: [consents.use('k')], 3: [consents.withdraw('k')] },
  ];
  const genesisState = stateOf(ledger);
  const executed = contents.map((records) => {
    const height = ledger.height + 1;
    const timestampMs = noonOf(TODAY) + height;
    const { outcomes, log } = driver.block(records);
    return {
      height,
      timestampMs,
      day: formatDay(TODAY),
      entries: driver.entriesOf(height).map(({ lane, sequence, digest, records: bytes }) => ({
        lane,
        sequence,
        entryDigest: toHex(digest),
        records: bytes.map(toHex),
      })),
      outcomes: outcomes.map(({ rejected }) => rejected ?? 'accepted'),
      state: stateOf(ledger),
      executionLog: toHex(log),
    };
  });
  const keys = {
    wang: blacklistFactKey(domains, maker.tag('wang')),
    certificateC: certificateFactKey(domains, maker.id('c')),
    certificateD: certificateFactKey(domains, maker.id('d')),
    certificateE: certificateFactKey(domains, maker.id('e')),
    consentK: consentFactKey(domains, consents.id('k')),
    member0: memberFactKey(domains, 0),
    member2: memberFactKey(domains, 2),
    nobody: blacklistFactKey(domains, maker.tag('nobody')),
  };
  const facts = Object.entries(keys).map(([name, key]) => {
    const value = ledger.fact(key);
    return { name, key: toHex(key), value: value === undefined ? null : toHex(value) };
  });
  return { genesisState, executed, factsAtTheEnd: facts };
}

function stateOf(ledger: Ledger) {
  const state = ledger.checkpoint();
  if (state === undefined) throw new Error('no state');
  const { height, historySize, historyRoot, stateRoot, factsRoot, requestsDigest } = state;
  return {
    height,
    historySize,
    historyRoot: toHex(historyRoot),
    factsRoot: toHex(factsRoot),
    requestsDigest: toHex(requestsDigest),
    stateRoot: toHex(stateRoot),
  };
}
