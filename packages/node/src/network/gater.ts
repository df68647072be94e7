import type { ConnectionGater, MultiaddrConnection, PeerId } from '@libp2p/interface';
import type { Member, Members } from './members.ts';

/**
 * Lets members in, by the peer id that Noise has proved, and nobody else (G1). `onMember` learns which member a raw
 * connection belongs to.
 */
export function memberGater(
  members: Members,
  onRefused: (peerId: string, address: string) => void,
  onMember: (member: Member, connection: MultiaddrConnection) => void,
): ConnectionGater {
  const admit = (peerId: PeerId, connection: MultiaddrConnection): boolean => {
    const member = members.mayTalk(peerId.toString());
    // guard: G1 members only
    if (member === undefined) {
      onRefused(peerId.toString(), connection.remoteAddr.toString());
      return false;
    }
    onMember(member, connection);
    return true;
  };
  return {
    // The library's default refuses private addresses; ours are chosen by the operators.
    denyDialMultiaddr: () => false,
    denyDialPeer: (peerId) => members.mayTalk(peerId.toString()) === undefined,
    denyInboundEncryptedConnection: (peerId, connection) => !admit(peerId, connection),
    denyOutboundEncryptedConnection: (peerId, connection) => !admit(peerId, connection),
  };
}
