import { Option } from 'commander';
import { type CheckAnswer, purposes } from '../../services/check.ts';
import type { ListingView } from '../../services/views.ts';
import { type AddCommand, runs } from '../output.ts';
import { Daemon, type DaemonOptions, daemonOptions } from './daemon.ts';
import { readSubjectInput, type SubjectOptions, subjectOptions } from './subject-input.ts';
import { shortTime, staleLines } from './text.ts';

interface CheckOptions extends DaemonOptions, SubjectOptions {
  readonly purpose: string;
  readonly case: string;
  readonly operator?: string;
}

/** `hansa check` */
export const addCheck: AddCommand = (program, terminal, exit) => {
  const command = subjectOptions(
    daemonOptions(program.command('check').description('is this person or organisation listed? (role clerk)')),
  )
    .addOption(new Option('--purpose <purpose>', 'what the answer is for').choices(purposes).makeOptionMandatory())
    .requiredOption('--case <reference>', 'reference of the matter in hand')
    .option('--operator <name>', 'the officer who asks; lookups are limited for each');
  command.addHelpText(
    'after',
    '\nExample:\n  hansa check --dir sanya --purpose loan --case LOAN-2026-0117\n\nThe exit code is 0 for a hit and for none: read the answer.\nlate: recorded after the day from which it claims effect; it counts from the day of its block, never retroactively.',
  );
  runs<CheckOptions>(command, terminal, exit, async (options) => {
    const daemon = await Daemon.find(options, 'clerk', terminal);
    const subject = await readSubjectInput(options, terminal);
    const { purpose, case: matter, operator } = options;
    const body = { subject, purpose, case: matter, ...(operator === undefined ? {} : { operator }) };
    const answer = await daemon.post<CheckAnswer>('/v1/check', body);
    return { text: textOf(answer), json: { ...answer } };
  });
};

function textOf({ listings, asOf, stale, proof }: CheckAnswer): string {
  const when = `as of ${shortTime(new Date(asOf.timestampMs).toISOString())} (block ${asOf.height})`;
  const verdict =
    listings.length === 0
      ? `NOT LISTED ${when}`
      : `LISTED, ${listings.length} ${listings.length === 1 ? 'listing' : 'listings'}, ${when}`;
  return [verdict, ...staleLines(stale), ...listings.map(listingText), `  proof ${proof}`].join('\n');
}

export function listingText(listing: ListingView): string {
  const marks = [
    listing.disputed ? 'DISPUTED' : '',
    listing.late ? 'late' : '',
    listing.restricted ? 'restricted' : listing.suspended ? 'restriction suspended' : 'not restricted any more',
  ].filter((mark) => mark !== '');
  const until = listing.restrictUntil ?? listing.shareUntil ?? listing.publishUntil ?? '';
  return `  ${listing.location}  ${listing.severity}  ${listing.effectiveFrom} to ${until}  ${marks.join(', ')}  ${listing.city} (${listing.cityName})`;
}
