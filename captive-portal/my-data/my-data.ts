import { indonesianMobile } from '../../core/domain/portal/phone-number.ts';
import type { Zone } from '../../core/domain/zone.ts';
import { askToErase, ownData, withdrawConsent } from '../../core/services/portal/my-data.ts';
import { askPhoneCode, checkPhoneCode } from '../../core/services/portal/phone-code.ts';
import type { Inventory } from '../../core/stores/inventory/inventory.ts';
import { type Answer, type PortalPages, type PortalRequest, page } from '../flow/answer.ts';
import { sealer } from '../flow/seal.ts';
import type { MethodTools } from '../method.ts';
import { methodWords } from '../method-words.ts';
import type { Foot } from '../pages/layout.ts';
import { type Language, refusalText } from '../pages/words.ts';
import { ACTS, type Act, codePage, dataPage, dayText, FIELD, numberPage, PATH, stopPage } from './pages.ts';
import { type MyDataState, newVisitor, readMyData, sealMyData } from './state.ts';
import { myDataWords } from './words.ts';

export type MyDataParts = MethodTools & {
  readonly zone: Zone;
  readonly foot: (otherLanguage: string) => Foot;
};

/** Key of `inventory.settings`: id of the channel that sends codes; the first SMS or WhatsApp channel without it. */
export const MY_DATA_CHANNEL_SETTING = 'portal.my-data-channel';
const SENDS_TEXT = ['sms', 'whatsapp-gateway', 'whatsapp-cloud'];

async function channelOf({ settings, channels }: Pick<Inventory, 'settings' | 'channels'>): Promise<string | null> {
  const enabled = (await channels.versions()).filter((one) => one.enabled && SENDS_TEXT.includes(one.kind));
  const wanted = await settings.get(MY_DATA_CHANNEL_SETTING);
  const found =
    enabled.find(({ id }) => id === wanted) ??
    SENDS_TEXT.map((kind) => enabled.find((one) => one.kind === kind)).find((one) => one !== undefined);
  return found?.id ?? null;
}

/**
 * "Data saya": who proves by a code that a number is theirs sees what is kept under it, withdraws, and asks for erasure.
 * Without script or cookie; what goes from page to page is sealed and forgotten after twenty minutes.
 */
export function myDataRoutes(parts: MyDataParts): PortalPages {
  const { inventory, keys, clock, zone } = parts;
  const sealed = sealer(keys.signing);
  const seal = (state: MyDataState): string => sealMyData(sealed, state, clock());
  const visitorHash = (visitor: string): string => keys.hash('mac', `visitor ${visitor}`);
  const footOf = (language: Language): Foot => parts.foot(`${PATH}?l=${language === 'id' ? 'en' : 'id'}`);
  const stop = (language: Language, text: string, canRestart = true): Answer =>
    page(200, stopPage({ language, foot: footOf(language), text, canRestart }));

  function begin(language: Language, more: { isWrong?: boolean; number?: string; problem?: string } = {}): Answer {
    const state = seal({ kind: 'visitor', visitor: newVisitor() });
    return page(200, numberPage({ language, foot: footOf(language), state, ...more }));
  }

  async function send({ language, form }: PortalRequest, visitor: string): Promise<Answer> {
    const typed = form.get(FIELD.number) ?? '';
    const phone = indonesianMobile(typed);
    if (phone === null) return begin(language, { isWrong: true, number: typed });
    const channelId = await channelOf(inventory);
    if (channelId === null) return stop(language, myDataWords(language).noChannel, false);
    const asked = await askPhoneCode(parts, {
      purpose: 'my-data',
      phone,
      macHash: visitorHash(visitor),
      gatewayId: null,
      siteId: null,
      send: (code, id) => parts.sendText(channelId, phone, methodWords(language).phone.ownText(code), id),
    });
    if (asked.kind !== 'asked') return begin(language, { problem: refusalText(language, 'budget') });
    return codeShown(language, visitor, asked.id, false);
  }

  const codeShown = (language: Language, visitor: string, codeId: string, isWrong: boolean): Answer =>
    page(200, codePage({ language, foot: footOf(language), state: seal({ kind: 'asked', visitor, codeId }), isWrong }));

  async function check({ language, form }: PortalRequest, visitor: string, codeId: string): Promise<Answer> {
    const phoneHash = await checkPhoneCode(parts, {
      id: codeId,
      purpose: 'my-data',
      macHash: visitorHash(visitor),
      code: form.get(FIELD.code) ?? '',
    });
    return phoneHash === null
      ? codeShown(language, visitor, codeId, true)
      : await dataShown(language, phoneHash, null, true);
  }

  async function act(what: Act, language: Language, phoneHash: string): Promise<Answer> {
    const { done } = myDataWords(language);
    if (what === 'erase') {
      const { dueAt } = await askToErase(parts, phoneHash);
      return await dataShown(language, phoneHash, done.erase(dayText(dueAt, language, zone)));
    }
    await withdrawConsent(parts, phoneHash, what === 'news' ? 'news' : 'service');
    return await dataShown(language, phoneHash, what === 'news' ? done.news : done.withdraw);
  }

  async function dataShown(
    language: Language,
    phoneHash: string,
    done: string | null,
    isFirst = false,
  ): Promise<Answer> {
    const data = await ownData(parts, phoneHash, isFirst);
    const [newest] = data.consents;
    const agreedText = newest === undefined ? null : await inventory.portal.terms.textOf(newest.sha256);
    const state = seal({ kind: 'known', phoneHash });
    return page(200, dataPage({ language, foot: footOf(language), state, data, zone, agreedText, done }));
  }

  return async (request) => {
    if (request.path !== PATH) return null;
    const { language, form } = request;
    if (request.method === 'GET') return begin(language);
    const state = readMyData(sealed, form.get(FIELD.state) ?? '', clock());
    const asked = ACTS.find((one) => one === form.get(FIELD.act));
    if (state === null || asked === undefined) return stop(language, myDataWords(language).stale);
    switch (state.kind) {
      case 'visitor':
        return await send(request, state.visitor);
      case 'asked':
        return await check(request, state.visitor, state.codeId);
      case 'known':
        return asked === 'send' || asked === 'check'
          ? await dataShown(language, state.phoneHash, null)
          : await act(asked, language, state.phoneHash);
    }
  };
}
