import { Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Band, bands } from '#shared/policy/risk.ts';
import { useWords } from '../../i18n/index.ts';
import { Button } from '../../parts/button.tsx';
import { Empty, Problem, Reading } from '../../parts/notice.tsx';
import { DeskTitle } from '../../shell/desk-title.tsx';
import { searchQuery } from '../../stores/queries.ts';
import { CasePicker } from '../cases/case-picker.tsx';
import { SearchHitRow } from './search-hit-row.tsx';
import css from './search.module.css';

const typingMs = 200;

/** Everything that was said, found by its words: where, when, how risky, and how it sounded. */
export function SearchDesk() {
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  const [account, setAccount] = useState('');
  const [caseId, setCaseId] = useState<string | null>(null);
  const [band, setBand] = useState<Band | null>(null);
  const [text] = useDebouncedValue(typed.trim(), typingMs);
  const [who] = useDebouncedValue(account.trim().replace(/^@/, ''), typingMs);
  const { data, error, refetch, isFetching, hasNextPage, fetchNextPage } = useInfiniteQuery(
    searchQuery({
      text,
      account: who === '' ? undefined : who,
      caseId: caseId ?? undefined,
      band: band ?? undefined,
    }),
  );
  const hits = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <DeskTitle plain={t('desk.search')} />
      <div className={css.form} role="search">
        <TextInput
          className={css.words}
          label={t('search.words')}
          placeholder={t('search.hint')}
          value={typed}
          autoFocus
          spellCheck={false}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <TextInput
          label={t('watches.account')}
          placeholder={t('search.anyAccount')}
          value={account}
          spellCheck={false}
          onChange={(event) => setAccount(event.currentTarget.value)}
        />
        <CasePicker placeholder={t('search.anyCase')} label={t('cases.one')} value={caseId} onChange={setCaseId} />
        <Select
          label={t('search.risk')}
          placeholder={t('search.anyRisk')}
          data={bands.filter((one) => one !== 'faible').map((one) => ({ value: one, label: t(`search.from.${one}`) }))}
          value={band}
          onChange={(value) => setBand(value as Band | null)}
          clearable
        />
      </div>
      <div className={css.scroll} aria-busy={isFetching}>
        {error && <Problem error={error} onRetry={() => void refetch()} busy={isFetching} />}
        {text === '' && (
          <Empty title={t('search.empty.title')}>
            <p>{t('search.empty.next')}</p>
          </Empty>
        )}
        {text !== '' && !data && !error && <Reading />}
        {text !== '' && data && hits.length === 0 && (
          <Empty title={t('search.none')}>
            <p>{t('search.noneNext')}</p>
          </Empty>
        )}
        {text !== '' && hits.length > 0 && (
          <ol className={css.hits} aria-label={t('search.hits')}>
            {hits.map((hit) => (
              <SearchHitRow key={hit.id} hit={hit} />
            ))}
          </ol>
        )}
        {hasNextPage && (
          <p className={css.more}>
            <Button onClick={() => void fetchNextPage()} busy={isFetching}>
              {t('search.more')}
            </Button>
          </p>
        )}
      </div>
    </>
  );
}
