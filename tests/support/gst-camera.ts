import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { untilItListens } from './mosquitto.ts';
import { freePort } from './port.ts';
import { outputOf } from './program.ts';

const PYTHON = '/usr/bin/python3';
const TYPELIB = '/usr/lib/x86_64-linux-gnu/girepository-1.0/GstRtspServer-1.0.typelib';

/** Serves a moving test picture at `/stream1`; with a user it wants Digest. */
const PROGRAM = `
import sys, gi
gi.require_version('Gst', '1.0'); gi.require_version('GstRtspServer', '1.0')
from gi.repository import Gst, GstRtspServer, GLib
Gst.init(None)
port, picture, protocols, user, password = sys.argv[1:6]
server = GstRtspServer.RTSPServer(); server.set_address('127.0.0.1'); server.set_service(port)
factory = GstRtspServer.RTSPMediaFactory(); factory.set_shared(True)
caps = 'video/x-raw,format=%s,width=320,height=240,framerate=10/1' % picture
factory.set_launch('( videotestsrc is-live=true ! %s ! jpegenc ! rtpjpegpay name=pay0 pt=26 )' % caps)
if protocols == 'udp':
    from gi.repository import GstRtsp
    factory.set_protocols(GstRtsp.RTSPLowerTrans.UDP)
if user:
    auth = GstRtspServer.RTSPAuth(); auth.set_supported_methods(2)
    token = GstRtspServer.RTSPToken(); token.set_string('media.factory.role', 'viewer')
    auth.add_digest(user, password, token); server.set_auth(auth)
    permissions = GstRtspServer.RTSPPermissions(); permissions.add_role('viewer')
    for right in ('access', 'construct'):
        permissions.add_permission_for_role('viewer', 'media.factory.' + right, True)
    factory.set_permissions(permissions)
server.get_mount_points().add_factory('/stream1', factory); server.attach(None)
GLib.MainLoop().run()
`;

export type GstCamera = {
  readonly port: number;
  /** Stops the process where it stands, or lets it go on. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
};

/**
 * A real RTSP server (gst-rtsp-server) on loopback.
 * @param options.picture `Y444`: pictures that cannot be sent, so that DESCRIBE is never answered
 */
export async function startGstCamera(
  options: {
    readonly picture?: 'I420' | 'Y444';
    readonly protocols?: 'all' | 'udp';
    readonly user?: string;
    readonly password?: string;
  } = {},
): Promise<GstCamera> {
  if (!existsSync(TYPELIB))
    throw new Error('gst-rtsp-server is missing: install the Debian package gir1.2-gst-rtsp-server-1.0');
  const { picture = 'I420', protocols = 'all', user = '', password = '' } = options;
  const port = await freePort();
  const child = spawn(PYTHON, ['-c', PROGRAM, String(port), picture, protocols, user, password], {
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  await untilItListens(port);
  return {
    port,
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await ended;
    },
  };
}

/** Plays a stream, and prints the brightness of each picture that it decoded. */
const VIEWER = `
import sys, gi
gi.require_version('Gst', '1.0')
from gi.repository import Gst, GLib
Gst.init(None)
url, user, password, wanted = sys.argv[1:5]
loop = GLib.MainLoop()
player = Gst.parse_launch('rtspsrc name=source protocols=tcp latency=0 ! rtpjpegdepay ! jpegdec ! fakesink name=sink signal-handoffs=true')
source = player.get_by_name('source')
source.set_property('location', url); source.set_property('user-id', user); source.set_property('user-pw', password)
shades = []
def seen(sink, buffer, pad):
    found, memory = buffer.map(Gst.MapFlags.READ)
    shades.append(memory.data[0]); buffer.unmap(memory)
    if len(shades) >= int(wanted): loop.quit()
player.get_by_name('sink').connect('handoff', seen)
player.set_state(Gst.State.PLAYING)
GLib.timeout_add_seconds(30, loop.quit)
loop.run()
player.set_state(Gst.State.NULL)
print(' '.join(map(str, shades)))
`;

/** @returns brightness (0 to 255) of the first point of each picture that GStreamer's own client decoded */
export async function watchByGst(
  url: string,
  login: { readonly user: string; readonly password: string },
  pictures: number,
): Promise<number[]> {
  const printed = await outputOf(PYTHON, ['-c', VIEWER, url, login.user, login.password, String(pictures)]);
  return printed.trim().split(' ').map(Number);
}
