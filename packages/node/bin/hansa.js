#!/usr/bin/env -S node --max-semi-space-size=16
// The nursery of the garbage collector: 32 MB took 50 MB more memory and, since records wait as bytes, no less CPU a record.
// libp2p 3 needs Promise.withResolvers, which Node 20 lacks: the polyfill comes before every other import.
import '../dist/polyfill.js';

const { main } = await import('../dist/cli/main.js');
await main(process.argv);
