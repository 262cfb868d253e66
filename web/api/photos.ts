import { queryOptions } from '@tanstack/react-query';
import type * as photos from '../../core/contract/photos.ts';
import { addressOf, endpoint, fileEndpoint } from './endpoint.ts';

export const listPhotos = endpoint<typeof photos.listPhotos>('GET', '/api/v1/incidents/:incidentId/photos');
export const addPhoto = fileEndpoint<typeof photos.addPhoto>('POST', '/api/v1/incidents/:incidentId/photos');

export const photoAddress = (incidentId: string, photoId: string): string =>
  addressOf('/api/v1/incidents/:incidentId/photos/:photoId', { incidentId, photoId });

/** Under the incident's own key: whatever wakes the incident wakes its photographs too. */
export const photosQuery = (incidentId: string) =>
  queryOptions({
    queryKey: ['incident', incidentId, 'photos'],
    queryFn: ({ signal }) => listPhotos({ params: { incidentId } }, signal),
  });
