import { type SubjectTagger, subjectInput, subjectTag } from '@hansa/protocol/subjects';
import type { TestFederation } from '../../protocol/test/federation.ts';

/** Tags as the OPRF gives them, but from a digest that needs no key: for tests of what is done with tags, not of how they come. */
export function plainTagger({ crypto, domains }: TestFederation): SubjectTagger {
  return {
    tag: async (family, subjects) =>
      subjects.map((subject) => subjectTag(domains, family, crypto.sha256(subjectInput(family, subject)))),
  };
}
