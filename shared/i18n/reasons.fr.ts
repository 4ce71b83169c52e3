/**
 * One sentence per kind of rule of the embedded analyser (`reason.<rule>`); {{quote}} is what was
 * said. The last five say why words that look like an attack were not held to be one.
 */
export const frReasons = {
  slur: 'Injure contre un groupe : « {{quote}} ».',
  'slur-aimed': 'Mot injurieux qui vise un groupe : « {{quote}} ».',
  'death-wish': 'Souhaite la mort ou la souffrance de gens : « {{quote}} ».',
  threat: 'Menace d’un acte violent : « {{quote}} ».',
  'call-to-harm': 'Appelle à la violence : « {{quote}} ».',
  expulsion: 'Appelle à chasser des gens : « {{quote}} ».',
  exclusion: 'Refuse des droits ou une place à un groupe : « {{quote}} ».',
  contempt: 'Dit son mépris d’un groupe : « {{quote}} ».',
  dehumanisation: 'Déshumanise un groupe : « {{quote}} ».',
  derogation: 'Rabaisse un groupe : « {{quote}} ».',
  accusation: 'Accuse tout un groupe : « {{quote}} ».',
  hatred: 'Exprime de la haine contre un groupe : « {{quote}} ».',
  'hostile-words': 'Mots hostiles au sujet d’un groupe : « {{quote}} ».',
  'insult-person': 'Insulte une personne : « {{quote}} ».',
  'threat-person': 'Menace une personne : « {{quote}} ».',
  contestation: 'Met en cause un pouvoir ou une décision publique : « {{quote}} ».',
  debate: 'Débat politique : « {{quote}} ».',
  'share-urgent': 'Presse de diffuser au plus vite ou partout : « {{quote}} ».',
  'share-call': 'Demande de diffuser : « {{quote}} ».',
  rumour: 'Tournure de rumeur : « {{quote}} ».',
  negation: 'La phrase nie l’attaque : « {{quote}} ».',
  'counter-speech': 'Contre-discours : les mots « {{quote}} » sont rejetés par la personne qui parle.',
  quotation: 'Propos rapporté et condamné : « {{quote}} ».',
  reclaimed: 'La personne parle d’elle-même ou des siens : « {{quote}} ».',
  outweighed: 'Mots semblables à une attaque ; la phrase entière dit le contraire : « {{quote}} ».',
} as const;
