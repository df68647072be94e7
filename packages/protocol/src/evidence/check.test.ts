import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { EvidenceMaker } from '../../test/evidence-fixture.ts';
import { fixtureGenesis } from '../../test/ledger-fixture.ts';
import { portableCrypto as crypto, Domains } from '../crypto/index.ts';
import { type Evidence, EvidenceSchema, VoteKind } from '../gen/hansa/v1/consensus_pb.ts';
import { checkEvidence } from './index.ts';

const genesis = fixtureGenesis(crypto, 4);
const domains = new Domains(crypto, genesis.federationId);
const maker = new EvidenceMaker(crypto, domains);
const { NOTARIZE, NULLIFY, FINALIZE } = VoteKind;

function verdict(evidence: Evidence): unknown {
  const checked = checkEvidence({ genesis, crypto, domains }, evidence);
  return checked.ok ? checked.value : checked.error.code;
}

describe('evidence (C10, R4)', () => {
  it('of a lane fork is two signed headers of one sequence with different bytes', () => {
    const first = maker.header(2, 5, 'one');
    expect(verdict(maker.fork(first, maker.header(2, 5, 'two')))).toEqual({ accused: 2, type: 'lane-fork' });
    expect(verdict(maker.fork(first, maker.header(2, 6, 'two')))).toBe('EVIDENCE_NOT_CONFLICTING');
    expect(verdict(maker.fork(first, maker.header(1, 5, 'two')))).toBe('EVIDENCE_NOT_CONFLICTING');
  });

  it('compares statements and not signature bytes', () => {
    const header = maker.header(2, 5, 'one');
    const otherSignature = { ...header, signature: header.signature.map((byte) => byte ^ 1) };
    expect(verdict(maker.fork(header, otherSignature))).toBe('EVIDENCE_NOT_CONFLICTING');
    const vote = maker.vote(1, NOTARIZE, 9, 'a');
    const other = { ...vote, signature: maker.vote(1, NOTARIZE, 9, 'b').signature };
    expect(verdict(maker.votes(vote, other))).toBe('EVIDENCE_NOT_CONFLICTING');
  });

  it('of a lane fork needs the signature of the lane’s owner on both', () => {
    const first = maker.header(2, 5, 'one');
    const framed = maker.header(2, 5, 'two', { signer: 1 });
    expect(verdict(maker.fork(first, framed))).toBe('EVIDENCE_SIGNATURE_INVALID');
    expect(verdict(maker.fork(framed, first))).toBe('EVIDENCE_SIGNATURE_INVALID');
  });

  it.each([
    ['two Notarize for different blocks', NOTARIZE, 'a', NOTARIZE, 'b', true],
    ['two Finalize for different blocks', FINALIZE, 'a', FINALIZE, 'b', true],
    ['Finalize and Nullify', FINALIZE, 'a', NULLIFY, '', true],
    ['Nullify and Finalize', NULLIFY, '', FINALIZE, 'a', true],
    ['Notarize, then Nullify after the timeout', NOTARIZE, 'a', NULLIFY, '', false],
    ['Notarize and Finalize of one block', NOTARIZE, 'a', FINALIZE, 'a', false],
    ['Notarize and Finalize of different blocks', NOTARIZE, 'a', FINALIZE, 'b', false],
    ['the same Notarize twice', NOTARIZE, 'a', NOTARIZE, 'a', false],
    ['the same Nullify twice', NULLIFY, '', NULLIFY, '', false],
  ])('of votes: %s', (_, firstKind, firstBlock, secondKind, secondBlock, conflicts) => {
    const votes = maker.votes(maker.vote(1, firstKind, 9, firstBlock), maker.vote(1, secondKind, 9, secondBlock));
    expect(verdict(votes)).toEqual(conflicts ? { accused: 1, type: 'conflicting-votes' } : 'EVIDENCE_NOT_CONFLICTING');
  });

  it('of votes is about one view and one voter, who signed both', () => {
    const vote = maker.vote(1, NOTARIZE, 9, 'a');
    expect(verdict(maker.votes(vote, maker.vote(1, NOTARIZE, 10, 'b')))).toBe('EVIDENCE_NOT_CONFLICTING');
    expect(verdict(maker.votes(vote, maker.vote(3, NOTARIZE, 9, 'b')))).toBe('EVIDENCE_NOT_CONFLICTING');
    const framed = { ...maker.vote(3, NOTARIZE, 9, 'b'), voter: 1 };
    expect(verdict(maker.votes(vote, framed))).toBe('EVIDENCE_SIGNATURE_INVALID');
    expect(verdict(maker.votes({ ...vote, voter: 4 }, { ...framed, voter: 4 }))).toBe('MALFORMED');
  });

  it('of proposals is two blocks of one view, both signed by the leader of that view', () => {
    // View 6 of 4 authorities is led by authority 2.
    const first = maker.proposal(2, 6, '1');
    expect(verdict(maker.proposals(first, maker.proposal(2, 6, '2')))).toEqual({
      accused: 2,
      type: 'conflicting-proposals',
    });
    expect(verdict(maker.proposals(first, first))).toBe('EVIDENCE_NOT_CONFLICTING');
    expect(verdict(maker.proposals(first, maker.proposal(2, 10, '2')))).toBe('EVIDENCE_NOT_CONFLICTING');
    expect(verdict(maker.proposals(first, maker.proposal(1, 6, '2')))).toBe('EVIDENCE_SIGNATURE_INVALID');
  });

  it('of another federation or another epoch proves nothing (R1, C12)', () => {
    const elsewhere = new EvidenceMaker(crypto, new Domains(crypto, crypto.sha256(new Uint8Array(1))));
    const forks = elsewhere.fork(elsewhere.header(2, 5, 'one'), elsewhere.header(2, 5, 'two'));
    expect(verdict(forks)).toBe('WRONG_FEDERATION');
    const votes = elsewhere.votes(elsewhere.vote(1, NOTARIZE, 9, 'a'), elsewhere.vote(1, NOTARIZE, 9, 'b'));
    expect(verdict(votes)).toBe('WRONG_FEDERATION');
    expect(verdict(elsewhere.proposals(elsewhere.proposal(2, 6, '1'), elsewhere.proposal(2, 6, '2')))).toBe(
      'WRONG_FEDERATION',
    );
    const later = (label: string) => maker.header(2, 5, label, { epoch: 1 });
    expect(verdict(maker.fork(later('one'), later('two')))).toBe('WRONG_EPOCH');
  });

  it('that is incomplete or not canonical is MALFORMED', () => {
    const header = maker.header(2, 5, 'one');
    expect(verdict(create(EvidenceSchema, {}))).toBe('MALFORMED');
    for (const kind of ['laneFork', 'votes', 'proposals'] as const) {
      expect(verdict(create(EvidenceSchema, { kind: { case: kind, value: {} as never } }))).toBe('MALFORMED');
    }
    const unknownField = { ...header, header: new Uint8Array([...header.header, 0x7a, 0]) };
    expect(verdict(maker.fork(header, unknownField))).toBe('MALFORMED');
    expect(verdict(maker.fork(maker.header(4, 5, 'one'), maker.header(4, 5, 'two')))).toBe('MALFORMED');
  });
});
