import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type * as poll from '../../core/contract/poll.ts';
import { HOUR, MINUTE, SECOND } from '../../core/domain/clock.ts';
import { type ChartSpan, stretchOf } from '../pages/device/chart-span.ts';
import { endpoint, serverNow } from './endpoint.ts';
import { listIncidents, listMaintenance, listStates, querySeries } from './endpoints.ts';

/** Questions of the device page alone. */
export const getPoll = endpoint<typeof poll.getPoll>('GET', '/api/v1/devices/:deviceId/poll/:askId');

/** What was is asked for once; what goes on is asked for again. */
const pace = (span: ChartSpan) =>
  span.kind === 'fixed' ? { staleTime: 5 * MINUTE } : { refetchInterval: span.lengthMs <= HOUR ? 15 * SECOND : MINUTE };

type Asked = {
  readonly deviceId: string;
  readonly metrics: readonly string[];
  readonly span: ChartSpan;
  /** Asks for the same length of time so much earlier, ms. */
  readonly shiftMs?: number;
  readonly instances?: readonly string[];
  /** Points over the span; the server's own choice when absent. */
  readonly points?: number;
};

/** The metrics of a device over a span; nothing is asked where there are none. */
export const comparedSeriesQuery = ({ deviceId, metrics, span, shiftMs = 0, instances, points }: Asked) =>
  queryOptions({
    queryKey: ['series', deviceId, span, shiftMs, metrics, instances ?? null, points ?? null],
    queryFn: ({ signal }) => {
      const { from, to } = stretchOf(span, serverNow());
      const stepMs = points === undefined ? undefined : Math.ceil((to - from) / points / MINUTE) * MINUTE;
      const query = {
        metrics: metrics.join(','),
        from: from - shiftMs,
        to: to - shiftMs,
        ...(instances === undefined ? {} : { instances: instances.join(',') }),
        ...(stepMs === undefined ? {} : { stepMs }),
      };
      return querySeries({ params: { deviceId }, query }, signal);
    },
    enabled: metrics.length > 0 && instances?.length !== 0,
    ...pace(span),
  });
/** As above; while another span is on its way the last one stays in sight. */
export const spanSeriesQuery = (asked: Asked) =>
  queryOptions({ ...comparedSeriesQuery(asked), placeholderData: keepPreviousData });

export const spanStatesQuery = (deviceId: string, span: ChartSpan) =>
  queryOptions({
    queryKey: ['states', deviceId, span],
    queryFn: async ({ signal }) => {
      const stretch = stretchOf(span, serverNow());
      return { ...(await listStates({ params: { deviceId }, query: stretch }, signal)), ...stretch };
    },
    placeholderData: keepPreviousData,
    ...pace(span),
  });

/** Incidents that touch the device in the span: the newest, as many as a picture bears. */
export const spanIncidentsQuery = (deviceId: string, span: ChartSpan) =>
  queryOptions({
    queryKey: ['incidents', 'of-device', deviceId, span],
    queryFn: ({ signal }) =>
      listIncidents({ query: { deviceId, ...stretchOf(span, serverNow()), pageSize: 100 } }, signal),
    placeholderData: keepPreviousData,
    ...pace(span),
  });

export const spanMaintenanceQuery = (span: ChartSpan) =>
  queryOptions({
    queryKey: ['maintenance', 'of-span', span],
    queryFn: ({ signal }) => listMaintenance({ query: { ...stretchOf(span, serverNow()), pageSize: 500 } }, signal),
    placeholderData: keepPreviousData,
    ...pace(span),
  });

/** Asked again until somebody answered, or nobody did in time. */
export const pollQuery = (deviceId: string, askId: string) =>
  queryOptions({
    queryKey: ['poll', deviceId, askId],
    queryFn: ({ signal }) => getPoll({ params: { deviceId, askId } }, signal),
    refetchInterval: ({ state }) =>
      state.data?.status === 'answered' || state.data?.status === 'silent' ? false : SECOND,
    staleTime: MINUTE,
  });
