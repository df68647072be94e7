import { type Multiaddr, multiaddr } from '@multiformats/multiaddr';

/** Multiaddrs that end in the member's peer id, so that Noise proves whom we reached. Text that is no multiaddr is left out. */
export function parseAddresses(addresses: readonly string[], peerId: string): Multiaddr[] {
  return addresses.flatMap((address) => {
    try {
      const parsed = multiaddr(address);
      return [
        parsed.getComponents().some((component) => component.name === 'p2p')
          ? parsed
          : parsed.encapsulate(`/p2p/${peerId}`),
      ];
    } catch {
      return [];
    }
  });
}
