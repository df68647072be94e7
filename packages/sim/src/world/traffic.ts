import { envelopeFields } from '@hansa/protocol/replica';
import type { NodeIndex, Path } from './contract.ts';

export const paths: readonly Path[] = ['consensus', 'entries', 'lanes', 'final', 'request', 'reply'];
const requestKinds: readonly string[] = ['status', 'entries', 'blocks', 'block'];
const replyKinds: readonly string[] = ['status', 'entries', 'blocks', 'refusal'];
const KINDS = 8;

/** Messages of one path and kind; copies that the network made count too. */
export interface TrafficRow {
  readonly path: Path;
  /** Of a `PeerMessage` (`vote`, `entry`, ...), or what a request asks for. */
  readonly kind: string;
  readonly messages: number;
  readonly bytes: number;
  readonly lost: number;
}

export interface NodeTraffic {
  readonly messagesIn: number;
  readonly messagesOut: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** Counts what travels. Bytes are those of messages: no framing, no encryption. */
export class Traffic {
  readonly #messages = new Float64Array(paths.length * KINDS);
  readonly #bytes = new Float64Array(paths.length * KINDS);
  readonly #lost = new Float64Array(paths.length * KINDS);
  readonly #nodes: { messagesIn: number; messagesOut: number; bytesIn: number; bytesOut: number }[] = [];

  addNode(): void {
    this.#nodes.push({ messagesIn: 0, messagesOut: 0, bytesIn: 0, bytesOut: 0 });
  }

  sent(from: NodeIndex, path: number, bytes: Uint8Array): void {
    const cell = cellOf(path, bytes);
    this.#messages[cell] = (this.#messages[cell] as number) + 1;
    this.#bytes[cell] = (this.#bytes[cell] as number) + bytes.length;
    const node = this.#nodes[from];
    if (node === undefined) return;
    node.messagesOut += 1;
    node.bytesOut += bytes.length;
  }

  delivered(to: NodeIndex, bytes: Uint8Array): void {
    const node = this.#nodes[to];
    if (node === undefined) return;
    node.messagesIn += 1;
    node.bytesIn += bytes.length;
  }

  lost(path: number, bytes: Uint8Array): void {
    const cell = cellOf(path, bytes);
    this.#lost[cell] = (this.#lost[cell] as number) + 1;
  }

  of(node: NodeIndex): NodeTraffic {
    return { ...(this.#nodes[node] ?? { messagesIn: 0, messagesOut: 0, bytesIn: 0, bytesOut: 0 }) };
  }

  /** Rows in which something travelled. */
  rows(): TrafficRow[] {
    const rows: TrafficRow[] = [];
    paths.forEach((path, index) => {
      for (let field = 0; field < KINDS; field++) {
        const cell = index * KINDS + field;
        const messages = this.#messages[cell] as number;
        if (messages === 0) continue;
        const kind = kindOf(path, field);
        rows.push({ path, kind, messages, bytes: this.#bytes[cell] as number, lost: this.#lost[cell] as number });
      }
    });
    return rows;
  }
}

/** Every message is a protobuf oneof: the number of its first field tells the kind. */
function cellOf(path: number, bytes: Uint8Array): number {
  return path * KINDS + (((bytes[0] ?? 0) >>> 3) & (KINDS - 1));
}

function kindOf(path: Path, field: number): string {
  const kinds: readonly string[] = path === 'request' ? requestKinds : path === 'reply' ? replyKinds : envelopeFields;
  return kinds[field - 1] ?? 'other';
}
