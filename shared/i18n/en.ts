import { enFailures } from './failures.en.ts';
import { enReasons } from './reasons.en.ts';
import { enRules } from './rules.en.ts';
import { enWatching } from './watching.en.ts';

/** The words that every shell shares. */
export const en = {
  ...enRules,
  ...enWatching,
  band: { faible: 'low', moyen: 'medium', eleve: 'high' },
  category: {
    neutre: 'neutral',
    polemique: 'controversial',
    viral: 'potentially viral',
    haineux: 'hate speech',
    a_verifier: 'to be verified',
  },
  virality: { faible: 'low', moyenne: 'medium', forte: 'strong' },
  hate: { yes: 'yes', no: 'no' },
  target: {
    ethnie: 'ethnic group',
    religion: 'religion',
    individu: 'individual',
    groupe_social: 'social group',
    autre: 'other',
  },
  lane: { urgent: 'urgent', normal: 'normal', low: 'low' },
  alertReason: {
    hate: 'hate speech',
    threshold: 'risk threshold reached',
    viral: 'viral content',
    'to-verify': 'needs a person’s judgement',
    rule: 'rule',
  },
  alertStatus: { pending: 'pending', reviewed: 'reviewed', action_taken: 'action taken', dismissed: 'dismissed' },
  verdict: { dismiss: 'Dismiss', review: 'Reviewed', action: 'Act' },
  decisionReason: {
    'not-hateful': 'not hateful',
    'counter-speech': 'counter-speech or quotation',
    misheard: 'misheard',
    hateful: 'hateful',
    threat: 'threat',
    misinformation: 'misinformation',
    other: 'other',
  },
  liveState: { en_cours: 'in progress', termine: 'ended', interrompu: 'interrupted' },
  captureState: {
    starting: 'starting',
    capturing: 'listening',
    stalled: 'stalled',
    reconnecting: 'reconnecting',
    'disk-full': 'paused: disk full',
    'disk-refused': 'paused: the disk refuses',
    ended: 'ended',
  },
  segmentState: {
    heard: 'being transcribed',
    written: 'transcribed',
    silent: 'silence',
    filtered: 'text set aside',
    failed: 'transcription failed',
  },
  filterReason: {
    silence: 'text on silence',
    'repetition-loop': 'repetition loop',
    credits: 'invented credits',
    blank: 'no text',
  },
  gapCause: {
    crash: 'Vigie was killed',
    stall: 'stalled stream',
    network: 'network',
    source: 'source interrupted',
    disk: 'disk',
    suspended: 'sleep',
    decoder: 'decoder',
  },
  error: {
    'bad-input': 'Incorrect request: {{problem}}.',
    'not-found': 'Not found: {{what}} {{id}}.',
    'already-decided': 'Already decided by {{by}} ({{verdict}}). Reload to see their decision.',
    'cannot-undo': 'This decision can no longer be undone ({{reason}}).',
    'note-changed': 'This note was changed meanwhile by {{by}}. Read it again before you change it.',
    'text-changed': 'This text was changed meanwhile by {{by}}. Read it again before you change it.',
    'not-written-yet': 'Segment no. {{number}} has no text yet. Wait until it is written.',
    'not-allowed': 'Your role does not allow this ({{permission}}).',
    'capacity-reached':
      'This machine follows {{capacity}} lives at once with the model {{model}}, as measured here, and {{running}} are running. Stop one, take a lighter model, or start it all the same (--force): the words will be late, no sound will be lost.',
    'case-closed': 'The case "{{title}}" is closed: reopen it or choose another.',
    'folder-unusable': '{{path}} cannot be watched: {{problem}}',
    'sound-dropped':
      'The sound of this passage was erased: all of it was written down and nothing held it back. The clips around alerts and notes are kept.',
    'cases-unusable':
      'These cases cannot be read: {{problem}}. A CSV with the columns test_case and label_gold (hateful or non-hateful) is needed.',
    'rule-changed': 'Changed meanwhile by {{by}}. Read it again before writing over it.',
    'rule-not-replayed':
      'Version {{version}} of “{{name}}” was not tried on everything that was heard yet. Replay it, then enable it.',
    'name-taken': 'The name “{{name}}” is taken. Choose another one.',
    'rules-unusable': 'To be put right: {{problems}}.',
    'bank-in-use': 'The bank “{{name}}” is still asked for by these rules: {{rules}}. Take it out of each first.',
    'source-not-found': 'File not found: {{source}}. Check the path.',
    'source-is-directory': '{{source}} is a folder. Give an audio or video file.',
    'source-empty': 'Empty source: {{source}} (0 bytes). Choose another one.',
    'source-unreadable': 'No readable sound in {{source}} ({{detail}}). The file may be damaged: try another copy.',
    'source-unsupported':
      'Unsupported source: {{source}} ({{detail}}). Give a file, an http(s) address, or "-" for standard input.',
    'address-refused':
      'Address refused: {{host}} ({{reason}}). For a trusted local source, allow it explicitly (--allow-private).',
    'protocol-not-allowed':
      'Addresses of {{scheme}} are opened by ffmpeg itself, outside Vigie’s address check. Allow it for this source (--allow-protocol) if you know it.',
    'device-failed':
      'The device {{device}} gives no sound ({{detail}}). Check that it is plugged in and allowed, then choose it from the list ("vigie devices").',
    'network-off':
      'The network is switched off in the settings: {{host}} was not contacted. Switch it on to hear this source.',
    'network-failed': 'Network failure with {{host}}: {{detail}}. Check the address and the connection.',
    'too-many-redirects': '{{host}} redirects more than {{limit}} times. Give the final address.',
    'too-large': '{{what}} is over the limit of {{limitKb}} kB.',
    'timed-out': '{{what}}: no answer within {{limitSeconds}} s. Try again later.',
    'playlist-invalid': 'Invalid HLS playlist: {{detail}}. Check the address, or try another quality of the same live.',
    'platform-blocked': '{{platform}} refuses to answer for now. $t(watchReason.{{reason}})',
    'not-live': '{{account}} cannot be heard at the moment. $t(watchReason.{{reason}})',
    'ffmpeg-lacks':
      'This ffmpeg ({{path}}) cannot read "{{what}}". Install a complete ffmpeg and give its path in the settings (ffmpeg for microphones and protocols).',
    'program-unusable':
      '{{program}} cannot be run ("{{path}}", {{problem}}). Give the full path of the program in the settings.',
    'resolver-failed': '{{tool}} found no stream ({{detail}}). Check the address, and that {{tool}} is up to date.',
    'ffmpeg-missing': 'ffmpeg was not found or does not start ({{path}}). Reinstall with "npm ci".',
    'model-missing': 'Model not found: {{model}}. {{known}}See "vigie models".',
    'model-invalid': '{{model}} is not a usable ggml model ({{detail}}). Download it again.',
    'model-unexpected':
      'The file of model {{model}} is not the published one (expected: {{expected}}, found: {{found}}). It is not used; download it again, or import it from a trusted copy.',
    'model-too-large':
      'Model {{model}} takes {{needMb}} MB of memory and this machine has {{memoryMb}} MB. Choose a smaller one (“vigie models”).',
    'model-in-use': 'Model {{model}} cannot be replaced or deleted: {{reason}}.',
    'speech-unavailable': 'No speech engine starts ({{detail}}). Run "vigie doctor".',
    'speech-failed': 'Transcription failed ({{reason}}: {{detail}}). The sound is kept.',
    'speech-remote-failed':
      '{{host}} did not transcribe ({{reason}}). The sound is written down on this machine; check the key and the model in the settings.',
    'data-folder-unusable':
      'The data folder {{path}} cannot be used ({{detail}}). Check its permissions or choose another (--data).',
    'data-folder-owned':
      'Another Vigie already uses {{path}}: {{ownerKind}}, process {{ownerPid}}. Close it or choose another folder (--data).',
    'database-newer':
      'This database comes from a newer Vigie ({{found}}, known: {{known}}). It is open read-only: update Vigie.',
    'database-damaged':
      'The database {{path}} is damaged ({{detail}}). It is set aside, nothing is deleted: restore a backup.',
    'disk-full': 'Disk full: {{path}}. Make room and capture will resume.',
    'disk-short':
      'Not enough room in {{path}}: {{needMb}} MB are needed, {{freeMb}} MB are left. Make room, then try again.',
    'export-failed':
      'The {{format}} export failed: {{detail}}. The live is intact: try again, or choose another folder or another format.',
    cancelled: 'Cancelled.',
    'engine-stopped': 'The Vigie engine has stopped ({{reason}}).',
    internal: 'Something broke. Reference for the technical log: {{reference}}.',
  },
  /** Nothing can be written down: what is wrong, what becomes of the sound, what to do. */
  speechTrouble: {
    'speech-unavailable':
      'Nothing is being transcribed right now: no speech worker starts. The sound is kept and will be transcribed once this is repaired. Run “vigie doctor”, or open the diagnosis in the settings.',
    'model-missing':
      'Nothing is being transcribed right now: the speech model cannot be found. The sound is kept and will be transcribed later. Run “vigie doctor”, or choose a model in the settings (“vigie models”).',
    'model-invalid':
      'Nothing is being transcribed right now: the model file is damaged or is not a speech model. The sound is kept and will be transcribed later. Run “vigie doctor”, or choose another model in the settings (“vigie models”).',
    'model-unexpected':
      'Nothing is being transcribed: the file of the model is not the one published under its name. The sound is kept and will be transcribed later. Delete this model in the settings and download it again (“vigie models”).',
    'model-too-large':
      'Nothing is being transcribed: the model takes more memory than this machine has. The sound is kept. Choose a smaller model in the settings (“vigie models”).',
    over: 'Transcription works again: the sound that waited is being transcribed.',
  },
  /** Room for sound on the disk. */
  diskRoom: {
    low: 'The disk has room for {{minutes}} more minutes of listening. Make room: once it is full, captures pause.',
    full: 'The disk is full: captures are paused, and what is not heard is declared missing. Decisions can still be made. Make room; listening resumes by itself.',
    ok: 'The disk has room for listening again.',
  },
  /** A graphics card is there and not used. */
  cardUnused: {
    short: 'graphics card unused',
    'not-supported':
      'Graphics card {{card}} unused: no speech worker installed here can use it. The processor does the work.',
    'test-failed':
      'Graphics card {{card}} unused: it failed the trial with one second of sound. The processor does the work.',
    crashed:
      'Graphics card {{card}} given up after two crashes in ten minutes. The processor does the work, more slowly.',
    'switched-off': 'Graphics card {{card}} unused, as asked.',
  },
  modelFit: { fits: 'suits this machine', tight: 'tight for this machine', 'too-large': 'too large for this machine' },
  modelInUse: {
    bundled: 'it comes with Vigie',
    chosen: 'it is the one chosen in the settings',
    live: 'a live still needs it',
    arriving: 'it is on its way here, cancel that first',
  },
  /** The words of the model in use are not to be relied on, or there is no model at all. */
  modelNotice: {
    test: 'Test model: its text is not to be relied on. Install the model “small” in the settings, or with “vigie models download small”.',
    none: 'No speech model on this machine: the sound is kept and will be transcribed as soon as a model is here. Settings, or “vigie models download small”; without a network, “vigie models import <file>” from a USB stick.',
    tight: 'Model {{model}} is tight for the memory of this machine, which may slow down.',
  },
  doctor: {
    fix: {
      'speech-model-test':
        'Install the model “small”: “vigie models download small”, or “vigie models import <file>” from a USB stick.',
      'speech-model-unexpected':
        'Delete this file (“vigie models delete”) and download it again: it is not the published one.',
      'speech-model-too-large': 'Choose a smaller model: “vigie models” says which suit this machine.',
      'gpu-not-supported':
        'For an NVIDIA card, install the CUDA compiler (nvcc), then start again: the native worker is built for it.',
      'gpu-test-failed':
        'Update the driver of the graphics card, then restart Vigie; meanwhile the processor does the work.',
    },
  },
  programProblem: {
    'not-set': 'no path is given',
    relative: 'the path is not complete',
    'not-found': 'there is nothing at this path',
    'not-a-file': 'it is not a file',
    'not-executable': 'this file cannot be run',
  },
  evaluationEngine: { embedded: 'Vigie’s rules' },
  evaluationLanguage: { fr: 'French', en: 'English', auto: 'found out' },
  casesProblem: {
    'not-csv': 'it is no well-formed CSV ({{detail}})',
    columns: 'columns are missing ({{detail}})',
    label: '“{{detail}}” is no known label',
    text: 'a case is empty',
    none: 'there is no case',
    atLine: 'line {{line}}, {{problem}}',
  },
  folderProblem: {
    'not-found': 'this folder does not exist, or its drive is not plugged in. Check the path.',
    'not-a-folder': 'it is not a folder. Name the one that holds the recordings.',
    unreadable: 'the system refuses to read it. Give yourself the right to read it, then try again.',
    'our-data': 'this is Vigie’s own data. Choose another folder.',
    'already-watched': 'it is watched already.',
    overlaps:
      'it contains one that is watched already, or lies in one ({{other}}). A recording would be transcribed twice.',
  },
  deviceSystem: { pulse: 'PulseAudio', alsa: 'ALSA', avfoundation: 'macOS', dshow: 'Windows' },
  deviceProblem: {
    'ffmpeg-lacks':
      '{{system}}: this ffmpeg ({{ffmpeg}}) cannot read it. Install a complete ffmpeg and give its path in the settings.',
    'none-found': '{{system}}: no input device. {{detail}}',
    failed: '{{system}}: the list could not be read ({{detail}}).',
  },
  systemErrorAndCode: '{{words}} ({{detail}})',
  ...enFailures,
  reason: enReasons,
} as const;
