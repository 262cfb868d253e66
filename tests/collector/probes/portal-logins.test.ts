import { afterAll, expect, test } from 'vitest';
import { open } from '../../../collector/probes/portal-logins.ts';
import { AppError, type ProbeError } from '../../../core/domain/errors.ts';
import type { LoginOutcomes } from '../../../core/stores/inventory/portal/login-outcomes.ts';
import { probeTools, watchedDevice } from '../../support/probe-tools.ts';

const GATEWAY = '5b0f6c8e-3a50-4a8c-9b6e-2f9f4d7e1a01';
const device = watchedDevice({ kind: 'portal', reachability: 'portal-logins', settings: { gateway: GATEWAY } });
let outcomes: LoginOutcomes | Error = { issued: 0, online: 0, hasToldBefore: true };
const tools = probeTools({
  loginOutcomes: async (gatewayId) => {
    expect(gatewayId).toBe(GATEWAY);
    if (outcomes instanceof Error) throw outcomes;
    return outcomes;
  },
});
const probe = open(tools);
afterAll(() => tools.snmp.close());

const seen = async (next: LoginOutcomes | Error) => {
  outcomes = next;
  return await probe.reach(device).catch((error: ProbeError) => error.failure);
};

test('nobody online of several who agreed is a failure of the way in', async () => {
  expect(await seen({ issued: 5, online: 0, hasToldBefore: true })).toBe('refused');
});

test('some of many is degraded, most of them is well, and both are measured', async () => {
  expect(await seen({ issued: 10, online: 4, hasToldBefore: true })).toMatchObject({ impairment: 'logins-failing' });
  const well = await seen({ issued: 10, online: 9, hasToldBefore: true });
  expect(well).not.toHaveProperty('impairment');
  expect(well).toMatchObject({ readings: [{ metric: 'portal.login_success_percent', value: 90 }, { value: 10 }] });
});

test('few people, or a gateway that never tells of anybody, say nothing', async () => {
  expect(await seen({ issued: 4, online: 0, hasToldBefore: true })).toEqual({ roundTripMs: null });
  expect(await seen({ issued: 50, online: 0, hasToldBefore: false })).toEqual({ roundTripMs: null });
});

test('where the portal cannot be looked at, nothing is known', async () => {
  expect(await seen(new AppError('store-unavailable', 'away'))).toBe('not-supported');
  const none = open({ ...tools, loginOutcomes: null });
  await expect(none.reach(device)).rejects.toMatchObject({ failure: 'not-supported' });
  await expect(probe.reach({ ...device, settings: { gateway: 'x' } })).rejects.toMatchObject({
    failure: 'not-supported',
  });
});
