import type { NodeIndex, NodeView } from '../world/contract.ts';

/** What one city made durable about a view. Digests as text. */
export interface OwnView {
  notarize?: string;
  nullify?: true;
  finalize?: string;
  proposal?: string;
  /** Certificates that it holds. */
  notarization?: string;
  nullification?: true;
  finalization?: string;
}

export interface Floor {
  readonly height: number;
  readonly view: number;
  readonly digest: string;
}

/** One faithful node as its disk shows it, over all its lives. */
export class City {
  readonly node: NodeIndex;
  readonly view: NodeView;
  /** Its own clock at its newest input. */
  nowMs = 0;
  /** How far its clock was off at its newest input, in milliseconds. */
  clockOffMs = 0;
  /** Newest final block on its disk. */
  floor: Floor;
  executedHeight = 0;
  /** Highest height that it told its host is final, or executed. */
  toldFinal = 0;
  /** Newest height that a final checkpoint proved to its host. */
  provenHeight = 0;
  /** Newest own entry on its disk. */
  sealedTip = 0;
  /** Newest own entry that its host was told is sealed. */
  toldSealed = 0;
  /** Code of the alarm after which it may not speak (C11). */
  haltedBy: string | undefined;
  /** R6 is done in this life. */
  joined = false;
  /** When it joined in this life, or was resumed. */
  awakeUs = 0;
  /** Inputs that its present life handled. */
  inputs = 0;
  /** Proofs that are on its disk: `accused:type:epoch`. */
  readonly evidence = new Set<string>();
  /** By view, above the floor and a little below. */
  readonly views = new Map<number, OwnView>();
  /** Ids of entries that it holds and has not executed. */
  readonly held = new Set<number>();
  /** False once a disk came in that held entries before: what is missing in `held` proves nothing then. */
  knowsHeld = true;

  constructor(view: NodeView, genesisDigest: string) {
    this.node = view.index;
    this.view = view;
    this.floor = { height: 0, view: 0, digest: genesisDigest };
  }

  get name(): string {
    return this.view.name;
  }

  get authority(): number | undefined {
    return this.view.authority;
  }

  get isUp(): boolean {
    return this.view.state === 'up';
  }

  own(view: number): OwnView {
    let own = this.views.get(view);
    if (own === undefined) {
      own = {};
      this.views.set(view, own);
    }
    return own;
  }

  /** Forgets views that are final here, but for a few: certificates of theirs are still relayed. */
  pruneViews(): void {
    for (const view of this.views.keys()) {
      if (view + VIEWS_REMEMBERED < this.floor.view) this.views.delete(view);
    }
  }

  /** The disk forgot: what it knew proves nothing any more. */
  forget(genesisDigest: string): void {
    this.views.clear();
    this.held.clear();
    this.evidence.clear();
    this.floor = { height: 0, view: 0, digest: genesisDigest };
    this.executedHeight = 0;
    this.toldFinal = 0;
    this.toldSealed = 0;
    this.provenHeight = 0;
    this.sealedTip = 0;
    this.haltedBy = undefined;
  }
}

const VIEWS_REMEMBERED = 64;
