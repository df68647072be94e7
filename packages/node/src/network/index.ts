export type { Door } from './door.ts';
export { peerIdOf } from './identity.ts';
export { createNetwork } from './network.ts';
export { defaultNetworkSettings, type NetworkSettings } from './settings.ts';
export type {
  ChannelTraffic,
  GossipTopic,
  Network,
  NetworkHandlers,
  NetworkLog,
  NetworkOptions,
  PeerView,
  QueueView,
  Traffic,
  TrafficChannel,
} from './types.ts';
