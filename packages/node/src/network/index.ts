export { peerIdOf } from './identity.ts';
export { createNetwork } from './network.ts';
export { defaultNetworkSettings, type NetworkSettings } from './settings.ts';
export type {
  ChannelTraffic,
  Door,
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
