import type { RecordLocation } from '@hansa/protocol/replica';
import type { CityPort, OprfPort, RegistryPort } from '../api/ports.ts';
import type { Exchange } from '../exchange/index.ts';
import { AccessService } from './accesses.ts';
import { ApplicationService } from './applications.ts';
import { ApprovalService } from './approvals.ts';
import { BlacklistService } from './blacklist.ts';
import { CeremonyService } from './ceremonies.ts';
import { CertificateService } from './certificates.ts';
import { CheckService } from './check.ts';
import { Clock } from './clock.ts';
import { ConsentService } from './consents.ts';
import { ErasureService } from './erasures.ts';
import { HolderService } from './holder.ts';
import { ImportService } from './imports.ts';
import { MembershipService } from './membership.ts';
import { OpeningService } from './openings.ts';
import { ReceiptService } from './receipts.ts';
import { Submission } from './submission.ts';

/** The domain's doings, between the doors (HTTP) and the city. */
export class Services {
  readonly submission: Submission;
  readonly check: CheckService;
  readonly certificates: CertificateService;
  readonly applications: ApplicationService;
  readonly approvals: ApprovalService;
  readonly holder: HolderService;
  readonly blacklist: BlacklistService;
  readonly membership: MembershipService;
  readonly ceremonies: CeremonyService;
  readonly receipts: ReceiptService;
  readonly imports: ImportService;
  readonly consents: ConsentService;
  readonly openings: OpeningService;
  readonly accesses: AccessService;
  readonly erasures: ErasureService;

  constructor(options: {
    readonly city: CityPort;
    readonly registry: RegistryPort;
    readonly oprf: OprfPort;
    readonly exchange: Exchange;
    readonly nowMs: () => number;
    /** Ed25519 seed. */
    readonly credentialKey: Uint8Array;
    readonly onSealed: (location: RecordLocation) => void;
  }) {
    const { city, registry, exchange } = options;
    const clock = new Clock(options.nowMs, city.genesis);
    this.submission = new Submission(city, options.onSealed);
    this.check = new CheckService(city, registry, clock);
    this.certificates = new CertificateService(city, registry, this.submission, clock);
    this.applications = new ApplicationService(city, registry.applications, this.certificates, clock);
    this.holder = new HolderService(city, registry, clock, options.credentialKey);
    this.blacklist = new BlacklistService(city, registry, this.submission, clock);
    this.membership = new MembershipService(city, registry, this.submission, clock);
    this.ceremonies = new CeremonyService(options.oprf, this.submission);
    this.imports = new ImportService(city, registry);
    this.approvals = new ApprovalService(registry.approvals, this.blacklist, this.imports, clock);
    this.receipts = new ReceiptService(city, this.check);
    this.consents = new ConsentService(city, this.submission, exchange.consents, clock);
    this.openings = new OpeningService({ city, registry, submission: this.submission, exchange, clock });
    this.accesses = new AccessService({ city, registry, exchange, clock });
    this.erasures = new ErasureService({ city, registry, exchange });
  }
}
