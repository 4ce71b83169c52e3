import type { Band } from '#shared/policy/risk.ts';

/** A document as a reader sees it: finished sentences in one language, cleaned, in reading order. Printers only lay it out. */
export type DocumentView = {
  locale: 'fr' | 'en';
  /** Year, month (1..12), day, hour, minute, second, UTC: the date a PDF carries. */
  generatedUtc: number[];
  title: string;
  /** The account, or the title where there is no account. */
  subject: string;
  generated: string;
  /** Foot of every page: what this is, and the journal head it is tied to. */
  running: string;
  /** Template of the page foot, with `{{page}}` and `{{pages}}`. */
  pageOf: string;
  facts: FactGroup[];
  summary: { heading: string; head: string[]; rows: { band: Band; label: string; counts: string[] }[]; none: string };
  /** `marks` explains what only a page can show. */
  reading: { heading: string; paragraphs: string[]; marks: string; bands: { band: Band; label: string }[] };
  alerts: { heading: string; none: string; items: AlertView[] };
  gaps: { heading: string; none: string; head: string[]; rows: string[][] };
  segments: { heading: string; none: string; head: string[]; rows: (SegmentView | GapView)[] };
  notes: { heading: string; head: string[]; rows: string[][] };
  filtered: {
    heading: string;
    explain: string;
    head: string[];
    rows: { number: string; position: string; text: TextView; reason: string }[];
  };
};

export type FactGroup = { heading: string; facts: { label: string; value: string; detail?: string }[] };

/** Text in its own direction and language; marked runs are the quoted words. */
export type TextView = { rtl: boolean; lang: string | null; runs: { text: string; mark: boolean }[] };

export type RiskView = { band: Band; score: string; label: string; details: string[] };

export type SegmentView = {
  kind: 'segment';
  number: string;
  position: string;
  /** Local time of day, where the sound was heard as it happened; the day too when it is not the first one. */
  clock: string[];
  /** Null where there are no words: `state` then says why. */
  text: TextView | null;
  state: string | null;
  risk: RiskView | null;
  alert: string | null;
  justification: string[];
  /** How a person read it, by whom and when; null: nobody changed it. The text above stays the recogniser's. */
  edited: string | null;
  /** Whether a word of it is too long for a line of a page. */
  long: boolean;
};

export type GapView = { kind: 'gap'; position: string; text: string };

export type AlertView = {
  heading: string;
  status: string;
  risk: RiskView;
  /** Where on the timeline, when it was raised, how urgent. */
  line: string[];
  why: string;
  text: TextView | null;
  justification: string[];
  decisions: {
    made: string;
    undone: string | null;
    details: { label: string; value: string }[];
    remark: string | null;
  }[];
  undecided: string;
  long: boolean;
};
