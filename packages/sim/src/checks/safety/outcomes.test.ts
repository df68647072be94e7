import { unwrap } from '@hansa/protocol';
import {
  CERTIFICATE_FAMILY,
  certificateTypes,
  encodeCertificateUse,
  encodeMembershipEvidence,
  MEMBERSHIP_FAMILY,
} from '@hansa/protocol/families';
import { encodeRecord } from '@hansa/protocol/records';
import type { RecordOutcome } from '@hansa/protocol/replica';
import {
  create,
  decodeStrict,
  type Evidence,
  EvidenceSchema,
  encodeMessage,
  ProposalSchema,
  type SignedProposal,
  type VoteKind,
  VoteSchema,
} from '@hansa/protocol/wire';
import { describe, expect, it } from 'vitest';
import { FINALIZE, NOTARIZE, NULLIFY, plainly, Story } from '../../../test/story.ts';

const bytes = (length: number, value: number) => new Uint8Array(length).fill(value);

let requests = 0;
function useOf(certificate: number): Uint8Array {
  const body = encodeCertificateUse({
    certificateId: bytes(16, certificate),
    commitment: bytes(32, 1),
    handler: bytes(16, 1),
  });
  requests += 1;
  return encodeRecord({ family: CERTIFICATE_FAMILY, type: certificateTypes.use, requestId: bytes(16, requests), body });
}

function accusing(evidence: Evidence): Uint8Array {
  const body = encodeMembershipEvidence(evidence);
  return encodeRecord({ family: MEMBERSHIP_FAMILY, type: 1, requestId: bytes(16, 99), body });
}

function outcome(lane: number, sequence: number, rejected?: string, position = 0): RecordOutcome {
  return { location: { lane, sequence, position }, family: 2, type: 4, rejected };
}

/** Two votes of one voter in one view. */
function twoVotes(
  story: Story,
  voter: number,
  kinds: readonly VoteKind[] = [NOTARIZE, NOTARIZE],
  views = [50, 50],
  signer = voter,
): Evidence {
  const votes = kinds.map((kind, place) => {
    const block = kind === NULLIFY ? undefined : bytes(32, 10 + place);
    const vote = decodeStrict(VoteSchema, story.vote(signer, kind, views[place] as number, block));
    if (!vote.ok) throw new Error('a vote can be read');
    return create(VoteSchema, { ...vote.value, voter });
  });
  const [first, second] = votes as [(typeof votes)[0], (typeof votes)[0]];
  return create(EvidenceSchema, { kind: { case: 'votes', value: { first, second } } });
}

describe('one-winner (L1): a certificate is used once', () => {
  const race = (outcomes: readonly RecordOutcome[]) => {
    const story = plainly(new Story());
    story.seal(1, useOf(1));
    story.seal(3, useOf(1));
    story.agree(story.block(), outcomes);
    return story.end();
  };

  it('the first wins, the other is refused', () => {
    expect(race([outcome(1, 1), outcome(3, 1, 'CERTIFICATE_USED')]).found).toEqual([]);
    expect(race([outcome(1, 1, 'CERTIFICATE_EXPIRED'), outcome(3, 1, 'CERTIFICATE_EXPIRED')]).found).toEqual([]);
  });

  it('two winners break it', () => {
    expect(race([outcome(1, 1), outcome(3, 1)]).found).toEqual(['one-winner']);
  });

  it('losers without a winner break it', () => {
    expect(race([outcome(1, 1, 'CERTIFICATE_USED'), outcome(3, 1, 'CERTIFICATE_USED')]).found).toEqual(['one-winner']);
  });
});

