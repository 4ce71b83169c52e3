import { frFailures } from './failures.fr.ts';
import { frReasons } from './reasons.fr.ts';
import { frRules } from './rules.fr.ts';
import { frWatching } from './watching.fr.ts';

/** The words that every shell shares. Narrow no-break space (U+202F) before ; : ! ? and » and after «. */
export const fr = {
  ...frRules,
  ...frWatching,
  band: { faible: 'faible', moyen: 'moyen', eleve: 'élevé' },
  category: {
    neutre: 'neutre',
    polemique: 'polémique',
    viral: 'potentiellement viral',
    haineux: 'discours haineux',
    a_verifier: 'à vérifier',
  },
  virality: { faible: 'faible', moyenne: 'moyenne', forte: 'forte' },
  hate: { yes: 'oui', no: 'non' },
  target: {
    ethnie: 'ethnie',
    religion: 'religion',
    individu: 'individu',
    groupe_social: 'groupe social',
    autre: 'autre',
  },
  lane: { urgent: 'urgent', normal: 'normal', low: 'secondaire' },
  alertReason: {
    hate: 'discours haineux',
    threshold: 'seuil de risque atteint',
    viral: 'contenu viral',
    'to-verify': 'à vérifier par une personne',
    rule: 'règle',
  },
  alertStatus: { pending: 'en attente', reviewed: 'examinée', action_taken: 'action effectuée', dismissed: 'ignorée' },
  verdict: { dismiss: 'Ignorer', review: 'Examinée', action: 'Agir' },
  decisionReason: {
    'not-hateful': 'pas haineux',
    'counter-speech': 'contre-discours ou citation',
    misheard: 'mal transcrit',
    hateful: 'haineux',
    threat: 'menace',
    misinformation: 'désinformation',
    other: 'autre',
  },
  liveState: { en_cours: 'en cours', termine: 'terminé', interrompu: 'interrompu' },
  captureState: {
    starting: 'démarrage',
    capturing: 'écoute',
    stalled: 'flux immobile',
    reconnecting: 'reconnexion',
    'disk-full': 'suspendu : disque plein',
    'disk-refused': 'suspendu : le disque refuse',
    ended: 'terminé',
  },
  segmentState: {
    heard: 'en cours de transcription',
    written: 'transcrit',
    silent: 'silence',
    filtered: 'texte écarté',
    failed: 'échec de transcription',
  },
  filterReason: {
    silence: 'texte sur un silence',
    'repetition-loop': 'boucle de répétition',
    credits: 'générique inventé',
    blank: 'sans texte',
  },
  gapCause: {
    crash: 'arrêt brutal de Vigie',
    stall: 'flux immobile',
    network: 'réseau',
    source: 'source interrompue',
    disk: 'disque',
    suspended: 'mise en veille',
    decoder: 'décodeur',
  },
  error: {
    'bad-input': 'Demande incorrecte : {{problem}}.',
    'not-found': 'Introuvable : {{what}} {{id}}.',
    'already-decided': 'Déjà traité par {{by}} ({{verdict}}). Rechargez pour voir sa décision.',
    'cannot-undo': 'Cette décision ne peut plus être annulée ({{reason}}).',
    'note-changed': 'Cette note a été changée entre-temps par {{by}}. Relisez-la avant de la changer.',
    'text-changed': 'Ce texte a été changé entre-temps par {{by}}. Relisez-le avant de le changer.',
    'not-written-yet': 'Le segment n° {{number}} n’a pas encore de texte. Attendez qu’il soit écrit.',
    'not-allowed': 'Votre rôle ne permet pas cette action ({{permission}}).',
    'capacity-reached':
      'Cette machine suit {{capacity}} lives à la fois avec le modèle {{model}}, mesure faite ici, et {{running}} sont en cours. Arrêtez-en un, prenez un modèle plus léger, ou forcez le démarrage (--force) : les mots auront du retard, aucun son ne sera perdu.',
    'case-closed': 'Le dossier « {{title}} » est clos : rouvrez-le ou choisissez-en un autre.',
    'folder-unusable': '{{path}} ne peut pas être surveillé : {{problem}}',
    'sound-dropped':
      'Le son de ce passage a été effacé : tout était écrit et rien ne le retenait. Les extraits autour des alertes et des notes sont gardés.',
    'cases-unusable':
      'Ces cas ne peuvent pas être lus : {{problem}}. Il faut un CSV avec les colonnes test_case et label_gold (hateful ou non-hateful).',
    'rule-changed': 'Changé entre-temps par {{by}}. Relisez avant d’écrire par-dessus.',
    'rule-not-replayed':
      'La version {{version}} de « {{name}} » n’a pas encore été rejouée sur tout l’historique. Rejouez-la, puis activez-la.',
    'name-taken': 'Le nom « {{name}} » est déjà pris. Choisissez-en un autre.',
    'rules-unusable': 'À corriger : {{problems}}.',
    'bank-in-use': 'La banque « {{name}} » sert encore à ces règles : {{rules}}. Retirez-la d’abord de chacune.',
    'source-not-found': 'Fichier introuvable : {{source}}. Vérifiez le chemin.',
    'source-is-directory': '{{source}} est un dossier. Indiquez un fichier audio ou vidéo.',
    'source-empty': 'Source vide : {{source}} (0 octet). Choisissez-en une autre.',
    'source-unreadable':
      'Aucun son lisible dans {{source}} ({{detail}}). Le fichier est peut-être abîmé : essayez une autre copie.',
    'source-unsupported':
      'Source non prise en charge : {{source}} ({{detail}}). Indiquez un fichier, une adresse http(s), ou « - » pour l’entrée standard.',
    'address-refused':
      'Adresse refusée : {{host}} ({{reason}}). Pour une source locale de confiance, autorisez-la explicitement (--allow-private).',
    'protocol-not-allowed':
      'Les adresses {{scheme}} sont ouvertes par ffmpeg lui-même, hors du contrôle d’adresses de Vigie. Autorisez-le pour cette source (--allow-protocol) si vous la connaissez.',
    'device-failed':
      'Le périphérique {{device}} ne donne pas de son ({{detail}}). Vérifiez qu’il est branché et autorisé, puis choisissez-le dans la liste (« vigie devices »).',
    'network-off':
      'Le réseau est coupé dans les réglages : {{host}} n’a pas été contacté. Rétablissez-le pour écouter cette source.',
    'network-failed': 'Échec réseau avec {{host}} : {{detail}}. Vérifiez l’adresse et la connexion.',
    'too-many-redirects': '{{host}} redirige plus de {{limit}} fois. Indiquez l’adresse finale.',
    'too-large': '{{what}} dépasse la limite de {{limitKb}} ko.',
    'timed-out': '{{what}} : pas de réponse en {{limitSeconds}} s. Réessayez plus tard.',
    'playlist-invalid':
      'Liste de lecture HLS invalide : {{detail}}. Vérifiez l’adresse, ou essayez une autre qualité du même live.',
    'platform-blocked': '{{platform}} refuse de répondre pour l’instant. $t(watchReason.{{reason}})',
    'not-live': '{{account}} ne peut pas être écouté en ce moment. $t(watchReason.{{reason}})',
    'ffmpeg-lacks':
      'Cet ffmpeg ({{path}}) ne sait pas lire « {{what}} ». Installez un ffmpeg complet et indiquez son chemin dans les réglages (ffmpeg pour micros et protocoles).',
    'program-unusable':
      '{{program}} ne peut pas être lancé (« {{path}} », {{problem}}). Indiquez le chemin complet du programme dans les réglages.',
    'resolver-failed': '{{tool}} n’a trouvé aucun flux ({{detail}}). Vérifiez l’adresse, et que {{tool}} est à jour.',
    'ffmpeg-missing': 'ffmpeg est introuvable ou ne se lance pas ({{path}}). Réinstallez avec « npm ci ».',
    'model-missing': 'Modèle introuvable : {{model}}. {{known}}Voir « vigie models ».',
    'model-invalid': '{{model}} n’est pas un modèle ggml utilisable ({{detail}}). Téléchargez-le de nouveau.',
    'model-unexpected':
      'Le fichier du modèle {{model}} n’est pas celui qui est publié (attendu : {{expected}}, trouvé : {{found}}). Il n’est pas utilisé ; téléchargez-le de nouveau, ou importez-le depuis une copie sûre.',
    'model-too-large':
      'Le modèle {{model}} demande {{needMb}} Mo de mémoire et ce poste en a {{memoryMb}} Mo. Choisissez un modèle plus petit (« vigie models »).',
    'model-in-use': 'Le modèle {{model}} ne peut pas être remplacé ni supprimé : {{reason}}.',
    'speech-unavailable': 'Aucun moteur de transcription ne démarre ({{detail}}). Lancez « vigie doctor ».',
    'speech-failed': 'La transcription a échoué ({{reason}} : {{detail}}). Le son est conservé.',
    'speech-remote-failed':
      '{{host}} n’a pas transcrit ({{reason}}). Le son est transcrit sur ce poste ; vérifiez la clé et le modèle dans les réglages.',
    'data-folder-unusable':
      'Le dossier de données {{path}} est inutilisable ({{detail}}). Vérifiez ses droits ou choisissez-en un autre (--data).',
    'data-folder-owned':
      'Un autre Vigie utilise déjà {{path}} : {{ownerKind}}, processus {{ownerPid}}. Fermez-le ou choisissez un autre dossier (--data).',
    'database-newer':
      'Cette base vient d’une version plus récente de Vigie ({{found}}, connue : {{known}}). Elle est ouverte en lecture seule : mettez Vigie à jour.',
    'database-damaged':
      'La base {{path}} est abîmée ({{detail}}). Elle est mise de côté, rien n’est effacé : restaurez une sauvegarde.',
    'disk-full': 'Disque plein : {{path}}. Libérez de la place, la capture reprendra.',
    'disk-short':
      'Pas assez de place dans {{path}} : il faut {{needMb}} Mo, il en reste {{freeMb}} Mo. Libérez de la place, puis recommencez.',
    'export-failed':
      'L’export {{format}} a échoué : {{detail}}. Le live est intact : recommencez, ou choisissez un autre dossier ou un autre format.',
    cancelled: 'Annulé.',
    'engine-stopped': 'Le moteur de Vigie est arrêté ({{reason}}).',
    internal: 'Quelque chose s’est mal passé. Référence pour le journal technique : {{reference}}.',
  },
  /** Nothing can be written down: what is wrong, what becomes of the sound, what to do. */
  speechTrouble: {
    'speech-unavailable':
      'Rien n’est transcrit en ce moment : aucun moteur de transcription ne démarre. Le son est conservé et sera transcrit dès que ce sera réparé. Lancez « vigie doctor » ou ouvrez le diagnostic des réglages.',
    'model-missing':
      'Rien n’est transcrit en ce moment : le modèle de transcription est introuvable. Le son est conservé et sera transcrit plus tard. Lancez « vigie doctor », ou choisissez un modèle dans les réglages (« vigie models »).',
    'model-invalid':
      'Rien n’est transcrit en ce moment : le fichier du modèle est abîmé ou n’est pas un modèle de transcription. Le son est conservé et sera transcrit plus tard. Lancez « vigie doctor », ou choisissez un autre modèle dans les réglages (« vigie models »).',
    'model-unexpected':
      'Rien n’est transcrit en ce moment : le fichier du modèle n’est pas celui qui est publié sous ce nom. Le son est conservé et sera transcrit plus tard. Supprimez ce modèle dans les réglages et téléchargez-le de nouveau (« vigie models »).',
    'model-too-large':
      'Rien n’est transcrit en ce moment : le modèle demande plus de mémoire que ce poste n’en a. Le son est conservé. Choisissez un modèle plus petit dans les réglages (« vigie models »).',
    over: 'La transcription fonctionne de nouveau : le son en attente est transcrit.',
  },
  diskRoom: {
    low: 'Le disque a encore de la place pour {{minutes}} minutes d’écoute. Libérez de la place : une fois plein, les écoutes s’interrompent.',
    full: 'Le disque est plein : les écoutes sont suspendues, et ce qui n’est pas entendu est déclaré manquant. Les décisions restent possibles. Libérez de la place ; l’écoute reprendra d’elle-même.',
    ok: 'Le disque a de nouveau de la place pour l’écoute.',
  },
  /** A graphics card is there and not used. */
  cardUnused: {
    short: 'carte graphique inutilisée',
    'not-supported':
      'Carte graphique {{card}} inutilisée : aucun moteur de transcription installé ici ne sait s’en servir. Le processeur fait le travail.',
    'test-failed':
      'Carte graphique {{card}} inutilisée : elle n’a pas réussi l’essai d’une seconde de son. Le processeur fait le travail.',
    crashed:
      'Carte graphique {{card}} abandonnée après deux pannes en dix minutes. Le processeur fait le travail, plus lentement.',
    'switched-off': 'Carte graphique {{card}} inutilisée, comme demandé.',
  },
  modelFit: { fits: 'convient à ce poste', tight: 'juste pour ce poste', 'too-large': 'trop grand pour ce poste' },
  modelInUse: {
    bundled: 'il est fourni avec Vigie',
    chosen: 'c’est le modèle choisi dans les réglages',
    live: 'un direct en a encore besoin',
    arriving: 'il est en train d’arriver, annulez d’abord',
  },
  /** The words of the model in use are not to be relied on, or there is no model at all. */
  modelNotice: {
    test: 'Modèle d’essai : le texte n’est pas fiable. Installez le modèle « small » dans les réglages, ou avec « vigie models download small ».',
    none: 'Aucun modèle de transcription sur ce poste : le son est conservé et sera transcrit dès qu’un modèle sera là. Réglages, ou « vigie models download small » ; sans réseau, « vigie models import <fichier> » depuis une clé USB.',
    tight: 'Le modèle {{model}} est juste pour la mémoire de ce poste, qui peut ralentir.',
  },
  doctor: {
    fix: {
      'speech-model-test':
        'Installez le modèle « small » : « vigie models download small », ou « vigie models import <fichier> » depuis une clé USB.',
      'speech-model-unexpected':
        'Supprimez ce fichier (« vigie models delete ») et téléchargez-le de nouveau : ce n’est pas celui qui est publié.',
      'speech-model-too-large':
        'Choisissez un modèle plus petit : « vigie models » dit lesquels conviennent à ce poste.',
      'gpu-not-supported':
        'Pour une carte NVIDIA, installez le compilateur CUDA (nvcc), puis relancez : le moteur natif est construit pour elle.',
      'gpu-test-failed':
        'Mettez à jour le pilote de la carte graphique, puis relancez Vigie ; en attendant, le processeur fait le travail.',
    },
  },
  programProblem: {
    'not-set': 'aucun chemin n’est indiqué',
    relative: 'le chemin n’est pas complet',
    'not-found': 'il n’y a rien à ce chemin',
    'not-a-file': 'ce n’est pas un fichier',
    'not-executable': 'ce fichier ne peut pas être lancé',
  },
  evaluationEngine: { embedded: 'règles de Vigie' },
  evaluationLanguage: { fr: 'français', en: 'anglais', auto: 'reconnue' },
  casesProblem: {
    'not-csv': 'ce n’est pas un CSV bien formé ({{detail}})',
    columns: 'il manque des colonnes ({{detail}})',
    label: '« {{detail}} » n’est pas une étiquette connue',
    text: 'un cas est vide',
    none: 'il n’y a aucun cas',
    atLine: 'ligne {{line}}, {{problem}}',
  },
  folderProblem: {
    'not-found': 'ce répertoire n’existe pas, ou son disque n’est pas branché. Vérifiez le chemin.',
    'not-a-folder': 'ce n’est pas un répertoire. Indiquez celui qui contient les enregistrements.',
    unreadable: 'le système refuse de le lire. Donnez-vous le droit de lecture, puis réessayez.',
    'our-data': 'ce sont les données de Vigie. Choisissez un autre répertoire.',
    'already-watched': 'il l’est déjà.',
    overlaps:
      'il en contient un qui l’est déjà, ou il est dans un qui l’est ({{other}}). Un enregistrement serait transcrit deux fois.',
  },
  deviceSystem: { pulse: 'PulseAudio', alsa: 'ALSA', avfoundation: 'macOS', dshow: 'Windows' },
  deviceProblem: {
    'ffmpeg-lacks':
      '{{system}} : cet ffmpeg ({{ffmpeg}}) ne sait pas le lire. Installez un ffmpeg complet et indiquez son chemin dans les réglages.',
    'none-found': '{{system}} : aucun périphérique d’entrée. {{detail}}',
    failed: '{{system}} : la liste n’a pas pu être lue ({{detail}}).',
  },
  /** A cause that has a code of the system's: {{detail}} begins with it. */
  systemErrorAndCode: '{{words}} ({{detail}})',
  ...frFailures,
  reason: frReasons,
} as const;
