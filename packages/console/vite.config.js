import { fileURLToPath } from 'node:url';
import { defaultClientConditions, defineConfig } from 'vite';

/** Beside the compiled daemon, which serves it. */
export const outDirectory = fileURLToPath(new URL('../node/dist/console/', import.meta.url));

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  // The protocol from its sources: no build of it has to come first.
  resolve: { conditions: ['hansa-source', ...defaultClientConditions] },
  build: {
    outDir: outDirectory,
    emptyOutDir: true,
    target: 'es2022',
    manifest: true,
    // The policy of the page admits no script of a data: address, and pictures have names of their own.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
  },
  server: {
    // `pnpm dev` beside a running daemon: HANSA_URL=http://127.0.0.1:17501 pnpm --filter @hansa/console dev
    proxy: { '/v1': process.env.HANSA_URL ?? 'http://127.0.0.1:7500' },
  },
});
