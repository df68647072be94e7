import { describe, expect, it } from 'vitest';
import { legalBasesOf } from '../src/logic/policy.ts';

const file = (access: object | undefined) => new TextEncoder().encode(JSON.stringify({ policy: { access } }));
const legalBases = ['LISTING_REVIEW', 'LOAN_DECISION', 'COURT_ORDER'];

describe('legal bases that a desk is offered', () => {
  it('are all of the policy for a listing', () => {
    expect(legalBasesOf(file({ legalBases, certificateBases: [] }), 'listing')).toEqual(legalBases);
  });

  it('are for a certificate those that the policy names for certificates; without any, a court\u2019s order (P3)', () => {
    const named = { legalBases, certificateBases: ['LOAN_DECISION'] };
    expect(legalBasesOf(file(named), 'certificate')).toEqual(['LOAN_DECISION']);
    expect(legalBasesOf(file({ legalBases, certificateBases: [] }), 'certificate')).toEqual([]);
    expect(legalBasesOf(file({ legalBases }), 'certificate')).toEqual(['COURT_ORDER']);
  });

  it('are none that the policy does not know, whatever it names for certificates', () => {
    expect(legalBasesOf(file({ legalBases: ['LOAN_DECISION'] }), 'certificate')).toEqual([]);
    expect(legalBasesOf(file(undefined), 'certificate')).toEqual([]);
  });
});
