#!/usr/bin/env node
// libp2p 3 needs Promise.withResolvers, which Node 20 lacks: the polyfill comes before every other import.
import '../dist/polyfill.js';

const { main } = await import('../dist/cli/main.js');
await main(process.argv);
