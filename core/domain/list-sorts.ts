/** Columns that lists are sorted by. `worst` puts what is down before what is degraded, unknown and up. */
export const DEVICE_SORTS = ['worst', 'name', 'code', 'state', 'since', 'kind', 'site', 'host', 'model'] as const;
export const SITE_SORTS = ['worst', 'name', 'code', 'state', 'since', 'kind', 'region'] as const;
export const LINK_SORTS = ['worst', 'name', 'code', 'state', 'since', 'medium', 'provider', 'contract'] as const;
export const VILLAGE_SORTS = ['worst', 'name', 'code', 'state', 'since', 'regency', 'people'] as const;
export const INCIDENT_SORTS = ['started', 'devices', 'cause', 'number'] as const;
