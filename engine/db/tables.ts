// The row type of every table: it has as many lines as the schema, so that a query is checked against one file.
import type { Generated } from 'kysely';
import type { Evaluation, EvaluationEngine } from '#shared/model/evaluation.ts';
import type { RuleState } from '#shared/model/rule.ts';
import type { HitOutcome } from '#shared/model/rule-cause.ts';
import type { Source } from '#shared/model/source.ts';
import type { EarlierChoice, FolderState } from '#shared/model/folder.ts';
import type { WatchPlatform, WatchPolicy, WatchState } from '#shared/model/watch.ts';

/** One row type per table; names are those of the SQL in `migrations/`. JSON columns are text and parsed by their store. */
export type Tables = {
  migrations: { name: string; at: number };
  profiles: { id: string; name: string; created_at: number };
  settings: { key: string; value: string; at: number };
  commands: { id: string; call: string; actor: string; at: number; answer: string };
  policies: { hash: string; name: string; version: string; at: number };
  speech_models: {
    id: string;
    name: string;
    digest: string;
    worker: string;
    library: string;
    device: string;
    /** The card or the processor; empty in rows from before it was kept. */
    device_name: string;
    at: number;
  };
  model_arrivals: {
    model: string;
    /** The file it is copied from; null: it is downloaded. */
    source: string | null;
    /** Entity tag of what has come so far (If-Range). */
    validator: string | null;
    job_key: string;
    state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
    problem: string | null;
    at: number;
  };
  lives: {
    id: string;
    title: string;
    account: string | null;
    source: string;
    source_kind: Source['kind'];
    source_label: string;
    state: 'en_cours' | 'termine' | 'interrompu';
    /** The state it will end in once everything heard is written down. */
    outcome: 'termine' | 'interrompu' | null;
    capture_state: string;
    on_demand: number | null;
    started_at: number;
    ended_at: number | null;
    end_reason: string | null;
    end_error: string | null;
    language: 'fr' | 'en' | 'auto';
    model: string;
    pace: string | null;
    captured_ms: number;
    source_ms: number | null;
    segment_count: number;
    open_count: number;
    gap_count: number;
    alert_count: number;
    max_score_bp: number | null;
    watch_id: string | null;
    case_id: string | null;
    /** 0 urgent, 1 normal, 2 low. */
    priority: number;
    /** 0: the sound may go once everything is written down and nothing of it is under review. */
    keep_audio: number;
    /** When parts of its sound were erased on purpose; null: never. */
    sound_dropped_at: number | null;
  };
  /** `decided` before anything is erased, `done` when it is. */
  sound_drops: {
    id: string;
    live_id: string;
    start_ms: number;
    end_ms: number;
    state: 'decided' | 'done';
    /** The rule it was decided by: how long after its end a live kept all of its sound. */
    after_ms: number;
    decided_at: number;
    done_at: number | null;
  };
  live_figures: { live_id: string; at: number; viewers: number | null; title: string | null };
  evaluations: {
    id: string;
    at: number;
    name: string;
    cases_digest: string;
    language: Evaluation['language'];
    engine: EvaluationEngine;
    model: string;
    policy_version: string;
    policy_hash: string;
    prompt_hash: string | null;
    cases: number;
    unjudged: number;
    accuracy_bp: number | null;
    macro_f1_bp: number | null;
    recall_bp: number | null;
    specificity_bp: number | null;
    functionalities: string;
    p50_us: number;
    p95_us: number;
    cost_micros: number;
  };
  cases: {
    id: string;
    title: string;
    purpose: string;
    legal_basis: string;
    expires_at: number | null;
    /** JSON list of words that the recogniser should expect. */
    glossary: string;
    created_at: number;
    closed_at: number | null;
    /** 1: sound of its lives may be sent to the speech server of the settings. */
    remote_speech: Generated<number>;
  };
  speech_calls: {
    id: string;
    live_id: string;
    host: string;
    model: string;
    sound_ms: number;
    /** `asked` until an answer is known, then `done` or why not. */
    outcome: string;
    took_ms: number | null;
    at: number;
  };
  watches: {
    id: string;
    profile_id: string;
    platform: WatchPlatform;
    handle: string;
    url: string;
    display_name: string | null;
    case_id: string | null;
    policy: WatchPolicy;
    priority: number;
    paused: number;
    language: 'fr' | 'en' | 'auto' | null;
    model: string | null;
    state: WatchState;
    reason: string;
    state_since: number;
    followers: number | null;
    /** The live being captured. */
    live_id: string | null;
    room_id: string | null;
    /** Answers in a row that say the live is over: hysteresis. */
    ended_answers: number;
    /** Checks in a row that failed: backoff. */
    failures: number;
    last_live_at: number | null;
    last_check_at: number | null;
    last_error: string | null;
    next_check_at: number | null;
    created_at: number;
    removed_at: number | null;
  };
  folders: {
    id: string;
    profile_id: string;
    path: string;
    /** Without links, for comparing. */
    real_path: string;
    recursive: number;
    earlier: EarlierChoice;
    paused: number;
    case_id: string | null;
    language: 'fr' | 'en' | 'auto' | null;
    model: string | null;
    keep_audio: number;
    state: FolderState;
    state_since: number;
    problem: string | null;
    /** When what was there before had been written down; null until then, nothing is new. */
    inventoried_at: number | null;
    looked_at: number | null;
    created_at: number;
    removed_at: number | null;
  };
  folder_files: {
    id: string;
    folder_id: string;
    path: string;
    size_bytes: number;
    /** Epoch ms of the file's last change. */
    changed_at: number;
    /** SHA-256 of all of it; null when it was not read. */
    digest: string | null;
    state: 'earlier' | 'begun' | 'same' | 'failed';
    live_id: string | null;
    problem: string | null;
    at: number;
  };
  /** JSON of engine/sources/budget.ts. */
  platform_budgets: { platform: WatchPlatform; budget: string; at: number };
  watch_followers: { watch_id: string; at: number; followers: number };
  gaps: { id: string; live_id: string; start_ms: number; end_ms: number; cause: string; at: number };
  keyword_banks: { id: string; created_at: number; removed_at: number | null };
  keyword_bank_versions: {
    bank_id: string;
    version: number;
    name: string;
    language: string | null;
    /** JSON list. */
    terms: string;
    by_id: string;
    at: number;
  };
  rules: {
    id: string;
    state: RuleState;
    /** The version that runs; null while the rule is a draft. */
    running_version: number | null;
    running_since: number | null;
    created_at: number;
    removed_at: number | null;
  };
  rule_versions: {
    rule_id: string;
    version: number;
    /** JSON of what was written, and of the banks it was made with. */
    definition: string;
    banks: string;
    hash: string;
    by_id: string;
    at: number;
  };
  rule_hits: {
    id: string;
    rule_id: string;
    version: number;
    segment_id: string;
    outcome: HitOutcome;
    /** JSON list of the words that caused it. */
    quotes: string;
    alert_id: string | null;
    at: number;
  };
  segments: {
    row: Generated<number>;
    id: string;
    live_id: string;
    number: number;
    start_ms: number;
    end_ms: number;
    state: 'heard' | 'written' | 'silent' | 'filtered' | 'failed';
    text: string;
    language: string | null;
    words: string;
    filtered: string;
    no_speech_bp: number | null;
    mean_log_prob_milli: number | null;
    compression_ratio_milli: number | null;
    speech_ms: number | null;
    failure: string | null;
    speech_model_id: string | null;
    heard_at: number;
    written_at: number | null;
    /** 0 live, 1 backfill. */
    lane: Generated<0 | 1>;
    processing_ms: number | null;
    window_ms: number | null;
  };
  live_lanes: {
    live_id: string;
    /** Where its new sound goes: 0 live, 1 backfill. */
    lane: 0 | 1;
    paused: number;
    /** 1: a skip was undone, its sound is written down in the order it was said. */
    in_order: number;
    /** Model that stands in for its own while the machine is too slow. */
    lighter_model: string | null;
    behind_since: number | null;
  };
  notes: {
    id: string;
    live_id: string;
    at_ms: number;
    /** Empty: a bookmark. */
    text: string;
    by_id: string;
    version: number;
    created_at: number;
    changed_at: number;
    removed_at: number | null;
  };
  segment_edits: {
    id: string;
    segment_id: string;
    version: number;
    /** Null: back to what the recogniser wrote. */
    text: string | null;
    by_id: string;
    is_current: number;
    at: number;
  };
  edits_fts: { edits_fts: string; rowid: number; text: string; rank: number };
  segments_fts: { segments_fts: string; rowid: number; text: string; rank: number };
  verdicts: {
    id: string;
    segment_id: string;
    engine: string;
    model: string;
    policy_version: string;
    policy_hash: string;
    category: string;
    virality: string;
    hate: number;
    target: string | null;
    target_text: string | null;
    reasons: string;
    confidence_bp: number | null;
    score_bp: number;
    terms: string;
    is_current: number;
    at: number;
  };
  alerts: {
    id: string;
    live_id: string;
    segment_id: string;
    item_id: string;
    lane: string;
    reasons: string;
    score_bp: number;
    at: number;
  };
  review_items: {
    id: string;
    kind: 'alert';
    subject_id: string;
    lane_rank: number;
    score_bp: number;
    status: 'pending' | 'reviewed' | 'action_taken' | 'dismissed';
    version: number;
    created_at: number;
    decided_at: number | null;
  };
  decisions: {
    id: string;
    item_id: string;
    /** `undo` rows name the decision they take back. */
    verdict: 'dismiss' | 'review' | 'action' | 'undo';
    undoes: string | null;
    reason: string | null;
    note: string | null;
    statement: string | null;
    stop_capture: number;
    by_id: string;
    by_name: string;
    at: number;
  };
  effects: {
    id: string;
    decision_id: string;
    kind: 'stop-capture';
    subject_id: string;
    state: 'waiting' | 'done' | 'cancelled' | 'given_up';
    due_at: number;
    at: number;
  };
  facts: {
    seq: number;
    id: string;
    at: number;
    actor: string;
    kind: string;
    subject_id: string;
    data: string;
    prev_hash: string;
    hash: string;
  };
  jobs: {
    row: Generated<number>;
    kind: string;
    key: string;
    payload: string;
    state: 'waiting' | 'active' | 'done' | 'dead';
    lane: number;
    attempts: number;
    interruptions: number;
    due_at: number;
    lease_until: number | null;
    created_at: number;
    finished_at: number | null;
    failure: string | null;
  };
  /** What a graphics card was found to do under a worker; `card` and `worker` name their versions too. */
  card_trials: { card: string; worker: string; outcome: string; detail: string; took_ms: number; at: number };
  /** Sound written down here with a model, and the time it took. */
  model_speeds: {
    digest: string;
    worker: string;
    device: 'cpu' | 'gpu';
    device_name: string;
    sound_ms: number;
    processing_ms: number;
    at: number;
  };
  model_transfers: {
    id: string;
    kind: 'download' | 'import';
    model: string;
    source: string;
    sha256: string | null;
    size_bytes: number | null;
    received_bytes: Generated<number>;
    state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
    problem: string | null;
    by_id: string;
    at: number;
    finished_at: number | null;
  };
  exports: {
    id: string;
    live_id: string;
    format: 'pdf' | 'srt' | 'vtt' | 'csv' | 'json' | 'txt';
    locale: 'fr' | 'en';
    time_zone: string;
    state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
    file_name: string;
    path: string;
    size_bytes: number | null;
    sha256: string | null;
    problem: string | null;
    by_id: string;
    by_name: string;
    at: number;
  };
};

/** Every column of a verdict. */
export const verdictColumns = [
  'id',
  'segment_id',
  'engine',
  'model',
  'policy_version',
  'policy_hash',
  'category',
  'virality',
  'hate',
  'target',
  'target_text',
  'reasons',
  'confidence_bp',
  'score_bp',
  'terms',
  'is_current',
  'at',
] as const satisfies readonly (keyof Tables['verdicts'])[];
