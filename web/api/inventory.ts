import { queryOptions } from '@tanstack/react-query';
import type * as credentials from '../../core/contract/credentials.ts';
import type * as devices from '../../core/contract/devices.ts';
import type * as files from '../../core/contract/inventory-files.ts';
import type * as links from '../../core/contract/links.ts';
import type * as sites from '../../core/contract/sites.ts';
import { endpoint, fileEndpoint } from './endpoint.ts';

/** Changes of the inventory: apart from the other calls, because only editors make them. */
export const createSite = endpoint<typeof sites.createSite>('POST', '/api/v1/sites');
export const updateSite = endpoint<typeof sites.updateSite>('PATCH', '/api/v1/sites/:siteId');
export const deleteSite = endpoint<typeof sites.deleteSite>('DELETE', '/api/v1/sites/:siteId');

export const createDevice = endpoint<typeof devices.createDevice>('POST', '/api/v1/devices');
export const updateDevice = endpoint<typeof devices.updateDevice>('PATCH', '/api/v1/devices/:deviceId');
export const deleteDevice = endpoint<typeof devices.deleteDevice>('DELETE', '/api/v1/devices/:deviceId');

export const createLink = endpoint<typeof links.createLink>('POST', '/api/v1/links');
export const updateLink = endpoint<typeof links.updateLink>('PATCH', '/api/v1/links/:linkId');
export const deleteLink = endpoint<typeof links.deleteLink>('DELETE', '/api/v1/links/:linkId');

const listCredentials = endpoint<typeof credentials.listCredentials>('GET', '/api/v1/credentials');
export const createCredential = endpoint<typeof credentials.createCredential>('POST', '/api/v1/credentials');
export const updateCredential = endpoint<typeof credentials.updateCredential>(
  'PATCH',
  '/api/v1/credentials/:credentialId',
);
export const deleteCredential = endpoint<typeof credentials.deleteCredential>(
  'DELETE',
  '/api/v1/credentials/:credentialId',
);
/** Takes the file itself; by itself it only tells what would happen. */
export const importInventory = fileEndpoint<typeof files.importInventory>('POST', '/api/v1/inventory/import');

export const credentialsQuery = queryOptions({
  queryKey: ['credentials'],
  queryFn: ({ signal }) => listCredentials({}, signal),
});
