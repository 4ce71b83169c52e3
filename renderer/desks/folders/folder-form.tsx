import { Checkbox, Select, TextInput } from '@mantine/core';
import { IconFolderPlus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type FormEvent, type RefObject } from 'react';
import { newId } from '#shared/ids.ts';
import { type EarlierChoice, earlierChoices } from '#shared/model/folder.ts';
import { useWords } from '../../i18n/index.ts';
import { engine } from '../../link/engine.ts';
import { isConnectionFailure } from '../../link/problem.ts';
import { Button } from '../../parts/button.tsx';
import { Problem } from '../../parts/notice.tsx';
import { CasePicker } from '../cases/case-picker.tsx';
import css from './folders.module.css';

/** Watches a folder. */
export function FolderForm({ inputRef }: { inputRef: RefObject<HTMLInputElement | null> }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [path, setPath] = useState('');
  const [earlier, setEarlier] = useState<EarlierChoice>('ignore');
  const [recursive, setRecursive] = useState(false);
  const [keepAudio, setKeepAudio] = useState(true);
  const [caseId, setCaseId] = useState<string | null>(null);
  const commandId = useRef<string | null>(null);
  const add = useMutation({
    mutationFn: () =>
      engine.folders.add({
        // Copied paths come between quotes on Windows and macOS.
        path: path.trim().replace(/^"(.*)"$/, '$1'),
        recursive,
        earlier,
        keepAudio,
        caseId,
        commandId: (commandId.current ??= newId(Date.now())),
      }),
    onError: (error) => {
      if (!isConnectionFailure(error)) commandId.current = null;
    },
    onSuccess: () => {
      commandId.current = null;
      setPath('');
      void queries.invalidateQueries({ queryKey: ['folders'] });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (path.trim() === '') inputRef.current?.focus();
    else if (!add.isPending) add.mutate();
  };
  return (
    <form className={css.form} onSubmit={submit} aria-label={t('folders.addTitle')}>
      <div className={css.formRow}>
        <TextInput
          ref={inputRef}
          className={css.path}
          label={t('folders.path')}
          placeholder={t('folders.pathHint')}
          value={path}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            setPath(event.currentTarget.value);
            commandId.current = null;
            add.reset();
          }}
        />
        <Select
          label={t('folders.earlier')}
          data={earlierChoices.map((value) => ({ value, label: t(`folders.earlierChoice.${value}`) }))}
          value={earlier}
          allowDeselect={false}
          onChange={(value) => value && setEarlier(value as EarlierChoice)}
        />
        <CasePicker label={t('cases.one')} value={caseId} onChange={setCaseId} />
        <Button type="submit" look="main" icon={<IconFolderPlus />} busy={add.isPending} className={css.submit}>
          {t('folders.add')}
        </Button>
      </div>
      <div className={css.formRow}>
        <Checkbox
          label={t('folders.recursive')}
          checked={recursive}
          onChange={(event) => setRecursive(event.currentTarget.checked)}
        />
        <Checkbox
          label={t('folders.keepAudio')}
          checked={keepAudio}
          onChange={(event) => setKeepAudio(event.currentTarget.checked)}
        />
      </div>
      {add.error && <Problem error={add.error} />}
    </form>
  );
}
