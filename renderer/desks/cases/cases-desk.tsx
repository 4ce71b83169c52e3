import { Switch } from '@mantine/core';
import { IconFolderPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Case } from '#shared/model/case.ts';
import { newId } from '#shared/ids.ts';
import { useWords } from '../../i18n/index.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { engine } from '../../link/engine.ts';
import { problemText } from '../../link/problem.ts';
import { Button } from '../../parts/button.tsx';
import { Empty, Problem, Reading } from '../../parts/notice.tsx';
import { DeskTitle } from '../../shell/desk-title.tsx';
import { casesQuery } from '../../stores/queries.ts';
import { CaseForm } from './case-form.tsx';
import css from './cases.module.css';

/** Why lives are listened to: purpose, ground and expiry of each case, and the words its recogniser expects. */
export function CasesDesk() {
  const { t } = useWords();
  const [closed, setClosed] = useState(false);
  /** The case in the form; `new` for one that is being made. */
  const [edited, setEdited] = useState<Case | 'new' | null>(null);
  const { data, error, refetch, isFetching } = useQuery(casesQuery(closed));
  useKeys('cases', { caseNew: () => setEdited('new') });
  return (
    <>
      <DeskTitle plain={t('desk.cases')} />
      <div className={css.scroll}>
        <div className={css.tools}>
          <Button look="main" icon={<IconFolderPlus />} keyId="caseNew" onClick={() => setEdited('new')}>
            {t('cases.new')}
          </Button>
          <Switch
            label={t('cases.showClosed')}
            checked={closed}
            onChange={(event) => setClosed(event.currentTarget.checked)}
          />
        </div>
        {error && <Problem error={error} onRetry={() => void refetch()} busy={isFetching} />}
        {!data && !error && <Reading />}
        {data?.items.length === 0 && (
          <Empty title={t('cases.empty.title')}>
            <p>{t('cases.empty.next')}</p>
          </Empty>
        )}
        {data && data.items.length > 0 && (
          <table className={css.table}>
            <thead>
              <tr>
                <th>{t('cases.title')}</th>
                <th>{t('cases.purpose')}</th>
                <th>{t('cases.expires')}</th>
                <th>{t('cases.glossary')}</th>
                <th>{t('cases.remote')}</th>
                <th className={css.number}>{t('desk.lives')}</th>
                <th>
                  <span className="sr-only">{t('lives.actions')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {data.items.map((one) => (
                <Row key={one.id} shown={one} onEdit={() => setEdited(one)} />
              ))}
            </tbody>
          </table>
        )}
      </div>
      {edited !== null && (
        <CaseForm
          key={edited === 'new' ? 'new' : edited.id}
          given={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
        />
      )}
    </>
  );
}

function Row({ shown, onEdit }: { shown: Case; onEdit: () => void }) {
  const { t, format } = useWords();
  const queries = useQueryClient();
  const close = useMutation({
    mutationFn: () =>
      engine.cases.close({ caseId: shown.id, closed: shown.closedAt === null, commandId: newId(Date.now()) }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['cases'] }),
  });
  const over = shown.expiresAt !== null && shown.expiresAt < Date.now();
  return (
    <tr data-closed={shown.closedAt !== null}>
      <td className={css.name}>
        {shown.title}
        {shown.closedAt !== null && <span className={css.mark}>{t('cases.closed')}</span>}
      </td>
      <td className={css.purpose}>
        {shown.purpose || <span className="faint">–</span>}
        {shown.legalBasis && <span className="soft label">{shown.legalBasis}</span>}
      </td>
      <td className="figure">
        {shown.expiresAt === null ? <span className="faint">–</span> : format.date(shown.expiresAt)}
        {over && <span className={css.over}>{t('cases.over')}</span>}
      </td>
      <td className={css.purpose} title={shown.glossary.join(', ')}>
        {shown.glossary.length === 0 ? <span className="faint">–</span> : shown.glossary.join(', ')}
      </td>
      <td>{t(shown.remoteSpeech ? 'cases.allowed' : 'cases.refused')}</td>
      <td className={`${css.number} figure`}>{format.integer(shown.lives)}</td>
      <td className={css.actions}>
        <Button onClick={onEdit}>{t('cases.edit')}</Button>
        <Button onClick={() => close.mutate()} busy={close.isPending}>
          {t(shown.closedAt === null ? 'cases.close' : 'cases.reopen')}
        </Button>
        {close.error && <span className={css.over}>{problemText(close.error, t)}</span>}
      </td>
    </tr>
  );
}
