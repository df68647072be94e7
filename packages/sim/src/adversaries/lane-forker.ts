import { toHex } from '@hansa/protocol';
import type { Digest } from '@hansa/protocol/crypto';
import { type DecodedEntry, encodeEntry } from '@hansa/protocol/lanes';
import { wrapEnvelope } from '@hansa/protocol/replica';
import type { Corrupted } from './contract.ts';
import { defineStrategy } from './define.ts';
import { word } from './options.ts';
import { honestNodes, tell } from './saying.ts';

/** Entries of the second branch that are kept at hand. */
const MEMORY = 512;

/** An entry of the second branch. */
interface Branch {
  readonly sequence: number;
  readonly digest: Digest;

  readonly frame: Uint8Array;
  readonly announcement: Uint8Array;
}

export const laneForker = defineStrategy(
  {
    name: 'lane-forker',
    does: 'Signs two entries at every place of its lane: two branches, each chained in itself.',
    attacks: 'R3 R4 C3 C10',
    seenBy: ['one-branch', 'equal-roots', 'evidence-true'],
    proof: 'lane-fork',
    options: {
      shows: word(
        ['halves', 'everybody', 'late'],
        'halves',
        'halves: each half of the cities sees one branch; everybody: all see both; late: the second is shown when the first is final.',
      ),
    },
  },
  (city, { shows }) => {
    const { coordinator, authority } = city;
    const branch = new Map<number, Branch>();
    const unsaid: Branch[] = [];
    return {
      onSend(_, message) {
        const speech = coordinator.understand(message);
        if (speech.kind !== 'entry' || speech.entry.header.lane !== authority) return undefined;
        const known = branch.get(speech.entry.header.sequence);
        const other = known ?? extend(city, branch, speech.entry);
        if (other === undefined) return undefined;
        if (known === undefined && shows === 'late') unsaid.push(other);
        if (shows === 'late') return undefined;
        const bytes = speech.entry.records.length === 0 ? other.announcement : other.frame;
        if (shows === 'everybody') return [message, { ...message, bytes }];
        return coordinator.halfOf(message.to) === 0 ? undefined : [{ ...message, bytes }];
      },
      onEffect(_, effect) {
        if (shows !== 'late' || effect.kind !== 'finalized') return 'carry-out';
        const final = effect.tips.find(({ lane }) => lane === authority)?.sequence ?? 0;
        while ((unsaid[0]?.sequence ?? Number.POSITIVE_INFINITY) <= final) {
          const { announcement } = unsaid.shift() as Branch;
          tell(city, honestNodes(city), 'lanes', announcement);
        }
        return 'carry-out';
      },
    };
  },
);

/** The next entry of the second branch: the same records, one millisecond later, on its own tip where it has one. */
function extend(city: Corrupted, branch: Map<number, Branch>, { header, records }: DecodedEntry): Branch | undefined {
  if (records.length === 0) return undefined;
  const { sequence } = header;
  const previous = branch.get(sequence - 1) ?? { sequence: sequence - 1, digest: header.previous };
  const place = { lane: header.lane, previous, createdAtMs: header.createdAtMs + 1 };
  const { frame, digest } = city.coordinator.voice.entry(place, records);
  const speech = city.coordinator.understand({ path: 'entries', bytes: frame });
  if (speech.kind !== 'entry') throw new Error(`the branch ${toHex(digest)} is no entry`);
  const announcement = wrapEnvelope('entry', encodeEntry(speech.entry.header, []));
  const next = { sequence, digest, frame, announcement };
  branch.set(sequence, next);
  branch.delete(sequence - MEMORY);
  return next;
}
