import { createRouterClient } from '@orpc/server';
import type { EngineClient } from '#shared/contract/index.ts';
import type { VigieError } from '#shared/errors.ts';
import type { ResolverTool } from '#shared/model/source.ts';
import { createAlertsService } from './alerts/alerts-service.ts';
import { defineAnalyseJob } from './analyse/analyse-service.ts';
import { openEmbeddedAnalyser } from './analyse/embedded/index.ts';
import { systemClock } from './base/clock.ts';
import { silentLog } from './base/log.ts';
import { version } from './base/version.ts';
import { createCaptureService } from './capture/capture-service.ts';
import { type RoomWatch, watchRoom } from './capture/room-watch.ts';
import { createDevicesService } from './capture/devices-service.ts';
import type { CallContext } from './carriers/context.ts';
import { implementContract } from './carriers/implement.ts';
import { createReadRecord } from './carriers/read-record.ts';
import { evaluationsApi } from './evaluations/evaluations-api.ts';
import { createEvaluationsService } from './evaluations/evaluations-service.ts';
import { createEvaluationsStore } from './evaluations/evaluations-store.ts';
import { casesApi } from './cases/cases-api.ts';
import { createCasesService } from './cases/cases-service.ts';
import { composeLanes, composeSpeech } from './compose-speech.ts';
import { createCommands } from './db/commands.ts';
import { openStore } from './db/open-store.ts';
import { composeSystem } from './diagnosis/compose-system.ts';
import { composeExports } from './exports/compose-exports.ts';
import { exportsApi } from './exports/exports-api.ts';
import { openPdfRenderer } from './exports/pdf-renderer.ts';
import { createJobs } from './jobs/jobs.ts';
import { freeBytesOf } from './diagnosis/free-bytes.ts';
import { createFeed } from './journal/feed.ts';
import { createJournal } from './journal/journal.ts';
import { createCapacityGate } from './lanes/capacity-service.ts';
import { lanesApi } from './lanes/lanes-api.ts';
import { livesApi } from './lives/lives-api.ts';
import { publishedAddress } from './models/catalogue.ts';
import { modelsApi } from './models/models-api.ts';
import { createModelsService } from './models/models-service.ts';
import { systemResolve } from './net/guard.ts';
import { createNet } from './net/net.ts';
import { composeNotes } from './notes/compose-notes.ts';
import type { EngineOptions } from './options.ts';
import { createStores } from './stores.ts';
import { takeOwnership } from './owner.ts';
import { ensureProfile } from './people/profiles.ts';
import { checkExecutable } from './process/executable.ts';
import { systemSpawn } from './process/spawn.ts';
import { composeRetention } from './retention/compose-retention.ts';
import { reviewApi } from './review/review-api.ts';
import { createReviewService } from './review/review-service.ts';
import { composeRules } from './rules/compose-rules.ts';
import { composeWatching } from './sources/compose-watching.ts';
import { composeFolders } from './sources/folders/compose-folders.ts';
import { foldersApi } from './sources/folders/folders-api.ts';
import { composeTikTok } from './sources/tiktok/compose.ts';
import { createSettingsService } from './settings/settings-service.ts';
import { composeTentative } from './tentative/compose-tentative.ts';
import { watchesApi } from './sources/watches-api.ts';
import { defineTranscribeJob } from './transcribe/transcribe-service.ts';

const everything: CallContext['permissions'] = new Set(['none', 'read', 'decide', 'operate', 'administer']);

/**
 * The composition root: owner lock, database, stores, services, workers, in this order; closed in reverse.
 * @throws VigieError `data-folder-owned`, `data-folder-unusable`, `database-damaged`
 */
