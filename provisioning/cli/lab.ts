import { Command, InvalidArgumentError } from 'commander';
import { AppError } from '../../core/domain/errors.ts';
import { askControl, type ControlReply, type ControlRequest, controlPath } from '../lab/control.ts';
import { FAULT_KINDS } from '../lab/faults/fault.ts';

type Options = { readonly json?: true };

/** `simpul lab …`: takes the running demo's devices away and gives them back. */
export function labCommand({ dataDir }: { dataDir: string }): Command {
  const lab = new Command('lab').description('control the devices of the running demo');

  const add = (
    name: string,
    description: string,
    request: (argument: string, options: { ms: number }) => ControlRequest,
  ) =>
    lab
      .command(name)
      .description(description)
      .option('--json', 'print one JSON object')
      .action(async (...given: unknown[]) => {
        const command = given.at(-1);
        if (!(command instanceof Command)) throw new Error('commander passes the command last');
        const options = command.opts<Options & { ms: number }>();
        const reply = await ask(command, dataDir, request(command.args[0] ?? '', options));
        process.stdout.write(options.json ? `${JSON.stringify(reply)}\n` : `${describe(reply)}\n`);
      });
  const DEVICE = ['<device>', 'code of a device, or of a site or village for all of theirs'] as const;

  add('list', 'list the devices with their ports and states', () => ({ command: 'list' }));
  add('stop', 'take the power of a device: its agent falls silent', (device) => ({ command: 'stop', device })).argument(
    ...DEVICE,
  );
  add('start', 'give the power back', (device) => ({ command: 'start', device })).argument(...DEVICE);
  add('reboot', 'silence a device for 40 s and start it anew', (device) => ({ command: 'reboot', device })).argument(
    ...DEVICE,
  );
  add('slow', 'make a device answer late', (device, { ms }) => ({ command: 'slow', device, ms }))
    .argument(...DEVICE)
    .option('--ms <ms>', 'how much later; 0 for the ordinary pace', wholeMs, 1_050);
  add('fault', `let a fault strike somewhere (${FAULT_KINDS.join(', ')}), or switch the script on or off`, (name) => ({
    command: 'fault',
    name,
  })).argument('<name>', 'kind of fault, or on, or off');
  return lab;
}

function wholeMs(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 60_000) throw new InvalidArgumentError('It takes milliseconds from 0 to 60000.');
  return value;
}

async function ask(
  command: Command,
  dataDir: string,
  request: ControlRequest,
): Promise<Extract<ControlReply, { ok: true }>> {
  try {
    const reply = await askControl(controlPath(dataDir), request);
    if (reply.ok) return reply;
    return command.error(`error: ${reply.message}`);
  } catch (error) {
    if (error instanceof AppError) return command.error(`error: ${error.message}`);
    throw error;
  }
}

function describe({ devices, faults, script }: Extract<ControlReply, { ok: true }>): string {
  const width = Math.max(0, ...devices.map(({ code }) => code.length));
  const lines = devices.map(
    ({ code, port, state, name }) => `${code.padEnd(width)}  ${port}  ${state.padEnd(7)}  ${name}`,
  );
  const now = Date.now();
  for (const { kind, place, from, to } of faults) {
    const when =
      from > now ? `in ${Math.round((from - now) / 1_000)} s` : `for ${Math.round((to - now) / 1_000)} s more`;
    lines.push(`fault: ${kind} at ${place}, ${when}`);
  }
  lines.push(`script of faults: ${script ? 'on' : 'off'}`);
  return lines.join('\n');
}
