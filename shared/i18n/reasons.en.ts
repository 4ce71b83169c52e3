/**
 * One sentence per kind of rule of the embedded analyser (`reason.<rule>`); {{quote}} is what was
 * said. The last five say why words that look like an attack were not held to be one.
 */
export const enReasons = {
  slur: 'Slur against a group: “{{quote}}”.',
  'slur-aimed': 'Insulting word aimed at a group: “{{quote}}”.',
  'death-wish': 'Wishes death or suffering on people: “{{quote}}”.',
  threat: 'Threatens violence: “{{quote}}”.',
  'call-to-harm': 'Calls for violence: “{{quote}}”.',
  expulsion: 'Calls for driving people out: “{{quote}}”.',
  exclusion: 'Denies a group rights or a place: “{{quote}}”.',
  contempt: 'Voices contempt for a group: “{{quote}}”.',
  dehumanisation: 'Dehumanises a group: “{{quote}}”.',
  derogation: 'Demeans a group: “{{quote}}”.',
  accusation: 'Accuses a whole group: “{{quote}}”.',
  hatred: 'Expresses hatred of a group: “{{quote}}”.',
  'hostile-words': 'Hostile words about a group: “{{quote}}”.',
  'insult-person': 'Insults a person: “{{quote}}”.',
  'threat-person': 'Threatens a person: “{{quote}}”.',
  contestation: 'Challenges those in power or a public decision: “{{quote}}”.',
  debate: 'Political debate: “{{quote}}”.',
  'share-urgent': 'Urges to spread at once or everywhere: “{{quote}}”.',
  'share-call': 'Asks to spread: “{{quote}}”.',
  rumour: 'Turn of phrase of a rumour: “{{quote}}”.',
  negation: 'The sentence denies the attack: “{{quote}}”.',
  'counter-speech': 'Counter-speech: the words “{{quote}}” are rejected by the speaker.',
  quotation: 'Words reported and condemned: “{{quote}}”.',
  reclaimed: 'The speaker speaks of themself or of their own: “{{quote}}”.',
  outweighed: 'Words like an attack; the sentence as a whole speaks against it: “{{quote}}”.',
} as const;
