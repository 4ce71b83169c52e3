import { Checkbox, Modal, Textarea } from '@mantine/core';
import { useEffect, useState, type FormEvent } from 'react';
import { useWords } from '../../i18n/index.ts';
import { Button } from '../../parts/button.tsx';
import css from './action-form.module.css';

type Props = {
  opened: boolean;
  onClose: () => void;
  onConfirm: (action: { statement: string | undefined; stopCapture: boolean }) => void;
};

/** What was done, in the moderator's own words. Vigie can end its own capture and nothing else, and says so. */
export function ActionForm({ opened, onClose, onConfirm }: Props) {
  const { t } = useWords();
  const [statement, setStatement] = useState('');
  const [stopCapture, setStopCapture] = useState(false);
  const [tried, setTried] = useState(false);
  useEffect(() => {
    if (opened) setTried(false);
  }, [opened]);
  const empty = statement.trim() === '' && !stopCapture;
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault();
    setTried(true);
    if (!empty) onConfirm({ statement: statement.trim() || undefined, stopCapture });
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('action.title')}
      size="md"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form className={css.form} onSubmit={(event: FormEvent) => submit(event)}>
        <Textarea
          data-autofocus
          label={t('action.statement')}
          description={t('action.statementHint')}
          placeholder={t('action.statementExample')}
          value={statement}
          maxLength={4000}
          minRows={3}
          autosize
          error={tried && empty ? t('action.empty') : null}
          onChange={(event) => setStatement(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) submit(event);
          }}
        />
        <Checkbox
          label={t('action.stopCapture')}
          description={t('action.stopCaptureHint')}
          checked={stopCapture}
          onChange={(event) => setStopCapture(event.currentTarget.checked)}
        />
        <div className={css.buttons}>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="main">
            {t('action.confirm')} <kbd aria-hidden="true">⏎</kbd>
          </Button>
        </div>
      </form>
    </Modal>
  );
}
