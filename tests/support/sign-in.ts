import type { TestApi } from './api.ts';

export type Call = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly payload?: object;
  readonly cookie?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly from?: string;
};

/** A browser or a machine in front of an API: calls it, and keeps the session cookie it is given. */
export function caller(api: TestApi) {
  return async ({ method = 'GET', url, payload, cookie, headers, from }: Call) => {
    const answer = await api.app.inject({
      method,
      url: `/api/v1/${url}`,
      ...(payload === undefined ? {} : { payload }),
      ...(from === undefined ? {} : { remoteAddress: from }),
      headers: { ...headers, ...(cookie == null ? {} : { cookie }) },
    });
    const set = answer.cookies.find(({ name }) => name === 'simpul_session');
    const body = String(answer.headers['content-type']).includes('json') ? answer.json() : null;
    return {
      status: answer.statusCode,
      body,
      cookie: set === undefined ? null : `simpul_session=${set.value}`,
      answer,
    };
  };
}
