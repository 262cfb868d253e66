import { Command, InvalidArgumentError } from 'commander';
import { ProbeError } from '../../core/domain/errors.ts';
import { terminalSecret } from './ask-secret.ts';
import { type ProbeDeps, type ProbeProtocol, whole } from './probe/protocol.ts';
import { reportTable } from './probe/report-table.ts';
import { type RouterOsOptions, routeros } from './probe/routeros.ts';
import { type SnmpOptions, snmp } from './probe/snmp.ts';

/** Each protocol reads its own. */
type Options = SnmpOptions & RouterOsOptions;

/** In the order in which they are tried; the last takes whatever no other does. */
const PROTOCOLS: readonly ProbeProtocol<Options>[] = [routeros, snmp];

/** `simpul probe HOST`: asks one device once and prints all that is understood of it. */
export function probeCommand({
  print = (text) => void process.stdout.write(text),
  env = process.env,
  askSecret = terminalSecret(),
}: Partial<ProbeDeps & { readonly print: (text: string) => void }> = {}): Command {
  const command = new Command('probe')
    .description('ask one device once, over SNMP where no other protocol is named, and print what is understood of it')
    .argument('<host>', 'name or address of the device')
    .option('--port <port>', 'port of the device; the protocol’s own when absent', whole(1, 65_535));
  for (const { addOptions } of PROTOCOLS) addOptions(command);
  return command
    .option('--timeout <ms>', 'how long to wait for one answer', whole(50, 60_000), 2_000)
    .option('--retries <count>', 'how often a question is repeated (SNMP)', whole(0, 10), 1)
    .option('--json', 'print one JSON object')
    .action(async (host: string, options: Options) => {
      const protocol = PROTOCOLS.find(({ isChosen }) => isChosen(options)) ?? snmp;
      try {
        const report = await protocol.ask(host, options, { env, askSecret });
        print(options.json ? `${JSON.stringify(report)}\n` : `${reportTable(report)}\n`);
      } catch (error) {
        if (error instanceof ProbeError) command.error(`error: ${protocol.explain(error, host, options)}`);
        if (error instanceof InvalidArgumentError) command.error(`error: ${error.message}`);
        throw error;
      }
    });
}