describe('quarantine (C10)', () => {
  it('the first evidence that the ledger accepts ends every effect of the accused', () => {
    const story = plainly(new Story({ corrupted: [3] }));
    story.seal(1, accusing(twoVotes(story, 3)));
    story.seal(3, useOf(5));
    story.agree(story.block(), [outcome(1, 1), outcome(3, 1, 'AUTHORITY_QUARANTINED')]);
    expect(story.found).toEqual([]);
    story.seal(3, useOf(6));
    story.agree(story.block(), [outcome(3, 2)]);
    expect(story.found).toEqual(['quarantine']);
  });

  it('in the same entry too, from the next record on', () => {
    const story = plainly(new Story({ corrupted: [3] }));
    story.seal(3, useOf(1), accusing(twoVotes(story, 3)), useOf(2));
    story.agree(story.block(), [outcome(3, 1), outcome(3, 1, undefined, 1), outcome(3, 1, undefined, 2)]);
    expect(story.found).toEqual(['quarantine']);
  });

  it('a second evidence counts for nothing', () => {
    const run = (second: string | undefined) => {
      const story = plainly(new Story({ corrupted: [3] }));
      story.seal(1, accusing(twoVotes(story, 3)));
      story.seal(2, accusing(twoVotes(story, 3)));
      story.agree(story.block(), [outcome(1, 1), outcome(2, 2, second)]);
      return story.found;
    };
    expect(run('EVIDENCE_KNOWN')).toEqual([]);
    expect(run(undefined)).toEqual(['quarantine']);
  });
});

describe('evidence-true (C10, R4)', () => {
  const kept = (make: (story: Story) => Evidence, corrupted = [3]) => {
    const story = plainly(new Story({ corrupted }));
    const evidence = encodeMessage(EvidenceSchema, make(story));
    story.tell(0, { kind: 'evidence', accused: 3, type: 'conflicting-votes', bytes: evidence });
    return story.oracle.violations.map(({ check, message }) => `${check}: ${message}`);
  };
  const fork = (story: Story, signer = 3): Evidence => {
    const place = { header: { sequence: 4, digest: bytes(32, 1) } };
    const [first, second] = [bytes(90, 1), bytes(91, 2)].map((record) => {
      const { header } = story.entry(signer, [record], place);
      return { header: header.bytes, signature: header.signature };
    }) as [{ header: Uint8Array; signature: Uint8Array }, { header: Uint8Array; signature: Uint8Array }];
    return create(EvidenceSchema, { kind: { case: 'laneFork', value: { first, second } } });
  };
  const proposals = (story: Story, signer = 3): Evidence => {
    const [first, second] = [1, 2].map((later) => {
      const view = 51;
      const { proposal } = story.block({ view, timestampMs: story.nowMs + later }, signer);
      return unwrap(decodeStrict(ProposalSchema, proposal)).signed;
    }) as [SignedProposal, SignedProposal];
    return create(EvidenceSchema, { kind: { case: 'proposals', value: { first, second } } });
  };

  it.each<[string, (story: Story) => Evidence]>([
    ['two Notarize', (story) => twoVotes(story, 3)],
    ['Finalize and Nullify', (story) => twoVotes(story, 3, [FINALIZE, NULLIFY])],
    ['a lane fork', fork],
    ['two proposals', proposals],
  ])('%s of somebody guilty prove it', (_, make) => {
    expect(kept(make)).toEqual([]);
  });

  it.each<[string, RegExp, (story: Story) => Evidence]>([
    ['votes of two views', /do not contradict/, (story) => twoVotes(story, 3, [NOTARIZE, NOTARIZE], [50, 51])],
    ['Notarize, then Nullify', /do not contradict/, (story) => twoVotes(story, 3, [NOTARIZE, NULLIFY])],
    ['votes that another signed', /did not sign both/, (story) => twoVotes(story, 3, undefined, undefined, 2)],
    ['proposals that another signed', /the leader did not sign both/, (story) => proposals(story, 2)],
    ['nothing at all', /it is empty/, () => create(EvidenceSchema)],
  ])('%s prove nothing', (_, why, make) => {
    const found = kept(make);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^evidence-true: evidence that city-0 keeps proves nothing/);
    expect(found[0]).toMatch(why);
  });

  it.each<[string, (story: Story) => Evidence]>([
    ['votes', (story) => twoVotes(story, 2)],
    ['a fork', (story) => fork(story, 2)],
    ['proposals', proposals],
  ])('%s name nobody honest', (what, make) => {
    const found = kept(make, what === 'proposals' ? [] : [3]);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/accuses city-[23] of .*, which is honest/);
  });

  it('what the ledger accepts is judged as well, and so is what a city shows in the end', () => {
    const story = plainly(new Story({ corrupted: [3] }));
    story.seal(1, accusing(twoVotes(story, 2)));
    story.agree(story.block(), [outcome(1, 1)]);
    expect(story.found).toEqual(['evidence-true']);
    const shown = plainly(new Story({ corrupted: [3] }));
    shown.fake(1).evidence = [encodeMessage(EvidenceSchema, twoVotes(shown, 3, undefined, undefined, 1))];
    expect(shown.end().found).toEqual(['evidence-true']);
  });

  it('a city that forgot what it said with its disk may be accused', () => {
    const story = plainly(new Story({ corrupted: [] }));
    story.oracle.onDiskDamage?.(3, 'lost');
    const evidence = encodeMessage(EvidenceSchema, twoVotes(story, 3));
    story.tell(0, { kind: 'evidence', accused: 3, type: 'conflicting-votes', bytes: evidence });
    expect(story.oracle.violations).toEqual([]);
  });
});

