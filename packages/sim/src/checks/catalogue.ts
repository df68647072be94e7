/** What a check is about, for people and for the page docs/simulating/checks.md, which is tested equal. */
export interface CheckFacts {
  /** Rules of the specification. */
  readonly rules: string;
  /** What must hold, in one sentence. */
  readonly holds: string;
  /**
   * `holds`: whatever the number of faulty authorities, because it is about what an honest city does by itself.
   * `excused`: it presupposes at most f of them, and is not held against a run that had more.
   */
  readonly beyondF: 'holds' | 'excused';
  /** `commit`: always; `event`: it follows every message, in runs with `checks.every: event`. */
  readonly when: 'commit' | 'event';
}

/** Every check, by the stable name that its violations have. */
export const catalogue = {
  agreement: {
    rules: 'C6',
    holds: 'One block is final at each height, in all cities and over all their lives.',
    beyondF: 'excused',
    when: 'commit',
  },
  ancestry: {
    rules: 'C6',
    holds: 'Each final block stands on the final block below it, in a later view and at a later time.',
    beyondF: 'holds',
    when: 'commit',
  },
  'one-notarization': {
    rules: 'C3',
    holds: 'A view has at most one notarized block, and no other one is final in it.',
    beyondF: 'excused',
    when: 'commit',
  },
  'no-final-beside-null': {
    rules: 'C4 C5',
    holds: 'No view is both finalized and nullified.',
    beyondF: 'excused',
    when: 'commit',
  },
  'valid-certificate': {
    rules: 'C4 C6',
    holds:
      'Behind each certificate that a city holds or sends stand q distinct authorities: the signatures prove it, and those of them that are honest did say it.',
    beyondF: 'holds',
    when: 'commit',
  },
  'valid-vote': {
    rules: 'C3 C4 C11',
    holds:
      'A city notarizes only what is valid with what its own disk has, and votes Finalize only for what it holds a notarization of, above every finalization that it holds.',
    beyondF: 'holds',
    when: 'commit',
  },
  'valid-proposal': {
    rules: 'C2 C11',
    holds: 'A leader proposes only what it could vote for itself, in the views that it leads.',
    beyondF: 'holds',
    when: 'commit',
  },
  'no-contradiction': {
    rules: 'C2 C3 C4 C5 R4',
    holds:
      'A city never signs two votes of a kind in a view, Notarize or Finalize after Nullify, Nullify after Finalize, two proposals of a view, or two entries of a sequence, over all its lives.',
    beyondF: 'holds',
    when: 'commit',
  },
  'durable-first': {
    rules: 'C9',
    holds:
      'Own votes, proposals and entries, and all certificates, are on the disk before they leave, and finality before a host is told.',
    beyondF: 'holds',
    when: 'commit',
  },
  'cut-grows': {
    rules: 'C3',
    holds: 'Final blocks move lanes forward only, each lane once.',
    beyondF: 'excused',
    when: 'commit',
  },
  'one-branch': {
    rules: 'R4 C3',
    holds: 'The final entries of a lane are one chain of digests, and somebody faithful holds each of them.',
    beyondF: 'excused',
    when: 'commit',
  },
  'executed-is-final': {
    rules: 'L1',
    holds: 'What is executed at a height is what the final block of that height names, in the agreed order.',
    beyondF: 'holds',
    when: 'commit',
  },
  'equal-roots': {
    rules: 'L1 L3',
    holds:
      'Outcomes and roots at a height are equal in all cities, and the history root is the RFC 6962 root of the entries.',
    beyondF: 'excused',
    when: 'commit',
  },
  'checkpoint-true': {
    rules: 'C11',
    holds: 'A final checkpoint names the state that the cities computed at its height.',
    beyondF: 'excused',
    when: 'commit',
  },
  'one-set': {
    rules: 'C12',
    holds:
      'An epoch ends with its first final block that names a next set, and with none before; that set is the one which more than two thirds of the voters approved, counted from the final records.',
    beyondF: 'excused',
    when: 'commit',
  },
  'lawful-changes': {
    rules: 'C12 C10',
    holds:
      'No proposal, approval or withdrawal has an effect that must have none: of who does not vote, of another epoch, out of date, after a decision, twice, with keys that are or were somebody\u2019s, or that nobody holds.',
    beyondF: 'excused',
    when: 'commit',
  },
  receipts: {
    rules: 'C6 C11 L3',
    holds:
      'What a city would hand out as a receipt proves what it says, and is refused with another certificate, block, state or fact.',
    beyondF: 'excused',
    when: 'commit',
  },
  'nothing-lost': {
    rules: 'C9 R4',
    holds:
      'An entry that a city was told is sealed is there after every crash, and no other one is ever final in its place.',
    beyondF: 'excused',
    when: 'commit',
  },
  'final-stays-final': {
    rules: 'C9',
    holds: 'A city that is started again knows every height that it had called final.',
    beyondF: 'holds',
    when: 'commit',
  },
  'one-winner': {
    rules: 'L1',
    holds: 'A certificate is used once; whoever was refused because it was used lost to somebody.',
    beyondF: 'holds',
    when: 'commit',
  },
  quarantine: {
    rules: 'C10',
    holds:
      'From the first evidence on that the ledger accepts, nothing of the accused has an effect, and no second evidence has one.',
    beyondF: 'holds',
    when: 'commit',
  },
  'evidence-true': {
    rules: 'C10 R4',
    holds: 'Evidence that a city keeps, shows or executes is proof, and names nobody honest.',
    beyondF: 'holds',
    when: 'commit',
  },
  'evidence-once': {
    rules: 'C10',
    holds:
      'A city keeps one proof of a kind against each authority, and looks at one false accusation of a lane in a block.',
    beyondF: 'holds',
    when: 'commit',
  },
  'evidence-reported': {
    rules: 'C10',
    holds:
      'Evidence that a city keeps is on its own lane within 3Δ + idleInterval + 2 t_r, unless the ledger has the accused quarantined by then; and evidence that proves something has its effect on the ledger.',
    beyondF: 'excused',
    when: 'commit',
  },
  'no-failure': {
    rules: 'C9',
    holds: 'No replica throws, and every city starts again from a disk that kept its promise.',
    beyondF: 'holds',
    when: 'commit',
  },
  'blame-true': {
    rules: 'G1',
    holds: 'A city keeps nobody away who is honest and whose disk kept its promise.',
    beyondF: 'holds',
    when: 'commit',
  },
  'halted-is-silent': {
    rules: 'C11',
    holds: 'After an alarm that stops it a city signs nothing, in later lives neither.',
    beyondF: 'holds',
    when: 'commit',
  },
  'false-alarm': {
    rules: 'C11',
    holds: 'No city stops, and none finds signatures of its own that it does not know.',
    beyondF: 'excused',
    when: 'commit',
  },
  liveness: {
    rules: 'C5 C6 C7 C8',
    holds: 'Once faults have healed, a connected honest core of q finalizes something new within the stated bound.',
    beyondF: 'excused',
    when: 'commit',
  },
  convergence: {
    rules: 'C7 G3',
    holds: 'Some time later every city of the core has executed all that its cities had sealed.',
    beyondF: 'excused',
    when: 'commit',
  },
  views: {
    rules: 'C1',
    holds: 'A city is in the newest view that its certificates let it enter.',
    beyondF: 'holds',
    when: 'event',
  },
  tally: {
    rules: 'C4 C5 C6 C9',
    holds: 'A city that has heard q votes for a statement, its own counted, holds the certificate.',
    beyondF: 'holds',
    when: 'event',
  },
  'finalize-rule': {
    rules: 'C4',
    holds:
      'A city that comes to hold a notarization votes Finalize at once, unless it nullified the view, heard two proposals there, or holds a finalization at or above it; having heard two it does not.',
    beyondF: 'holds',
    when: 'event',
  },
  'nullify-due': {
    rules: 'C5 C8',
    holds:
      'A city gives a view up at once when its leader nullified it, has long been silent, or proposed what cannot be right, and otherwise when the timeout is over, as it has grown.',
    beyondF: 'holds',
    when: 'event',
  },
  'nullify-reason': {
    rules: 'C5',
    holds: 'A city gives a view up for no other reason.',
    beyondF: 'excused',
    when: 'event',
  },
  'relay-due': {
    rules: 'C4 C6',
    holds:
      'A city passes every certificate on that it comes to hold: a nullification at once, another within Δ/10, or a finalization that covers it.',
    beyondF: 'holds',
    when: 'event',
  },
  'resend-due': {
    rules: 'C7',
    holds:
      'A city says its Nullify again every t_r while it stands in the view, with what lets others enter; and every T_s without finality its votes, the newest finalization, and the end of its lane.',
    beyondF: 'holds',
    when: 'event',
  },
  'evidence-due': {
    rules: 'C10 R4',
    holds:
      'A city that hears two signed statements which contradict each other keeps them as evidence and passes them on; one that hears an honest city notarize another block than it was shown shows it its own.',
    beyondF: 'holds',
    when: 'event',
  },
  'alarm-due': {
    rules: 'C11',
    holds:
      'A city stops when it holds a notarization of a block whose checkpoint is not its own state, or hears a certificate that contradicts one that it holds.',
    beyondF: 'holds',
    when: 'event',
  },
} as const satisfies Record<string, CheckFacts>;

export type CheckName = keyof typeof catalogue;

export const checkNames = Object.keys(catalogue) as readonly CheckName[];
