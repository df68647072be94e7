import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Workspace packages resolve to their sources, so that a test never runs against a stale build.
  resolve: { conditions: ['hansa-source'] },
  ssr: { resolve: { conditions: ['hansa-source'] } },
  test: {
    include: ['packages/*/{src,test}/**/*.test.ts', 'test/**/*.test.ts'],
    setupFiles: ['./packages/node/src/polyfill.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
