import { chmod, mkdir } from 'node:fs/promises';
import type { Store } from '@hansa/protocol/replica';
import { openStore } from '../store/index.ts';

/**
 * The private store in a directory of its own that only the daemon's user can enter (mode 0700): it holds names,
 * numbers and accounts in plain. One process at a time. Errors as `openStore`.
 */
export async function openRegistryStore(directory: string): Promise<Store> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  // An existing directory, or a wider umask's.
  await chmod(directory, 0o700);
  return openStore(directory);
}
