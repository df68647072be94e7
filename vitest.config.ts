import { defineConfig } from 'vitest/config';

/** Tests that start whole federations of daemons, each a process that wants a core of its own. */
const realProcesses = [
  'test/{console,console-access,console-desks,console-papers,demo,examples,exchange,membership,membership-add,readme,real,recovery}.test.ts',
];

export default defineConfig({
  // Workspace packages resolve to their sources, so that a test never runs against a stale build.
  resolve: { conditions: ['hansa-source'] },
  ssr: { resolve: { conditions: ['hansa-source'] } },
  test: {
    setupFiles: ['./packages/node/src/polyfill.ts'],
    // Far beyond what any test takes: a slow machine fails no test.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['packages/*/{src,test}/**/*.test.ts', 'test/**/*.test.ts', 'examples/**/*.test.ts'],
          exclude: ['**/node_modules/**', ...realProcesses],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // One file at a time, after all others: daemons of several federations would starve each other.
        extends: true,
        test: { name: 'processes', include: realProcesses, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
