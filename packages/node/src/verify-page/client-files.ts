import { readFileSync } from 'node:fs';
import { HansaError } from '@hansa/protocol';
import type { VerifyClient } from './render.ts';

/**
 * The bundled program and style of the page, which `pnpm build` makes.
 *
 * Errors: PAGE_NOT_BUILT.
 */
export function readVerifyClient(): VerifyClient {
  const folder = new URL('../../dist/verify-page/', import.meta.url);
  try {
    const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');
    return { script: read('client.js'), style: read('client.css') };
  } catch {
    throw new HansaError('PAGE_NOT_BUILT', 'The program of the page is not built. Run pnpm build once.');
  }
}
