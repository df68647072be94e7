/** The written forms of a member, in the genesis file and in a change of the authority set (C12). */

export function isMemberName(text: string): boolean {
  return /^[a-z][a-z0-9-]{0,31}$/.test(text);
}

/** Control and invisible direction characters would let one name pass for another on a screen. */
export function isDisplayName(text: string): boolean {
  return text.length >= 1 && text.length <= 128 && !/\p{C}/u.test(text) && text.trim() === text;
}

/** A libp2p peer id in base58. */
export function isPeerId(text: string): boolean {
  return /^[1-9A-HJ-NP-Za-km-z]{46,60}$/.test(text);
}

/** Looks like a multiaddr. */
export function isAddress(text: string): boolean {
  return /^\/[\x21-\x7e]{1,254}$/.test(text);
}
