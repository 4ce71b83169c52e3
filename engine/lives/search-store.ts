import { sql } from 'kysely';
import { type Band, bandFloorsBp } from '#shared/policy/risk.ts';
import type { SearchHit } from '#shared/model/search.ts';
import type { Store } from '../db/store.ts';
import type { LivesStore } from './lives-store.ts';
import { marksIn, matchExpression, parseQuery } from './search-query.ts';
import type { SegmentsStore } from './segments-store.ts';

export type SearchWish = {
  text: string;
  liveId?: string;
  caseId?: string;
  account?: string;
  language?: string;
  /** This band or a higher one. */
  band?: Band;
  /** Wall time at which the sound was heard, epoch ms. */
  from?: number;
  to?: number;
  /** Goes on after a page: its `next`. */
  before?: number;
  limit: number;
};

export type SearchStore = ReturnType<typeof createSearchStore>;

/** Full-text search over everything said, as the recogniser wrote it and as people corrected it. */
export function createSearchStore(
  store: Store,
  read: { segments: Pick<SegmentsStore, 'atRow'>; lives: Pick<LivesStore, 'row'> },
) {
  const q = store.build;

  /**
   * Rows of segments that match, newest first. Ranking would score every match, a second of work for a common word in a million segments.
   */
  function rowsIn(table: 'segments_fts' | 'edits_fts', match: string, wish: SearchWish): number[] {
    let hits = q
      .selectFrom(table as 'segments_fts')
      .where(sql.ref(table), '=', match)
      .select(`${table as 'segments_fts'}.rowid as row`)
      .orderBy(`${table as 'segments_fts'}.rowid`, 'desc')
      .limit(wish.limit);
    if (wish.before !== undefined) hits = hits.where(`${table as 'segments_fts'}.rowid`, '<', wish.before);
    const { liveId, caseId, account, language, band, from, to } = wish;
    if ([liveId, caseId, account, language, band, from, to].every((value) => value === undefined))
      return store.all(hits).map(({ row }) => row);
    let filtered = hits.innerJoin('segments', 'segments.row', `${table as 'segments_fts'}.rowid`);
    if (liveId !== undefined) filtered = filtered.where('segments.live_id', '=', liveId);
    if (language !== undefined) filtered = filtered.where('segments.language', '=', language);
    if ([caseId, account, from, to].some((value) => value !== undefined)) {
      let joined = filtered.innerJoin('lives', 'lives.id', 'segments.live_id');
      if (caseId !== undefined) joined = joined.where('lives.case_id', '=', caseId);
      if (account !== undefined) joined = joined.where(sql`lives.account COLLATE NOCASE`, '=', account);
      if (from !== undefined) joined = joined.where(sql`lives.started_at + segments.start_ms`, '>=', from);
      if (to !== undefined) joined = joined.where(sql`lives.started_at + segments.start_ms`, '<', to);
      filtered = joined as typeof filtered;
    }
    if (band !== undefined)
      filtered = filtered
        .innerJoin('verdicts', (join) =>
          join.onRef('verdicts.segment_id', '=', 'segments.id').on('verdicts.is_current', '=', sql.lit(1)),
        )
        .where('verdicts.score_bp', '>=', band === 'faible' ? 0 : bandFloorsBp[band]) as typeof filtered;
    return store.all(filtered).map(({ row }) => row);
  }

  return {
    /** A page of hits, and where the next one begins; null when this is the last. Empty when nothing was typed that could be found. */
    find(wish: SearchWish): { items: SearchHit[]; next: number | null } {
      const terms = parseQuery(wish.text);
      const match = matchExpression(terms);
      if (match === null) return { items: [], next: null };
      const rows = [...new Set([...rowsIn('segments_fts', match, wish), ...rowsIn('edits_fts', match, wish)])]
        .sort((a, b) => b - a)
        .slice(0, wish.limit);
      const items = rows.flatMap((row) => {
        const segment = read.segments.atRow(row);
        const live = segment && read.lives.row(segment.liveId);
        if (!segment || !live) return [];
        return [
          {
            ...segment,
            liveTitle: live.title,
            account: live.account,
            liveStartedAt: live.started_at,
            marks: marksIn(segment.text, terms),
            editedMarks: segment.edited ? marksIn(segment.edited.text, terms) : [],
          },
        ];
      });
      return { items, next: rows.length === wish.limit ? (rows.at(-1) ?? null) : null };
    },
  };
}
