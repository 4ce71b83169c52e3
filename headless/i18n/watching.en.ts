import type { frWatching } from './watching.fr.ts';
import type { Words } from './words.ts';

/** What `vigie accounts` and `vigie cases` say in English. */
export const enWatching: Words<typeof frWatching> = {
  thing: {
    watch: 'followed account',
    case: 'case',
    live: 'live',
    alert: 'alert',
    decision: 'decision',
    segment: 'segment',
    'review-item': 'queue item',
    'export file': 'export file',
    export: 'export',
  },
  accounts: {
    none: 'No account is followed. To begin: vigie accounts add @name.',
    noneLikeThat: 'None of the {{total}} followed accounts is in this state.',
    blocked: 'The platform refuses to answer until {{until}}. {{why}}',
    addedNext_one: 'The account is looked at while a Vigie runs (the application, "vigie serve" or "vigie watch").',
    addedNext_other:
      'The {{count}} accounts are looked at while a Vigie runs (the application, "vigie serve" or "vigie watch").',
    nobodyRuns:
      'No Vigie runs on this folder: the question is asked at its next start. Right now: vigie accounts test @name.',
    nothingToSet: 'nothing to change was given (--policy, --priority, --case, --language or --model)',
    undoHint: 'Its lives stay. To undo: vigie accounts restore {{ids}}{{data}}',
    retryAt: 'The platform may be asked again from {{at}} on.',
    since: 'since {{at}}',
    heard: 'being heard',
    paused: 'paused',
    next: 'next look {{at}}',
    lives_one: '{{count}} live',
    lives_other: '{{count}} lives',
    policy: { notify: 'notify', transcribe: 'transcribe', 'keep-audio': 'transcribe and keep the sound' },
    priority: { 0: 'urgent', 1: 'normal', 2: 'low' },
    done: {
      added: 'Followed:',
      changed: 'Changed:',
      paused: 'Paused:',
      resumed: 'Resumed:',
      checking: 'First in line:',
      removed: 'No longer followed:',
      restored: 'Followed again:',
    },
    refused: {
      'not-an-account': '"{{text}}" is not the name of an account.',
      'already-followed': '"{{text}}" is followed already.',
      'other-platform': '"{{text}}" is not a TikTok address.',
      'short-link': '"{{text}}" is a short link: open it in a browser and give the address of the account.',
    },
  },
  cases: {
    none: 'No cases. To begin: vigie cases add "title".',
    nothingToSet:
      'nothing to change was given (--title, --purpose, --legal-basis, --expires, --glossary or --remote-speech)',
    badDate: '--expires "{{value}}": a date like 2027-01-31, or none',
    badGlossary: '--glossary: at most 100 words or names of 60 characters, separated by commas',
    purpose: 'purpose:',
    legalBasis: 'legal basis:',
    glossary: 'expected words:',
    lives_one: '{{count}} live',
    lives_other: '{{count}} lives',
    closedAt: 'closed {{at}}',
    expires: 'valid until {{at}}',
    remote: 'sound goes to the speech server of the settings',
    liveIn: 'The live {{liveId}} is in the case "{{title}}".',
    liveOut: 'The live {{liveId}} is in no case any more.',
    done: { added: 'Case opened:', changed: 'Changed:', closed: 'Closed:', reopened: 'Reopened:' },
  },
};
