import { describe, expect, test } from 'vitest';
import { type Contract, EDITORS, type Role, rolesOf } from '../../../core/contract/contract.ts';
import { everyContract } from '../../support/contracts.ts';

/*
 * Who may call what, as it was looked through: every route that is open to more than readers of a region and those who
 * work on it. A new route is in none of these lists, or is thought about and added.
 */
const contracts = await everyContract();
const mayCall =
  (role: Role) =>
  ({ access }: Contract): boolean =>
    access !== 'public' && rolesOf(access).includes(role);
const isWrite = ({ method }: Contract): boolean => method !== 'GET';
const where = (is: (contract: Contract) => boolean): ReadonlySet<string> =>
  new Set([...contracts].flatMap(([name, contract]) => (is(contract) ? [name] : [])));

/** The door itself, and links that carry a token of their own. */
const PUBLIC = [
  'answerOfficer',
  'beginRequiredFactor',
  'confirmRequiredFactor',
  'finishOidc',
  'getOfficerIncident',
  'getSession',
  'getSignInWays',
  'getWall',
  'getWallShapes',
  'giveSecondFactor',
  'readPasswordLink',
  'sendOfficerPhoto',
  'setPasswordByLink',
  'signIn',
  'signOut',
  'startOidc',
];
/** What everybody does with their own account. */
const OWN_ACCOUNT = [
  'beginSecondFactor',
  'changeMyPassword',
  'confirmSecondFactor',
  'createMyToken',
  'endMyOtherSessions',
  'endMySession',
  'removeSecondFactor',
  'renewRecoveryCodes',
  'revokeMyToken',
];
/** An agency: itself, its devices and links, what cuts it, its statements, and its own account. */
const AGENCY = [
  ...OWN_ACCOUNT,
  'collectRum',
  'getAvailability',
  'getCatalogue',
  'getDevice',
  'getIncident',
  'getLink',
  'getLinkHealth',
  'getMySecurity',
  'getRumSetting',
  'getSite',
  'getStatement',
  'getStatementFile',
  'listAffectedSites',
  'listDevices',
  'listIncidents',
  'listInterfaces',
  'listLinks',
  'listMySessions',
  'listMyTokens',
  'listOutages',
  'listReadings',
  'listSites',
  'listStatements',
  'listStates',
  'live',
  'querySeries',
  'search',
];
/** How fast screens are for whoever looks, and lists as they keep them. */
const EVERYBODY_WRITES = ['collectRum', 'deleteView', 'saveView'];
/** What links cost; and a planner says where the programme stands. */
const PLANNER_AND_NO_VIEWER = ['getStatement', 'getStatementFile', 'listLinkTerms', 'listStatements', 'setProgramme'];
/** What is said of their own place. */
const OFFICER_WRITES = ['addPhoto', 'commentIncident', 'updatePortalSite'];

describe('who may call what', () => {
  test('what is open to anyone', () => {
    expect(where(({ access }) => access === 'public')).toEqual(new Set(PUBLIC));
  });

  test('an agency is let in where a contract names it, and nowhere else', () => {
    expect(where(mayCall('agency'))).toEqual(new Set(AGENCY));
    expect(rolesOf('signed-in')).not.toContain('agency');
  });

  test('a viewer reads what a planner reads, but for money, and writes nothing of the network', () => {
    const viewer = mayCall('viewer');
    const planner = mayCall('planner');

    expect(where((one) => isWrite(one) && viewer(one))).toEqual(new Set([...OWN_ACCOUNT, ...EVERYBODY_WRITES]));
    expect(where((one) => planner(one) && !viewer(one))).toEqual(new Set(PLANNER_AND_NO_VIEWER));
    expect(where((one) => viewer(one) && !planner(one))).toEqual(new Set());
  });

  test('an officer writes what is said of their own place', () => {
    const written = where((one) => isWrite(one) && mayCall('officer')(one));

    expect(written).toEqual(new Set([...OWN_ACCOUNT, ...EVERYBODY_WRITES, ...OFFICER_WRITES]));
  });

  test('nobody may do what an administrator may not, and an engineer reads all that others read', () => {
    const isForSome = ({ access }: Contract): boolean => access !== 'public';

    expect(where((one) => isForSome(one) && !mayCall('admin')(one))).toEqual(new Set());
    expect(
      where((one) => isForSome(one) && !EDITORS.every((role) => mayCall(role)(one)) && mayCall('viewer')(one)),
    ).toEqual(new Set());
  });
});
