/** A data source of a type: its name, and whether collectd counts with it or measures. */
export type DataSource = { readonly name: string; readonly isCounter: boolean };

/**
 * Facts of collectd's types.db (5.12) that a payload does not tell: which values stand behind one another, and which of
 * them count (DERIVE, COUNTER). A type that is not here is one value that is measured.
 */
const COUNTED = words(`
  apache_bytes apache_requests ath_stat cache_eviction cache_operation cache_result ceph_rate commands connections
  contextswitch cookies counter cpu derive disk_ops_complex dns_answer dns_notify dns_opcode dns_qtype dns_query
  dns_question dns_rcode dns_reject dns_request dns_resolver dns_response dns_transfer dns_update dns_zops dpdk_telemetry
  drbd_resource errors evicted_keys expired_keys filter_result fork_rate fscache_stat hash_collisions
  http_request_methods http_requests http_response_codes ib_errors ib_link_error_recovery ib_xmit_wait if_collisions
  if_multicast if_rx_dropped if_rx_errors if_rx_nohandler if_rx_octets if_rx_packets if_tx_dropped if_tx_errors
  if_tx_octets if_tx_packets invocations ipt_bytes ipt_packets irq job_stats memcached_command memcached_ops
  memory_bandwidth memory_throttle_count mutex_operations mysql_bpool_counters mysql_commands mysql_handler
  mysql_innodb_data mysql_innodb_dblwr mysql_innodb_log mysql_innodb_pages mysql_innodb_row_lock mysql_innodb_rows
  mysql_locks mysql_log_position mysql_select mysql_sort mysql_sort_merge_passes mysql_sort_rows mysql_slow_queries
  nfs_procedure nginx_requests node_stat operations packets perf pf_counters pf_limits pf_source pf_state pg_blks
  pg_n_tup_c pg_scan pg_xact protocol_counter redis_command_cputime total_bytes total_connections total_events
  total_objects total_operations total_requests total_sessions total_threads total_time_in_ms total_values transitions
  slurm_backfilled_jobs slurm_cycles slurm_cycle_duration slurm_cycle_depth slurm_job_stats slurm_queue_length
  vf_broadcast vf_multicast virt_cpu_total virt_vcpu vmpage_action swap_io`);

const RX_TX = words(`
  if_octets if_packets if_errors if_dropped io_octets io_packets ib_octets ib_packets memcached_octets mysql_octets
  node_octets serial_octets`);
const READ_WRITE = words('disk_octets disk_ops disk_time disk_merged io_ops ps_disk_octets ps_disk_ops arc_l2_bytes');

const counted = (...names: readonly string[]): readonly DataSource[] =>
  names.map((name) => ({ name, isCounter: true }));
const measured = (...names: readonly string[]): readonly DataSource[] =>
  names.map((name) => ({ name, isCounter: false }));

const MANY: Readonly<Record<string, readonly DataSource[]>> = {
  arc_counts: counted('demand_data', 'demand_metadata', 'prefetch_data', 'prefetch_metadata'),
  arc_size: measured('current', 'target', 'minlimit', 'maxlimit'),
  compression: counted('uncompressed', 'compressed'),
  df: measured('used', 'free'),
  disk_io_time: counted('io_time', 'weighted_io_time'),
  disk_latency: measured('read', 'write'),
  dns_octets: counted('queries', 'responses'),
  domain_state: measured('state', 'reason'),
  load: measured('shortterm', 'midterm', 'longterm'),
  mysql_qcache: [...counted('hits', 'inserts', 'not_cached', 'lowmem_prunes'), ...measured('queries_in_cache')],
  mysql_threads: [...measured('running', 'connected', 'cached'), ...counted('created')],
  ps_count: measured('processes', 'threads'),
  ps_cputime: counted('user', 'syst'),
  ps_pagefaults: counted('minflt', 'majflt'),
  smart_attribute: measured('current', 'worst', 'threshold', 'pretty'),
  vf_bytes: counted('vf_rx', 'vf_tx'),
  vf_dropped: counted('vf_rx', 'vf_tx'),
  vf_packets: counted('vf_rx', 'vf_tx'),
  vmpage_faults: counted('minflt', 'majflt'),
  vmpage_io: counted('in', 'out'),
  voltage_threshold: measured('value', 'threshold'),
};

const VALUE = measured('value');
const COUNT = counted('value');
const RX_TX_SOURCES = counted('rx', 'tx');
const READ_WRITE_SOURCES = counted('read', 'write');

export function sourcesOf(type: string): readonly DataSource[] {
  if (RX_TX.has(type)) return RX_TX_SOURCES;
  if (READ_WRITE.has(type)) return READ_WRITE_SOURCES;
  if (COUNTED.has(type)) return COUNT;
  return (Object.hasOwn(MANY, type) ? MANY[type] : undefined) ?? VALUE;
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
