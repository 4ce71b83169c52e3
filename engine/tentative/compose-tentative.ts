import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { CaptureService } from '../capture/capture-service.ts';
import type { CasesStore } from '../cases/cases-store.ts';
import type { LanesService } from '../lanes/lanes-service.ts';
import type { LivesStore } from '../lives/lives-store.ts';
import type { SegmentsStore } from '../lives/segments-store.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import { createSpareHearings } from '../transcribe/spare-hearing-service.ts';
import { createTentativeService } from './tentative-service.ts';

/** Tentative text, put together: what a live is heard with is what its segments are heard with. */
export function composeTentative(by: {
  capture: CaptureService;
  lanes: LanesService;
  lives: LivesStore;
  segments: SegmentsStore;
  cases: CasesStore;
  settings: SettingsService;
  speech: Parameters<typeof createSpareHearings>[0];
  clock: Clock;
  log: Log;
}) {
  return createTentativeService({
    ...by,
    spare: createSpareHearings(by.speech),
    isOn: () => by.settings.get().tentativeText,
    requestFor(liveId) {
      const language = by.lives.row(liveId)?.language ?? 'auto';
      return {
        liveId,
        // What was found in a whole segment says more than what half a second sounds like.
        language: language === 'auto' ? by.segments.lastLanguage(liveId) : language,
        prompt: by.cases.glossaryOf(liveId).join(', '),
      };
    },
  });
}
