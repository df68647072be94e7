#!/usr/bin/env -S node --max-semi-space-size=32
// A daemon under load makes much short-lived garbage: twice the usual nursery gives 15% more records a second.
// libp2p 3 needs Promise.withResolvers, which Node 20 lacks: the polyfill comes before every other import.
import '../dist/polyfill.js';

const { main } = await import('../dist/cli/main.js');
await main(process.argv);