describe('evidence-once (C10)', () => {
  it('a city keeps one proof of a kind against each, in one life', () => {
    const story = plainly(new Story({ corrupted: [3] }));
    const evidence = encodeMessage(EvidenceSchema, twoVotes(story, 3));
    const effect = { kind: 'evidence', accused: 3, type: 'conflicting-votes', bytes: evidence } as const;
    story.tell(0, effect);
    story.tell(1, effect);
    story.tell(0, { ...effect, type: 'lane-fork' });
    expect(story.found).toEqual([]);
    story.tell(0, effect);
    expect(story.found).toEqual(['evidence-once']);
  });
});

describe('evidence-once (C10): of the false evidence of a lane one is looked at in a block', () => {
  const run = (second: string) => {
    const story = plainly(new Story({ corrupted: [3] }));
    story.seal(
      3,
      accusing(twoVotes(story, 1, undefined, undefined, 3)),
      accusing(twoVotes(story, 2, undefined, undefined, 3)),
    );
    story.agree(story.block(), [outcome(3, 1, 'EVIDENCE_SIGNATURE_INVALID'), outcome(3, 1, second, 1)]);
    return story.found;
  };
  it('the next one is not', () => {
    expect(run('EVIDENCE_NOT_CHECKED')).toEqual([]);
    expect(run('EVIDENCE_SIGNATURE_INVALID')).toEqual(['evidence-once']);
  });
});

describe('evidence-reported (C10)', () => {
  const keep = (sealed: (story: Story) => Uint8Array | undefined, waitMs = 60_000) => {
    const story = plainly(new Story({ corrupted: [3] }));
    const evidence = encodeMessage(EvidenceSchema, twoVotes(story, 3));
    story.tell(0, { kind: 'joined' });
    story.tell(0, { kind: 'evidence', accused: 3, type: 'conflicting-votes', bytes: evidence });
    const record = sealed(story);
    if (record !== undefined) story.seal(0, record);
    // Nothing of it is final in this story, which is another check's matter.
    return story.end(waitMs).found.filter((check) => check === 'evidence-reported');
  };

  it('what a city keeps it puts on its lane', () => {
    expect(keep((story) => accusing(twoVotes(story, 3)))).toEqual([]);
    expect(keep(() => undefined)).toEqual(['evidence-reported']);
    expect(keep(() => useOf(1))).toEqual(['evidence-reported']);
  });

  it('in a short time', () => {
    expect(keep(() => undefined, 10)).toEqual([]);
  });

  it('and what proves something has its effect', () => {
    const story = plainly(new Story({ corrupted: [3] }));
    story.seal(1, accusing(twoVotes(story, 3)));
    story.agree(story.block(), [outcome(1, 1, 'EVIDENCE_SIGNATURE_INVALID')]);
    expect(story.found).toEqual(['evidence-reported']);
  });
});
