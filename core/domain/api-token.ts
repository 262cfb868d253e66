/** What a machine may do: look, change, or read the figures of the system itself. Never more than its owner. */
export const API_TOKEN_SCOPES = ['read', 'write', 'metrics'] as const;
export type ApiTokenScope = (typeof API_TOKEN_SCOPES)[number];
export const API_TOKEN_DAYS_MOST = 366;
