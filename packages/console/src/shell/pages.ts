import type { ComponentType } from 'preact';
import { pageNames } from '../i18n/common.ts';
import type { Text } from '../i18n/text.ts';
import { BlacklistPage } from '../pages/blacklist.tsx';
import { CertificatesPage } from '../pages/certificates.tsx';
import { CheckPage } from '../pages/check.tsx';
import { ConsentsPage } from '../pages/consents.tsx';
import { ExplorerPage } from '../pages/explorer.tsx';
import { FederationPage } from '../pages/federation.tsx';
import { LooksPage } from '../pages/looks.tsx';
import type { IconName } from '../ui/icon.tsx';
import type { Desk } from './desk.ts';

export interface Page {
  readonly id: string;
  readonly name: Text;
  readonly icon: IconName;
  /** Second key of the shortcut `g` and this one. */
  readonly key: string;
  /** A role that may call none of these is not offered the page. */
  readonly routes: readonly string[];
  readonly view: ComponentType<{ readonly path: readonly string[] }>;
}

/** All pages, in the order of the menu. */
export const pages: readonly Page[] = [
  { id: 'check', name: pageNames.check, icon: 'check', key: 'c', routes: ['POST /v1/check'], view: CheckPage },
  {
    id: 'certificates',
    name: pageNames.certificates,
    icon: 'certificates',
    key: 'd',
    routes: ['GET /v1/certificates/:code'],
    view: CertificatesPage,
  },
  {
    id: 'consents',
    name: pageNames.consents,
    icon: 'consents',
    key: 'n',
    routes: ['GET /v1/certificates/:code/consents'],
    view: ConsentsPage,
  },
  {
    id: 'blacklist',
    name: pageNames.blacklist,
    icon: 'blacklist',
    key: 'b',
    routes: ['GET /v1/approvals', 'POST /v1/import/blacklist'],
    view: BlacklistPage,
  },
  {
    id: 'looks',
    name: pageNames.looks,
    icon: 'looks',
    key: 'w',
    routes: ['GET /v1/checks', 'GET /v1/access'],
    view: LooksPage,
  },
  {
    id: 'federation',
    name: pageNames.federation,
    icon: 'federation',
    key: 'f',
    routes: ['GET /v1/status'],
    view: FederationPage,
  },
  {
    id: 'explorer',
    name: pageNames.explorer,
    icon: 'explorer',
    key: 'e',
    routes: ['GET /v1/blocks'],
    view: ExplorerPage,
  },
];

export function pagesOf(desk: Pick<Desk, 'may'>): readonly Page[] {
  return pages.filter(({ routes }) => routes.some((route) => desk.may(route)));
}
