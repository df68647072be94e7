import { fromHex, HansaError, toHex } from '@hansa/protocol';
import { readSmallFile } from '../files.ts';
import { compileSchema, describeProblems } from '../schema.ts';
import type { PublicKeys } from './city-keys.ts';

/** What a city sends to whoever makes the genesis: public, but to be sent over a channel that nobody can alter. */
export interface MemberCard extends PublicKeys {
  readonly name: string;
  readonly displayName: string;
  /** Multiaddrs where the others reach the daemon. */
  readonly addresses: readonly string[];
}

/** As it stands in the file, and in a proposal to the HTTP API. */
export interface MemberCardFile {
  readonly format: 'hansa-member/1';
  readonly name: string;
  readonly displayName: string;
  readonly laneKey: string;
  readonly voteKey: string;
  readonly voteKeyProof: string;
  readonly exchangeKey: string;
  readonly credentialKey: string;
  readonly peerId: string;
  readonly addresses: readonly string[];
}

const CARD_BYTES_MAX = 64 * 1024;

export function memberCardName(name: string): string {
  return `${name}.member.json`;
}

export function encodeMemberCard(card: MemberCard): string {
  return `${JSON.stringify(memberCardFile(card), undefined, 2)}\n`;
}

export function memberCardFile(card: MemberCard): MemberCardFile {
  return {
    format: 'hansa-member/1',
    name: card.name,
    displayName: card.displayName,
    laneKey: toHex(card.laneKey),
    voteKey: toHex(card.voteKey),
    voteKeyProof: toHex(card.voteKeyProof),
    exchangeKey: toHex(card.exchangeKey),
    credentialKey: toHex(card.credentialKey),
    peerId: card.peerId,
    addresses: card.addresses,
  };
}

/**
 * Reads a card's form. That its values are good (keys, proof, names) is checked with the genesis that they end up in.
 * Errors: `MEMBER_CARD_INVALID` and those of the file.
 */
export async function readMemberCard(path: string): Promise<MemberCard> {
  return memberCardOf(await readCard<MemberCardFile>(path, 'member-card.schema.json'));
}

/** What a card of this form says. */
export function memberCardOf(value: MemberCardFile): MemberCard {
  return {
    name: value.name,
    displayName: value.displayName,
    laneKey: hex(value.laneKey),
    voteKey: hex(value.voteKey),
    voteKeyProof: hex(value.voteKeyProof),
    exchangeKey: hex(value.exchangeKey),
    credentialKey: hex(value.credentialKey),
    peerId: value.peerId,
    addresses: value.addresses,
  };
}

/** What an observer sends instead: it has no keys but that of its connections. */
export interface ObserverCard {
  readonly name: string;
  readonly displayName: string;
  readonly peerId: string;
}

interface ObserverCardFile extends ObserverCard {
  readonly format: 'hansa-observer/1';
}

export function encodeObserverCard({ name, displayName, peerId }: ObserverCard): string {
  const file: ObserverCardFile = { format: 'hansa-observer/1', name, displayName, peerId };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}

/** Errors: as for `readMemberCard`. */
export async function readObserverCard(path: string): Promise<ObserverCard> {
  const { name, displayName, peerId } = await readCard<ObserverCardFile>(path, 'observer-card.schema.json');
  return { name, displayName, peerId };
}

async function readCard<File>(path: string, schema: string): Promise<File> {
  const bytes = await readSmallFile(path, CARD_BYTES_MAX);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new HansaError('MEMBER_CARD_INVALID', `${path} is not JSON in UTF-8. Ask the member for its card again.`);
  }
  const validate = compileSchema<File>(schema);
  if (validate(value)) return value;
  const problems = describeProblems(validate.errors).join('; ');
  throw new HansaError(
    'MEMBER_CARD_INVALID',
    `${path} is not such a card: ${problems}. Ask the member for the NAME.member.json that \`hansa init\` wrote.`,
  );
}

function hex(text: string): Uint8Array {
  return fromHex(text) ?? new Uint8Array();
}
