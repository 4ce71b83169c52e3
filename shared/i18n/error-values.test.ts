import { expect, test } from 'vitest';
import { VigieError } from '../errors.ts';
import { errorValues } from './error-values.ts';
import { createTranslator } from './index.ts';

const { t } = createTranslator('fr');
const sentence = (error: VigieError) => t(`error.${error.code}`, errorValues(error, t));

test.each([
  [
    'our own cause',
    new VigieError('model-invalid', { model: 'a.bin', detail: 'too-small' }),
    'a.bin n’est pas un modèle ggml utilisable (le fichier est trop petit). Téléchargez-le de nouveau.',
  ],
  [
    'a code of the system',
    new VigieError('network-failed', { host: 'exemple.fr', detail: 'ECONNREFUSED' }),
    'Échec réseau avec exemple.fr\u202f: la connexion est refusée (ECONNREFUSED). Vérifiez l’adresse et la connexion.',
  ],
  [
    'a code of the system with its path',
    new VigieError('export-failed', { format: 'json', detail: 'EEXIST: /tmp/x' }),
    'L’export json a échoué\u202f: un fichier de ce nom est déjà là (EEXIST: /tmp/x). Le live est intact\u202f: recommencez, ou choisissez un autre dossier ou un autre format.',
  ],
  [
    'the word of another program',
    new VigieError('source-unreadable', { source: 'a.mp4', detail: 'moov atom not found' }),
    'Aucun son lisible dans a.mp4 (moov atom not found). Le fichier est peut-être abîmé\u202f: essayez une autre copie.',
  ],
  [
    'a model among others',
    new VigieError('model-missing', { model: 'petit', known: ['small', 'base'] }),
    /^Modèle introuvable\u202f: petit\. Modèles connus\u202f: small, base\. Voir/,
  ],
  [
    'a model where there is none',
    new VigieError('model-missing', { model: 'petit', known: [] }),
    /^Modèle introuvable\u202f: petit\. Voir/,
  ],
  ['standard input', new VigieError('source-empty', { source: '-' }), /^Source vide\u202f: l’entrée standard/],
  ['what was looked for', new VigieError('not-found', { what: 'live', id: '7' }), /le live/],
  [
    'what was waited for',
    new VigieError('timed-out', { what: 'pdf', limitMs: 29_400 }),
    /^Mise en page du PDF\u202f: pas de réponse en 30 s/,
  ],
  [
    'where an address leads',
    new VigieError('address-refused', { host: '127.0.0.1', reason: 'loopback' }),
    /\(elle mène à ce poste\)/,
  ],
  ['a code nobody knows', new VigieError('engine-stopped', { reason: 'constructor' }), /\(constructor\)/],
])('%s', (_, error, expected) => {
  if (typeof expected === 'string') expect(sentence(error)).toBe(expected);
  else expect(sentence(error)).toMatch(expected);
});
