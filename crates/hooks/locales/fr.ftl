disabled-subject = Un webhook de { $tenant } a été désactivé
disabled-failing = Bonjour { $name }, la destination { $host } n’a rien accepté depuis cinq jours : OMB Cloud a cessé de lui envoyer des messages.
disabled-gone = Bonjour { $name }, la destination { $host } a répondu 410 Gone, c’est-à-dire qu’elle ne veut plus rien recevoir. OMB Cloud a cessé de lui envoyer des messages.
disabled-button = Voir la destination
disabled-note = Quand elle fonctionnera de nouveau, activez-la à cet endroit et renvoyez ce qui a échoué.
