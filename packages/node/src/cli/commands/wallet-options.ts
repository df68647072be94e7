import { resolve } from 'node:path';
import { HansaError } from '@hansa/protocol';
import type { Command } from 'commander';
import { Wallet } from '../../wallet/wallet.ts';
import type { Terminal } from '../output.ts';
import { HolderClient } from './holder-client.ts';

export interface WalletOptions {
  readonly wallet?: string;
}

export interface WalletCityOptions extends WalletOptions {
  readonly city?: string;
  readonly url?: string;
}

export function walletOptions(command: Command): Command {
  return command.option('--wallet <directory>', 'directory of the wallet (or HANSA_WALLET)');
}

/** Of commands that ask a city. */
export function walletCityOptions(command: Command, which: string): Command {
  return walletOptions(command)
    .option('--city <name>', which)
    .option('--url <url>', 'URL of that city\u2019s HTTP API (or HANSA_URL)');
}

/** The directory that was named. Errors: USAGE. */
export function walletDirectory(options: WalletOptions, terminal: Terminal): string {
  const directory = options.wallet ?? terminal.environment.HANSA_WALLET;
  if (directory === undefined) throw new HansaError('USAGE', 'name the wallet: --wallet DIRECTORY, or HANSA_WALLET');
  return resolve(directory);
}

export async function openWallet(options: WalletOptions, terminal: Terminal): Promise<Wallet> {
  return Wallet.open(walletDirectory(options, terminal));
}

/** The city that was named, or the one where the wallet got what it is about. Errors: USAGE, CITY_UNKNOWN. */
export function holderClient(
  wallet: Wallet,
  options: WalletCityOptions,
  terminal: Terminal,
  known?: { readonly city: string; readonly url: string },
): HolderClient {
  const url = options.url ?? (options.city === undefined ? known?.url : undefined) ?? terminal.environment.HANSA_URL;
  const city = options.city ?? known?.city;
  if (city === undefined || url === undefined) {
    throw new HansaError('USAGE', 'name the city that is asked, and where it answers: --city NAME --url URL');
  }
  return new HolderClient(wallet, { city, url });
}
