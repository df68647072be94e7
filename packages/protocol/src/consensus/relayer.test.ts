import { expect, it } from 'vitest';
import { defaultParameters } from '../genesis/index.ts';
import type { SimplexPorts } from './ports.ts';
import { Relayer } from './relayer.ts';
import { type CarriedCertificate, VoteKind } from './votes.ts';

const certificate = (kind: VoteKind, epoch: number, view: number): CarriedCertificate =>
  ({ statement: { kind, epoch, view }, bytes: Uint8Array.of(kind, epoch, view) }) as CarriedCertificate;

/** What is broadcast of a certificate that waits, when this is the newest finalization. */
function relayed(waiting: CarriedCertificate, finalization: CarriedCertificate): number[][] {
  const said: number[][] = [];
  const ports = {
    setTimer: () => undefined,
    broadcast: (_: string, bytes: Uint8Array) => said.push([...bytes]),
    finalizationRelayed: () => undefined,
  } as unknown as SimplexPorts;
  const relayer = new Relayer(ports, defaultParameters);
  relayer.add(0, waiting);
  relayer.relay(finalization);
  return said;
}

it('C4: a notarization is relayed, or instead of it the finalization that covers it', () => {
  const notarization = certificate(VoteKind.NOTARIZE, 0, 5);
  expect(relayed(notarization, certificate(VoteKind.FINALIZE, 0, 4))).toEqual([[VoteKind.NOTARIZE, 0, 5]]);
  expect(relayed(notarization, certificate(VoteKind.FINALIZE, 0, 5))).toEqual([[VoteKind.FINALIZE, 0, 5]]);
});

it('C4, C12: what made a seal final covers nothing of the next epoch, whose views begin below its own', () => {
  const notarization = certificate(VoteKind.NOTARIZE, 1, 5);
  expect(relayed(notarization, certificate(VoteKind.FINALIZE, 0, 7))).toEqual([[VoteKind.NOTARIZE, 1, 5]]);
});
