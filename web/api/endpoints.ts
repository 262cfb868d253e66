import type * as coverage from '../../core/contract/coverage.ts';
import type * as devices from '../../core/contract/devices.ts';
import type * as exclusions from '../../core/contract/exclusions.ts';
import type * as incidents from '../../core/contract/incidents.ts';
import type * as linkTerms from '../../core/contract/link-terms.ts';
import type * as links from '../../core/contract/links.ts';
import type * as maintenance from '../../core/contract/maintenance.ts';
import type * as outages from '../../core/contract/outages.ts';
import type * as regions from '../../core/contract/regions.ts';
import type * as series from '../../core/contract/series.ts';
import type * as session from '../../core/contract/session.ts';
import type * as sites from '../../core/contract/sites.ts';
import type * as statements from '../../core/contract/statements.ts';
import type * as system from '../../core/contract/system.ts';
import type * as villages from '../../core/contract/villages.ts';
import { endpoint } from './endpoint.ts';

export const getSession = endpoint<typeof session.getSession>('GET', '/api/v1/session');
export const signIn = endpoint<typeof session.signIn>('POST', '/api/v1/session');
export const signOut = endpoint<typeof session.signOut>('DELETE', '/api/v1/session');
export const listAccounts = endpoint<typeof session.listAccounts>('GET', '/api/v1/accounts');
export const createAccount = endpoint<typeof session.createAccount>('POST', '/api/v1/accounts');
export const updateAccount = endpoint<typeof session.updateAccount>('PATCH', '/api/v1/accounts/:accountId');

export const getSummary = endpoint<typeof coverage.getSummary>('GET', '/api/v1/summary');
export const getCoverage = endpoint<typeof coverage.getCoverage>('GET', '/api/v1/coverage');
export const getMap = endpoint<typeof coverage.getMap>('GET', '/api/v1/map');
export const getShapes = endpoint<typeof regions.getShapes>('GET', '/api/v1/regions/:code/shapes');
export const listRegions = endpoint<typeof regions.listRegions>('GET', '/api/v1/regions');

export const getRegion = endpoint<typeof regions.getRegion>('GET', '/api/v1/regions/:code');

export const getVillage = endpoint<typeof sites.getVillage>('GET', '/api/v1/villages/:code');
export const listVillages = endpoint<typeof villages.listVillages>('GET', '/api/v1/villages');
export const listSites = endpoint<typeof sites.listSites>('GET', '/api/v1/sites');
export const getSite = endpoint<typeof sites.getSite>('GET', '/api/v1/sites/:siteId');

export const listDevices = endpoint<typeof devices.listDevices>('GET', '/api/v1/devices');
export const getDevice = endpoint<typeof devices.getDevice>('GET', '/api/v1/devices/:deviceId');
export const listInterfaces = endpoint<typeof devices.listInterfaces>('GET', '/api/v1/devices/:deviceId/interfaces');
export const listReadings = endpoint<typeof devices.listReadings>('GET', '/api/v1/devices/:deviceId/readings');
export const listStates = endpoint<typeof devices.listStates>('GET', '/api/v1/devices/:deviceId/states');
export const querySeries = endpoint<typeof series.querySeries>('GET', '/api/v1/devices/:deviceId/series');
export const pollNow = endpoint<typeof system.pollNow>('POST', '/api/v1/devices/:deviceId/poll');

export const listLinks = endpoint<typeof links.listLinks>('GET', '/api/v1/links');
export const getLink = endpoint<typeof links.getLink>('GET', '/api/v1/links/:linkId');
export const updateLink = endpoint<typeof links.updateLink>('PATCH', '/api/v1/links/:linkId');
export const getLinkHealth = endpoint<typeof links.getLinkHealth>('GET', '/api/v1/links/:linkId/health');

export const listIncidents = endpoint<typeof incidents.listIncidents>('GET', '/api/v1/incidents');
export const getIncident = endpoint<typeof incidents.getIncident>('GET', '/api/v1/incidents/:incidentId');
export const listAffectedSites = endpoint<typeof incidents.listAffectedSites>(
  'GET',
  '/api/v1/incidents/:incidentId/sites',
);
export const listAssignees = endpoint<typeof incidents.listAssignees>('GET', '/api/v1/incidents/:incidentId/assignees');
export const acknowledgeIncident = endpoint<typeof incidents.acknowledgeIncident>(
  'POST',
  '/api/v1/incidents/:incidentId/acknowledge',
);
export const unacknowledgeIncident = endpoint<typeof incidents.unacknowledgeIncident>(
  'POST',
  '/api/v1/incidents/:incidentId/unacknowledge',
);
export const assignIncident = endpoint<typeof incidents.assignIncident>('POST', '/api/v1/incidents/:incidentId/assign');
export const commentIncident = endpoint<typeof incidents.commentIncident>(
  'POST',
  '/api/v1/incidents/:incidentId/comments',
);
export const mergeIncident = endpoint<typeof incidents.mergeIncident>('POST', '/api/v1/incidents/:incidentId/merge');
export const splitIncident = endpoint<typeof incidents.splitIncident>('POST', '/api/v1/incidents/:incidentId/split');
export const resolveIncident = endpoint<typeof incidents.resolveIncident>(
  'POST',
  '/api/v1/incidents/:incidentId/resolve',
);

export const listMaintenance = endpoint<typeof maintenance.listMaintenance>('GET', '/api/v1/maintenance');
export const createMaintenance = endpoint<typeof maintenance.createMaintenance>('POST', '/api/v1/maintenance');
export const cancelMaintenance = endpoint<typeof maintenance.cancelMaintenance>(
  'DELETE',
  '/api/v1/maintenance/:windowId',
);

export const listOutages = endpoint<typeof outages.listOutages>('GET', '/api/v1/outages');
export const getCatalogue = endpoint<typeof system.getCatalogue>('GET', '/api/v1/catalogue');
export const getSystem = endpoint<typeof system.getSystem>('GET', '/api/v1/system');

export const listStatements = endpoint<typeof statements.listStatements>('GET', '/api/v1/statements');
export const getStatement = endpoint<typeof statements.getStatement>('GET', '/api/v1/statements/:month');
export const listExclusions = endpoint<typeof exclusions.listExclusions>('GET', '/api/v1/exclusions');
export const createExclusion = endpoint<typeof exclusions.createExclusion>('POST', '/api/v1/exclusions');
export const revokeExclusion = endpoint<typeof exclusions.revokeExclusion>(
  'POST',
  '/api/v1/exclusions/:exclusionId/revocation',
);
export const listLinkTerms = endpoint<typeof linkTerms.listLinkTerms>('GET', '/api/v1/links/:linkId/terms');
export const setLinkTerms = endpoint<typeof linkTerms.setLinkTerms>('POST', '/api/v1/links/:linkId/terms');
