import { concatBytes } from '@hansa/protocol';
import { VoteKind } from '@hansa/protocol/consensus';
import { splitEnvelope, wrapEnvelope } from '@hansa/protocol/replica';
import type { Incoming, Outgoing, Path } from '../world/contract.ts';
import type { Corrupted } from './contract.ts';
import { defineStrategy } from './define.ts';
import { type Elsewhere, listenElsewhere } from './elsewhere.ts';
import { flag, number } from './options.ts';
import { shared } from './saying.ts';
import type { Speech } from './speech.ts';
import { bytesField, readFields, withField } from './wire.ts';

/** Messages that are remembered. */
const MEMORY = 1024;

interface Heard {
  readonly path: Path;
  readonly bytes: Uint8Array;
}

export const replayer = defineStrategy(
  {
    name: 'replayer',
    does: 'Says again what it said or heard long ago, and what the same keys signed in another federation.',
    attacks: 'R1 R2 C6 G1',
    seenBy: ['valid-certificate', 'executed-is-final', 'equal-roots'],
    options: {
      times: number({ from: 1, to: 64, whole: true }, 2, 'Old messages for each new one.'),
      foreign: flag(true, 'Replays another federation too.'),
    },
  },
  (city, { times, foreign }) => {
    const { coordinator, random } = city;
    const heard: Heard[] = [];
    let next = 0;
    const remember = ({ path, bytes }: Incoming | Outgoing) => {
      if (path === 'request' || path === 'reply') return;
      heard[next++ % MEMORY] = { path, bytes };
    };
    const elsewhere = foreign
      ? shared(coordinator, 'elsewhere', () => listenElsewhere(coordinator.world.federation))
      : undefined;
    /** One broadcast goes to many: its counterparts are made once. */
    const made = new WeakMap<Uint8Array, Uint8Array[]>();
    const counterparts = (source: Elsewhere, message: Outgoing) => {
      let frames = made.get(message.bytes);
      if (frames === undefined) {
        frames = foreignCounterparts(city, source, coordinator.understand(message));
        made.set(message.bytes, frames);
      }
      return frames;
    };
    return {
      onReceive(_, message) {
        remember(message);
        return 'deliver';
      },
      onSend(_, message) {
        if (message.path === 'request' || message.path === 'reply') return undefined;
        const said = [message];
        for (let count = 0; count < times && heard.length > 0; count++)
          said.push({ ...random.pick(heard), to: message.to });
        if (elsewhere !== undefined)
          for (const bytes of counterparts(elsewhere, message)) said.push({ ...message, bytes });
        remember(message);
        return said;
      },
    };
  },
);

/** The same words as they were said elsewhere: as they are, and with this federation's name written over that one's. */
function foreignCounterparts(
  { authority, coordinator }: Corrupted,
  elsewhere: Elsewhere,
  speech: Speech,
): Uint8Array[] {
  const { federationId } = coordinator.world.federation.domains;
  if (speech.kind === 'vote') {
    const { kind, view, block } = speech.vote.statement;
    // What stops everybody: all nullified this view, all finalized this block. There, not here.
    const certificate = elsewhere.certificate(kind === VoteKind.FINALIZE ? VoteKind.NULLIFY : kind, view, block);
    const vote = elsewhere.vote(authority, kind, view, block);
    return [vote, renamed(vote, federationId), certificate, renamed(certificate, federationId)];
  }
  if (speech.kind === 'entry' && speech.entry.records.length > 0) {
    return [elsewhere.entry(speech.entry.header, speech.entry.records)];
  }
  return [];
}

/** A vote or certificate with another federation id in its statement; the signature stays. */
export function renamed(frame: Uint8Array, federationId: Uint8Array): Uint8Array {
  const envelope = splitEnvelope(frame);
  if (!envelope.ok) return frame;
  const { kind, payload } = envelope.value;
  const statement = bytesField(readFields(payload) ?? [], 1) ?? concatBytes();
  return wrapEnvelope(kind, withField(payload, 1, withField(statement, 1, federationId)));
}
