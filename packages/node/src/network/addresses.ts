import { type Multiaddr, multiaddr } from '@multiformats/multiaddr';

export type MultiaddrLike = Multiaddr;

/** Multiaddrs that end in the member's peer id, so that Noise proves whom we reached. Throws on text that is no multiaddr. */
export function parseAddresses(addresses: readonly string[], peerId: string): Multiaddr[] {
  return addresses.map((address) => {
    const parsed = multiaddr(address);
    return parsed.getComponents().some((component) => component.name === 'p2p')
      ? parsed
      : parsed.encapsulate(`/p2p/${peerId}`);
  });
}
