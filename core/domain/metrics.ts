import type { Reading } from './sample.ts';

/** What a metric is, for whoever draws or exports it. */
export type MetricInfo = {
  readonly id: string;
  readonly kind: Reading['kind'];
  /** As shown beside a value, of the stored number: a counter's rate is this per second. Empty: a bare number. */
  readonly unit: '' | 'ms' | '%' | 's' | 'd' | 'B';
  /** What `instance` names; null for a scalar. */
  readonly instance: 'ifIndex' | 'index' | null;
  /** Where the text for people is found in the dictionaries. */
  readonly labelKey: string;
};

const metric = (
  id: string,
  kind: Reading['kind'],
  unit: MetricInfo['unit'],
  instance: MetricInfo['instance'] = null,
): MetricInfo => ({ id, kind, unit, instance, labelKey: `metric.${id}` });

/** Every metric the collector writes. Names follow Telegraf's `ping`, `interface`, `cpu`, `mem` and `disk` inputs. */
export const METRICS = [
  /** 1 while it answers, 0 while it is down, between them the share of the time; nothing while nobody can see. */
  metric('reachability.up', 'gauge', ''),
  metric('reachability.response_ms', 'gauge', 'ms'),
  metric('ping.average_response_ms', 'gauge', 'ms'),
  metric('ping.percent_packet_loss', 'gauge', '%'),
  metric('system.uptime_s', 'gauge', 's'),
  metric('interface.ifHCInOctets', 'counter', 'B', 'ifIndex'),
  metric('interface.ifHCOutOctets', 'counter', 'B', 'ifIndex'),
  metric('interface.ifInErrors', 'counter', '', 'ifIndex'),
  metric('interface.ifOutErrors', 'counter', '', 'ifIndex'),
  metric('interface.ifInDiscards', 'counter', '', 'ifIndex'),
  metric('interface.ifOutDiscards', 'counter', '', 'ifIndex'),
  /** The number of IF-MIB: 1 up, 2 down, … 7 lowerLayerDown. */
  metric('interface.ifOperStatus', 'gauge', '', 'ifIndex'),
  metric('cpu.usage_percent', 'gauge', '%', 'index'),
  metric('mem.used_percent', 'gauge', '%', 'index'),
  metric('disk.used_percent', 'gauge', '%', 'index'),
  metric('wireless.clients', 'gauge', '', 'index'),
  /** Of a web site: to the first of the answer, as Telegraf has it; the steps to it, and to the last of the page. */
  metric('http_response.response_time', 'gauge', 's'),
  metric('http_response.http_response_code', 'gauge', ''),
  metric('http_response.content_length', 'gauge', 'B'),
  metric('http_response.dns_ms', 'gauge', 'ms'),
  metric('http_response.connect_ms', 'gauge', 'ms'),
  metric('http_response.tls_ms', 'gauge', 'ms'),
  metric('http_response.first_byte_ms', 'gauge', 'ms'),
  metric('http_response.total_ms', 'gauge', 'ms'),
  metric('http_response.tls_days_left', 'gauge', 'd'),
  /** Until the certificate ends. */
  metric('x509_cert.expiry', 'gauge', 's'),
  metric('dns_query.query_time_ms', 'gauge', 'ms'),
  metric('dns_query.answers', 'gauge', ''),
  /** Of a camera: until it answers, describes its stream, and from PLAY to the first of the picture. */
  metric('rtsp.options_ms', 'gauge', 'ms'),
  metric('rtsp.describe_ms', 'gauge', 'ms'),
  metric('rtsp.first_packet_ms', 'gauge', 'ms'),
  /** Of those whom the captive portal let in within 15 minutes: the share that came online, and how many they are. */
  metric('portal.login_success_percent', 'gauge', '%'),
  metric('portal.logins_15m', 'gauge', ''),
  /** Of a gateway, minute by minute: let in, not let in, let in and not come online, problems that people reported. */
  metric('portal.logins', 'gauge', ''),
  metric('portal.refusals', 'gauge', ''),
  metric('portal.failures', 'gauge', ''),
  metric('portal.reports', 'gauge', ''),
  metric('portal.time_to_online_s', 'gauge', 's'),
] as const satisfies readonly MetricInfo[];

const BY_ID: ReadonlyMap<string, MetricInfo> = new Map(METRICS.map((info) => [info.id, info]));

/** Undefined for a metric that only some profile knows. */
export const metricInfo = (id: string): MetricInfo | undefined => BY_ID.get(id);
