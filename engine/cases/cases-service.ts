import { VigieError } from '#shared/errors.ts';
import type { Case, CaseFields } from '#shared/model/case.ts';
import type { Clock } from '../base/clock.ts';
import type { Journal } from '../journal/journal.ts';
import type { LivesStore } from '../lives/lives-store.ts';
import type { CasesStore } from './cases-store.ts';

export type CasesService = ReturnType<typeof createCasesService>;

/** Cases and the lives in them. Each command is called inside the transaction that remembers its answer. */
export function createCasesService(deps: { cases: CasesStore; lives: LivesStore; journal: Journal; clock: Clock }) {
  const { cases, lives, journal, clock } = deps;

  /** @throws VigieError `not-found` */
  function known(caseId: string): Case {
    const found = cases.get(caseId);
    if (!found) throw new VigieError('not-found', { what: 'case', id: caseId });
    return found;
  }

  /** @throws VigieError `not-found`, `case-closed` */
  function open(caseId: string): Case {
    const found = known(caseId);
    if (found.closedAt !== null) throw new VigieError('case-closed', { title: found.title });
    return found;
  }

  return {
    known,
    open,
    create(fields: CaseFields, actor: string): Case {
      const id = cases.insert(fields);
      journal.append({ kind: 'case.created', subjectId: id, actor });
      return known(id);
    },
    /** Which fields changed is a fact, since consent and ground are among them; what they say is not. */
    change(caseId: string, patch: Partial<CaseFields>, actor: string): Case {
      const { id, createdAt: _created, closedAt: _closed, lives: _lives, ...before } = known(caseId);
      const after = { ...before, ...patch };
      const names = Object.keys(patch) as (keyof CaseFields)[];
      const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
      if (changed.length === 0) return known(caseId);
      cases.update(id, after);
      journal.append({ kind: 'case.changed', subjectId: id, data: { fields: changed.sort().join(',') }, actor });
      return known(id);
    },
    close(caseId: string, closed: boolean, actor: string): Case {
      const found = known(caseId);
      if ((found.closedAt !== null) === closed) return found;
      cases.close(caseId, closed ? clock.now() : null);
      journal.append({ kind: closed ? 'case.closed' : 'case.reopened', subjectId: caseId, actor });
      return known(caseId);
    },
    /** @throws VigieError `not-found`, `case-closed` */
    assign(liveId: string, caseId: string | null, actor: string) {
      const live = lives.row(liveId);
      if (!live) throw new VigieError('not-found', { what: 'live', id: liveId });
      if (live.case_id === caseId) return;
      if (caseId !== null) open(caseId);
      lives.update(liveId, { case_id: caseId });
      journal.append({ kind: 'live.case', subjectId: liveId, data: { liveId, caseId }, actor });
    },
  };
}