export async function openEngine(options: EngineOptions) {
  const clock = options.clock ?? systemClock;
  const log = options.log ?? silentLog;
  const spawn = options.spawn ?? systemSpawn;
  const { dataDir, resourcesDir, binaries } = options;
  const startedAt = clock.now();

  const ownership = takeOwnership({ dataDir, kind: options.owner, clock });
  const closing: (() => void | Promise<void>)[] = [() => ownership.release()];
  const closeAll = async () => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  const failure = Promise.withResolvers<VigieError>();

  try {
    const {
      store,
      newer,
      close: closeStore,
    } = openStore({
      dataDir,
      clock,
      log,
      onDamage(damage) {
        log.error({ path: damage.data }, 'the database file is damaged; nothing more is written');
        failure.resolve(damage);
      },
    });
    closing.push(closeStore);
    const journal = createJournal(store, clock);
    const feed = createFeed(journal);
    closing.push(() => feed.close());
    const commands = createCommands(store, clock);
    const settings = createSettingsService({ store, journal, clock, log, overrides: options.settings ?? {} });
    const profile = store.readOnly
      ? { id: 'reader', name: options.profile ?? 'reader' }
      : ensureProfile(store, clock, options.profile ?? 'local');
    const jobs = createJobs({ store, clock, log, journal });

    const stores = createStores(store, clock);
    const { lives, segments, verdicts, alerts, review, cases, watches } = stores;
    const caseService = createCasesService({ cases, lives, journal, clock });

    const net = createNet({ clock, log, isAllowed: () => settings.get().network });
    const { shelf, speech, remoteSpeech, health } = composeSpeech({
      options,
      store,
      lives,
      net,
      journal,
      clock,
      log,
      spawn,
      settings: settings.get,
    });
    const pdf = openPdfRenderer({ spawn, node: binaries.node, resourcesDir, clock, log });
    closing.push(
      () => pdf.close(),
      () => speech.close(),
    );

    const tiktok = composeTikTok({
      net,
      clock,
      elsewhere: options.platforms?.tiktok,
      budget: {
        load: () => watches.budget('tiktok'),
        save: (budget) => watches.keepBudget('tiktok', budget),
      },
    });

    const analyser = openEmbeddedAnalyser({ resourcesDir });
    let standardInput: AsyncIterable<Uint8Array> | undefined;

    const inputFfmpeg = () => settings.get().inputFfmpeg || binaries.ffmpeg;
    const resolverPath = (tool: ResolverTool) => (tool === 'yt-dlp' ? settings.get().ytDlp : settings.get().streamlink);
    const devices = createDevicesService({ spawn, clock, platform: options.platform ?? process.platform, inputFfmpeg });

    const lanes = composeLanes({ store, lives, journal, jobs, clock, log, settings, shelf, speech });
    const freeBytes = options.freeBytes ?? freeBytesOf;
    const room: RoomWatch = watchRoom({
      freeBytes: () => freeBytes(dataDir),
      captures: lives.countRunning,
      store,
      journal,
      clock,
      log,
    });
    closing.push(() => room.close());
    const capture = createCaptureService({
      room,
      maxSegmentMs: () => settings.get().segmentSeconds * 1000,
      store,
      lives,
      segments,
      journal,
      jobs,
      net,
      clock,
      log,
      spawn,
      ffmpeg: binaries.ffmpeg,
      outside: {
        clock,
        spawn,
        inputFfmpeg,
        resolverPath,
        networkAllowed: () => settings.get().network,
        resolve: systemResolve,
      },
      dataDir,
      tiktok: { lookup: tiktok.lookup, allowPrivate: tiktok.allowPrivate },
      standardInput: () => standardInput,
      laneOf: lanes.laneOf,
      onOver(liveId) {
        tentative.over(liveId);
        watching.service.liveEnded(liveId);
        folders.liveEnded(liveId);
        lanes.forget(liveId);
        speech.forget(liveId);
      },
      pulse(pulse) {
        lanes.look(pulse.liveId);
        feed.pulse({
          ...pulse,
          writtenMs: lives.get(pulse.liveId)?.writtenMs ?? 0,
          lagMs: lanes.lagMs(pulse.liveId),
        });
      },
    });
    const tentative = composeTentative({ capture, lanes, lives, segments, cases, speech, settings, clock, log });
    const heard = {
      store,
      lives,
      journal,
      capture,
      clock,
      log,
      dataDir,
      profileId: profile.id,
      settings: settings.get,
    };
    const retention = composeRetention(heard);
    const watching = composeWatching({
      ...heard,
      watches,
      tiktok,
      keepSound: (liveId, actor) => retention.service.choose(liveId, true, actor),
      resolveModel: shelf.resolveForLive,
    });
    const folders = composeFolders({ ...heard, resolveModel: shelf.resolve });
    const alerting = createAlertsService({ alerts, lives, journal, thresholdBp: () => settings.get().riskThresholdBp });
    defineTranscribeJob({
      jobs,
      journal,
      lives,
      segments,
      clock,
      health,
      spoolDir: capture.spoolDir,
      settle: capture.settle,
      glossaryOf: cases.glossaryOf,
      choose: lanes.choose,
      seatFor: (liveId) => speech.take(lanes.modelOf(liveId)),
    });
    const rules = composeRules({ store, lives, cases, commands, analyser, journal, clock, log });
    defineAnalyseJob({ jobs, journal, lives, segments, verdicts, alerts: alerting, rules: rules.running, analyser });
    const reviewing = createReviewService({
      review,
      alerts,
      commands,
      journal,
      jobs,
      clock,
      stopCapture: capture.stop,
    });
    const models = createModelsService({
      store,
      commands,
      jobs,
      journal,
      net,
      clock,
      log,
      shelf,
      host: options.models?.host ?? { address: publishedAddress, allowPrivate: false },
      chosen: () => settings.get().model,
      realTimeFactor: lanes.realTimeFactor,
      release: speech.release,
    });
    const annotating = composeNotes({ store, lives, segments, journal, commands, clock });
    const exporting = composeExports({
      store,
      commands,
      jobs,
      journal,
      clock,
      log,
      dataDir,
      pdf,
      read: { lives, segments, verdicts, alerts, review, notes: annotating.notes },
      voiceModel: await speech.voiceModel(),
      thresholdBp: () => settings.get().riskThresholdBp,
      version,
    });

    const evaluating = createEvaluationsService({
      store,
      evaluations: createEvaluationsStore(store),
      journal,
      analysers: { embedded: analyser },
      clock,
    });
    const capacity = createCapacityGate({ lanes, lives, lastModel: () => speech.known()?.modelName ?? null });
    const os = implementContract({ store, log, newer, readRecord: createReadRecord({ store, journal, clock }) });
    const router = os.router({
      lives: livesApi(os, {
        followShortLink: tiktok.followShortLink,
        lives,
        segments,
        capture,
        commands,
        settings: settings.get,
        openCase: caseService.open,
        checkCapacity: capacity.check,
        resolveModel: shelf.resolve,
        resolveModelForLive: shelf.resolveForLive,
        devices,
        search: stores.search,
        sound: retention.service,
        soundUse: retention.soundUse,
        tentative,
        checkResolver: (tool) => checkExecutable(tool, resolverPath(tool)),
      }),
      lanes: lanesApi(os, { lanes, commands }),
      ...reviewApi(os, { review, alerts, segments, service: reviewing }),
      watches: watchesApi(os, {
        watches,
        lives,
        ...watching,
        resolver: tiktok.resolver,
        gate: tiktok.gate,
        commands,
        profileId: profile.id,
        now: clock.now,
        openCase: caseService.open,
      }),
      folders: foldersApi(os, { ...folders, commands, dataDir, openCase: caseService.open }),
      cases: casesApi(os, { cases, service: caseService, commands }),
      models: modelsApi(os, models),
      evaluations: evaluationsApi(os, { service: evaluating }),
      notes: annotating.api(os),
      rules: rules.api(os),
      exports: exportsApi(os, { service: exporting, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone }),
      ...composeSystem(os, {
        settings,
        commands,
        feed,
        freeBytes: () => freeBytes(dataDir),
        changed: jobs.wake,
        store,
        journal,
        clock,
        spawn,
        ffmpeg: binaries.ffmpeg,
        dataDir,
        owner: options.owner,
        startedAt,
        room,
        speech,
        shelf,
        remoteSpeech,
        health,
        jobs,
        segments,
        lanes,
        capacity,
        capture,
        review,
        soundUse: retention.soundUse,
      }),
    });

    if (!store.readOnly) {
      store.transaction(() => {
        verdicts.keepPolicy({ hash: analyser.hash, name: analyser.model, version: analyser.version });
        journal.append({ kind: 'engine.started', subjectId: profile.id, data: { owner: options.owner, version } });
      });
      closing.push(
        () => jobs.close(),
        () => capture.close(),
        () => watching.detection.close(),
        () => folders.watcher.close(),
        () => retention.eraser.close(),
        () => tentative.close(),
      );
      jobs.start();
      capture.resume();
      watching.detection.start();
      folders.watcher.start();
      retention.eraser.start();
    }

    const context = (): CallContext => ({ actor: profile, permissions: everything });
    return {
      router,
      context,
      /** The direct carrier: the same router, in this process, for the default profile. */
      client: (): EngineClient => createRouterClient(router, { context }),
      /** Tells where the loopback door is, so that other commands on this folder reach this engine. */
      announce: ownership.announce,
      /** What a live of source `-` hears. */
      standardInput(bytes: AsyncIterable<Uint8Array>) {
        standardInput = bytes;
      },
      /** Resolves when no capture runs and everything heard is written, weighed and alerted. */
      async drain() {
        await capture.whenIdle();
        await jobs.drain();
      },
      close: closeAll,
      /** Resolves when this engine can no longer work. */
      failed: failure.promise,
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

export type Engine = Awaited<ReturnType<typeof openEngine>>;
