import type { Translate } from '#shared/i18n/index.ts';
import type { TranscriptDocument } from '#shared/model/transcript-document.ts';
import { showUnsafe } from '../writers/clean-text.ts';
import type { Words } from '../writers/words.ts';
import type { FactGroup } from './view.ts';

/** What the title page states: the live, its durations, the tools and rules that made this document. */
export function factGroups(document: TranscriptDocument, words: Words): FactGroup[] {
  return [liveFacts(document, words), durationFacts(document, words), provenanceFacts(document, words)];
}

function liveFacts({ live }: TranscriptDocument, { t, date, zone }: Words): FactGroup {
  const stated = (value: string | null) => (value ? showUnsafe(value) : t('document.unknown'));
  return {
    heading: t('live.heading'),
    facts: [
      { label: t('live.account'), value: stated(live.account) },
      { label: t('live.title'), value: stated(live.title) },
      { label: t('live.source'), value: `${showUnsafe(live.sourceLabel)} (${t(`sourceKind.${live.sourceKind}`)})` },
      { label: t('live.started'), value: date(live.startedAt) },
      { label: t('live.ended'), value: live.endedAt === null ? t('document.ongoing') : date(live.endedAt) },
      {
        label: t('live.state'),
        value: [t(`liveState.${live.state}`), ...endOf(live, t)].join(' – '),
      },
      { label: t('live.zone'), value: zone(live.startedAt) },
      { label: t('live.language'), value: t(`language.${live.language}`) },
      // Whoever checks the words against the sound must know that parts of it are not there any more, and why.
      ...(live.soundDroppedAt === null
        ? []
        : [{ label: t('live.sound'), value: t('live.soundErased', { at: date(live.soundDroppedAt) }) }]),
      { label: t('live.id'), value: live.id },
    ],
  };
}

/** Why it ended: our own two words, the catalogue's sentence for a failure, or the bare code of something newer. */
function endOf({ endReason, endError }: TranscriptDocument['live'], t: Translate): string[] {
  if (endError) return [showUnsafe(t(`error.${endError.code}`, endError.data))];
  if (endReason === 'source-ended' || endReason === 'source-damaged' || endReason === 'stopped-by-us')
    return [t(`endReason.${endReason}`)];
  return endReason ? [showUnsafe(endReason)] : [];
}

function durationFacts({ durations, segments, gaps }: TranscriptDocument, { t, duration }: Words): FactGroup {
  const count = (state: string) => segments.filter((segment) => segment.state === state).length;
  return {
    heading: t('durations.heading'),
    facts: [
      { label: t('durations.wall'), value: duration(durations.wallMs) },
      { label: t('durations.captured'), value: duration(durations.capturedMs) },
      { label: t('durations.written'), value: duration(durations.writtenMs) },
      {
        label: t('durations.gaps'),
        value: gaps.length === 0 ? t('document.none') : `${duration(durations.gapMs)} (${gaps.length})`,
      },
      {
        label: t('durations.segments'),
        value: t('durations.segmentCount', {
          // Not `count`: i18next would look for plural forms of a list of figures.
          all: segments.length,
          written: count('written'),
          silent: count('silent'),
          filtered: count('filtered'),
          failed: count('failed'),
          heard: count('heard'),
        }),
      },
    ],
  };
}

function provenanceFacts(document: TranscriptDocument, { t, score }: Words): FactGroup {
  return {
    heading: t('provenance.heading'),
    facts: [
      ...document.models.map((model) => ({
        label: t(`provenance.role.${model.role}`),
        value: showUnsafe([model.name, model.detail].filter(Boolean).join(' · ')),
        detail: model.digest && `${t('provenance.digest')} ${showUnsafe(model.digest)}`,
      })),
      ...document.policies.map((policy) => ({
        label: t('provenance.policy'),
        value: showUnsafe(`${policy.name} · ${t('provenance.version', { version: policy.version })}`),
        detail: policy.hash && `${t('provenance.hash')} ${showUnsafe(policy.hash)}`,
      })),
      {
        label: t('provenance.threshold'),
        value: t('provenance.thresholdValue', { score: score(document.thresholdBp) }),
      },
      {
        label: t('provenance.journal'),
        value: t('provenance.journalValue', { seq: document.journal.seq }),
        detail: document.journal.hash && `${t('provenance.hash')} ${showUnsafe(document.journal.hash)}`,
      },
      { label: t('provenance.documentId'), value: document.format },
    ],
  };
}
