#!/usr/bin/env -S env MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=262144 node --max-semi-space-size=8 --interrupt-budget=30000
// Of glibc: with an arena for each of a dozen threads, 40 MB of freed memory lay about after 450,000 records; and large
// buffers go back to the system when they are freed, which they otherwise do only until the first one was.
// The nursery of the garbage collector: 16 MB took 20 MB more memory, 32 MB 70 MB more, and, since records wait as bytes, no less CPU a record.
// How much a function runs before V8 optimizes it (132 KB of bytecode otherwise): a daemon at 50 records a second takes a
// minute and more until all is optimized, and for so long runs slowly and shares its cores with the compiler.
// libp2p 3 needs Promise.withResolvers, which Node 20 lacks: the polyfill comes before every other import.
import '../dist/polyfill.js';

const { main } = await import('../dist/cli/main.js');
await main(process.argv);
