import { afterEach, describe, expect, test } from 'vitest';
import type { WatchedDevice } from '../../../collector/pipeline/watched-device.ts';
import { open } from '../../../collector/probes/rtsp.ts';
import { Secret } from '../../../core/config/secret.ts';
import { startCameraHost } from '../../../provisioning/lab/agents/cameras/host.ts';
import { startGstCamera, watchByGst } from '../../support/gst-camera.ts';
import { leftovers, untilNothingIsLeft } from '../../support/leftovers.ts';
import { probeTools, watchedDevice } from '../../support/probe-tools.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function camera(options: Parameters<typeof startGstCamera>[0] = {}) {
  const started = await startGstCamera(options);
  closing.push(started.stop);
  return started;
}

const PATIENCE_MS = 20_000;
const probe = open(probeTools());
const watched = (port: number, path = '/stream1', password?: string): WatchedDevice =>
  watchedDevice({
    kind: 'camera',
    reachability: 'rtsp',
    settings: { path, port },
    credential:
      password === undefined
        ? null
        : { id: 'c', name: 'c', kind: 'password', settings: { user: 'admin', password: new Secret(password) } },
  });

describe('a real server of RTSP', () => {
  test('gives a live picture', async () => {
    const { port } = await camera();
    const before = leftovers();

    const answer = await probe.reach(watched(port), PATIENCE_MS);

    expect(answer.impairment).toBeUndefined();
    expect(answer.findings?.['stream']).toEqual({
      state: 'live',
      step: 'picture',
      detail: null,
      server: 'GStreamer RTSP server',
      codec: 'JPEG',
      width: null,
      height: null,
      transport: 'tcp',
    });
    expect(answer.readings?.map(({ metric }) => metric)).toEqual([
      'rtsp.options_ms',
      'rtsp.describe_ms',
      'rtsp.first_packet_ms',
    ]);
    expect(await untilNothingIsLeft(before)).toEqual([]);
  });

  test('that takes UDP alone gives its picture over UDP', async () => {
    const { port } = await camera({ protocols: 'udp' });

    const answer = await probe.reach(watched(port), PATIENCE_MS);

    expect(answer.findings?.['stream']).toMatchObject({ state: 'live', transport: 'udp' });
  });

  test('with Digest: the right password opens it, a wrong one and none are an impairment of its own', async () => {
    const { port } = await camera({ user: 'admin', password: 'secret' });

    const right = await probe.reach(watched(port, '/stream1', 'secret'), PATIENCE_MS);
    const wrong = await probe.reach(watched(port, '/stream1', 'other'), PATIENCE_MS);
    const none = await probe.reach(watched(port), PATIENCE_MS);

    expect(right).toMatchObject({ findings: { stream: { state: 'live' } } });
    expect(right.impairment).toBeUndefined();
    expect(wrong).toMatchObject({
      impairment: 'needs-password',
      findings: { stream: { step: 'describe', detail: 'wrong-password' } },
    });
    expect(none).toMatchObject({ impairment: 'needs-password', findings: { stream: { detail: 'no-password' } } });
    expect(JSON.stringify([right, wrong, none])).not.toMatch(/secret|other/);
  });

  test('with another path is alive without a picture', async () => {
    const { port } = await camera();

    const answer = await probe.reach(watched(port, '/nosuch'), PATIENCE_MS);

    expect(answer).toMatchObject({
      impairment: 'no-picture',
      findings: { stream: { step: 'describe', detail: 'status-404' } },
    });
  });

  test('that answers OPTIONS and never DESCRIBE is alive without a picture', async () => {
    const { port } = await camera({ picture: 'Y444' });
    const before = leftovers();

    const answer = await probe.reach(watched(port), 6_000);

    expect(answer).toMatchObject({
      impairment: 'no-picture',
      findings: { stream: { step: 'describe', detail: 'timeout' } },
    });
    expect(await untilNothingIsLeft(before)).toEqual([]);
  });

  test('whose process stands still does not answer', async () => {
    const { port, freeze } = await camera();
    freeze();

    const reach = probe.reach(watched(port), 1_000);

    await expect(reach).rejects.toMatchObject({ failure: 'timeout' });
  });
});

test('the cameras of the lab show GStreamer’s own client pictures that it can decode', async () => {
  const login = { user: 'simpul', password: 'kamera' };
  const camera = { code: 'c1', path: '/c1', login, width: 320, height: 240, framesPerSecond: 20 };
  const host = await startCameraHost({ cameras: [camera] });
  closing.push(host.close);

  const shades = await watchByGst(`rtsp://127.0.0.1:${host.port}/c1`, login, 5);

  expect(shades.length).toBeGreaterThanOrEqual(5);
  expect(new Set(shades).size).toBeGreaterThan(1);
});
