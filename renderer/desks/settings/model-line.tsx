import { useState } from 'react';
import type { ModelArrival, SpeechModel } from '#shared/model/speech-model.ts';
import { useWords } from '../../i18n/index.ts';
import { keptProblemText } from '../../link/problem.ts';
import { Button } from '../../parts/button.tsx';
import css from './models.module.css';
import type { ModelChange } from './models.tsx';

/** One model: what it takes, whether it suits, how far it is, and what can be done with it. */
export function ModelLine({ model, onChange }: { model: SpeechModel; onChange: (change: ModelChange) => void }) {
  const { t, format } = useWords();
  const { id, installed, arrival, fit } = model;
  const coming = arrival?.state === 'waiting' || arrival?.state === 'running';
  const marks = [
    ...(installed ? [t(installed.test ? 'models.test' : 'models.installed')] : []),
    ...(installed && !installed.multilingual ? [t('models.englishOnly')] : []),
    ...(model.recommended ? [t('models.recommended')] : []),
    ...(model.current ? [t('models.current')] : []),
  ];
  return (
    <li className={css.line} aria-label={id}>
      <div>
        <p>
          <b>{id}</b> <span className="soft label">{marks.join(' · ')}</span>
        </p>
        <p className="soft label">
          {t('models.size', { size: format.bytes(model.sizeBytes), memory: format.bytes(model.needBytes) })}
          {' · '}
          <span className={css.fit} data-fit={fit}>
            {t(`modelFit.${fit}`)}
          </span>
          {model.realTimeFactor !== null && (
            <>
              {' · '}
              {t('models.speed', { times: format.times(1 / model.realTimeFactor) })}
            </>
          )}
        </p>
        {arrival && <Arrival arrival={arrival} sizeBytes={model.sizeBytes} />}
      </div>
      <div className={css.actions}>
        {coming && <Button onClick={() => onChange({ what: 'cancel', model: id })}>{t('models.cancel')}</Button>}
        {!coming && !installed && model.publishedDigest !== null && (
          <Button
            look={model.recommended ? 'main' : 'plain'}
            disabled={fit === 'too-large'}
            onClick={() => onChange({ what: 'download', model: id })}
          >
            {t(arrival && arrival.receivedBytes > 0 ? 'models.resume' : 'models.download')}
          </Button>
        )}
        {installed && !model.current && fit !== 'too-large' && (
          <Button onClick={() => onChange({ what: 'choose', model: id })}>{t('models.choose')}</Button>
        )}
        {!coming && (installed?.origin === 'folder' || arrival) && (
          <Delete onDelete={() => onChange({ what: 'delete', model: id })} />
        )}
      </div>
    </li>
  );
}

/** Asks once more: a download of a gigabyte is not undone by a click. */
function Delete({ onDelete }: { onDelete: () => void }) {
  const { t } = useWords();
  const [asked, setAsked] = useState(false);
  if (!asked)
    return (
      <Button look="quiet" onClick={() => setAsked(true)}>
        {t('models.delete')}
      </Button>
    );
  return (
    <>
      <Button
        look="danger"
        onClick={() => {
          setAsked(false);
          onDelete();
        }}
      >
        {t('models.confirm')}
      </Button>
      <Button onClick={() => setAsked(false)}>{t('models.keep')}</Button>
    </>
  );
}

function Arrival({ arrival, sizeBytes }: { arrival: ModelArrival; sizeBytes: number }) {
  const { t, format } = useWords();
  const { state, receivedBytes, problem } = arrival;
  const words = problem === null ? null : (keptProblemText(problem, t) ?? problem);
  return (
    <div className="label" role="status">
      <span>{t(`models.arrival.${state}`)}</span>{' '}
      {state !== 'failed' && sizeBytes > 0 && (
        <>
          <progress className={css.bar} value={receivedBytes} max={sizeBytes} />{' '}
          <span className="figure">
            {t('models.received', { received: format.bytes(receivedBytes), size: format.bytes(sizeBytes) })}
          </span>
        </>
      )}
      {words !== null && (
        <p className={css.problem}>{state === 'waiting' ? t('models.tryingAgain', { problem: words }) : words}</p>
      )}
    </div>
  );
}
