/** A place with equipment. A village of the programme has two: `village-office` and `village-public`. */
export const SITE_KINDS = ['village-office', 'village-public', 'shelter', 'agency', 'data-centre', 'pop'] as const;
export type SiteKind = (typeof SITE_KINDS)[number];
/** Kinds that lists of sites are narrowed to: each, and both of a village together. */
export const SITE_LIST_KINDS = [...SITE_KINDS, 'hotspot'] as const;
export type SiteListKind = (typeof SITE_LIST_KINDS)[number];

/** A site in use is `active`; `planned` has no equipment yet and never counts as down; `retired` keeps its history. */
export const SITE_STATUSES = ['active', 'planned', 'retired'] as const;
export type SiteStatus = (typeof SITE_STATUSES)[number];
