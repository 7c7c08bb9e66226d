# Nos entités, telles que la politique de confidentialité les nomme.
controller-mx = Entité opérationnelle mexicaine d’OMB
controller-us = Entité opérationnelle américaine d’OMB
controller-es = Entité opérationnelle espagnole d’OMB

role-owner = propriétaire
role-administrator = administrateur
role-sales = ventes
role-billing = facturation
role-marketing = marketing
role-support = assistance
role-read-only = lecture seule

fact-time = Heure
fact-device = Appareil
fact-address = Adresse réseau

confirm-subject = Confirmez votre adresse e-mail
confirm-text = Bonjour { $name }, confirmez que { $email } est bien votre adresse. Votre espace de travail sera prêt aussitôt.
confirm-button = Confirmer l’adresse
confirm-note = Le lien fonctionne pendant 48 heures. Si vous ne vous êtes pas inscrit, ignorez cet e-mail : sans lui, personne ne peut utiliser le compte.

known-subject = Vous avez déjà un compte
known-text = Bonjour { $name }, quelqu’un, sans doute vous, a voulu s’inscrire avec { $email }. Cette adresse a déjà un compte ; rien n’a donc été modifié.
known-button = Se connecter
known-note = Si vous avez oublié votre mot de passe, demandez-en un nouveau sur la page de connexion. Si ce n’était pas vous, il n’y a rien à faire.

reset-subject = Choisissez un nouveau mot de passe
reset-text = Bonjour { $name }, un nouveau mot de passe a été demandé pour votre compte { $email }.
reset-button = Choisir un mot de passe
reset-note = Le lien fonctionne une seule fois, pendant une heure. Choisir un nouveau mot de passe ferme toutes vos sessions. Si vous n’avez rien demandé, ignorez cet e-mail : votre mot de passe reste le même.

changed-subject = Votre mot de passe a été modifié
changed-text = Bonjour { $name }, le mot de passe de votre compte { $email } a été modifié et les autres appareils ont été déconnectés.
changed-button = Ce n’était pas moi
changed-note = Si c’était vous, il n’y a rien à faire. Sinon, choisissez aussitôt un nouveau mot de passe.

device-subject = Nouvelle connexion à votre compte
device-text = Bonjour { $name }, une connexion à votre compte { $email } a eu lieu depuis un appareil et un endroit que nous ne connaissions pas.
device-button = Voir mes sessions
device-note = Si c’était vous, il n’y a rien à faire. Sinon, fermez cette session et changez votre mot de passe.

guessing-subject = Quelqu’un essaie peut-être de deviner votre mot de passe
guessing-text = Bonjour { $name }, un mot de passe erroné a été saisi de nombreuses fois en quelques minutes pour votre compte { $email }. Nous avons ralenti ces tentatives ; là où vous êtes connecté, vous le restez.
guessing-button = Choisir un mot de passe
guessing-note = Si c’était vous, attendez un quart d’heure ou choisissez un nouveau mot de passe. Sinon, votre mot de passe a tenu ; un long, fait de plusieurs mots, reste sûr.

invitation-subject = { $inviter } vous invite à rejoindre { $tenant }
invitation-text = { $inviter } vous invite à travailler dans { $tenant } sur OMB Cloud. Votre rôle sera : { $role }.
invitation-button = Voir l’invitation
invitation-note = Le lien fonctionne pendant sept jours et n’est destiné qu’à vous. Si vous ne connaissez pas l’expéditeur, ignorez cet e-mail.

work-kind = { $kind ->
    [mail-deliver] l’envoi d’un e-mail
    [invoice-render] la création du PDF d’une facture
    [invoice-dispatch] l’envoi d’une facture
    [quote-dispatch] l’envoi d’un devis
    [fiscal-entity-found] la préparation des données de facturation
    [pipeline-ensure-first] la préparation du premier pipeline
    [import-run] l’importation de contacts
    [import-undo] l’annulation d’une importation
    [import-forget] la suppression du fichier d’une importation
    [member-tell-owners] l’avis aux propriétaires
    [contact-reindex] la mise à jour de la recherche de contacts
    [webhook-fan-out] préparer les messages des webhooks
    [webhook-send] envoyer les webhooks
    [webhook-replay] renvoyer les webhooks échoués
    [custom-field-rewrite] la réécriture des valeurs d’un champ personnalisé
    [custom-object-erase] effacement des fiches d’un objet personnalisé
    [activity-remind] les rappels d’activités
    [notification-mail] les e-mails de notifications
    [duplicate-sweep] la recherche de doublons
    [lead-rescore] noter les prospects
    [merge-lapse] la clôture définitive d’une fusion
    [bulk-change-run] la modification de nombreuses fiches à la fois
    [bulk-change-undo] l’annulation d’une modification groupée
    [bulk-change-lapse] la clôture définitive d’une modification groupée
    [import-try] l’essai d’une importation
   *[other] une tâche en arrière-plan
}

work-subject = Quelque chose n’a pas été fait dans { $tenant }
work-text = Bonjour { $name }, OMB Cloud n’a pas pu terminer ceci pour { $tenant }, même après plusieurs essais : { $work }. Rien n’est perdu : cela attend que vous réessayiez ou que vous l’abandonniez.
work-button = Voir ce qui n’a pas été fait
work-note = Pour chaque type de tâche, vous recevez au plus un tel e-mail par heure, quel que soit le nombre de fois.
