import type { Listen } from '../listener.ts';
import { openOwnBroker } from '../mqtt/broker/own-broker.ts';
import { createEar } from '../mqtt/ear.ts';
import { loadFormats } from '../mqtt/format.ts';
import { openOutsideBroker } from '../mqtt/outside-broker.ts';
import { createQuestions } from '../mqtt/questions.ts';
import { createRoster } from '../mqtt/roster.ts';
import type { MessageSource, SourceEvents } from '../mqtt/source.ts';

/** Hears the devices whose probe is `mqtt`, at our own broker or at one elsewhere. */
export const listen: Listen = async (tools) => {
  const { settings, clock, timers, log } = tools;
  if (settings.mqtt === null) return null;
  const { url } = settings.mqtt;
  const roster = createRoster(await loadFormats(), log);
  roster.refresh(tools.devices());
  let source: MessageSource | null = null;
  const ear = createEar(tools, roster, {
    send: (message) => source?.send(message),
    followed: () => source?.rosterChanged(),
  });
  const questions = createQuestions(timers, (message) => source?.send(message));
  for (const speaker of roster.speakers()) questions.add(speaker);

  const events: SourceEvents = {
    message: (message) => ear.hear({ ...message, at: clock() }),
    hearing(canHear) {
      tools.hearsSince(canHear ? clock() : null);
      if (canHear) questions.begin();
      else questions.pause();
    },
    joined: (speakers) => speakers.forEach(questions.restart),
  };
  const opened =
    url === null
      ? await openOwnBroker({ settings: settings.mqtt, roster, clock, log, events })
      : openOutsideBroker({ url, roster, timers, log, events });
  source = opened;
  // Nobody can have spoken to our own broker before it was there.
  if (url === null) events.hearing(true);

  const unfollow = tools.onDevicesChanged(() => {
    const { added, removed } = roster.refresh(tools.devices());
    for (const speaker of removed) {
      ear.forget(speaker);
      questions.remove(speaker);
    }
    for (const speaker of added) questions.add(speaker);
    if (added.length > 0 || removed.length > 0) opened.rosterChanged();
  });

  return {
    stats: () => ({ ...ear.stats(), ...opened.stats(), devices: [...roster.speakers()].length }),
    async close() {
      unfollow();
      questions.pause();
      await opened.close();
      ear.flush();
    },
  };
};
