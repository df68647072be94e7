import { Option } from 'commander';
import type { Submitted } from '../../services/submission.ts';
import { type DisputeEffectName, disputeEffects, liftReasons, severityNames } from '../../services/views.ts';
import { type AddCommand, runs } from '../output.ts';
import { Daemon } from './daemon.ts';
import { listingPath } from './location.ts';
import { submittedAnswer } from './submitted.ts';
import {
  type OfficerOptions,
  officerOptions,
  type SubmittingOptions,
  submit,
  submittingOptions,
} from './submitting.ts';

interface AmendOptions extends OfficerOptions {
  readonly severity?: string;
  readonly publishUntil?: string;
  readonly shareUntil?: string;
  readonly restrictUntil?: string;
}

/** `hansa blacklist amend|dispute|lift` */
export const addBlacklist: AddCommand = (program, terminal, exit) => {
  const group = program
    .command('blacklist')
    .description('listings: amend, dispute, lift (new ones come by "hansa import blacklist")');

  const amend = officerOptions(
    submittingOptions(
      group
        .command('amend')
        .description('lower severity or dates of an own listing; what is harsher is listed anew (role approver)'),
    )
      .argument('<listing>', 'location of the listing, as a check shows it')
      .addOption(new Option('--severity <severity>').choices(Object.keys(severityNames)))
      .option('--publish-until <date>', 'last day of publicity')
      .option('--share-until <date>', 'last day of sharing with other centres')
      .option('--restrict-until <date>', 'last day of the restriction'),
  );
  amend.addHelpText(
    'after',
    '\nExample:\n  hansa blacklist amend --dir haikou haikou/12/0 --restrict-until 2026-12-31 --handler op08 --approver ap02',
  );
  runs<AmendOptions>(amend, terminal, exit, async (options, [listing]) => {
    const daemon = await Daemon.find(options, 'approver', terminal);
    const { severity, publishUntil, shareUntil, restrictUntil, handler, approver } = options;
    const body = { severity, publishUntil, shareUntil, restrictUntil, handler, approver };
    return submittedAnswer(
      'The listing is amended',
      await submit<Submitted>(daemon, terminal, options, `${listingPath(listing)}/amend`, body),
    );
  });

  const dispute = submittingOptions(
    group.command('dispute').description('open a dispute of any listing, or close one of an own listing (role clerk)'),
  )
    .argument('<listing>', 'location of the listing')
    .option('--close', 'close the dispute instead of opening one')
    .addOption(
      new Option(
        '--effect <effect>',
        'suspend the restriction meanwhile, where the policy lets a dispute do so, or only flag it (default: the policy)',
      ).choices(Object.keys(disputeEffects)),
    )
    .requiredOption('--handler <officer>', 'officer who takes the objection');
  dispute.addHelpText('after', '\nExample:\n  hansa blacklist dispute --dir sanya haikou/12/0 --handler op03');
  runs<SubmittingOptions & { close?: boolean; effect?: DisputeEffectName; handler: string }>(
    dispute,
    terminal,
    exit,
    async (options, [listing]) => {
      const daemon = await Daemon.find(options, 'clerk', terminal);
      const state = options.close === true ? 'closed' : 'open';
      const submitted = await submit<Submitted>(daemon, terminal, options, `${listingPath(listing)}/dispute`, {
        state,
        handler: options.handler,
        effect: options.effect,
      });
      return submittedAnswer(`The dispute is ${state}`, submitted);
    },
  );

  const lift = officerOptions(
    submittingOptions(group.command('lift').description('lift an own listing (role approver)'))
      .argument('<listing>', 'location of the listing')
      .addOption(new Option('--reason <reason>', 'why').choices(Object.keys(liftReasons)).makeOptionMandatory()),
  );
  lift.addHelpText(
    'after',
    '\nExample:\n  hansa blacklist lift --dir haikou haikou/12/0 --reason repaired --handler op08 --approver ap02',
  );
  runs<OfficerOptions & { reason: string }>(lift, terminal, exit, async (options, [listing]) => {
    const daemon = await Daemon.find(options, 'approver', terminal);
    const { reason, handler, approver } = options;
    return submittedAnswer(
      'The listing is lifted',
      await submit<Submitted>(daemon, terminal, options, `${listingPath(listing)}/lift`, {
        reason,
        handler,
        approver,
      }),
    );
  });
};
