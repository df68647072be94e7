import type { AddCommand } from '../output.ts';
import { addAccess } from './access.ts';
import { addApplication } from './application.ts';
import { addBlacklist } from './blacklist.ts';
import { addCertificate } from './certificate.ts';
import { addCheck } from './check.ts';
import { addChecks } from './checks.ts';
import { addConsent } from './consent.ts';
import { addImport } from './import.ts';
import { addBlocks, addEvidence, addLanes } from './ledger.ts';
import { addMembership } from './membership.ts';
import { addOpenings } from './opening.ts';
import { addOprf } from './oprf.ts';
import { addPapers } from './papers.ts';
import { addReceipt } from './receipt.ts';
import { addRecord } from './record.ts';
import { addStatus } from './status.ts';
import { addWallet } from './wallet.ts';

/** Adds the commands that talk to a running daemon, in the order of --help, and `receipt`, which may do without one. */
export const registerCommands: AddCommand = (program, terminal, exit) => {
  for (const add of [
    addStatus,
    addImport,
    addCheck,
    addCertificate,
    addApplication,
    addBlacklist,
    addOpenings,
    addPapers,
    addConsent,
    addAccess,
    addRecord,
    addReceipt,
    addLanes,
    addBlocks,
    addEvidence,
    addMembership,
    addChecks,
    addOprf,
    addWallet,
  ]) {
    add(program, terminal, exit);
  }
};
