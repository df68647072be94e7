#!/usr/bin/env -S node --max-semi-space-size=64
// Virtual messages are short-lived garbage: a larger nursery keeps them out of the old generation.
import { main } from '../dist/commands/main.js';

await main(process.argv);
