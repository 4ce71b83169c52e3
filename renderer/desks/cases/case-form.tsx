import { Checkbox, Modal, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type FormEvent } from 'react';
import { newId } from '#shared/ids.ts';
import { type Case, caseFields, longestTerm, mostTerms, parseGlossary } from '#shared/model/case.ts';
import { useWords } from '../../i18n/index.ts';
import { engine } from '../../link/engine.ts';
import { isConnectionFailure } from '../../link/problem.ts';
import { Button } from '../../parts/button.tsx';
import { Caution, Problem } from '../../parts/notice.tsx';
import css from './cases.module.css';

/** A day typed as `yyyy-mm-dd` lasts to its end on this machine. */
const endOfDay = (day: string): number | null => (day === '' ? null : new Date(`${day}T23:59:59.999`).getTime());
const dayOf = (at: number | null): string => {
  if (at === null) return '';
  const day = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
};

/** Makes a case, or changes one. */
export function CaseForm({ given, onClose }: { given: Case | null; onClose: () => void }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [title, setTitle] = useState(given?.title ?? '');
  const [purpose, setPurpose] = useState(given?.purpose ?? '');
  const [legalBasis, setLegalBasis] = useState(given?.legalBasis ?? '');
  const [expires, setExpires] = useState(dayOf(given?.expiresAt ?? null));
  const [glossary, setGlossary] = useState(given?.glossary.join(', ') ?? '');
  const [remoteSpeech, setRemoteSpeech] = useState(given?.remoteSpeech ?? false);
  const [tried, setTried] = useState(false);
  const commandId = useRef<string | null>(null);
  const words = parseGlossary(glossary);
  const fields = {
    title: title.trim(),
    purpose,
    legalBasis,
    expiresAt: endOfDay(expires),
    glossary: words,
    remoteSpeech,
  };
  const keep = useMutation({
    mutationFn: () => {
      const command = { commandId: (commandId.current ??= newId(Date.now())) };
      return given === null
        ? engine.cases.create({ ...fields, ...command })
        : engine.cases.change({ caseId: given.id, patch: fields, ...command });
    },
    onError: (error) => {
      if (!isConnectionFailure(error)) commandId.current = null;
    },
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['cases'] });
      onClose();
    },
  });
  const fits = caseFields.shape.glossary.safeParse(words).success;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (title.trim() !== '' && fits && !keep.isPending) keep.mutate();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(given === null ? 'cases.new' : 'cases.editTitle')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form className={css.form} onSubmit={submit}>
        <TextInput
          data-autofocus
          label={t('cases.title')}
          value={title}
          maxLength={200}
          error={tried && title.trim() === '' ? t('cases.noTitle') : null}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Textarea
          label={t('cases.purpose')}
          description={t('cases.purposeHint')}
          value={purpose}
          maxLength={2000}
          autosize
          minRows={2}
          onChange={(event) => setPurpose(event.currentTarget.value)}
        />
        <TextInput
          label={t('cases.legalBasis')}
          description={t('cases.legalBasisHint')}
          value={legalBasis}
          maxLength={2000}
          onChange={(event) => setLegalBasis(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={t('cases.expires')}
          description={t('cases.expiresHint')}
          value={expires}
          onChange={(event) => setExpires(event.currentTarget.value)}
        />
        <Textarea
          label={t('cases.glossary')}
          description={t('cases.glossaryHint')}
          value={glossary}
          autosize
          minRows={2}
          spellCheck={false}
          error={fits ? null : t('cases.glossaryProblem', { words: mostTerms, length: longestTerm })}
          onChange={(event) => setGlossary(event.currentTarget.value)}
        />
        <Checkbox
          label={t('cases.remoteLabel')}
          description={t('cases.remoteHint')}
          checked={remoteSpeech}
          onChange={(event) => setRemoteSpeech(event.currentTarget.checked)}
        />
        {remoteSpeech && <Caution>{t('cases.remoteWarning')}</Caution>}
        {keep.error && <Problem error={keep.error} />}
        <div className={css.buttons}>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="main" busy={keep.isPending}>
            {t('cases.keep')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
