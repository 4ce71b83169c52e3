import type { Tables } from './tables.ts';

/**
 * What a column holds, for erasure and access requests:
 * - `content`: what was said or shown, and what people wrote about it
 * - `identity`: names a person, an account or a place on somebody's machine
 * - `judgement`: an opinion about what was said
 * - `technical`: ids, times, sizes, states
 */
export type DataClass = 'content' | 'identity' | 'judgement' | 'technical';

export type TableEntry<T> = {
  purpose: string;
  /** How long it is kept when nobody says otherwise. */
  retention: 'with-its-live' | 'journal' | 'until-changed' | 'until-done';
  erasure: 'delete-rows' | 'blank-columns' | 'never-personal';
  columns: { [C in keyof T]-?: DataClass };
};

const technical = 'technical' as const;

/** Every column of the database. A column without an entry does not compile, and the test compares it with the real schema. */
export const inventory: { [T in Exclude<keyof Tables, 'segments_fts'>]: TableEntry<Tables[T]> } = {
  migrations: { purpose: 'schema history', retention: 'until-changed', erasure: 'never-personal', columns: { name: technical, at: technical } },
  profiles: {
    purpose: 'who decides', retention: 'until-changed', erasure: 'blank-columns',
    columns: { id: technical, name: 'identity', created_at: technical },
  },
  settings: { purpose: 'choices of the person', retention: 'until-changed', erasure: 'never-personal', columns: { key: technical, value: technical, at: technical } },
  commands: {
    purpose: 'answers already given, so that a repeated command does nothing twice', retention: 'with-its-live', erasure: 'delete-rows',
    columns: { id: technical, call: technical, actor: technical, at: technical, answer: 'content' },
  },
  policies: { purpose: 'which rules were in force', retention: 'journal', erasure: 'never-personal', columns: { hash: technical, name: technical, version: technical, at: technical } },
  speech_models: {
    purpose: 'which recogniser wrote what', retention: 'journal', erasure: 'never-personal',
    columns: { id: technical, name: technical, digest: technical, worker: technical, library: technical, device: technical, at: technical },
  },
  lives: {
    purpose: 'one broadcast and the state of its capture', retention: 'with-its-live', erasure: 'delete-rows',
    columns: {
      id: technical, title: 'identity', account: 'identity', source: 'identity', source_kind: technical, source_label: 'identity',
      state: technical, outcome: technical, capture_state: technical, on_demand: technical, started_at: technical, ended_at: technical,
      end_reason: technical, end_error: 'identity', language: technical, model: 'identity', pace: technical, captured_ms: technical,
      source_ms: technical, segment_count: technical, open_count: technical, gap_count: technical, alert_count: technical, max_score_bp: 'judgement',
    },
  },
  gaps: {
    purpose: 'declared missing time', retention: 'with-its-live', erasure: 'delete-rows',
    columns: { id: technical, live_id: technical, start_ms: technical, end_ms: technical, cause: technical, at: technical },
  },
  segments: {
    purpose: 'what was said', retention: 'with-its-live', erasure: 'delete-rows',
    columns: {
      row: technical, id: technical, live_id: technical, number: technical, start_ms: technical, end_ms: technical, state: technical,
      text: 'content', language: technical, words: 'content', filtered: 'content', no_speech_bp: technical, mean_log_prob_milli: technical,
      compression_ratio_milli: technical, speech_ms: technical, failure: technical, speech_model_id: technical, heard_at: technical, written_at: technical,
    },
  },
  verdicts: {
    purpose: 'what an analyser thought of a segment', retention: 'with-its-live', erasure: 'delete-rows',
    columns: {
      id: technical, segment_id: technical, engine: technical, model: technical, policy_version: technical, policy_hash: technical,
      category: 'judgement', virality: 'judgement', hate: 'judgement', target: 'judgement', target_text: 'content', reasons: 'content',
      confidence_bp: 'judgement', score_bp: 'judgement', terms: 'judgement', is_current: technical, at: technical,
    },
  },
  alerts: {
    purpose: 'a reason to look', retention: 'with-its-live', erasure: 'delete-rows',
    columns: { id: technical, live_id: technical, segment_id: technical, item_id: technical, lane: 'judgement', reasons: 'judgement', score_bp: 'judgement', at: technical },
  },
  review_items: {
    purpose: 'what waits for a person, and what became of it', retention: 'with-its-live', erasure: 'delete-rows',
    columns: { id: technical, kind: technical, subject_id: technical, lane_rank: technical, score_bp: 'judgement', status: 'judgement', version: technical, created_at: technical, decided_at: technical },
  },
  decisions: {
    purpose: 'what a person decided and why', retention: 'with-its-live', erasure: 'blank-columns',
    columns: {
      id: technical, item_id: technical, verdict: 'judgement', undoes: technical, reason: 'judgement', note: 'content', statement: 'content',
      stop_capture: technical, by_id: technical, by_name: 'identity', at: technical,
    },
  },
  effects: {
    purpose: 'what must happen outside because of a decision', retention: 'with-its-live', erasure: 'delete-rows',
    columns: { id: technical, decision_id: technical, kind: technical, subject_id: technical, state: technical, due_at: technical, at: technical },
  },
  facts: {
    purpose: 'audit trail and feed, free of content', retention: 'journal', erasure: 'never-personal',
    columns: { seq: technical, id: technical, at: technical, actor: technical, kind: technical, subject_id: technical, data: technical, prev_hash: technical, hash: technical },
  },
  jobs: {
    purpose: 'work that is owed', retention: 'until-done', erasure: 'never-personal',
    columns: {
      row: technical, kind: technical, key: technical, payload: technical, state: technical, lane: technical, attempts: technical,
      interruptions: technical, due_at: technical, lease_until: technical, created_at: technical, finished_at: technical, failure: technical,
    },
  },
  exports: {
    purpose: 'what left this laptop, by whom, with which hash', retention: 'journal', erasure: 'blank-columns',
    columns: {
      id: technical, live_id: technical, format: technical, locale: technical, time_zone: technical, state: technical, file_name: 'identity',
      path: 'identity', size_bytes: technical, sha256: technical, problem: technical, by_id: technical, by_name: 'identity', at: technical,
    },
  },
};

/** What is kept outside the database, under the data folder. */
export const fileClasses = {
  'spool/<live>/*.wav': { purpose: 'the sound itself', retention: 'with-its-live', erasure: 'delete-files', class: 'content' },
  'exports/<export>/*': { purpose: 'files made on demand', retention: 'until-changed', erasure: 'delete-files', class: 'content' },
  'backups/*.sqlite': { purpose: 'copies made before a migration', retention: 'until-changed', erasure: 'delete-files', class: 'content' },
  'logs/*.log': { purpose: 'diagnosis, ids and figures only', retention: 'until-changed', erasure: 'delete-files', class: 'technical' },
  'models/*': { purpose: 'speech models added by the person', retention: 'until-changed', erasure: 'never-personal', class: 'technical' },
  'owner.json': { purpose: 'who runs the engine, and its door', retention: 'until-done', erasure: 'never-personal', class: 'technical' },
} as const;
