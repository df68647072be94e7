/**
 * Every bound of the protocol, in one place, each with its reason. A value here is part of the agreement between the
 * cities: changing one changes what is valid.
 */
export const limits = {
  /** n <= 1024: the nation has 341 centres; bitmaps and cuts stay small. */
  authoritiesMax: 1024,
  /** The genesis file: 1024 authorities of about 1 kB. */
  genesisBytesMax: 2 * 1024 * 1024,
  /** Votes signed with Ed25519: certificates grow with the voters, and beyond this BLS is cheaper in every way. */
  ed25519VotersMax: 64,
  /** A quorum certificate: 64 Ed25519 signatures, or a bitmap of 1024 and one aggregate; the statement, framing. */
  certificateBytesMax: 4608,
  /** One record's bytes. Control fields and commitments need a few hundred bytes; private data is never here (P1). */
  recordBytesMax: 8 * 1024,
  /** Records of one entry: a proof path of at most 12 hashes, and a verification pause below 10 ms. */
  entryRecordsMax: 4096,
  /** Bytes of one entry: below libp2p's 4 MiB stream window with room for framing. */
  entryBytesMax: 1024 * 1024,
  /** Records below this size in sum ride inside the gossip message (G1). */
  inlineBytesMax: 4 * 1024,
  /** Actor signatures of one record: a citizen and a few firms. */
  actorSignaturesMax: 8,
  /** Listings kept of one subject: a fact is rewritten with each change, so it must stay small. */
  listingsPerSubjectMax: 32,
  /** Listings of one subject by one city: a quarter of all, so that no city fills the room that the others need. */
  listingsPerCityMax: 8,
  /** Papers behind a listing: notice, decision, reply to an objection, a few more. */
  documentCommitmentsMax: 8,
  /** Active certificates of one subject by one centre: one for each addressee of a busy person. */
  certificatesPerSubjectMax: 8,
  /** Conflicts that a certificate names: one is enough to ask, and each change rewrites the others' facts. */
  certificateConflictsMax: 8,
  /** Longest time and most uses of one consent: a year, and a long loan's reviews. */
  consentMsMax: 366 * 24 * 60 * 60 * 1000,
  consentUsesMax: 100,
  /** requestId: 128 bits, chosen by the submitter. */
  requestIdBytes: 16,
  /** R5: how far a lane may run ahead of its finalized tip. */
  laneWindowEntries: 256,
  laneWindowBytes: 4 * 1024 * 1024,
  /** C3: lane bytes that one block's cut may add, so that a block executes in well below a second. */
  cutBytesMax: 4 * 1024 * 1024,
  /** C3: records that one block's cut may add, some 15 microseconds each to execute: records may be a few bytes short. */
  cutRecordsMax: 32 * 1024,
  /** C3: actor signatures of a cut, some 55 microseconds each to verify, those of P-256 counted four times: eight to a record, 4 MiB would take two seconds. */
  cutSignaturesMax: 8 * 1024,
  /** Actor signatures of an own entry: one a record of a full entry, and any entry fits into a cut. */
  entrySignaturesMax: 4096,
  /** A block's own bytes: 1024 advances of about 45 bytes and a checkpoint. */
  blockBytesMax: 64 * 1024,
  /** C3: how far a block's timestamp may be beyond local time. */
  clockDriftMsMax: 5 * 60 * 1000,
  /** A frame of a direct stream or a gossip message: an entry with its header and framing. */
  frameBytesMax: 1024 * 1024 + 64 * 1024,
  /** One reply of the sync protocol; libp2p streams abort 4 MiB behind. */
  syncReplyBytesMax: 2 * 1024 * 1024,
  /** Final blocks in one sync reply. */
  syncBlocksMax: 512,
  /** P3: a private payload: the fields of a certificate or a listing, a scanned page. */
  exchangePayloadBytesMax: 512 * 1024,
  /** P3: an access request or answer: numbers, digests and ids, about 250 bytes. */
  accessMessageBytesMax: 512,
  /** P3: how long after its request an answer may be dated: clocks apart by the drift that blocks may have. */
  accessAnswerMsMax: 5 * 60 * 1000,
  /** P3: an access receipt: two such messages and two signatures. */
  accessReceiptBytesMax: 2 * 1024,
  /** P3: receipts of one batch: 2 MiB of ids, all of which an auditor may ask for. */
  accessBatchReceiptsMax: 64 * 1024,
  /** P3: an access proof: a receipt, two leaves of a batch and a receipt of the ledger. */
  accessProofBytesMax: 264 * 1024,
  /** P3: one request or reply of the exchange: a payload, sealed, with both signed messages and framing. */
  exchangeFrameBytesMax: 512 * 1024 + 4 * 1024,
  /** P2: shares that evaluate together. A deal of as many commitments, 34 bytes each, fits into one record: up to 690 authorities. */
  oprfThresholdMax: 230,
  /** P2: a ceremony that is not settled this long after it was opened may be replaced. */
  oprfCeremonyMs: 10 * 60 * 1000,
  /** P2: blinded elements of one request: an evaluator's thread is busy for some 10 ms. Imports send many such requests. */
  oprfElementsMax: 32,
  /** P2: one request or reply of the OPRF door: as many elements, 34 bytes each, a proof or a signature, framing. */
  oprfFrameBytesMax: 2 * 1024,
  /** C12: how long a proposal may stand: boards meet once a month. */
  membershipProposalMsMax: 30 * 24 * 60 * 60 * 1000,
  /** C12: addresses of one authority. */
  memberAddressesMax: 8,
  /** C12: blocks from a seal to the one whose votes prove it. Views without finality that are worse stay unproven until a better one. */
  sealBlocksMax: 64,
  /** C12: epochs that a receipt may prove, about 1 kB each at four cities. A federation file has those before. */
  receiptSealsMax: 128,
  /** C12: bytes of the seals in one receipt, so that what it is about has room. At 341 busy cities a seal has some 15 kB. */
  receiptSealsBytesMax: 128 * 1024,
  /** C12: a federation file: the genesis file and a seal for each epoch since. */
  federationBytesMax: 64 * 1024 * 1024,
  /** A receipt: a block, a record, proof paths and a few hundred facts. */
  receiptBytesMax: 256 * 1024,
  /** C7: bytes of one resend of votes and certificates: a storm of resends must not choke a thin line. */
  resyncBytesMax: 64 * 1024,
  /** Messages kept for views ahead of the own one: a laggard must not be made to buffer without bound. */
  futureViewsMax: 64,
} as const;
