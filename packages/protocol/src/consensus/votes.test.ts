import { create } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '../bytes.ts';
import { encodeMessage } from '../codec/index.ts';
import type { Digest } from '../crypto/index.ts';
import { QuorumCertificateSchema, VoteSchema, VoteStatementSchema } from '../gen/hansa/v1/consensus_pb.ts';
import { encodeCertificate, encodeStatement, encodeVote, VoteKind } from './votes.ts';

const number = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }));
const bytes = fc.uint8Array({ maxLength: 200 });
const digest = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((each) => each as Digest);

describe('votes and certificates that are written by hand', () => {
  it('have the bytes of the reference encoder', () => {
    fc.assert(
      fc.property(
        fc.record({
          federationId: digest,
          kind: fc.constantFrom(VoteKind.UNSPECIFIED, VoteKind.NOTARIZE, VoteKind.NULLIFY, VoteKind.FINALIZE),
          epoch: number,
          view: number,
          block: fc.oneof(digest, fc.constant(new Uint8Array(0) as Digest)),
        }),
        fc.record({ statement: bytes, signers: bytes, signature: bytes }),
        fc.integer({ min: 0, max: 0xffff_ffff }),
        ({ federationId, ...statement }, parts, voter) => {
          const { epoch, view } = statement;
          const fields = { federationId, ...statement, epoch: BigInt(epoch), view: BigInt(view) };
          const signed = encodeStatement(federationId, statement);
          expect(toHex(signed)).toBe(toHex(encodeMessage(VoteStatementSchema, create(VoteStatementSchema, fields))));
          const { signature, signers } = parts;
          expect(toHex(encodeVote({ statement: { ...statement, bytes: signed }, voter, signature }))).toBe(
            toHex(encodeMessage(VoteSchema, create(VoteSchema, { statement: signed, voter, signature }))),
          );
          expect(toHex(encodeCertificate(parts.statement, signers, signature))).toBe(
            toHex(encodeMessage(QuorumCertificateSchema, create(QuorumCertificateSchema, parts))),
          );
        },
      ),
    );
  });
});
