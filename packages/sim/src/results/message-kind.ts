import type { Path } from '../world/contract.ts';
import { firstField, wireFieldAt } from './wire-fields.ts';

/** What a message is, for tables and pictures. */
export interface MessageKind {
  /** `notarize`, `proposal`, `entry`, `blocks-request`, ...; `unreadable`: adversaries send anything. */
  readonly kind: string;
  /** Of votes, certificates and proposals. */
  readonly view: number | undefined;
}

/** Members of the oneof `PeerMessage`, by field number (`hansa/v1/consensus.proto`). */
const [PROPOSAL, VOTE, CERTIFICATE, ENTRY, EVIDENCE] = [1, 2, 3, 4, 5];
/** Votes and certificates by `VoteKind`. */
const votes = [undefined, 'notarize', 'nullify', 'finalize'];
const certificates = [undefined, 'notarization', 'nullification', 'finalization'];
/** Members of the oneofs `SyncRequest` and `SyncResponse`, by field number (`hansa/v1/sync.proto`). */
const requests = [undefined, 'status-request', 'entries-request', 'blocks-request', 'block-request'];
const replies = [undefined, 'status-reply', 'entries-reply', 'blocks-reply', 'refusal'];

const unreadable: MessageKind = { kind: 'unreadable', view: undefined };

/** Reads the kinds of messages. The copies of one broadcast share their bytes, which are read once. */
export class MessageKinds {
  readonly #known = new WeakMap<Uint8Array, MessageKind>();
  #lastBytes: Uint8Array | undefined;
  #last: MessageKind = unreadable;

  of(path: Path, bytes: Uint8Array): MessageKind {
    if (bytes === this.#lastBytes) return this.#last;
    let found = this.#known.get(bytes);
    if (found === undefined) {
      found = read(path, bytes);
      this.#known.set(bytes, found);
    }
    this.#lastBytes = bytes;
    this.#last = found;
    return found;
  }
}

function read(path: Path, bytes: Uint8Array): MessageKind {
  if (path === 'request') return named(requests[firstField(bytes)]);
  if (path === 'reply') return named(replies[firstField(bytes)]);
  switch (firstField(bytes)) {
    case PROPOSAL:
      return named('proposal', wireFieldAt(bytes, 1, 1, 3) ?? 0);
    case VOTE:
      return named(votes[numberOf(wireFieldAt(bytes, 2, 1, 2))], wireFieldAt(bytes, 2, 1, 4) ?? 0);
    case CERTIFICATE:
      return named(certificates[numberOf(wireFieldAt(bytes, 3, 1, 2))], wireFieldAt(bytes, 3, 1, 4) ?? 0);
    case ENTRY:
      // A header alone announces; records follow on a direct stream.
      return named(wireFieldAt(bytes, 4, 2) === undefined ? 'header' : 'entry');
    case EVIDENCE:
      return named('evidence');
    default:
      return unreadable;
  }
}

function named(kind: string | undefined, view?: Uint8Array | number): MessageKind {
  return kind === undefined ? unreadable : { kind, view: typeof view === 'number' ? view : undefined };
}

function numberOf(field: Uint8Array | number | undefined): number {
  return typeof field === 'number' ? field : 0;
}
