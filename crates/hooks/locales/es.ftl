disabled-subject = Se ha desactivado un webhook de { $tenant }
disabled-failing = Hola, { $name }: el destino { $host } no ha aceptado nada en cinco días, así que OMB Cloud ha dejado de enviarle mensajes.
disabled-gone = Hola, { $name }: el destino { $host } respondió 410 Gone, es decir, que no quiere recibir nada más. OMB Cloud ha dejado de enviarle mensajes.
disabled-button = Ver el destino
disabled-note = Cuando vuelva a funcionar, actívelo allí y reenvíe lo que falló.
