/** The daemon as a library: for programs that embed a city, and for the tools beside it. */
import './polyfill.ts';

export { City, type CityOptions, openCity } from './city/index.ts';
export { type Config, loadConfig } from './config/index.ts';
export { nativeCrypto } from './crypto/index.ts';
export { Daemon } from './daemon.ts';
export { type CityKeys, publicKeys } from './keys/index.ts';
export { createLog, type Log } from './log.ts';
export { createNetwork, type Network, type NetworkHandlers } from './network/index.ts';
export { createGenesis } from './setup/create-genesis.ts';
export { initCity } from './setup/init-city.ts';
export { joinFederation } from './setup/join-federation.ts';
export { openStore } from './store/index.ts';
