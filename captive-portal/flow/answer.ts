import type { Html } from '../pages/html.ts';
import type { Language } from '../pages/words.ts';

/** A request as the server hands it on: bounded, and no more of it than the flow looks at. */
export type PortalRequest = {
  /** HEAD comes as GET. */
  readonly method: 'GET' | 'POST';
  /** Decoded by nobody, without the query; begins with a slash. */
  readonly path: string;
  readonly rawQuery: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  readonly userAgent: string;
  readonly language: Language;
};

/** What is sent back; `page` is a whole document. */
export type Answer =
  | {
      readonly kind: 'page';
      readonly status: number;
      readonly page: Html;
      /** Hosts that a form of it may lead to beside our own. */
      readonly formHosts?: readonly string[];
      readonly retryAfterS?: number;
    }
  | { readonly kind: 'redirect'; readonly status: 302 | 303; readonly location: string }
  | {
      readonly kind: 'text';
      readonly status: number;
      readonly contentType: string;
      readonly body: string;
      readonly location?: string;
    };

/** @param location an address that we made ourselves, never one that came with the request */
export const seeOther = (location: string): Answer => ({ kind: 'redirect', status: 303, location });
export const found = (location: string): Answer => ({ kind: 'redirect', status: 302, location });
export const page = (status: number, document: Html, formHosts: readonly string[] = []): Answer => ({
  kind: 'page',
  status,
  page: document,
  formHosts,
});

/** Takes requests that begin with its path; null: it is not one of its own. */
export type PortalPages = (request: PortalRequest) => Promise<Answer | null>;
