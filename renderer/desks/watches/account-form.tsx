import { Select, TextInput } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type ClipboardEvent, type FormEvent, type RefObject } from 'react';
import { newId } from '#shared/ids.ts';
import { parseAccounts } from '#shared/model/account.ts';
import { type WatchPolicy, watchPolicies } from '#shared/model/watch.ts';
import { useWords } from '../../i18n/index.ts';
import { engine } from '../../link/engine.ts';
import { isConnectionFailure } from '../../link/problem.ts';
import { Button } from '../../parts/button.tsx';
import { Caution, Problem } from '../../parts/notice.tsx';
import css from './watches.module.css';

/** Refusals shown one by one; beyond, they are counted. */
const mostShown = 8;

/** Follows one account or a pasted list. What cannot be followed is said beside what was. */
export function AccountForm({ inputRef }: { inputRef: RefObject<HTMLInputElement | null> }) {
  const { t, format } = useWords();
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const [policy, setPolicy] = useState<WatchPolicy>('transcribe');
  const commandId = useRef<string | null>(null);
  const add = useMutation({
    mutationFn: () => engine.watches.add({ text, policy, commandId: (commandId.current ??= newId(Date.now())) }),
    onError: (error) => {
      if (!isConnectionFailure(error)) commandId.current = null;
    },
    onSuccess: ({ added }) => {
      commandId.current = null;
      if (added.length > 0) setText('');
      void queries.invalidateQueries({ queryKey: ['watches'] });
    },
  });
  const read = parseAccounts(text);
  const good = read.filter((each) => 'account' in each).length;
  const only = read.length === 1 && read[0] && 'problem' in read[0] ? read[0].problem : null;
  const type = (typed: string) => {
    setText(typed);
    commandId.current = null;
    add.reset();
  };
  const paste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData.getData('text');
    // A field of one line would run the lines of a list together.
    if (!/\n/.test(pasted)) return;
    event.preventDefault();
    type(`${text} ${pasted.replaceAll(/\s+/g, ' ')}`.trim());
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '' && !add.isPending) add.mutate();
    else inputRef.current?.focus();
  };
  return (
    <form className={css.form} onSubmit={submit} aria-label={t('watches.addTitle')}>
      <div className={css.formRow}>
        <TextInput
          ref={inputRef}
          className={css.accounts}
          label={t('watches.accounts')}
          placeholder={t('watches.accountsHint')}
          value={text}
          error={only && t(`watches.problem.${only}`)}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => type(event.currentTarget.value)}
          onPaste={paste}
        />
        <Select
          label={t('watches.policy')}
          data={watchPolicies.map((value) => ({ value, label: t(`watches.policies.${value}`) }))}
          value={policy}
          allowDeselect={false}
          onChange={(value) => value && setPolicy(value as WatchPolicy)}
        />
        <Button type="submit" look="main" icon={<IconUserPlus />} busy={add.isPending} className={css.follow}>
          {good > 1 ? t('watches.followMany', { figure: format.integer(good) }) : t('watches.follow')}
        </Button>
      </div>
      {add.error && <Problem error={add.error} />}
      {add.data && (add.data.refused.length > 0 || add.data.added.length > 1) && (
        <div role="status">
          {add.data.added.length > 0 && (
            <p className="label">
              {t('watches.added', { count: add.data.added.length, figure: format.integer(add.data.added.length) })}
            </p>
          )}
          {add.data.refused.length > 0 && (
            <Caution>
              {add.data.refused.slice(0, mostShown).map((one) => (
                <span key={one.text} className={css.refused}>
                  <b>{one.text}</b> {t(`watches.problem.${one.reason}`)}
                </span>
              ))}
              {add.data.refused.length > mostShown && (
                <span className={css.refused}>
                  {t('watches.moreRefused', { figure: format.integer(add.data.refused.length - mostShown) })}
                </span>
              )}
            </Caution>
          )}
        </div>
      )}
    </form>
  );
}
