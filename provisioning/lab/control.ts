import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import type { Clock } from '../../core/domain/clock.ts';
import { AppError } from '../../core/domain/errors.ts';
import type { FaultDriver } from './faults/driver.ts';
import { FAULT_KINDS, type Fault, faultAt, targetsOf } from './faults/fault.ts';
import type { Lab } from './lab.ts';
import { randomStream } from './model/noise.ts';
import type { LabNetwork } from './network-builder.ts';

/** A device as `simpul lab list` shows it. */
type LabDeviceLine = {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly port: number;
  readonly state: 'answers' | 'slow' | 'silent';
};

export type ControlRequest =
  | { readonly command: 'list' }
  | { readonly command: 'stop' | 'start' | 'reboot'; readonly device: string }
  | { readonly command: 'slow'; readonly device: string; readonly ms: number }
  /** A kind of fault strikes now, at a place drawn at random; or the script is switched `on` or `off`. */
  | { readonly command: 'fault'; readonly name: string };
export type ControlReply =
  | {
      readonly ok: true;
      readonly devices: readonly LabDeviceLine[];
      readonly faults: readonly Fault[];
      readonly script: boolean;
    }
  | { readonly ok: false; readonly message: string };

/** Paths of Unix sockets are short: 104 octets on macOS, its end included. */
const LONGEST_PATH = 100;
const MAX_REQUEST = 4_096;
const MAX_REPLY = 1_000_000;
const PATIENCE_MS = 20_000;
const STRIKE_SECONDS = 120;

/** Where a lab of this data directory is spoken to; only its own user may. */
export function controlPath(dataDir: string): string {
  const path = join(resolve(dataDir), 'lab.sock');
  if (Buffer.byteLength(path) <= LONGEST_PATH) return path;
  const name = createHash('sha256').update(path).digest('hex').slice(0, 16);
  return join(tmpdir(), `simpul-${userInfo().uid}`, `${name}.sock`);
}

/** Lets `simpul lab` speak to the running lab: one request and one reply of JSON, a line each. */
export async function openControl(
  path: string,
  parts: { lab: Lab; driver: FaultDriver; network: LabNetwork; clock: Clock },
): Promise<{ close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.setTimeout(PATIENCE_MS, () => socket.destroy());
    void readLine(socket, MAX_REQUEST).then(async (line) => {
      if (line === null) return;
      socket.end(`${JSON.stringify(await answer(line, parts))}\n`);
    });
  });
  mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 });
  // A socket that a killed process left behind keeps the next one out.
  rmSync(path, { force: true });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    const mask = process.umask(0o177);
    server.listen(path, done);
    process.umask(mask);
  });
  chmodSync(path, 0o600);
  return {
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

async function answer(
  line: string,
  { lab, driver, network, clock }: { lab: Lab; driver: FaultDriver; network: LabNetwork; clock: Clock },
): Promise<ControlReply> {
  try {
    const request = readRequest(line);
    switch (request.command) {
      case 'list':
        return reply(lab.devices.map(({ code }) => code));
      case 'fault':
        strike(request.name);
        return reply([]);
      case 'stop':
      case 'start':
      case 'reboot':
      case 'slow': {
        const codes = devicesNamed(lab, request.device);
        await Promise.all(codes.map((code) => act(request, code)));
        return reply(codes);
      }
    }
  } catch (error) {
    if (error instanceof AppError) return { ok: false, message: error.message };
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }

  async function act(request: Extract<ControlRequest, { device: string }>, code: string): Promise<void> {
    if (request.command === 'stop') await lab.stopAgent(code);
    else if (request.command === 'start') await lab.startAgent(code);
    else if (request.command === 'slow') await lab.slow(code, request.ms);
    // The reply does not wait until it is back.
    else void lab.reboot(code).catch(() => {});
  }

  function strike(name: string): void {
    if (name === 'on' || name === 'off') {
      if (name === 'on') driver.resume();
      else driver.pause();
      return;
    }
    const kind = FAULT_KINDS.find((known) => known === name);
    if (kind === undefined) {
      throw new AppError('bad-input', `no fault is called ${name}; there are ${FAULT_KINDS.join(', ')}, and on or off`);
    }
    const now = clock();
    const random = randomStream(now);
    const targets = targetsOf(network, kind);
    const target = targets[Math.floor(random() * targets.length)];
    if (target === undefined) throw new AppError('not-supported', `no device of this lab can have a ${kind}`);
    driver.strike(faultAt(kind, target, now, STRIKE_SECONDS * 1_000, random));
  }

  function reply(codes: readonly string[]): ControlReply {
    const wanted = new Set(codes);
    const devices = lab.devices
      .filter(({ code }) => wanted.has(code))
      .map(({ code, name, kind }): LabDeviceLine => {
        const state = lab.isSilent(code) ? 'silent' : lab.isSlow(code) ? 'slow' : 'answers';
        return { code, name, kind, port: lab.ports.get(code) ?? 0, state };
      });
    return { ok: true, devices, faults: driver.current(), script: !driver.isPaused };
  }
}

/** A device by its code, or all devices of a site or village by theirs. */
function devicesNamed(lab: Lab, name: string): string[] {
  const codes = lab.devices
    .filter(({ code, siteCode }) => code === name || siteCode === name || siteCode.startsWith(`${name}-`))
    .map(({ code }) => code);
  const exact = codes.filter((code) => code === name);
  if (exact.length > 0) return exact;
  if (codes.length === 0) throw new AppError('not-found', `the lab has no device, site or village ${name}`);
  return codes;
}

function readRequest(line: string): ControlRequest {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new AppError('bad-input', 'a request is one line of JSON');
  }
  const field = (name: string): unknown =>
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  const [command, device, name, ms] = [field('command'), field('device'), field('name'), field('ms')];
  if (command === 'list') return { command };
  if (command === 'fault' && typeof name === 'string') return { command, name };
  if ((command === 'stop' || command === 'start' || command === 'reboot') && typeof device === 'string') {
    return { command, device };
  }
  if (command === 'slow' && typeof device === 'string' && typeof ms === 'number' && ms >= 0 && ms <= 60_000) {
    return { command, device, ms };
  }
  throw new AppError(
    'bad-input',
    'requests are list, stop, start, reboot and slow with a device, and fault with a name',
  );
}

/** Null where the other side went away first, or said too much. */
function readLine(socket: Socket, most: number): Promise<string | null> {
  return new Promise((done) => {
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      text += chunk;
      const end = text.indexOf('\n');
      if (end >= 0) done(text.slice(0, end));
      else if (text.length > most) {
        socket.destroy();
        done(null);
      }
    });
    socket.on('close', () => done(null));
  });
}

/** @throws AppError `not-found` where no lab runs on this data directory */
export async function askControl(path: string, request: ControlRequest): Promise<ControlReply> {
  const socket = connect(path);
  const failed = new Promise<never>((_, fail) => {
    socket.once('error', (cause) =>
      fail(new AppError('not-found', 'no lab runs on this data directory: start it with npm run demo', { cause })),
    );
    socket.setTimeout(PATIENCE_MS, () => {
      socket.destroy();
      fail(new AppError('store-unavailable', 'the lab does not answer'));
    });
  });
  try {
    socket.write(`${JSON.stringify(request)}\n`);
    const line = await Promise.race([readLine(socket, MAX_REPLY), failed]);
    if (line === null) throw new AppError('store-unavailable', 'the lab hung up');
    return JSON.parse(line) as ControlReply;
  } finally {
    socket.destroy();
  }
}
