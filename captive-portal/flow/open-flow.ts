import { SAME_PERSON_MS } from '../../core/domain/report.ts';
import type { FamilyTools } from '../gateway.ts';
import type { PortalParts } from '../parts.ts';
import { textSender } from '../send-text.ts';
import type { Flow } from './context.ts';
import { counts } from './counts.ts';
import { directory } from './directory.ts';
import { records } from './records.ts';
import { sealer } from './seal.ts';
import { statusTokens } from './status-token.ts';
import { bounces, firsts, lately, pagesUsed } from './tries.ts';

/** A controller that does not answer is given up after so long. */

export type OpenFlow = {
  readonly flow: Flow;
  /** What families are given; `account` takes the use that gateways without RADIUS tell. To be called once. */
  readonly familyTools: (account: FamilyTools['account']) => FamilyTools;
  /** Stores what has been counted, and gives up on controllers that are being asked. */
  close(): Promise<void>;
};

/**
 * All that pages are answered with.
 * @param origin where browsers reach us, known once the server listens
 */
export function openFlow(parts: PortalParts, origin: () => string): OpenFlow {
  const { inventory, keys, clock, log } = parts;
  const texts = textSender(inventory.channels, clock);
  const counted = counts(parts);
  const written = records(parts);
  const stopping = new AbortController();
  const { signal } = stopping;
  let account: FamilyTools['account'] = () => Promise.reject(new Error('the portal has not started yet'));
  const tools: FamilyTools = {
    clock,
    signing: keys.signing,
    awaited: inventory.portal.awaited,
    signal,
    account: (report) => account(report),
    kept: new Map(),
  };
  const flow: Flow = {
    parts,
    get origin() {
      return origin();
    },
    clock,
    directory: directory(parts),
    sealed: sealer(keys.signing),
    tokens: statusTokens(keys.signing),
    pages: pagesUsed(clock),
    bounces: bounces(clock),
    counts: counted,
    records: written,
    firstLooks: firsts(),
    reports: lately(clock, SAME_PERSON_MS),
    methodTools: { inventory, keys, clock, log, sendText: texts.sendText },
    familyTools: tools,
    access: null,
  };
  return {
    flow,
    familyTools(given) {
      account = given;
      return tools;
    },
    async close() {
      stopping.abort();
      await written.drain();
      await counted.close();
      await texts.close();
    },
  };
}
