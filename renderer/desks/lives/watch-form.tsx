import { Checkbox, Select, TextInput } from '@mantine/core';
import { IconEar } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState, type FormEvent, type RefObject } from 'react';
import { toVigieError } from '#shared/contract/errors.ts';
import { isVigieError } from '#shared/errors.ts';
import { newId } from '#shared/ids.ts';
import { languages, type SpokenLanguage } from '#shared/model/live.ts';
import { useWords } from '../../i18n/index.ts';
import { engine } from '../../link/engine.ts';
import { isConnectionFailure } from '../../link/problem.ts';
import { Button } from '../../parts/button.tsx';
import { Caution, Problem } from '../../parts/notice.tsx';
import { settingsQuery } from '../../stores/queries.ts';
import { CasePicker } from '../cases/case-picker.tsx';
import { DevicePicker } from './device-picker.tsx';
import { looksPrivate, needsProtocol, sourceProblem } from './source-check.ts';
import css from './watch-form.module.css';

/** Hear a file or a stream. Everything that can be known to be wrong is said before asking the engine. */
export function WatchForm({ inputRef }: { inputRef: RefObject<HTMLInputElement | null> }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const settings = useQuery(settingsQuery()).data;
  const [source, setSource] = useState('');
  const [title, setTitle] = useState('');
  const [language, setLanguage] = useState<SpokenLanguage | null>(null);
  const [paced, setPaced] = useState(false);
  const [allowPrivate, setAllowPrivate] = useState(false);
  const [allowProtocol, setAllowProtocol] = useState(false);
  const [caseId, setCaseId] = useState<string | null>(null);
  const [keepAudio, setKeepAudio] = useState(true);
  const [left, setLeft] = useState(false);
  const commandId = useRef<string | null>(null);
  const watch = useMutation({
    mutationFn: (force: boolean) =>
      engine.lives.watch({
        force,
        source: source.trim(),
        title: title.trim() === '' ? undefined : title.trim(),
        language: language ?? settings?.language ?? 'fr',
        speed: paced ? '1' : 'max',
        caseId: caseId ?? undefined,
        keepAudio,
        allowPrivate,
        allowProtocol,
        // Sent again after a broken connection it is the same wish, not a second live.
        commandId: (commandId.current ??= newId(Date.now())),
      }),
    onError: (error) => {
      if (!isConnectionFailure(error)) commandId.current = null;
    },
    onSuccess: ({ liveId }) => void navigate({ to: '/lives/$liveId', params: { liveId } }),
  });

  const problem = sourceProblem(source, { allowProtocol });
  const isProtocol = needsProtocol(source);
  const isAddress = isProtocol || /^https?:/i.test(source.trim());
  const type = (typed: string) => {
    setSource(typed);
    setLeft(false);
    // A protocol is allowed for one source, not for the next one typed.
    setAllowProtocol(false);
    commandId.current = null;
    watch.reset();
  };
  const shown = problem !== null && (problem !== 'empty' || left) ? t(`watch.problem.${problem}`) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setLeft(true);
    if (problem === null && !watch.isPending) watch.mutate(false);
    else inputRef.current?.focus();
  };
  return (
    <form className={css.form} onSubmit={submit} aria-label={t('watch.title')}>
      <div className={css.row}>
        <TextInput
          ref={inputRef}
          className={css.source}
          label={t('watch.source')}
          placeholder={t('watch.sourceHint')}
          value={source}
          error={shown}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => type(event.currentTarget.value)}
        />
        <TextInput
          className={css.title}
          label={t('watch.name')}
          placeholder={t('watch.nameHint')}
          value={title}
          maxLength={300}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Select
          className={css.language}
          label={t('watch.language')}
          data={languages.map((value) => ({ value, label: t(`spoken.${value}`) }))}
          value={language ?? settings?.language ?? 'fr'}
          onChange={(value) => setLanguage(value as SpokenLanguage)}
        />
        <CasePicker className={css.case} label={t('cases.one')} value={caseId} onChange={setCaseId} />
        <Button type="submit" look="main" icon={<IconEar />} busy={watch.isPending} className={css.listen}>
          {t('watch.listen')}
        </Button>
      </div>
      <div className={css.options}>
        <Checkbox
          size="xs"
          label={t('watch.paced')}
          checked={paced}
          onChange={(event) => setPaced(event.currentTarget.checked)}
          disabled={isAddress}
        />
        <Checkbox
          size="xs"
          label={t('watch.allowPrivate')}
          checked={allowPrivate}
          onChange={(event) => setAllowPrivate(event.currentTarget.checked)}
          disabled={!isAddress}
        />
        <Checkbox
          size="xs"
          label={t('watch.keepAudio')}
          title={t('watch.keepAudioHint')}
          checked={keepAudio}
          onChange={(event) => setKeepAudio(event.currentTarget.checked)}
        />
        {isProtocol && (
          <Checkbox
            size="xs"
            label={t('watch.allowProtocol')}
            checked={allowProtocol}
            onChange={(event) => setAllowProtocol(event.currentTarget.checked)}
          />
        )}
        <DevicePicker onPick={type} />
        {isAddress && !allowPrivate && looksPrivate(source) && (
          <span className="label soft">{t('watch.privateHint')}</span>
        )}
      </div>
      {isAddress && allowPrivate && <Caution>{t('watch.privateWarning')}</Caution>}
      {isProtocol && allowProtocol && <Caution>{t('watch.protocolWarning')}</Caution>}
      {watch.error && <Problem error={watch.error} />}
      {isVigieError(toVigieError(watch.error), 'capacity-reached') && (
        <Button onClick={() => watch.mutate(true)} busy={watch.isPending}>
          {t('watch.force')}
        </Button>
      )}
    </form>
  );
}
